"""Train this model again: ``python tests/sites/foreign/models/plain-mlp/train.py``."""

from pathlib import Path

from generator.errors import ModelError
from generator.source import load_module

FOLDER = Path(__file__).resolve().parent

if __name__ == "__main__":
    load_module(FOLDER.parent / "recipe.py", ModelError).train(FOLDER, epochs=60)
