"""Relevance propagation: sums kept or lost as the rules say, captum's maps, a layer by hand."""

import pytest
import torch
from captum.attr import LRP
from captum.attr._utils.lrp_rules import Alpha1_Beta0_Rule, EpsilonRule
from torch import nn

from generator.compute.attribution.relevance import alpha_beta_relevance, epsilon_relevance
from generator.errors import GraphError
from tests.compute.attribution.nets import averaging, onehot, picture


def relevance(method, net, x, direction, **setting):
    feeds = {"input": x, "direction": direction}
    feeds |= {name: torch.tensor(value) for name, value in setting.items()}
    return method(net, tuple(x.shape[1:]))(dict(net.state_dict()), feeds)


def unbiased():
    net = averaging()
    for part in net:
        if getattr(part, "bias", None) is not None:
            part.bias.zero_()
    return net


def test_one_sum_worked_out_by_hand():
    net = nn.Sequential(nn.Linear(3, 1))
    net[0].weight.data, net[0].bias.data = torch.tensor([[2.0, -1, 1]]), torch.tensor([1.0])
    x, one = torch.tensor([[3.0, 2.0, -1.0]]), torch.ones(1, 1)
    # Terms 6, -2, -1 and a bias of 1: z = 4.
    found = relevance(epsilon_relevance, net, x, one, epsilon=0.0)
    assert found["attribution"].tolist() == [[6, -2, -1]]
    assert (float(found["total"]), float(found["score"])) == (3, 4)
    held = relevance(epsilon_relevance, net, x, one, epsilon=4.0)
    assert held["attribution"].tolist() == [[3, -1, -0.5]]
    # alpha 2, beta 1: 2 * 4 * 6 / 6 = 8 for, -1 * 4 * (2/3, 1/3) against.
    apart = relevance(alpha_beta_relevance, net, x, one, alpha=2.0)
    assert apart["attribution"][0].tolist() == pytest.approx([8, -8 / 3, -4 / 3])
    assert float(apart["total"]) == pytest.approx(4)


def test_without_biases_all_of_the_score_arrives():
    x = picture((3, 20, 20)) - 0.4
    found = relevance(epsilon_relevance, unbiased(), x, onehot(2, 4), epsilon=0.0)
    assert float(found["total"]) == pytest.approx(float(found["score"]), rel=1e-3)
    found = relevance(alpha_beta_relevance, averaging(), x, onehot(2, 4), alpha=1.0)
    assert found["attribution"].abs().max() > 0


@pytest.mark.parametrize("alpha", [1.0, 2.0])
def test_alpha_beta_keeps_the_score_however_large_alpha_is(alpha):
    # Every unit here has terms of both signs, so that nothing can get lost.
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.Flatten(), nn.Linear(600, 3))
    x = picture((3, 12, 12))
    found = relevance(alpha_beta_relevance, net.eval(), x, onehot(1, 3), alpha=alpha)
    assert float(found["total"]) == pytest.approx(float(found["score"]), rel=1e-3)


def test_epsilon_takes_relevance_away():
    x = picture((3, 20, 20))
    totals = [
        abs(float(relevance(epsilon_relevance, unbiased(), x, onehot(1, 4), epsilon=e)["total"]))
        for e in (0.0, 0.01, 0.1, 1.0)
    ]
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] < 0.5 * totals[0]


def test_epsilon_agrees_with_captum():
    net, x = averaging(), picture((3, 20, 20)) - 0.3
    found = relevance(epsilon_relevance, net, x, onehot(3, 4), epsilon=0.01)["attribution"]
    for part in net:
        if isinstance(part, nn.Conv2d | nn.Linear | nn.AdaptiveAvgPool2d):
            part.rule = EpsilonRule(0.01)
        elif not isinstance(part, nn.ReLU):
            part.rule = EpsilonRule(1e-12)  # captum divides where a value is only moved
    wanted = LRP(net).attribute(x.clone().requires_grad_(), target=3).detach()
    assert (found - wanted).abs().max() < 1e-5 * wanted.abs().max()


def test_alpha_one_agrees_with_captum_where_nothing_is_negative():
    net, x = unbiased(), picture((3, 20, 20))
    for part in net:
        if isinstance(part, nn.Conv2d | nn.Linear):
            part.rule = Alpha1_Beta0_Rule(set_bias_to_zero=True)
        elif not isinstance(part, nn.ReLU):
            part.rule = EpsilonRule(1e-9)
    found = relevance(alpha_beta_relevance, net, x, onehot(3, 4), alpha=1.0)
    wanted = LRP(net).attribute(x.requires_grad_(), target=3)
    # captum starts from the positive terms' sum, we from the score: compare the shares.
    torch.testing.assert_close(
        found["attribution"] / found["total"], wanted / wanted.sum(), rtol=1e-3, atol=1e-6
    )


def test_a_skip_divides_relevance_between_its_two_ways(foreign_residual):
    x = picture((1, 20, 20))
    found = relevance(epsilon_relevance, foreign_residual, x, onehot(1, 5), epsilon=0.0)
    assert found["attribution"].isfinite().all()
    found = relevance(alpha_beta_relevance, foreign_residual, x, onehot(1, 5), alpha=2.0)
    assert found["attribution"].isfinite().all()


def test_a_layer_without_a_rule_is_named():
    net = nn.Sequential(nn.Linear(2, 3), nn.GELU(), nn.Linear(3, 1))
    with pytest.raises(GraphError, match="layer '1' is a gelu that relevance") as it:
        epsilon_relevance(net, (2,))
    assert "integrated gradients" in it.value.hint
    odd = nn.Sequential(nn.Linear(2, 3), nn.PReLU())
    with pytest.raises(GraphError, match="layer '1' computes something that relevance"):
        alpha_beta_relevance(odd, (2,))


@pytest.fixture
def foreign_residual():
    from pathlib import Path

    from generator.models import load_model

    root = Path(__file__).parents[3] / "tests/sites/foreign/models"
    return load_model(root / "residual-net").module


def test_an_addition_shares_by_what_raised_it_and_loses_nothing():
    class Two(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a, self.b = nn.Linear(1, 2, bias=False), nn.Linear(1, 2, bias=False)
            self.last = nn.Linear(2, 1, bias=False)
            self.a.weight.data = torch.tensor([[3.0], [-2.0]])
            self.b.weight.data = torch.tensor([[1.0], [1.9]])
            self.last.weight.data = torch.tensor([[1.0, 1.0]])

        def forward(self, x):
            return self.last(self.a(x) + self.b(x))

    # Sums 4 and -0.1; 3.9 in all. In the second, 1.9 raised it and -2 lowered it: all to 1.9,
    # where proportion to the terms would hand out -19 and 20 times what there is.
    found = relevance(alpha_beta_relevance, Two(), torch.ones(1, 1), torch.ones(1, 1), alpha=1.0)
    assert float(found["total"]) == pytest.approx(3.9)
