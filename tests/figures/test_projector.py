"""The kind `projector`: neighbours are true, measures are right, strangers are welcome."""

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import ValidationError
from sklearn.manifold import trustworthiness
from torch import nn

from generator.datasets import load_dataset
from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.projector import Options, payload
from generator.models import load_model

FOREIGN = Path(__file__).parents[1] / "sites" / "foreign" / "models"
SIDE = 6


class Given:
    """Sources with one model and a hundred noisy pictures of three classes, eighty for testing."""

    def __init__(self, module: nn.Module, dataset: str = "stripes") -> None:
        draw = np.random.default_rng(0)
        self.labels = np.arange(100) % 3
        images = draw.integers(0, 90, (100, 1, SIDE, SIDE))
        for i, label in enumerate(self.labels):
            images[i, 0, 2 * label] += 160
        self.images = images.astype(np.uint8)
        self.test = np.arange(20, 100)
        self.module = module.eval().requires_grad_(False)
        self.card = SimpleNamespace(
            name="net", input=(1, SIDE, SIDE), range=(0.0, 1.0), outputs=("a", "b", "c"),
            layers=("0", "1", "2"), dataset=dataset,
        )  # fmt: skip

    def model(self, _name: str) -> Any:
        return SimpleNamespace(card=self.card, module=self.module)

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, name: str) -> Any:
        card = SimpleNamespace(name=name, classes=("ay", "bee", "see"), shape=(1, SIDE, SIDE))
        return SimpleNamespace(card=card, images=self.images, labels=self.labels, test=self.test)


def dense() -> nn.Sequential:
    torch.manual_seed(2)
    return nn.Sequential(nn.Flatten(), nn.Linear(SIDE * SIDE, 8), nn.ReLU(), nn.Linear(8, 3))


def made(sources: Any = None, **options: Any) -> Payload:
    return payload(Options(model="net", **options), sources or Given(dense()))


@lru_cache
def usual() -> tuple[Given, Payload]:
    sources = Given(dense())
    return sources, made(sources, count=60, perplexity=8)


def layer_of(sources: Given, index: np.ndarray, layer: int) -> np.ndarray:
    """Layer 0 is the input, layer k what the k-th module answers."""
    images = torch.from_numpy(sources.images[index]).float() / 255
    return sources.module[:layer](images).flatten(1).double().numpy()


def arrays_of(figure: Payload, method: str, number: int) -> dict[str, np.ndarray]:
    first = dict(figure.arrays)
    if number:
        first |= figure.more[f"neighbours/{number}"]
    if (method, number) != (figure.values["method"], 0):
        first["xy"] = figure.more[f"{method}/{number}"]["xy"]
    return first


def test_neighbours_are_those_of_brute_force_in_the_layer_itself() -> None:
    sources, figure = usual()
    index = figure.arrays["index"]
    for number in range(4):
        values = layer_of(sources, index, number)
        arrays = arrays_of(figure, "tsne", number)
        for i in (0, 17, 59):
            far = np.linalg.norm(values - values[i], axis=1)
            far[i] = np.inf
            assert arrays["neighbours"][i].tolist() == np.argsort(far, kind="stable")[:5].tolist()
            np.testing.assert_allclose(arrays["distances"][i], np.sort(far)[:5], rtol=1e-5)


def test_measures_are_those_of_the_maps_that_are_shown() -> None:
    sources, figure = usual()
    labels = sources.labels[figure.arrays["index"]]
    for number, layer in enumerate(["pixels", "0", "1", "2"]):
        values = layer_of(sources, figure.arrays["index"], number)
        for method in ("pca", "tsne"):
            places = arrays_of(figure, method, number)["xy"] / 32_767
            measured = figure.values["maps"][layer][method]
            trust = trustworthiness(values, places, n_neighbors=5)
            far = np.linalg.norm(places[:, None] - places, axis=2)
            np.fill_diagonal(far, np.inf)
            near = np.argsort(far, axis=1)[:, :5]
            # 16 bits may exchange two neighbours that are equally far.
            assert measured["trust"] == pytest.approx(trust, abs=2e-3)
            assert measured["hit"] == pytest.approx(
                (labels[near] == labels[:, None]).mean(), abs=2 / 300
            )


def test_every_layer_comes_once_by_every_method_and_the_first_comes_at_once() -> None:
    _, figure = usual()
    assert figure.values["layers"] == ["pixels", "0", "1", "2"]
    groups = {f"{method}/{i}" for method in ("pca", "tsne") for i in range(4)}
    groups |= {f"neighbours/{i}" for i in range(4)}
    assert set(figure.more) == groups - {"tsne/0", "neighbours/0"}


