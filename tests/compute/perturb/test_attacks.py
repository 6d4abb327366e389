"""Each attack against the same one written out with autograd, and what no attack may do."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from generator.compute.perturb.attacks import FAST, fgsm, iterated, jsma, pair
from generator.compute.perturb.curves import allowed
from generator.compute.perturb.guard import Guard
from generator.compute.perturb.slopes import log_odds, logits, odds_slope
from generator.compute.perturb.victim import Victim
from tests.compute.perturb.nets import (
    convolving,
    loss_slope,
    pictures,
    projected_descent,
    saliency_pairs,
    sign_method,
    victim,
)

CLASSES = np.array([0, 1, 2, 3, 0, 1])
# A number and a strength are rounded to floats once each.
ROUNDING = 2**-23


@pytest.fixture(scope="module")
def net() -> nn.Sequential:
    return convolving()


@pytest.mark.parametrize("toward", [False, True])
@pytest.mark.parametrize("strength", [0.03, 0.2])
def test_the_signs_are_those_of_the_cross_entropy_s_gradient(
    net: nn.Sequential, strength: float, toward: bool
) -> None:
    x = pictures()
    wanted = sign_method(
        net, torch.from_numpy(x), torch.from_numpy(CLASSES), strength, -1 if toward else 1
    )
    found = fgsm(victim(net), x, CLASSES, strength, toward)
    np.testing.assert_allclose(found, wanted.numpy(), atol=ROUNDING)


@pytest.mark.parametrize("toward", [False, True])
def test_the_iterated_attack_is_projected_descent(net: nn.Sequential, toward: bool) -> None:
    x = pictures()
    classes = torch.from_numpy(CLASSES)
    for steps in (1, 4, 10):
        wanted = projected_descent(
            net, torch.from_numpy(x), classes, 0.1, steps, -1 if toward else 1
        )
        found = iterated(victim(net), x, CLASSES, 0.1, toward, steps)
        np.testing.assert_allclose(found, wanted.numpy(), atol=4 * ROUNDING)


def test_one_step_is_the_sign_method_and_ten_are_not(net: nn.Sequential) -> None:
    x = pictures()
    once = fgsm(victim(net), x, CLASSES, 0.1)
    np.testing.assert_allclose(iterated(victim(net), x, CLASSES, 0.1, steps=1), once, atol=ROUNDING)
    assert (iterated(victim(net), x, CLASSES, 0.1, steps=10) != once).any()


def test_more_steps_lower_the_log_odds_at_least_as_far(net: nn.Sequential) -> None:
    x = pictures(30)
    classes = victim(net).answers(x)

    def odds(some: NDArray[np.float32]) -> NDArray[np.float64]:
        said = victim(net).probabilities(some)[np.arange(30), classes]
        return np.asarray(np.log(said / (1 - said)))

    once = odds(fgsm(victim(net), x, classes, 0.1))
    often = odds(iterated(victim(net), x, classes, 0.1))
    assert once.mean() < odds(x).mean()
    assert often.mean() < once.mean()


@pytest.mark.parametrize("guard", [Guard(), Guard(("blur", "jpeg", "noise"))])
def test_no_number_moves_farther_than_the_strength_or_leaves_the_range(
    net: nn.Sequential, guard: Guard
) -> None:
    x = pictures()
    asked = victim(net, guard=guard)
    for strength in (0.0, 0.013, 0.6):
        for found in (
            fgsm(asked, x, CLASSES, strength),
            iterated(asked, x, CLASSES, strength, toward=True, steps=3),
        ):
            assert np.abs(found - x).max() <= strength + ROUNDING
            assert found.min() >= 0
            assert found.max() <= 1


def test_a_strength_of_nothing_changes_nothing(net: nn.Sequential) -> None:
    x = pictures()
    assert (fgsm(victim(net), x, CLASSES, 0) == x).all()
    assert (iterated(victim(net), x, CLASSES, 0) == x).all()
    assert jsma(victim(net), x, CLASSES, allowed(0, 64)).size == 0


def test_a_gradient_that_is_rounded_to_nothing_still_has_a_sign() -> None:
    # Sure of class 0 beyond what a float can tell from certainty.
    line = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    line[1].weight.data = torch.randn(3, 64, generator=torch.Generator().manual_seed(0))
    line[1].bias.data = torch.tensor([400.0, 0.0, 0.0])
    line.requires_grad_(False)
    x = pictures(1)
    assert (loss_slope(line, torch.from_numpy(x), torch.tensor([0])) == 0).all()
    found = victim(line, classes=3).slope(x, np.array([0]))
    values = line(torch.from_numpy(x))[0, 1:].softmax(0)
    weight = line[1].weight
    wanted = weight[0] - values @ weight[1:]
    np.testing.assert_allclose(found.ravel(), wanted.numpy(), rtol=1e-4, atol=1e-6)


def test_log_odds_are_those_of_the_softmax() -> None:
    values = torch.tensor([[1.0, 2.0, -0.5], [0.0, 0.0, 0.0]])
    direction = torch.tensor([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    p = values.softmax(1)[[0, 1], [1, 0]]
    assert torch.allclose(log_odds(values, direction), (p / (1 - p)).log())
    assert torch.allclose(logits(values.softmax(1), "as they are").softmax(1), values.softmax(1))


def test_a_net_that_says_probabilities_is_attacked_as_the_one_that_says_logits() -> None:
    net = convolving()
    x = pictures()
    wanted = victim(net).slope(x, CLASSES)
    for last, reading in ((nn.Softmax(1), "as they are"), (nn.LogSoftmax(1), "exp")):
        other = victim(nn.Sequential(*net, last), reading=reading)
        np.testing.assert_allclose(other.slope(x, CLASSES), wanted, rtol=2e-3, atol=1e-5)
        np.testing.assert_allclose(
            other.probabilities(x), victim(net).probabilities(x), rtol=1e-5, atol=1e-7
        )


def test_a_wider_range_scales_the_step() -> None:
    net = convolving()
    x = pictures()
    moved = victim(nn.Sequential(Halved(), *net), bounds=(-1.0, 3.0))
    np.testing.assert_allclose(
        fgsm(moved, x, CLASSES, 0.1), fgsm(victim(net), x, CLASSES, 0.1), atol=ROUNDING
    )


class Halved(nn.Module):
    """Takes a range from -1 to 3 back to 0 to 1."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (x + 1) / 4


