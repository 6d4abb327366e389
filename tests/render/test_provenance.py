"""What a figure was made from, as its reader is told."""

import json
from dataclasses import replace
from pathlib import Path

from generator.keys import key
from generator.project import Project
from generator.read import article
from generator.render.provenance import provenance
from generator.resolve import Figure, resolve
from generator.store import Entry

ROOT = Path(__file__).parents[2]
FOREIGN = Project(ROOT / "tests/sites/foreign")


def figure(block: int = 0) -> Figure:
    found = article(FOREIGN.articles / "three-strangers")
    return resolve(found.blocks[block], found, FOREIGN)


def record(one: Figure, folder: Path, **changed: str) -> Entry:
    """An entry as the store writes it, with parts of the key changed."""
    parts = {**key(one).parts, **changed}
    (folder / "provenance.json").write_text(json.dumps({"key": parts, "files": {}}), "utf8")
    return Entry(folder)


def test_it_names_the_weights_the_data_and_their_licences(tmp_path: Path) -> None:
    one = figure()
    model, dataset = provenance(one, record(one, tmp_path))["cards"]
    assert (model["sort"], model["name"]) == ("model", "residual-net")
    assert dict(model["files"])["weights.safetensors"] == one.models[0].weights.sha256
    assert dict(dataset["files"])["shapes.npz"] == one.datasets[0].data.sha256
    assert dataset["license"] == one.datasets[0].license
    assert dataset["attribution"] == one.datasets[0].attribution


def test_options_and_the_seed_are_written_as_in_an_article(tmp_path: Path) -> None:
    one = figure()
    options = one.options.model_copy(update={"layers": ("stem", "logits"), "seed": 3})
    changed = replace(one, options=options)
    told = dict(provenance(changed, record(changed, tmp_path))["options"])
    assert told["layers"] == "stem, logits"
    assert told["seed"] == "3"
    assert "dataset" not in told  # left empty


def test_another_version_of_the_code_is_another_code_and_another_whole(tmp_path: Path) -> None:
    one = figure()
    before = provenance(one, record(one, tmp_path))
    after = provenance(one, record(one, tmp_path, **{"code generator/produce.py": "0" * 64}))
    assert before["code"] != after["code"]
    assert before["key"] != after["key"]
    assert before["key"] == key(one).digest
    assert before["modules"] == after["modules"] > 10


def test_libraries_come_with_their_versions(tmp_path: Path) -> None:
    one = figure()
    libraries = dict(provenance(one, record(one, tmp_path))["libraries"])
    assert libraries["numpy"].split(".")[0] == "2"
    assert "torch" in libraries


def test_nothing_tells_where_it_was_built(tmp_path: Path) -> None:
    one = figure()
    assert str(ROOT) not in json.dumps(provenance(one, record(one, tmp_path)))
