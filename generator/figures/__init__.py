"""Figure kinds: one file each, found by its name; there is no list to edit."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent


def kinds() -> list[str]:
    """Names of all kinds, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")


def kind(name: str) -> ModuleType:
    """Import one kind; its `Options` and `payload` are the whole contract."""
    return import_module(f"generator.figures.{name}")
