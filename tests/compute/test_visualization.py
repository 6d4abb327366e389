import numpy as np
import pytest

from generator.compute.ascent import Ascent
from generator.compute.visualization import Target, visualize


def test_every_target_gets_its_own_picture_in_the_order_asked_for(lenet):
    targets = [Target("3", 2), Target("7", 1, "class"), Target("3", 0), Target("3", 0, "neuron")]
    together = visualize(lenet, (1, 16, 16), targets, steps=(0, 10))
    assert together.pictures.shape == (2, 4, 1, 16, 16)
    for place, target in enumerate(targets):
        alone = visualize(lenet, (1, 16, 16), [target], steps=(0, 10))
        # another batch size may round otherwise; ten steps do not make much of it
        np.testing.assert_allclose(together.pictures[:, place], alone.pictures[:, 0], atol=1e-3)


def test_all_targets_start_from_the_same_noise_at_the_level_asked_for(lenet):
    targets = [Target("3", c) for c in range(3)]
    found = visualize(lenet, (1, 16, 16), targets, steps=(0,), level=0.2, bounds=(-1.0, 1.0))
    assert (found.pictures[0] == found.pictures[0, :1]).all()
    assert abs(found.pictures - -0.6).max() < 0.06


def test_a_channel_wants_its_pattern_everywhere_and_a_neuron_in_one_place(lenet):
    still = Ascent(transforms=())
    start, channel, neuron = (
        visualize(
            *(lenet, (1, 16, 16), [Target("0", 1, objective)]), steps=(steps,), ascent=still
        ).pictures[0, 0, 0]
        for steps, objective in ((0, "channel"), (60, "channel"), (60, "neuron"))
    )
    corner = np.s_[:4, :4]  # outside the five pixels that the central unit sees
    assert abs(channel - start)[corner].mean() > 2 * abs(neuron - start)[corner].mean()


def test_three_channels_get_colours_and_the_seed_decides(residual):
    def run(seed):
        found = visualize(residual, (3, 20, 20), [Target("stem", 0)], steps=(8,), seed=seed)
        return found.pictures

    assert run(0).shape == (1, 1, 3, 20, 20)
    assert np.ptp(run(0), axis=2).max() > 0
    assert run(0).tobytes() == run(0).tobytes() != run(1).tobytes()


def test_targets_that_do_not_exist_are_refused(lenet):
    with pytest.raises(ValueError, match="no targets"):
        visualize(lenet, (1, 16, 16), [])
    with pytest.raises(ValueError, match="no objective 'model'; try channel, neuron, class, layer"):
        visualize(lenet, (1, 16, 16), [Target("3", 0, "model")])
