"""What is asked, its slope, and what comes of climbing it."""

import numpy as np
import pytest
import torch
from torch import nn

from generator.compute import objectives
from generator.compute.dream import goals
from generator.compute.dream.goals import Goal
from generator.compute.dream.movement import Moves
from generator.compute.dream.picture import logits, noise, parts
from generator.compute.dream.run import Plan, Runs, ascended, likeness
from generator.compute.dream.slope import picture_slope, texture, worth

SIDE = 8
SHAPE = (1, SIDE, SIDE)


@pytest.fixture(scope="module")
def net() -> nn.Sequential:
    torch.manual_seed(3)
    made = nn.Sequential(
        *(nn.Conv2d(1, 4, 3, padding=1), nn.Tanh(), nn.AvgPool2d(2)),
        *(nn.Flatten(), nn.Linear(64, 3)),
    )
    return made.eval().requires_grad_(False)


def climbed(net: nn.Sequential, goal: Goal, layer: str = "0", **changes: object) -> Runs:
    given = {"steps": (0, 20), "runs": 2, "seed": 0, "rate": 0.1, "moves": Moves(), **changes}
    function = picture_slope(net, layer, SHAPE, (0.0, 1.0))
    made = parts(logits(np.full(SHAPE, 0.5)), True, np.eye(1))
    plan = Plan(**given)  # type: ignore[arg-type]
    return ascended(function, dict(net.state_dict()), SHAPE, made, goal, plan)


def test_goals_are_the_objectives_of_feature_visualization(net: nn.Sequential) -> None:
    answer = net[0](torch.rand(2, *SHAPE))
    for name, other in (("channel", objectives.channel), ("unit", objectives.unit)):
        goal = goals.one_of(name, answer.shape[1:], 2)  # type: ignore[arg-type]
        found = worth(answer, torch.from_numpy(goal.direction)[None], torch.tensor(goal.energy))
        torch.testing.assert_close(found, other("0", [2, 2]).score({"0": answer}))
    whole = goals.whole(answer.shape[1:])
    found = worth(answer, torch.from_numpy(whole.direction)[None], torch.tensor(whole.energy))
    torch.testing.assert_close(found, objectives.layer("0", 2).score({"0": answer}))


def test_two_at_once_go_from_the_first_to_the_second() -> None:
    one, two = (goals.one_of("class", (3,), i) for i in (0, 2))
    assert goals.between(one, two, 0.25).direction.tolist() == [0.75, 0, 0.25]


def test_a_direction_is_the_mean_over_all_places_of_the_share_along_it() -> None:
    goal = goals.along((2, 2, 3), np.array([3.0, -1.0], np.float32))
    answer = np.stack([np.full((2, 3), 2.0), np.arange(6.0).reshape(2, 3)])
    assert (goal.direction * answer).sum() == pytest.approx(3 * 2 - 2.5)


def test_a_code_is_worth_what_its_distance_leaves() -> None:
    held = np.array([3.0, 0, 4], np.float32)
    goal = goals.code(held)
    for answer, wanted in ((held, 0.0), (0 * held, 1.0), (np.array([3.0, 5, 4]), 1.0)):
        flat = torch.tensor(answer, dtype=torch.float32)[None]
        found = worth(flat, torch.from_numpy(goal.direction)[None], torch.tensor(goal.energy))
        assert goals.error(float(found)) == pytest.approx(wanted, abs=1e-3)
    with pytest.raises(ValueError, match="zeros alone"):
        goals.code(0 * held)


def test_the_slope_is_that_of_every_part_of_the_objective(net: nn.Sequential) -> None:
    """Against finite differences of the sum, written out."""
    torch.manual_seed(1)
    numbers = torch.randn(1, *SHAPE, dtype=torch.float64)
    made = parts(logits(np.full(SHAPE, 0.4)), True, np.eye(1))
    rows, columns = Moves(2, 0.1, 0.5).at((SIDE, SIDE), 0, 4)
    direction = torch.randn(1, 4, SIDE, SIDE)
    others = torch.rand(1, 4, 4)
    given = {
        **made.feeds(),
        "rows": torch.from_numpy(rows),
        "columns": torch.from_numpy(columns),
        "direction": direction,
        "others": others,
        "energy": torch.tensor(0.7),
        "apart": torch.tensor(0.3),
        "smooth": torch.tensor(0.9),
    }
    feeds = {name: value.double() for name, value in given.items()} | {"numbers": numbers}
    module = nn.Sequential(*net).double()

    def score(x: torch.Tensor) -> float:
        spread = feeds["down"] @ (feeds["shares"] * x) @ feeds["across"].T
        picture = torch.sigmoid(spread + feeds["base"])
        seen = module[0](feeds["rows"] @ picture @ feeds["columns"].T)
        gram = torch.einsum("nchw,ndhw->ncd", seen, seen)
        alike = (gram / gram.norm() * feeds["others"]).sum()
        rough = picture.diff(dim=2).abs().mean() + picture.diff(dim=3).abs().mean()
        asked = (seen * feeds["direction"]).sum() + 0.7 * seen.square().mean()
        return float(asked - 0.3 * alike - 0.9 * rough)

    weights = {name: value.double() for name, value in net.state_dict().items()}
    found = picture_slope(module, "0", SHAPE, (0.0, 1.0))(weights, feeds)["gradient"]
    for place in ((0, 0, 0, 0), (0, 0, 3, 2), (0, 0, 7, 7)):
        step = torch.zeros_like(numbers)
        step[place] = 1e-5
        slope = (score(numbers + step) - score(numbers - step)) / 2e-5
        assert float(found[place]) == pytest.approx(slope, rel=1e-4)
    net.float()