def test_saliency_pairs_are_those_of_a_search_through_all_of_them() -> None:
    net = convolving()
    x = pictures(3, seed=5)
    answers = victim(net).answers(x)
    for row, target in ((0, 1), (1, 3), (2, 2)):
        if target == answers[row]:
            target = (target + 1) % 4
        wanted = saliency_pairs(net, torch.from_numpy(x[row : row + 1]), target, 10)
        (found,) = jsma(victim(net), x[row : row + 1], np.array([target]), 10, toward=True)
        assert wanted
        pairs = [set(wanted[i : i + 2]) for i in range(0, len(wanted), 2)]
        assert [set(found[i : i + 2]) for i in range(0, len(wanted), 2)] == pairs
        assert (found[len(wanted) :] == -1).all()


def test_saliency_raises_few_numbers_and_each_to_the_most(net: nn.Sequential) -> None:
    x = pictures(8)
    answers = victim(net).answers(x)
    told: dict[int, int] = {}
    order = jsma(
        victim(net), x, answers, 12, done=lambda n, fell: told.update(dict.fromkeys(fell, n))
    )
    for row, places in enumerate(order):
        chosen = places[places >= 0]
        assert len(set(chosen)) == len(chosen)
        changed = x[row].ravel().copy()
        changed[chosen] = 1
        answer = victim(net).answers(changed.reshape(1, 1, 8, 8))[0]
        assert (answer != answers[row]) == (row in told)
        if row in told:
            assert told[row] == len(chosen)
    assert told


