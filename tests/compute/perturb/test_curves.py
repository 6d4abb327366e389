"""Curves of accuracy, where they can be worked out and where only their direction is known."""

import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.perturb.curves import curves, defended
from generator.compute.perturb.guard import DEFENCES, Guard
from tests.compute.perturb.nets import convolving, pictures, victim

STRENGTHS = (0.0, 0.02, 0.05, 0.1, 0.2)
FINE = (0.0, 0.0047, 0.0093, 0.021, 0.037)


def linear() -> nn.Sequential:
    """Two classes; a step along the signs moves the logits' difference by 6.4 strengths."""
    net = nn.Sequential(nn.Flatten(), nn.Linear(64, 2))
    signs = torch.where(torch.arange(64) % 2 == 0, 0.05, -0.05)
    net[1].weight.data = torch.stack([signs, -signs])
    net[1].bias.data.zero_()
    return net.eval().requires_grad_(False)


def test_a_linear_net_falls_at_the_strength_that_its_margin_says() -> None:
    net = linear()
    # Far from 0 and 1, so that nothing is cut.
    x = 0.3 + 0.4 * pictures(40)
    answers = net(torch.from_numpy(x)).argmax(1).numpy()
    margin = (net(torch.from_numpy(x)) @ torch.tensor([1.0, -1.0])).abs().numpy()
    found = curves(victim(net, classes=2), x, answers, FINE)
    wanted = [float((margin > 6.4 * one).mean()) for one in FINE]
    assert wanted[0] == 1 > wanted[1] > wanted[2] > 0
    for name in ("fgsm", "iterated"):
        assert found[name] == pytest.approx(wanted)


def test_curves_begin_with_the_accuracy_and_fall() -> None:
    net = convolving()
    x = pictures(40)
    answers = victim(net).answers(x)
    labels = np.where(np.arange(40) < 4, (answers + 1) % 4, answers)
    found = curves(victim(net), x, labels, STRENGTHS)
    assert list(found) == ["fgsm", "iterated", "jsma", "fast-jsma"]
    for name, curve in found.items():
        assert curve[0] == pytest.approx(0.9), name
        assert curve[-1] < curve[0], name
    for name in ("iterated", "jsma", "fast-jsma"):
        assert all(a >= b for a, b in zip(found[name], found[name][1:], strict=False)), name
    assert np.mean(found["iterated"]) <= np.mean(found["fgsm"])


def test_whoever_knows_a_defence_does_no_worse_on_the_whole() -> None:
    net = convolving()
    x = pictures(12)
    answers = victim(net).answers(x)
    guard = Guard(blur=0.75, levels=6, noise=0.05, copies=3)
    found = defended(victim(net), x, answers, STRENGTHS[::2], guard)
    assert list(found) == ["none", *DEFENCES]
    none = found["none"]["unaware"]
    assert none[0] == 1
    for name, curve in found.items():
        assert np.mean(curve["aware"]) <= np.mean(curve["unaware"]) + 0.05, name
        # Both begin with the accuracy behind the defence, before anything is attacked.
        assert curve["aware"][0] == curve["unaware"][0], name
