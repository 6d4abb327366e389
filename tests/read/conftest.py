"""What the tests of reading and rendering share."""

from pathlib import Path

import pytest

from tests.writing import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty project with one article's folder."""
    return Desk(tmp_path)
