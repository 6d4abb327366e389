"""Roles such as ``{numref}`fig-a```. A family is one name in two trees, and no list is edited:

    generator/read/roles/<family>.py     NAMES of its roles, and check(roles, article)
    generator/render/roles/<family>.py   html(role, prose) -> str

`check` is called once for each article, with every role of the family in reading order (none, if it
has none), after the whole text has been read. It raises ArticleError at a role's own `where`, with
the nearest choice, and what it gives is kept as ``article.found[family]``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent


@cache
def families() -> dict[str, ModuleType]:
    """Every family by its name."""
    names = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {name: import_module(f"{__name__}.{name}") for name in names}


@cache
def roles() -> dict[str, str]:
    """The family of every role."""
    return {name: family for family, module in families().items() for name in module.NAMES}
