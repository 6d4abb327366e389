"""A model's computations as functions of its weights, against autograd and by hand."""

import pytest
import torch
from torch import nn

from generator.compute.graphs import forward, input_gradient, sgd_step, still
from generator.errors import GraphError


def line() -> nn.Module:
    """y = ReLU(3 x1 - 2 x2 + 1), in place, then doubled by a layer called "twice"."""
    net = nn.Sequential()
    net.add_module("sum", nn.Linear(2, 1))
    net.add_module("gate", nn.ReLU(inplace=True))
    net.add_module("twice", nn.Linear(1, 2, bias=False))
    return net


WEIGHTS = {
    "sum.weight": torch.tensor([[3.0, -2.0]]),
    "sum.bias": torch.tensor([1.0]),
    "twice.weight": torch.tensor([[2.0], [0.0]]),
}


def test_taps_are_what_each_layer_said_before_the_next_wrote_over_it() -> None:
    run = forward(line(), ["sum", "gate", "output"])
    answers = run(WEIGHTS, {"input": torch.tensor([[1.0, 4.0]])})
    assert {name: value.tolist() for name, value in answers.items()} == {
        "sum": [[-4.0]],
        "gate": [[0.0]],
        "output": [[0.0, 0.0]],
    }


def test_the_gradient_of_a_line_is_its_slope_where_its_gate_is_open() -> None:
    run = input_gradient(line())
    direction = torch.tensor([[1.0, 0.0]])
    opened = run(WEIGHTS, {"input": torch.tensor([[1.0, 1.0]]), "direction": direction})
    assert opened["gradient"].tolist() == [[6.0, -4.0]]
    assert opened["output"].tolist() == [[4.0, 0.0]]
    closed = run(WEIGHTS, {"input": torch.tensor([[0.0, 1.0]]), "direction": direction})
    assert closed["gradient"].tolist() == [[0.0, 0.0]]


def test_three_steps_are_three_steps_of_torch_sgd() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
    weights = {name: value.detach().clone() for name, value in net.state_dict().items()}
    optimizer = torch.optim.SGD(net.parameters(), lr=0.3, momentum=0.8)
    given = {
        "input": torch.randn(5, 3),
        "label": torch.tensor([0, 1, 1, 0, 1]),
        "rate": torch.tensor(0.3),
        "momentum": torch.tensor(0.8),
        **still(weights),
    }
    before = {name: value.clone() for name, value in net.state_dict().items()}
    step = sgd_step(net)
    for _ in range(3):
        answers = step(weights, given)
        weights = {name: answers[f"next.{name}"] for name in weights}
        given.update({f"velocity.{n}": answers[f"next.velocity.{n}"] for n in weights})
    assert all(torch.equal(before[name], value) for name, value in net.state_dict().items())
    for _ in range(3):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(given["input"]), given["label"]).backward()
        optimizer.step()
    for name, value in net.named_parameters():
        torch.testing.assert_close(weights[name], value.detach())


def test_a_layer_that_does_not_exist_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(GraphError, match=r"no layer 'gait'(.|\n)*'gate'"):
        forward(line(), ["gait"])


def test_a_layer_that_takes_no_part_is_refused() -> None:
    net = line()
    net.twice.add_module("unused", nn.ReLU())
    with pytest.raises(GraphError, match="'twice.unused' took no part"):
        forward(net, ["twice.unused"])(WEIGHTS, {"input": torch.ones(1, 2)})
