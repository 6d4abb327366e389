"""Roles as HTML: ``<family>.py`` has ``html(role, prose) -> str``, found by its name."""
