"""Each defence against a library that does the same, or by hand."""

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter

from generator.compute.perturb.guard import QUALITIES, Guard, blurred, mosaic
from generator.compute.perturb.jpeg import jpeg, table
from tests.compute.perturb.nets import convolving, victim


def scene(channels: int, height: int = 21, width: int = 30) -> NDArray[np.uint8]:
    """Slopes, an edge and some grain."""
    draw = np.random.default_rng(3)
    y, x = np.mgrid[:height, :width]
    whole = np.stack([90 + 3 * x + 2 * y * (c + 1) - 80 * (x > 14) for c in range(channels)])
    return np.clip(whole + draw.normal(0, 6, whole.shape), 0, 255).astype(np.uint8)


def filed(picture: NDArray[np.uint8], quality: int) -> NDArray[np.float64]:
    """The picture out of a real JPEG file with colour at full size."""
    file = BytesIO()
    pixels = picture[0] if len(picture) == 1 else picture.transpose(1, 2, 0)
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, subsampling=0)
    back = np.asarray(Image.open(file), np.float64)
    return back[None] if back.ndim == 2 else back.transpose(2, 0, 1)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("quality", [5, 30, 50, 75, 95])
def test_it_leaves_of_a_picture_what_a_jpeg_file_leaves(channels: int, quality: int) -> None:
    picture = scene(channels)
    found = 255 * jpeg(picture[None] / 255, quality)[0]
    wanted = filed(picture, quality)
    # The library's cosines are of whole numbers: a coefficient near a half may land on its other
    # side. Both still lose the same, and differ far less from each other than from the picture.
    lost = np.abs(wanted - picture).mean()
    assert np.abs(found - wanted).mean() < lost / 3
    assert np.abs(found - picture).mean() == pytest.approx(lost, rel=0.04)


def test_steps_are_the_library_s() -> None:
    file = BytesIO()
    Image.fromarray(scene(3).transpose(1, 2, 0)).save(file, "JPEG", quality=35, subsampling=0)
    tables = Image.open(file).quantization  # type: ignore[attr-defined]
    for colour in (False, True):
        assert sorted(table(35, colour).ravel()) == sorted(tables[int(colour)])
    assert (table(100, colour=False) == 1).all()


def test_blur_is_scipy_s_and_its_own_adjoint() -> None:
    draw = np.random.default_rng(0)
    x, y = draw.random((2, 1, 2, 9, 13))
    for sigma in (0.5, 1.0, 2.0, 3.0):
        wanted = gaussian_filter(
            x, (0, 0, sigma, sigma), mode="reflect", radius=int(np.ceil(3 * sigma))
        )
        np.testing.assert_allclose(blurred(x, sigma), wanted, atol=1e-12)
        assert (blurred(x, sigma) * y).sum() == pytest.approx((x * blurred(y, sigma)).sum())
    assert (blurred(x, 0) == x).all()


def given(guard: Guard, picture: NDArray[np.floating]) -> list[NDArray[np.float32]]:
    return [copy[0] for copy in guard.copies_of(picture[None])]


def test_levels_are_evenly_spaced_and_halves_go_up() -> None:
    picture = np.array([[[0.0, 0.16, 0.17, 0.5, 0.84, 1.0]]])
    (found,) = given(Guard(("levels",), levels=4), picture)
    np.testing.assert_allclose(found[0, 0], [0, 0, 1 / 3, 2 / 3, 1, 1], atol=1e-7)


def test_each_block_comes_from_one_quality_and_copies_differ() -> None:
    picture = scene(3, 24, 32) / 255
    kept = [jpeg(picture[None], one)[0] for one in QUALITIES]
    copies = given(Guard(("slq",), copies=5), picture)
    chosen = []
    for copy in copies:
        for top in range(0, 24, 8):
            for left in range(0, 32, 8):
                block = np.s_[:, top : top + 8, left : left + 8]
                same = [np.allclose(copy[block], one[block], atol=1e-6) for one in kept]
                assert any(same)
                chosen.append(same.index(True))
    # Sixty throws of a die with four sides.
    assert set(chosen) == {0, 1, 2, 3}
    assert any((copies[0] != one).any() for one in copies[1:])
    only = mosaic([one[None] for one in kept[:1]], 2, 0)[0]
    assert (only == kept[0]).all()


def test_noise_has_its_size_and_an_attacker_draws_other_noise() -> None:
    grey = np.full((1, 64, 64), 0.5)
    guard = Guard(("noise",), noise=0.1, copies=3)
    copies = given(guard, grey)
    assert len(copies) == 3
    # The mean and deviation of 4,096 numbers vary by 1/64 and 1/90 of the deviation.
    assert abs(copies[0].mean() - 0.5) < 0.008
    assert copies[0].std() == pytest.approx(0.1, rel=0.06)
    drawn = guard.drawn(grey[None], 0)
    assert all((one[0] != other).any() for one in drawn for other in copies)
    assert (guard.drawn(grey[None], 1)[0] != drawn[0]).any()


def test_copies_vote_by_the_mean_of_their_probabilities() -> None:
    net = convolving(3)
    picture = scene(3, 8, 8)[None] / 255
    guard = Guard(("noise",), copies=4)
    whole = victim(net, 3, guard=guard).probabilities(picture.astype(np.float32))
    parts = [victim(net, 3).probabilities(copy) for copy in guard.copies_of(picture)]
    assert len(parts) == 4
    np.testing.assert_allclose(whole, np.mean(parts, 0), rtol=1e-6)


def test_what_is_off_does_nothing() -> None:
    picture = scene(1)[None] / np.float32(255)
    (copy,) = Guard().copies_of(picture)
    assert (copy == picture).all()
