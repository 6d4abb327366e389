"""Parts of prose as HTML: ``<family>.py`` has ``html(part, prose) -> str``, found by its name."""
