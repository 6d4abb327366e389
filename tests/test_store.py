"""What a store gives back of entries that it has kept for long."""

from pathlib import Path

import pytest

from generator.keys import FORMAT, Key
from generator.store import Store


@pytest.mark.parametrize(("format_", "found"), [(FORMAT, True), ("1", False)])
def test_a_figure_stands_as_last_built_only_while_pages_can_read_it(
    tmp_path: Path, format_: str, found: bool
) -> None:
    store, key = Store(tmp_path / "store"), Key({"kind": "chart", "format": format_})
    with store.writing(key) as folder:
        (folder / "payload.json").write_text("{}")
    store.remember({"one/fig-a": key})
    assert (store.aged("one/fig-a") is not None) is found
    assert store.aged("one/fig-b") is None
