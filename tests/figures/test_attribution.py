"""The kind `attribution`: what it shows, measures and refuses, on nets of several shapes."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from captum.attr import IntegratedGradients, LayerGradCam
from pydantic import ValidationError
from scipy.stats import spearmanr
from sklearn.linear_model import Ridge
from torch import nn
from torch.nn.functional import interpolate

from generator.compute.attribution import measure
from generator.compute.attribution.difference import evidence
from generator.compute.attribution.lime import draws, nearness
from generator.compute.attribution.measure import flips, inside
from generator.compute.attribution.page import workbench
from generator.compute.attribution.superpixels import superpixels
from generator.compute.noise import normal, shuffle, uniform
from generator.errors import FigureError
from generator.figure import Payload
from generator.figures.attribution import STATES, MethodName, Options, payload
from generator.rules import rules
from tests.compute.attribution.nets import averaging

NAMES = ("disc", "square", "cross", "star")
SIDE = 12


def perceptron() -> nn.Sequential:
    torch.manual_seed(2)
    parts = (nn.Flatten(), nn.Linear(SIDE * SIDE, 6), nn.Sigmoid(), nn.Linear(6, 4))
    return nn.Sequential(*parts).eval().requires_grad_(False)


class Given:
    """Sources with one model and forty random pictures whose upper left corner is masked."""

    def __init__(
        self, module: nn.Module, channels: int = 3, layers: tuple[str, ...] = (), masks: bool = True
    ) -> None:
        draw = np.random.default_rng(0)
        images = draw.integers(0, 256, (40, channels, SIDE, SIDE), np.uint8)
        corner = np.zeros((40, SIDE, SIDE), np.uint8)
        corner[20:, :3, :4] = 1
        self.card = SimpleNamespace(
            name="net",
            input=(channels, SIDE, SIDE),
            range=(0.0, 1.0),
            outputs=NAMES,
            quantity=None,
            dataset="noise",
            layers=layers,
        )
        self._model = SimpleNamespace(
            card=self.card, module=module, weights=dict(module.state_dict())
        )
        self._dataset = SimpleNamespace(
            card=SimpleNamespace(
                name="noise",
                classes=NAMES,
                quantity=None,
                shape=(channels, SIDE, SIDE),
                concepts={"cue": ("mark",)} if masks else {},
            ),
            images=images,
            labels=draw.integers(0, 4, 40),
            test=np.arange(10, 40),
            masks={"cue": corner} if masks else {},
        )

    def model(self, name: str) -> Any:
        other = SimpleNamespace(**{**vars(self.card), "name": name})
        return SimpleNamespace(**{**vars(self._model), "card": other})

    def dataset(self, _name: str) -> Any:
        return self._dataset

    def keeper(self, _model: str, _dataset: str) -> None:
        """Nothing is kept."""


LAYERS = ("conv1", "relu1", "pool1", "conv2", "relu2", "average", "logits")


def made(sources: Given, **options: Any) -> Payload:
    return payload(Options(model="net", **{"tests": 3, **options}), sources)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sources() -> Given:
    return Given(averaging(), layers=LAYERS)


@pytest.fixture(scope="module")
def figure(sources: Given) -> Payload:
    return made(sources, count=5)


def first(figure: Payload, sources: Given) -> tuple[torch.Tensor, int]:
    index = figure.values["picks"][0]["index"]
    image = torch.from_numpy(sources.dataset("").images[index][None]).float() / 255
    return image, int(sources.model("net").module(image).argmax())


def test_two_methods_stand_side_by_side_and_all_that_the_model_can_have_are_offered(
    figure: Payload,
) -> None:
    assert figure.values["shown"] == ["integrated", "grad-cam"]
    assert [one["name"] for one in figure.values["methods"]] == list(MethodName.__args__)  # type: ignore[attr-defined]
    assert set(figure.graphs) == {
        *("scores", "gradient", "guided", "deconvolution", "lrp-epsilon", "lrp-alpha-beta"),
        *("cam", "grad-cam", "visual-backprop"),
    }
    assert all(one["what"].endswith(".") for one in figure.values["methods"])
    for name in ("guided", "guided-grad-cam", "deconvolution", "lrp-epsilon", "lrp-alpha-beta"):
        what = next(one["what"] for one in figure.values["methods"] if one["name"] == name)
        assert "not the gradient" in what


def test_maps_are_captum_s(figure: Payload, sources: Given) -> None:
    image, target = first(figure, sources)
    module = sources.model("net").module
    whole = IntegratedGradients(module).attribute(
        image, target=target, n_steps=32, method="riemann_middle"
    )
    np.testing.assert_allclose(
        figure.arrays["map/integrated"], whole.sum((0, 1)).detach().numpy(), atol=1e-6
    )
    coarse = LayerGradCam(module, module.relu2).attribute(
        image, target=target, relu_attributions=False
    )
    wide = interpolate(coarse, (SIDE, SIDE), mode="bilinear").clamp(min=0)
    np.testing.assert_allclose(
        figure.arrays["map/grad-cam"], wide[0, 0].detach().numpy(), atol=1e-6
    )


def test_sums_are_told_beside_what_they_should_be(figure: Payload, sources: Given) -> None:
    image, target = first(figure, sources)
    module = sources.model("net").module
    told = figure.values["first"]["integrated"]
    difference = (module(image) - module(image * 0))[0, target].item()
    assert told["against"] == pytest.approx(difference, rel=1e-5)
    assert told["total"] == pytest.approx(float(figure.arrays["map/integrated"].sum()), rel=1e-5)


@pytest.fixture(scope="module")
def limes(sources: Given) -> Payload:
    return made(sources, methods=("lime", "lime-again"), offer=("lime",), tests=2, count=2)


def test_lime_is_a_ridge_over_pictures_with_superpixels_in_black(
    limes: Payload, sources: Given
) -> None:
    image, target = first(limes, sources)
    index = limes.values["picks"][0]["index"]
    labels = superpixels(sources.dataset("").images[index], limes.values["piece"])
    on = draws(2, int(labels.max()) + 1, 10)
    pictures = image * torch.from_numpy(on[:, labels])[:, None]
    scores = sources.model("net").module(pictures)[:, target].numpy()
    ridge = Ridge(alpha=1.0).fit(on, scores, sample_weight=nearness(on))
    found = limes.arrays["map/lime-again"]
    np.testing.assert_allclose(found, ridge.coef_[labels], rtol=1e-3, atol=1e-5)
    told = limes.values["first"]["lime-again"]
    assert told["asked"] == len(on)
    assert told["against"] == pytest.approx(float(scores[0]), rel=1e-5)
    assert told["total"] == pytest.approx(float(ridge.predict(on[:1])[0]), rel=1e-4)
    assert told["fit"] == pytest.approx(ridge.score(on, scores, nearness(on)), abs=1e-4)


def test_two_seeds_of_lime_are_compared_over_the_examples_that_are_measured(
    limes: Payload, sources: Given
) -> None:
    data, module = sources.dataset(""), sources.model("net").module
    bench = workbench(sources.model("net"), data, ())
    ranks = []
    for index in np.random.default_rng(0).permutation(np.arange(20, 40))[:2]:
        image = data.images[index].astype(np.float32) / 255
        direction = torch.eye(4)[data.labels[index]][None]
        pair = [bench.map(name, image, direction) for name in ("lime", "lime-again")]
        labels = superpixels(data.images[index], limes.values["piece"])
        places = [int((labels == k).ravel().argmax()) for k in range(labels.max() + 1)]
        ranks.append(spearmanr(*(one.ravel()[places] for one in pair)).statistic)
    assert limes.values["chance"]["net"]["rank"] == pytest.approx(np.mean(ranks))
    assert 0 < limes.values["chance"]["net"]["fit"] < 1
    assert module is bench.module


def test_slow_methods_are_measured_over_twelve_examples_and_the_table_says_so(
    monkeypatch: pytest.MonkeyPatch, sources: Given
) -> None:
    monkeypatch.setattr(measure, "FEWER", 1)
    monkeypatch.setattr("generator.compute.attribution.page.FEWER", 1)
    figure = made(sources, methods=("lime", "gradient"), offer=("lime",), tests=2, count=1)
    assert (figure.values["tests"], figure.values["fewer"]) == (2, 1)
    assert figure.table is not None
    assert figure.table.caption.endswith("mean of 2 test examples; of 1 for LIME, which take long")
    bench, data = workbench(sources.model("net"), sources.dataset(""), ()), sources.dataset("")
    index = int(np.random.default_rng(0).permutation(np.arange(20, 40))[:2].min())
    image = data.images[index].astype(np.float32) / 255
    map_ = bench.map("lime", image, torch.eye(4)[data.labels[index]][None])
    share = figure.values["share"]["net"]["lime"]["cue"]
    assert share == pytest.approx(inside(map_, data.masks["cue"][index] > 0))


def test_windows_are_filled_from_test_pictures_that_the_page_has_too(
    figure: Payload, sources: Given
) -> None:
    bench = workbench(sources.model("net"), sources.dataset(""), ())
    pictures = figure.more["fills"]["pictures"]
    assert figure.values["fills"] == len(pictures) == len(bench.fills)
    kept = sources.dataset("").images[10:]
    assert all((one == kept).all((1, 2, 3)).any() for one in pictures)
    image, target = first(figure, sources)
    side = bench.settings.patch
    filled = image.repeat(4, 1, 1, 1)
    filled[:, :, :side, :side] = torch.from_numpy(bench.fills[:4, :, :side, :side])
    module = bench.module
    before, after = (module(one).softmax(1)[:, target].mean() for one in (image, filled))
    weight = [evidence(np.array([one.item()]), 10, 4)[0] for one in (before, after)]
    # The corner lies under the first window alone.
    map_ = bench.map("difference", image[0].numpy(), torch.eye(4)[target][None])
    assert map_[0, 0] == pytest.approx(weight[0] - weight[1], rel=1e-3)


def test_a_quantity_has_no_odds() -> None:
    torch.manual_seed(4)
    net = nn.Sequential(nn.Flatten(), nn.Linear(SIDE * SIDE, 1)).eval().requires_grad_(False)
    bench = workbench(Given(net, channels=1).model("net"), Given(net, channels=1).dataset(""), ())
    assert "difference" not in bench.offered
    assert "a single number has none" in bench.refused["difference"].what


def test_a_picture_of_one_superpixel_has_no_lime() -> None:
    class Tiny(Given):
        def __init__(self) -> None:
            net = nn.Sequential(nn.Flatten(), nn.Linear(9, 4)).eval().requires_grad_(False)
            super().__init__(net, channels=1, masks=False)
            self.card.input = self._dataset.card.shape = (1, 3, 3)
            self._dataset.images = self._dataset.images[:, :, :3, :3]

    figure = made(Tiny(), count=1)
    assert not {"lime", "lime-again"} & {one["name"] for one in figure.values["methods"]}
    assert rules(STATES, figure.values)["pieces"].read("36") is None
    with pytest.raises(FigureError, match="3 × 3 pixels is a single superpixel") as problem:
        made(Tiny(), methods=("gradient", "lime"))
    assert "occlusion can cover single pixels" in problem.value.hint


def test_deleting_pixels_gives_the_answers_of_pictures_made_by_hand(
    figure: Payload, sources: Given
) -> None:
    image, target = first(figure, sources)
    module = sources.model("net").module
    curve = figure.arrays["curve/integrated"]
    assert len(curve) == figure.values["flips"] + 1
    map_ = figure.arrays["map/integrated"].ravel()
    gone = np.argsort(-map_, kind="stable")[: SIDE * SIDE // 2]
    half = image.clone().reshape(1, 3, -1)
    half[:, :, gone] = 0
    for k, picture in ((0, image), (len(curve) // 2, half), (len(curve) - 1, image * 0)):
        probability = module(picture.reshape(image.shape)).softmax(1)[0, target].item()
        assert curve[k] == pytest.approx(probability, rel=1e-4)


def test_a_map_that_names_the_pixels_that_matter_deletes_the_answer_sooner_than_chance() -> None:
    net = nn.Sequential(nn.Flatten(), nn.Linear(SIDE * SIDE, 4))
    net[1].weight.data.zero_()
    net[1].bias.data.zero_()
    net[1].weight.data[2, :9] = 1.0
    given = Given(net.eval().requires_grad_(False), channels=1, masks=False)
    bench = workbench(given.model("net"), given.dataset(""), ())
    image = np.ones((1, SIDE, SIDE), np.float32)
    map_ = bench.map("integrated", image, torch.tensor([[0.0, 0, 1, 0]]))
    assert map_.ravel()[:9] == pytest.approx(np.ones(9))
    found, chance = (flips(bench, image, one, 20)[:, 2] for one in (map_, None))
    assert found[:3].tolist() == pytest.approx([9, 2, 0])
    assert chance.sum() > 5 * found.sum()


def test_shares_in_masks_are_means_over_the_examples_that_show_something(
    figure: Payload, sources: Given
) -> None:
    data = sources.dataset("")
    assert figure.values["concepts"] == ["cue"]
    assert figure.values["tests"] == 3
    assert figure.values["area"]["cue"] == pytest.approx(12 / SIDE**2)
    order = np.random.default_rng(0).permutation(np.arange(20, 40))[:3]
    module = sources.model("net").module
    parts = []
    for index in order:
        image = (torch.from_numpy(data.images[index][None]).float() / 255).requires_grad_()
        module(image)[0, data.labels[index]].backward()
        slope = image.grad.abs().amax((0, 1))  # type: ignore[union-attr]
        parts.append((slope[:3, :4].sum() / slope.sum()).item())
    assert figure.values["share"]["net"]["gradient"]["cue"] == pytest.approx(
        np.mean(parts), rel=1e-4
    )
    assert figure.values["picks"][0]["index"] >= 20
    assert inside(np.zeros((2, 2)), np.ones((2, 2), bool)) == 0


def test_a_second_model_is_measured_beside_the_first(sources: Given) -> None:
    figure = made(sources, against="other", methods=("gradient", "occlusion"), offer=("gradient",))
    assert list(figure.values["share"]) == ["net", "other"]
    assert figure.values["share"]["net"] == figure.values["share"]["other"]
    assert figure.table is not None
    assert figure.table.columns == ("method", "mask", "net", "other", "share of the area")
    assert [row[0] for row in figure.table.rows] == ["Gradient", "Occlusion"]
    assert set(figure.graphs) == {"scores", "gradient"}


def test_a_perceptron_is_offered_what_it_can_have() -> None:
    figure = made(Given(perceptron(), channels=1, layers=("1", "3"), masks=False))
    assert figure.values["shown"] == ["integrated", "occlusion"]
    names = [one["name"] for one in figure.values["methods"]]
    assert names == [
        *("integrated", "gradient", "gradient-input", "smooth", "occlusion", "difference"),
        *("lime", "lime-again"),
    ]
    assert figure.values["layers"] == []
    assert figure.table is None
    assert "mask" in figure.still.light  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("method", "said", "hint"),
    [
        ("cam", "no class activation map", "Grad-CAM works with any layer that has maps"),
        ("grad-cam", "no layer of the model has maps", "occlusion needs none"),
        ("guided-grad-cam", "has no ReLU", "show the gradient itself"),
        ("guided", "has no ReLU", "show the gradient itself"),
        ("lrp-epsilon", "'2' is a sigmoid that relevance", "integrated gradients work with any"),
        ("visual-backprop", "no convolution", "it can have integrated, gradient"),
    ],
)
def test_a_method_that_a_model_cannot_have_is_refused_with_what_would_work(
    method: str, said: str, hint: str
) -> None:
    given = Given(perceptron(), channels=1, layers=("1", "3"), masks=False)
    with pytest.raises(FigureError, match=f"cannot have the method {method}") as problem:
        made(given, methods=("gradient", method))
    assert said in problem.value.what
    assert hint in problem.value.hint


def test_what_does_not_exist_is_refused(sources: Given) -> None:
    with pytest.raises(ValidationError, match="name two methods"):
        Options(model="net", methods=("cam",))
    with pytest.raises(FigureError, match="has no masks of a category 'cie'") as problem:
        made(sources, concepts=("cie",))
    assert "cue" in problem.value.hint
    with pytest.raises(FigureError, match="has no example 40"):
        made(sources, examples=(3, 40))
    with pytest.raises(FigureError, match="'logits' has no maps but 4 single") as problem:
        made(sources, layers=("logits",))
    assert "convolution" in problem.value.hint


def test_named_examples_come_in_their_order_and_need_not_be_for_testing(sources: Given) -> None:
    figure = made(sources, examples=(33, 2), offer=("gradient",))
    assert [one["index"] for one in figure.values["picks"]] == [33, 2]
    assert list(figure.more) == ["example-2"]
    assert [one["shows"]["cue"] for one in figure.values["picks"]] == ["mark", ""]


def test_the_first_pair_is_taken_from_what_is_offered_where_that_has_one(sources: Given) -> None:
    for offer, pair in (
        (("gradient",), ["gradient", "grad-cam"]),
        (("cam", "smooth"), ["smooth", "cam"]),
    ):
        figure = made(sources, offer=offer, count=1)
        assert figure.values["shown"] == pair
        assert {one["name"] for one in figure.values["methods"]} == {*offer, *pair}


def test_the_still_and_the_words_tell_what_the_picture_tells(figure: Payload) -> None:
    drawing = figure.still.light  # type: ignore[union-attr]
    assert drawing.startswith("<svg")
    assert "width=" not in drawing.split(">")[0]
    assert "style=" not in drawing
    named = {part.split('"')[0] for part in drawing.split('href="image:')[1:]}
    assert named == {name for name in figure.images if name.startswith("still-")}
    map_ = figure.arrays["map/integrated"]
    assert f"Integrated gradients, from {map_.min():.3g} to {map_.max():.3g}" in figure.alt
    assert f"{abs(map_).max():.3g}" in drawing


def test_answers_that_are_probabilities_already_are_read_as_they_are() -> None:
    torch.manual_seed(3)
    parts = (nn.Flatten(), nn.Linear(SIDE * SIDE, 4), nn.Sigmoid())
    sources = Given(nn.Sequential(*parts).eval().requires_grad_(False), channels=1)
    figure = made(sources, methods=("gradient-input", "occlusion"))
    image, target = first(figure, sources)
    (own,) = sources.model("net").module(image)
    assert figure.values["reading"] == "as they are"
    # Nothing is deleted yet.
    assert figure.arrays["curve/occlusion"][0] == pytest.approx(own[target].item(), rel=1e-6)
    assert f"{100 * own[target].item():.0f} %" in figure.still.light  # type: ignore[union-attr]


def test_states_are_checked_as_a_reader_can_set_them(figure: Payload) -> None:
    known = rules(STATES, figure.values)
    assert known["methods"].read("cam,occlusion,cam") == "cam,occlusion,cam"
    assert known["methods"].read("cam") is None
    assert known["methods"].read("cam,came") is None
    assert known["layer"].read("conv1") == "conv1"
    assert known["layer"].read("logits") is None
    assert known["cuts"].read("s12,m3-40") == "s12,m3-40"
    assert known["cuts"].read("s12,m3") is None
    assert known["off"].read("12,x") is None
    assert known["shuffled"].told()["most"] == 3


def test_random_numbers_are_uniform_normal_and_an_order() -> None:
    assert uniform(1, 3, 2).tolist() == uniform(1, 0, 5)[3:].tolist()
    many = uniform(7, 0, 20_000)
    # The mean of n uniform numbers varies by 1 / sqrt(12 n) = 0.002.
    assert abs(many.mean() - 0.5) < 0.01
    assert many.min() >= 0
    assert many.max() < 1
    normals = normal(7, 0, 20_000)
    assert abs(normals.mean()) < 0.03
    assert abs(normals.std() - 1) < 0.03
    assert sorted(shuffle(3, 50).tolist()) == list(range(50))


def test_the_same_seed_gives_the_same_payload(sources: Given, figure: Payload) -> None:
    again = made(sources, count=5)
    assert all((again.arrays[name] == array).all() for name, array in figure.arrays.items())
    assert again.values == figure.values
