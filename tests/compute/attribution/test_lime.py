"""LIME's line against scikit-learn's ridge and captum's LIME, and by hand."""

import numpy as np
import pytest
import torch
from captum._utils.models.linear_model import SkLearnRidge
from captum.attr import LimeBase
from sklearn.linear_model import Ridge

from generator.compute.attribution.lime import draws, fitted, nearness


def answers(on: np.ndarray) -> np.ndarray:
    """A score that is no straight line: two parts count only together."""
    return 3.0 * on[:, 0] - 1.5 * on[:, 2] + 2.0 * on[:, 1] * on[:, 3] + 0.25


def test_the_first_picture_is_whole_and_each_part_of_the_others_is_on_by_a_fair_coin():
    on = draws(1, 5, 400)
    assert on.shape == (2001, 5)
    assert on[0].all()
    # A mean of 2,000 coins varies by 1 / sqrt(4 * 2000) = 0.011.
    assert np.abs(on[1:].mean(0) - 0.5).max() < 0.05
    assert (draws(1, 5, 400) == on).all()
    assert (draws(2, 5, 400) != on).any()


def test_pictures_count_less_the_more_is_off():
    on = np.array([[1, 1, 1, 1], [1, 0, 0, 0], [0, 0, 0, 0]], bool)
    # Distances 0, 1 - sqrt(1/4) and 1, over 2 * 0.25^2 = 1/8.
    assert nearness(on) == pytest.approx([1, np.exp(-2), np.exp(-8)])


@pytest.mark.parametrize("count", [4, 30])
def test_the_line_is_scikit_learn_s_ridge(count):
    on = draws(3, count, 6)
    found = fitted(on, answers(on))
    ridge = Ridge(alpha=1.0).fit(on, answers(on), sample_weight=nearness(on))
    assert found.weights == pytest.approx(ridge.coef_, abs=1e-10)
    assert found.base == pytest.approx(ridge.intercept_)
    assert found.fit == pytest.approx(ridge.score(on, answers(on), nearness(on)))
    assert found.whole == pytest.approx(ridge.predict(np.ones((1, count)))[0])
    assert found.asked == 1 + 6 * count


def test_the_line_is_captum_s():
    on = draws(3, 6, 8)
    rows = iter(torch.from_numpy(on).float())
    base = LimeBase(
        lambda x: torch.from_numpy(answers(x.numpy())),
        interpretable_model=SkLearnRidge(alpha=1.0),
        similarity_func=lambda _x, row, _interp, **_: float(nearness(row.numpy() > 0)[0]),
        perturb_func=lambda *_, **__: next(rows)[None],
        perturb_interpretable_space=True,
        from_interp_rep_transform=lambda row, *_, **__: row,
        to_interp_rep_transform=None,
    )
    wanted = base.attribute(torch.ones(1, 6), n_samples=len(on))
    assert fitted(on, answers(on)).weights == pytest.approx(wanted[0].numpy(), abs=1e-5)


def test_a_line_is_found_but_for_the_ridge_and_explains_all():
    on = draws(1, 3, 2000)
    found = fitted(on, on @ np.array([2.0, 0.0, -1.0]) + 5)
    assert found.weights == pytest.approx([2, 0, -1], abs=0.01)
    assert found.fit == pytest.approx(1, abs=1e-4)
    assert found.whole == pytest.approx(6, abs=0.01)


def test_a_score_that_never_changes_gives_nothing_to_any_part():
    found = fitted(draws(1, 4, 5), np.full(21, 7.0))
    assert found.weights == pytest.approx(np.zeros(4), abs=1e-12)
    assert found.whole == pytest.approx(7)
    assert found.fit == 1
