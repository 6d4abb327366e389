"""What cannot be a graph is refused by name: the operator and its layer, or the output."""

from collections.abc import Callable

import pytest
import torch
from safetensors.torch import save
from torch import Tensor, nn
from torch.func import functional_call, grad

from generator.errors import GraphError
from generator.export.graphs import export_graph
from generator.figure import Source

IMAGE = torch.arange(32.0).reshape(1, 2, 4, 4) / 32


class Part(nn.Module):
    """A layer that computes any function, two modules down in `net`."""

    def __init__(self, function: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, image: Tensor) -> Tensor:
        return self.function(image)


def net(part: nn.Module) -> nn.Module:
    whole = nn.Sequential()
    whole.add_module("first", nn.Conv2d(2, 2, 1))
    whole.add_module("block", nn.Sequential())
    whole.block.add_module("odd", part)
    return whole.eval()


def attempt(function: Callable[..., dict[str, Tensor]], weights: dict[str, Tensor] = {}) -> None:  # noqa: B006
    given = {"input": IMAGE}
    source = Source(function, weights, given, [given])
    export_graph("sort-of", source, save(weights) if weights else None)


def passing(module: nn.Module, backward: bool = False) -> None:
    weights = {name: value.detach() for name, value in module.state_dict().items()}

    def score(image: Tensor, weights: dict[str, Tensor]) -> Tensor:
        return functional_call(module, dict(weights), (image,)).square().sum()

    def function(weights: dict[str, Tensor], inputs: dict[str, Tensor]) -> dict[str, Tensor]:
        run = grad(score) if backward else score
        return {"answer": run(inputs["input"], weights)}

    attempt(function, weights)


def branching(image: Tensor) -> Tensor:
    return image * 2 if image.sum() > 0 else image


@pytest.mark.parametrize(
    ("part", "backward", "operator"),
    [
        (nn.AdaptiveMaxPool2d(3), False, "adaptive_max_pool2d"),
        (Part(torch.special.bessel_j0), False, "bessel_j0"),
        (nn.AvgPool3d((1, 2, 2)), True, "avg_pool3d_backward"),
        (Part(lambda x: torch.igamma(x.abs() + 1, x.abs() + 1)), True, "igamma"),
        (Part(branching), False, "_local_scalar_dense"),
    ],
    ids=["forward", "decomposed", "backward", "underivable", "branch"],
)
def test_an_operator_that_cannot_be_exported_is_named_with_its_layer(
    part: nn.Module, backward: bool, operator: str
) -> None:
    with pytest.raises(GraphError, match=rf"'sort-of'.*{operator}.*layer 'block\.odd'"):
        passing(net(part), backward)


def test_the_same_layers_without_their_gradient_do_export() -> None:
    passing(net(nn.AvgPool3d((1, 2, 2))))


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: torch.log(-1 - x), "'answer' is not finite on real"),
        (lambda x: torch.log(x + 1 / 16 * (x > 0)), "not finite on"),
        (lambda x: x * 0, "'answer' is zero throughout on real"),
        (lambda x: x[x > 0.5], "shape of 'answer' depends on values"),
        (lambda x: x + torch.rand(x.shape), "'answer' differs from PyTorch by .* on real"),
        (lambda x: 3, "'answer' is no tensor but a int"),
    ],
    ids=["nan", "infinite", "zero", "shape", "random", "number"],
)
def test_an_output_that_no_page_could_trust_is_named(
    function: Callable[[Tensor], Tensor], message: str
) -> None:
    with pytest.raises(GraphError, match=message):
        attempt(lambda weights, inputs: {"answer": function(inputs["input"])})


def test_an_output_may_be_zero_on_a_blank_input_only() -> None:
    attempt(lambda weights, inputs: {"answer": torch.relu(inputs["input"] * 2)})


def test_a_graph_that_disagrees_with_the_original_is_refused() -> None:
    given = {"input": IMAGE}
    wrong = Source(
        lambda weights, inputs: {"right": inputs["input"] * 2, "wrong": inputs["input"] * 1.001},
        {},
        given,
        [given],
        oracle=lambda weights, inputs: {"right": inputs["input"] * 2, "wrong": inputs["input"]},
    )
    with pytest.raises(GraphError, match="'sort-of': output 'wrong' differs .* 1.0e-03 on real"):
        export_graph("sort-of", wrong)


def test_a_disagreement_only_where_nothing_is_drawn_is_found() -> None:
    given = {"input": IMAGE}
    wrong = Source(
        lambda weights, inputs: {"slope": torch.sign(inputs["input"] - 1e-9)},
        {},
        given,
        [{"input": IMAGE + 1}],
        oracle=lambda weights, inputs: {"slope": torch.sign(inputs["input"] + 1e-9)},
    )
    with pytest.raises(GraphError, match="'slope' differs from PyTorch by 2.0e\\+00 on blank"):
        export_graph("sort-of", wrong)


def test_a_tensor_that_a_function_encloses_is_refused() -> None:
    enclosed = torch.ones(4, 5000)
    with pytest.raises(GraphError, match=r"80\d\d\d bytes of constants .*\[4, 5000\]"):
        attempt(lambda weights, inputs: {"answer": inputs["input"] @ enclosed})


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (None, "ends within its header"),
        (save({"w": torch.ones(4, 4)})[:40], "ends within its header|no usable tensor"),
        (save({"v": torch.ones(4, 4)}), "weight 'w' of shape"),
        (save({"w": torch.ones(4, 3)}), "weight 'w' of shape"),
        (save({"w": torch.ones(4, 4).double()}), "weight 'w' of shape"),
        (save({"w": torch.ones(4, 4)})[:-4], "no usable tensor 'w'"),
    ],
    ids=["none", "cut header", "missing", "shape", "type", "cut"],
)
def test_a_weights_file_that_does_not_fit_is_refused(file: bytes | None, message: str) -> None:
    given = {"input": IMAGE}
    source = Source(
        lambda weights, inputs: {"answer": inputs["input"] @ weights["w"]},
        {"w": torch.ones(4, 4)},
        given,
        [given],
    )
    with pytest.raises(GraphError, match=message):
        export_graph("sort-of", source, file)


def test_inputs_weights_and_checks_must_fit_together() -> None:
    def same(weights: dict[str, Tensor], inputs: dict[str, Tensor]) -> dict[str, Tensor]:
        return {"answer": inputs["x"]}

    x = {"x": torch.ones(2)}
    with pytest.raises(GraphError, match="'x' names a weight and an input"):
        export_graph("sort-of", Source(same, x, x, [x]))
    with pytest.raises(GraphError, match="no real input to check"):
        export_graph("sort-of", Source(same, {}, x, []))
    with pytest.raises(GraphError, match="a check has no input 'x' of the shape"):
        export_graph("sort-of", Source(same, {}, x, [{"x": torch.ones(3)}]))
