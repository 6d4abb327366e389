import torch

from generator.compute.objectives import channel, layer, plus, smooth, unit

MAPS = torch.arange(2 * 3 * 2 * 2, dtype=torch.float32).reshape(2, 3, 2, 2)


def test_a_channel_is_worth_its_mean_for_the_picture_that_asks_for_it():
    # picture 0 asks for channel 2 (8 … 11), picture 1 for channel 0 (12 … 15)
    assert channel("conv", [2, 0]).score({"conv": MAPS}).tolist() == [9.5, 13.5]
    assert channel("logits", [1]).score({"logits": torch.tensor([[5.0, 7.0]])}).tolist() == [7]


def test_a_unit_is_worth_its_own_activation_the_central_one_if_none_is_named():
    assert unit("conv", [2, 0], 0, 1).score({"conv": MAPS}).tolist() == [9, 13]
    assert unit("conv", [2, 0]).score({"conv": MAPS}).tolist() == [11, 15]
    assert unit("dense", [1]).score({"dense": torch.tensor([[5.0, 7.0]])}).tolist() == [7]


def test_a_layer_is_worth_the_mean_square_of_all_its_units():
    # 0² + … + 11² = 506 and 12² + … + 23² = 4324 - 506, twelve units each
    assert layer("conv", 2).score({"conv": MAPS}).mul(12).round().tolist() == [506, 3818]
    assert layer("dense", 1).score({"dense": torch.tensor([[-3.0, 1.0]])}).tolist() == [5]


def test_smoothness_costs_the_differences_of_neighbours():
    image = torch.tensor([[[[0.0, 1.0], [0.0, 3.0]]]])
    # rows differ by (0, 2), mean 1; columns by (1, 3), mean 2
    assert smooth(0.5).score({"input": image}).tolist() == [-1.5]


def test_a_sum_reads_all_layers_once():
    both = plus(channel("a", [0]), unit("a", [0], 0, 0), smooth(1))
    assert both.layers == ("a", "input")
    seen = {"a": MAPS[:1], "input": torch.ones(1, 1, 2, 2)}
    assert both.score(seen).tolist() == [1.5 + 0 - 0]
