import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE

from generator.compute.embedding import pca, tsne
from generator.compute.neighbours import neighbourhood_hit, trustworthiness
from generator.compute.threads import single_thread


@pytest.fixture(scope="module")
def digits():
    images, labels = load_digits(return_X_y=True)
    return images[:600].astype(np.float32), labels[:600]


def test_points_on_a_line_have_one_axis_that_explains_them():
    found = pca(np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]]))
    np.testing.assert_allclose(found.points, [[-5, 0], [0, 0], [5, 0]], atol=1e-6)
    np.testing.assert_allclose(found.explained, [1, 0], atol=1e-12)


def test_the_axes_are_the_eigenvectors_of_the_covariance(digits):
    values = digits[0].astype(np.float64)
    shares, axes = np.linalg.eigh(np.cov(values.T))
    found = pca(values, 3)
    np.testing.assert_allclose(found.explained, shares[:-4:-1] / shares.sum(), rtol=1e-9)
    expected = (values - values.mean(0)) @ axes[:, :-4:-1]
    np.testing.assert_allclose(abs(found.points), abs(expected), atol=1e-4)


def test_many_points_of_many_dimensions_have_the_same_axes_as_few():
    """Above 500 of both, an iteration computes only what is asked for."""
    draw = np.random.default_rng(0)
    values = draw.normal(size=(520, 510)) * np.geomspace(10, 1, 510)
    found = pca(values, 2)
    left, sizes, _ = np.linalg.svd(values - values.mean(0), full_matrices=False)
    np.testing.assert_allclose(abs(found.points), abs(left[:, :2] * sizes[:2]), atol=1e-3)
    assert found.points.tobytes() == pca(values, 2).points.tobytes()


def test_the_sign_of_an_axis_does_not_depend_on_the_order_of_the_points(digits):
    order = np.random.default_rng(0).permutation(600)
    np.testing.assert_allclose(
        pca(digits[0]).points[order], pca(digits[0][order]).points, atol=1e-3
    )


def test_axes_that_the_data_lack_are_zero():
    assert pca(np.array([[1.0], [3.0]])).points.tolist() == [[-1, 0], [1, 0]]
    assert not pca(np.ones((5, 4))).points.any()
    assert not tsne(np.ones((5, 4))).any()


def test_one_point_has_no_variance():
    with pytest.raises(ValueError, match="1 points have no variance"):
        pca(np.ones((1, 3)))
    with pytest.raises(ValueError, match="needs four points, got 3"):
        tsne(np.ones((3, 3)))


def test_tsne_brings_digits_of_a_kind_together_better_than_pca(digits):
    values, labels = digits
    layout, plane = tsne(values), pca(values).points
    assert neighbourhood_hit(layout, labels) > 0.9 > 0.7 > neighbourhood_hit(plane, labels)
    assert trustworthiness(values, layout) > 0.97 > trustworthiness(values, plane)


def test_tsne_is_as_trustworthy_as_scikit_learns_with_its_own_settings(digits):
    values = digits[0][:300]
    with single_thread():
        reference = TSNE(2, init="pca", random_state=0, n_jobs=1).fit_transform(values)
    assert trustworthiness(values, tsne(values)) > 0.98 * trustworthiness(values, reference)


def test_tsne_starts_from_the_principal_components_and_not_from_chance(digits):
    values = digits[0][:150]
    assert tsne(values, seed=3).tobytes() == tsne(values, seed=3).tobytes()
    assert tsne(values, seed=3).tobytes() == tsne(values, seed=4).tobytes()


def test_tsne_lays_out_a_handful_of_points():
    assert np.isfinite(tsne(np.eye(5))).all()
