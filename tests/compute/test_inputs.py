import numpy as np

from generator.compute.inputs import from_bytes, to_bytes


def test_black_is_the_least_input_and_white_the_greatest():
    bytes_ = np.array([0, 51, 255], np.uint8)
    assert from_bytes(bytes_, (-1.0, 1.0)).tolist() == [-1.0, np.float32(-0.6), 1.0]


def test_every_byte_survives_the_way_there_and_back():
    every = np.arange(256, dtype=np.uint8)
    for bounds in ((0.0, 1.0), (-1.0, 1.0), (-2.1, 2.6)):
        np.testing.assert_array_equal(to_bytes(from_bytes(every, bounds), bounds), every)


def test_values_outside_the_range_are_clipped():
    assert to_bytes(np.array([-0.5, 1.5])).tolist() == [0, 255]