def test_every_run_gains_and_ends_elsewhere(net: nn.Sequential) -> None:
    found = climbed(net, goals.one_of("class", (3,), 1), "4")
    assert found.pictures.shape == (2, 2, *SHAPE)
    assert (found.worths[:, -1] > found.worths[:, 0] + 0.2).all()
    assert np.abs(found.pictures[0, 1] - found.pictures[1, 1]).max() > 0.02
    said = net(torch.from_numpy(found.pictures[:, 1]))[:, 1].numpy()
    np.testing.assert_allclose(found.worths[:, -1], said, rtol=1e-4, atol=1e-5)


def test_a_frame_is_a_state_of_the_one_run(net: nn.Sequential) -> None:
    goal = goals.one_of("channel", (4, SIDE, SIDE), 0)
    moves = Moves(1, 0.1, 0.0)
    long = climbed(net, goal, steps=(0, 7, 20), moves=moves)
    short = climbed(net, goal, steps=(0, 7), moves=moves)
    np.testing.assert_array_equal(short.pictures[:, 1], long.pictures[:, 1])


def test_pictures_that_push_each_other_apart_are_less_alike(net: nn.Sequential) -> None:
    goal = goals.whole((4, SIDE, SIDE))
    alone = climbed(net, goal, runs=3, steps=(0, 60))
    pushed = climbed(net, goal, runs=3, steps=(0, 60), apart=200.0)
    assert pushed.alike() < alone.alike() - 0.005
    assert likeness(alone.textures[:1]) == 1


def test_a_smooth_picture_varies_less(net: nn.Sequential) -> None:
    goal = goals.one_of("unit", (4, SIDE, SIDE), 1)
    rough, plain = (
        np.abs(np.diff(climbed(net, goal, smooth=weight).pictures[:, 1], axis=3)).mean()
        for weight in (0.0, 5.0)
    )
    assert plain < rough


def test_two_pictures_of_one_texture_are_alike_wherever_it_stands() -> None:
    answer = torch.rand(1, 3, 4, 4)
    both = torch.cat([answer, answer.roll(2, 3)])
    assert likeness(texture(both).numpy()) == pytest.approx(1, abs=1e-5)


def test_a_code_that_a_layer_keeps_whole_gives_the_picture_back() -> None:
    """A layer that only turns pictures about forgets nothing of them."""
    torch.manual_seed(0)
    turn = nn.Linear(SIDE**2, SIDE**2, bias=False).requires_grad_(False)
    nn.init.orthogonal_(turn.weight)
    flat = nn.Sequential(nn.Flatten(), turn)
    picture = np.random.default_rng(2).uniform(0.2, 0.8, SHAPE).astype(np.float32)
    goal = goals.code(flat(torch.from_numpy(picture)[None])[0].numpy())
    found = climbed(flat, goal, "1", steps=(0, 400), runs=1)
    assert goals.error(float(found.worths[0, -1])) < 0.02
    assert np.abs(found.pictures[0, 1] - picture).max() < 0.05


def test_an_objective_that_is_no_number_ends_the_run(net: nn.Sequential) -> None:
    broken = nn.Sequential(*net, nn.Linear(3, 1))
    nn.init.constant_(broken[5].weight, float("nan"))  # type: ignore[arg-type]
    broken.requires_grad_(False)
    with pytest.raises(FloatingPointError, match="0"):
        climbed(broken, goals.one_of("class", (1,), 0), "5")


def test_noise_is_its_seed_s_alone() -> None:
    assert (noise(SHAPE, 4) == noise(SHAPE, 4)).all()
    assert np.abs(noise(SHAPE, 4) - noise(SHAPE, 5)).max() > 0.1


def test_a_guide_draws_each_place_towards_its_own_place_most_like_it(net: nn.Sequential) -> None:
    guide = goals.Guide(np.array([[[3.0, 0]], [[0, 4]]], np.float32))
    same = guide.at(np.array([[[1.0, 0]], [[0, 1]]], np.float32))
    np.testing.assert_allclose(same.direction, np.array([[[3, 0]], [[0, 4]]]) / 25)
    both = guide.at(np.array([[[2.0, 5]], [[1, 1]]], np.float32))
    np.testing.assert_allclose(both.direction, np.array([[[3, 3]], [[0, 0]]]) / 25)
    stripes = np.zeros(SHAPE, np.float32)
    stripes[..., ::2] = 1
    seen = net[0](torch.from_numpy(stripes)[None])[0].numpy()
    found = climbed(net, goals.Guide(seen), steps=(0, 40))
    assert (found.worths[:, -1] > found.worths[:, 0] + 0.1).all()
    # Each of the two runs is led by its own answer: alone it climbs as it does beside the other.
    alone = climbed(net, goals.Guide(seen), steps=(0, 40), runs=1)
    np.testing.assert_allclose(alone.worths[0], found.worths[0], rtol=1e-3, atol=1e-4)
