"""Pictures of a still wait until they are near, where a browser can tell."""

from generator.render.stills import placed

IMAGES = {"tiles": {"width": 200, "height": 100}}


def still(*parts: str) -> str:
    drawing = f'<svg viewBox="0 0 100 50">{"".join(parts)}</svg>'
    return placed({"light": drawing, "dark": None}, IMAGES, lambda name: f"../{name}.webp")


def test_a_picture_in_its_place_is_fetched_when_it_is_near() -> None:
    image = (
        '<image class="dark-only pixels" href="image:tiles" x="3" y="0" width="100" height="50"/>'
    )
    assert still(image) == (
        '<svg viewBox="0 0 100 50">'
        '<foreignObject class="dark-only" x="3" y="0" width="100" height="50">'
        '<img src="../tiles.webp" width="200" height="100" class="pixels" alt="" '
        'loading="lazy" decoding="async"></foreignObject></svg>'
    )


def test_one_in_a_mask_one_of_another_shape_and_one_that_is_turned_stay_as_they_are() -> None:
    masked = '<mask id="m"><image href="image:tiles" width="100" height="50"/></mask>'
    square = '<image href="image:tiles" width="50" height="50"/>'
    turned = '<image href="image:tiles" width="100" height="50" transform="rotate(9)"/>'
    whole = still(masked, square, turned)
    assert whole.count('<image href="../tiles.webp"') == 3
    assert "<img" not in whole


def test_one_that_may_be_stretched_fills_any_place() -> None:
    image = '<image href="image:tiles" width="50" height="50" preserveAspectRatio="none"/>'
    assert '<foreignObject width="50" height="50"><img' in still(image)


def test_drawings_of_both_schemes_stand_side_by_side() -> None:
    both = placed({"light": "<svg>1</svg>", "dark": "<svg>2</svg>"}, {}, str)
    assert both == (
        '<div class="light-only"><svg>1</svg></div><div class="dark-only"><svg>2</svg></div>'
    )
