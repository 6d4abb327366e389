"""The words of a curve are true of its numbers."""

from generator.compute.trends import Series, spread, words


def curve(*values: float, name: str = "test") -> Series:
    return Series(name, tuple(float(i) for i in range(1, len(values) + 1)), values)


def test_a_falling_curve_says_its_ends_and_its_least_value_on_the_way() -> None:
    said = words(curve(4.0, 2.0, 0.5, 1.0), "epoch")
    assert said == "test falls from 4 at epoch 1 to 1 at epoch 4, least at epoch 3 (0.5)"


def test_a_rising_curve_that_ends_at_its_best_says_no_more_than_its_ends() -> None:
    said = words(curve(0.8, 0.9, 0.97), "epoch", "{:.0%}".format)
    assert said == "test rises from 80% at epoch 1 to 97% at epoch 3"


def test_a_curve_that_comes_back_has_no_direction() -> None:
    said = words(curve(1.0, 5.0, 1.5), "step")
    assert said == "test goes from 1 at step 1 to 1.5 at step 3, between 1 at 1 and 5 at 2"


def test_a_level_curve_stays_and_a_single_point_is() -> None:
    assert words(curve(3.0, 3.0), "epoch") == "test stays at 3"
    assert words(curve(3.0), "epoch") == "test is 3 at epoch 1"


def test_bars_are_compared_by_name() -> None:
    bars = Series("seen", ("cat", "dog", "bird"), (3.0, 9.0, 4.0))
    assert words(bars, "animal") == "seen: greatest for dog (9), least for cat (3)"


def test_the_best_place_is_the_first_of_equals() -> None:
    assert curve(2.0, 1.0, 1.0).best(lowest=True) == (1.0, 2.0)


def test_labels_that_collide_share_the_difference_and_others_stay() -> None:
    assert spread([0.0, 1.0, 10.0], 3.0) == [-1.0, 2.0, 10.0]
    assert spread([10.0, 1.0, 0.0], 3.0) == [10.0, 2.0, -1.0]


def test_a_block_of_labels_that_grows_into_its_neighbour_takes_it_along() -> None:
    assert spread([0.0, 0.0, 2.25], 2.0) == [-1.25, 0.75, 2.75]