def brute(own: NDArray[np.float64], others: NDArray[np.float64], toward: bool, first: int) -> float:
    gain, loss = (own, -others) if toward else (others, -own)
    steep = np.lexsort((np.arange(len(gain)), -loss, -gain))[:first]
    best = 0.0
    for p in steep:
        for q in range(len(gain)):
            both = gain[p] + gain[q], loss[p] + loss[q]
            if p != q and min(both) > 0:
                best = max(best, both[0] * both[1])
    return best


def test_no_pair_is_better_than_the_one_that_is_found() -> None:
    draw = np.random.default_rng(1)
    differed = 0
    for trial in range(200):
        count = int(draw.integers(2, 40))
        own, others = draw.normal(size=(2, count)).round(int(draw.integers(0, 3)))
        toward = bool(trial % 2)
        scores = []
        for fast in (False, True):
            found = pair(own, others, np.ones(count, bool), toward, fast)
            first = max(1, int(FAST * count)) if fast else count
            wanted = brute(own, others, toward, first)
            gain, loss = (own, -others) if toward else (others, -own)
            scores.append((gain[list(found)].sum() * loss[list(found)].sum()) if found else 0.0)
            assert scores[-1] == pytest.approx(wanted)
        differed += scores[0] > scores[1]
    # The fast form is another attack: it misses the best pair now and then.
    assert differed > 20


def test_numbers_that_are_full_already_are_left_alone() -> None:
    own, others = np.array([5.0, 1.0, 1.0, 0.5]), np.array([-5.0, -1.0, -1.0, -0.5])
    assert pair(own, others, np.array([True, True, True, True]), True, False) == (0, 1)
    assert pair(own, others, np.array([False, True, False, True]), True, False) == (1, 3)
    assert pair(own, others, np.array([False, True, False, False]), True, False) is None
    assert pair(-own, -others, np.ones(4, bool), True, False) is None


def test_whole_pairs_are_allowed() -> None:
    assert [allowed(s, 784) for s in (0, 0.002, 0.01, 0.1, 1)] == [0, 0, 6, 78, 784]


def test_behind_a_blur_the_slope_is_autograd_s() -> None:
    net = convolving()
    x = pictures(2)
    asked = victim(net, guard=Guard(("blur",), blur=1.0))
    from scipy.ndimage import gaussian_filter1d

    eye = np.eye(8)
    matrix = torch.from_numpy(gaussian_filter1d(eye, 1.0, mode="reflect", truncate=3.0)).float()

    def behind(some: torch.Tensor) -> torch.Tensor:
        return net(matrix.T @ some @ matrix)

    classes = torch.tensor([0, 1])
    direction = torch.nn.functional.one_hot(classes, 4).float()
    given = torch.from_numpy(x).requires_grad_()
    log_odds(behind(given), direction).sum().backward()
    assert given.grad is not None
    found = asked.slope(x, classes.numpy())
    np.testing.assert_allclose(found, given.grad.numpy(), rtol=1e-3, atol=1e-6)


def test_slopes_do_not_depend_on_the_company_of_a_picture(net: nn.Sequential) -> None:
    x = pictures(4)
    one: Victim = victim(net)
    together = one.slope(x, CLASSES[:4])
    alone = np.concatenate([one.slope(x[i : i + 1], CLASSES[i : i + 1]) for i in range(4)])
    np.testing.assert_allclose(together, alone, rtol=1e-4, atol=1e-6)
    feeds = {"input": torch.from_numpy(x), "direction": torch.eye(4)}
    gradient = odds_slope(net, "softmax")(one.weights, feeds)["gradient"]
    np.testing.assert_allclose(gradient.numpy(), together, rtol=1e-4, atol=1e-6)