def test_points_carry_their_name_label_and_reading() -> None:
    sources, figure = usual()
    arrays, values = figure.arrays, figure.values
    index = arrays["index"]
    assert set(index) <= set(sources.test)
    assert len(set(index.tolist())) == 60
    assert arrays["label"].tolist() == sources.labels[index].tolist()
    outputs = torch.from_numpy(layer_of(sources, index, 4))
    assert arrays["guess"].tolist() == outputs.argmax(1).tolist()
    np.testing.assert_allclose(arrays["sure"], outputs.softmax(1).max(1).values, rtol=1e-5)
    right = (arrays["guess"] == arrays["label"]).mean()
    assert values["accuracy"] == pytest.approx(right)
    assert values["wrong"] == 60 - round(right * 60)


def test_the_atlas_holds_the_pictures_in_the_order_of_the_points() -> None:
    sources, figure = usual()
    tiles, atlas = figure.values["tiles"], figure.images["atlas"].pixels
    for i in (0, 9, 59):
        row, column = divmod(i, tiles["columns"])
        tile = atlas[SIDE * row : SIDE * (row + 1), SIDE * column : SIDE * (column + 1)]
        assert (tile == sources.images[figure.arrays["index"][i], 0]).all()


def test_the_still_shows_the_first_map_in_both_schemes_with_its_key() -> None:
    _, figure = usual()
    still = figure.still.light
    for words in ("t-SNE", "of pixels", ">ay<", ">bee<", ">see<", "Trustworthiness"):
        assert words in still
    for scheme in ("light", "dark"):
        assert f'class="{scheme}-only" href="image:{scheme}"' in still
        assert figure.images[scheme].pixels[..., 3].any()
        assert not figure.images[scheme].pixels[..., 3].all()
    assert "60 pictures by t-SNE of pixels" in figure.alt
    assert [row[0] for row in figure.table.rows] == ["pixels", "0", "1", "2"]


def test_the_same_options_give_the_same_bytes() -> None:
    sources, figure = usual()
    again = made(sources, count=60, perplexity=8)
    assert again.arrays["xy"].tobytes() == figure.arrays["xy"].tobytes()
    for group, arrays in figure.more.items():
        for name, array in arrays.items():
            assert again.more[group][name].tobytes() == array.tobytes()
    assert again.still == figure.still


def test_an_author_chooses_layers_methods_and_where_to_start() -> None:
    options = {"layers": ("1", "2"), "pixels": False, "start": "2", "methods": ("pca",)}
    figure = made(count=30, neighbours=3, **options)
    assert figure.values["layers"] == ["1", "2"]
    assert figure.values["start"] == "2"
    assert set(figure.more) == {"pca/0", "neighbours/0"}
    assert figure.arrays["neighbours"].shape == (30, 3)
    assert 0 < figure.values["maps"]["2"]["pca"]["variance"] <= 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": 50, "perplexity": 50}, "50 neighbours among 50 examples; choose fewer"),
        ({"methods": ("pca", "pca")}, "each method can be named once"),
        ({"methods": ("umap",)}, "Input should be 'tsne', 'pca', 'axes' or 'pairs'"),
        ({"methods": ()}, "at least 1 item"),
    ],
)
def test_impossible_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Options(model="net", **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"perplexity": 85}, "'perplexity': 85 neighbours among 80 examples"),
        ({"count": 10, "neighbours": 5}, "'neighbours': 5 is too many for 10"),
        ({"start": "pixel"}, "'start': 'pixel' is not mapped\n  hint: did you mean 'pixels'"),
    ],
)
def test_what_only_the_data_forbid_is_refused_too(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError) as problem:
        made(**options)
    assert message in str(problem.value)


def test_a_model_without_data_and_one_with_other_data_are_refused() -> None:
    with pytest.raises(FigureError, match="names no dataset"):
        made(Given(dense(), dataset=""))
    sources = Given(dense())
    sources.card.input = (3, 8, 8)
    with pytest.raises(FigureError, match=r"shape \(1, 6, 6\), net reads \(3, 8, 8\)"):
        made(sources)


def test_a_dead_layer_is_refused_by_its_name() -> None:
    module = dense()
    module[1].bias.data.fill_(-1e6)
    with pytest.raises(FigureError, match="net: layer '2' gives the same answer"):
        made(Given(module), methods=("pca",))


class Foreign:
    """The project of strangers."""

    def model(self, name: str) -> Any:
        return load_model(FOREIGN / name)

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""

    def dataset(self, name: str) -> Any:
        return load_dataset(FOREIGN / "datasets" / name)


@pytest.mark.parametrize(
    ("name", "channels", "layer"),
    [("residual-net", 1, "blocks.0"), ("plain-mlp", 1, "bend1"), ("colour-tiles", 3, "mix")],
)
def test_strangers_are_mapped_too(name: str, channels: int, layer: str) -> None:
    sources = Foreign()
    card = sources.model(name).card
    figure = payload(Options(model=name, layers=(layer, card.layers[-1])), sources)
    assert figure.values["tiles"]["channels"] == channels
    assert figure.values["layers"] == ["pixels", layer, card.layers[-1]]
    for label in figure.values["classes"]:
        assert f">{label}<" in figure.still.light
    chance = 1 / len(card.outputs)
    assert figure.values["maps"][card.layers[-1]]["tsne"]["hit"] > 2 * chance
