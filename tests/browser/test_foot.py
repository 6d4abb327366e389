"""What stands below every caption: downloads, provenance, share, reset, full screen; as used."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from PIL import Image
from playwright.sync_api import Download, Locator, Page, expect
from safetensors.numpy import load

from generator.models import load_model
from tests.browser.server import Host
from tests.browser.test_network import draw, settle
from tests.browser.test_pages import violations

ROOT = Path(__file__).parents[2]
SITE = ROOT / "site"
SLUG = "inside-a-digit-classifier"
ARTICLE = f"articles/{SLUG}/index.html"
SEVEN = [(0.25, 0.25), (0.75, 0.25), (0.45, 0.85)]
Open = Callable[..., Page]


def figure(page: Page, name: str) -> Locator:
    """Bring a figure to the screen and wait until it can be used."""
    found = page.locator(f"#{name}")
    found.scroll_into_view_if_needed()
    page.locator(f"#{name}[data-state=ready], #{name}[data-state=live]").wait_for()
    return found


def act(fig: Locator, name: str) -> None:
    fig.locator(".acts").get_by_role("button", name=name, exact=True).click()


def data(fig: Locator) -> Locator:
    """Open what a figure has to keep, as far as scripts must add to it too."""
    fig.get_by_text("Data and downloads", exact=True).click()
    fig.locator("[data-part=picture]").wait_for()
    return fig.locator(".downloads")


def saved(page: Page, press: Callable[[], None]) -> tuple[str, bytes]:
    """Name and content of the file that a click saves."""
    with page.expect_download() as waiting:
        press()
    download: Download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def payload(fig: Locator) -> Path:
    """The figure's listing in the built site."""
    name = str(fig.get_attribute("data-payload")).split("/")[-1]
    return SITE / "assets" / name


def arrays_of(fig: Locator) -> bytes:
    """The figure's arrays in the built site; those that the page loads may be packed."""
    path = SITE / "assets" / json.loads(payload(fig).read_text("utf8"))["arrays"]
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".packed" else content


def copied(fig: Locator, what: str) -> str:
    """Press a copy button of the open panel and give what its field holds."""
    panel = fig.locator(".sharing")
    panel.get_by_role("button", name=f"Copy {what}", exact=True).click()
    return panel.locator(f"#{fig.get_attribute('id')}-{what}").input_value()


def shown(fig: Locator) -> str:
    """The numbers of a network figure, as printed."""
    return fig.locator(".bars").inner_text() + fig.locator(".arithmetic").inner_text()


# --- downloads -----------------------------------------------------------------------------------


def test_the_arrays_are_those_of_the_payload_and_as_csv_the_same(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-map")
    downloads = data(fig)
    name, content = saved(page, lambda: downloads.get_by_text("Arrays", exact=True).click())
    stored = arrays_of(fig)
    assert (name, content) == ("fig-map.safetensors", stored)
    downloads.get_by_role("button", name="Arrays as CSV").click()
    for key, array in load(stored).items():
        press = downloads.get_by_role("button", name=re.compile(f"^{key} as CSV")).click
        name, content = saved(page, press)
        shape = "×".join(map(str, array.shape))
        assert name == f"fig-map.{key}.{shape}.csv"
        rows = list(csv.reader(io.StringIO(content.decode())))
        axes = max(1, array.ndim - 1)
        assert rows[0][:axes] == [f"axis {axis}" for axis in range(axes)]
        numbers = np.array([row[axes:] for row in rows[1:]], array.dtype)
        assert np.array_equal(numbers.reshape(array.shape), array)


def test_the_graph_runs_in_onnxruntime_and_answers_what_the_figure_shows(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-draw")
    downloads = data(fig)
    press = downloads.get_by_role("button", name="with its weights inside").click
    name, content = saved(page, press)
    assert name == "fig-draw.forward.onnx"
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    arrays = load(arrays_of(fig))
    picture = arrays["pictures"][0].astype(np.float32)[None] / 255
    names = [output.name for output in session.get_outputs()]
    answers = dict(zip(names, session.run(names, {"input": picture}), strict=True))
    for layer in ("conv1", "logits"):
        expected = arrays[f"tap/{layer}"]
        error = np.abs(answers[layer].reshape(expected.shape) - expected).max()
        assert error <= 1e-4 * np.abs(expected).max()


def test_a_graph_whose_weights_travel_as_half_floats_is_whole_with_them_inside(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + "articles/teach-a-machine-then-trick-it/")
    downloads = data(figure(page, "fig-photos"))
    press = downloads.get_by_role("button", name="with its weights inside").click
    session = onnxruntime.InferenceSession(saved(page, press)[1])
    (given,) = session.get_inputs()
    picture = np.random.default_rng(0).normal(size=given.shape).astype(np.float32)
    (features,) = session.run(None, {given.name: picture})
    network = load_model(ROOT / "models/photo-net").module
    kept: list[torch.Tensor] = []
    layer = network.get_submodule("flatten")
    layer.register_forward_hook(lambda *parts: kept.append(parts[2]))
    with torch.no_grad():
        network(torch.from_numpy(picture))
    # Features are scaled to length one.
    expected = kept[0].flatten().numpy() / np.linalg.norm(kept[0])
    assert np.abs(features.ravel() - expected).max() <= 1e-4 * np.abs(expected).max()


def test_graph_and_weights_as_they_are_saved_fit_together(
    site: Host, open_page: Open, tmp_path: Path
) -> None:
    """Without scripts the two files are links; saved under their names in one folder they run."""
    page = open_page(site.url + ARTICLE, java_script_enabled=False)
    downloads = page.locator("#fig-draw .downloads")
    page.locator("#fig-draw").get_by_text("Data and downloads").click()
    for words in ("Graph “forward”", "Weights"):
        name, content = saved(page, lambda: downloads.get_by_text(words, exact=True).click())  # noqa: B023
        (tmp_path / name).write_bytes(content)
    onnxruntime.InferenceSession(tmp_path / "fig-draw.forward.onnx")


@pytest.mark.parametrize("name", ["fig-draw", "fig-conv2", "fig-map", "fig-loss"])
def test_the_still_is_a_picture_in_both_schemes(site: Host, open_page: Open, name: str) -> None:
    page = open_page(site.url + ARTICLE, color_scheme="light")
    fig = figure(page, name)
    downloads = data(fig)
    corners = {}
    for scheme in ("light", "dark"):
        press = downloads.get_by_role("button", name=f"{scheme} PNG").click
        title, content = saved(page, press)
        assert title == f"{name}.{scheme}.png"
        image = Image.open(io.BytesIO(content)).convert("RGB")
        box = fig.locator(".still svg").first.get_attribute("viewBox")
        width, height = (float(number) for number in str(box).split()[2:])
        assert image.size == (round(2 * width), round(2 * height))
        corners[scheme] = image.getpixel((0, image.height - 1))
        # Something is drawn: words, lines and pictures in more than a few tones.
        assert len(image.getcolors(1 << 24) or []) > 30
    assert min(corners["light"]) > 240
    assert max(corners["dark"]) < 40
    assert page.evaluate("() => document.documentElement.dataset.scheme ?? ''") == ""


def test_a_saved_svg_is_what_the_page_shows(site: Host, open_page: Open) -> None:
    """Opened alone, with no style sheet and no other file, it looks like the still it came from."""
    page = open_page(site.url + ARTICLE, color_scheme="light", reduced_motion="reduce")
    fig = figure(page, "fig-conv1")
    downloads = data(fig)
    press = downloads.get_by_role("button", name="light SVG").click
    _, content = saved(page, press)
    text = content.decode()
    assert 'href="http' not in text
    assert "var(--" not in text
    alone = open_page("about:blank", complaints=False, viewport={"width": 800, "height": 600})
    alone.set_content(f"<body style='margin:0'>{text}")
    plain = open_page(
        site.url + f"figures/{SLUG}/fig-conv1/index.html", java_script_enabled=False,
        viewport={"width": 1440, "height": 1200}, color_scheme="light",
    )  # fmt: skip
    still = plain.locator(".still svg").first
    still.evaluate("svg => { svg.style.width = `${svg.viewBox.baseVal.width}px` }")
    one = np.asarray(Image.open(io.BytesIO(alone.locator("svg").first.screenshot())).convert("L"))
    other = np.asarray(Image.open(io.BytesIO(still.screenshot())).convert("L"))
    height, width = (min(a, b) for a, b in zip(one.shape, other.shape, strict=True))
    # Where letters and pictures begin may differ by part of a pixel; what they are may not.
    difference = np.abs(one[:height, :width].astype(int) - other[:height, :width])
    assert difference.mean() < 4


def test_a_table_is_saved_as_a_file_that_other_programs_read(site: Host, open_page: Open) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-loss")
    downloads = data(fig)
    name, content = saved(page, lambda: downloads.get_by_text("This table").click())
    header, *rows = csv.reader(io.StringIO(content.decode()))
    history = json.loads((ROOT / "models/digits-cnn/history.json").read_text("utf8"))
    assert name == "fig-loss.csv"
    assert header == fig.locator(".foot thead th").all_inner_texts()
    expected = [[row["epoch"], row["train_loss"], row["test_loss"]] for row in history]
    found = [[float(cell) for cell in row] for row in rows]
    np.testing.assert_allclose(found, expected, rtol=5e-4)  # the chart gives four digits


# --- share, reset, full screen -------------------------------------------------------------------


def test_a_copied_link_brings_the_same_state_to_a_new_page(
    site: Host, open_page: Open, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(site.url + ARTICLE, viewport=size)
    fig = figure(page, "fig-draw")
    fig.get_by_role("checkbox", name="relu2").uncheck()
    draw(page, fig, SEVEN)
    before = shown(fig)
    act(fig, "Share")
    link = copied(fig, "link")
    assert "fig-draw.drawing=" in link
    other = open_page(link, viewport=size)
    again = other.locator("#fig-draw")
    other.locator("#fig-draw[data-state=live]").wait_for()
    settle(other, again)
    assert shown(again) == before
    assert not again.get_by_role("checkbox", name="relu2").is_checked()


def test_a_map_that_was_zoomed_and_lit_looks_the_same_by_its_link(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE, reduced_motion="reduce")
    fig = figure(page, "fig-map")
    fig.get_by_role("button", name="closer").click(click_count=3)
    fig.locator(".plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    fig.locator(".chip").nth(2).click()
    act(fig, "Share")
    link = copied(fig, "link")
    assert "fig-map.seen=" in link
    assert "instance:digits=" in link
    other = open_page(link, reduced_motion="reduce")
    again = figure(other, "fig-map")
    pixels = "f => f.querySelector('.plot canvas').toDataURL()"
    for one in (page, other):
        one.mouse.move(0, 0)
        one.wait_for_timeout(300)
    assert again.evaluate(pixels) == fig.evaluate(pixels)
    assert again.locator(".beside").inner_text() == fig.locator(".beside").inner_text()


def test_a_link_of_one_figure_says_nothing_of_another(site: Host, open_page: Open) -> None:
    page = open_page(site.url + ARTICLE + "#~fig-conv2.step=16&fig-map.colour=outcome")
    fig = figure(page, "fig-map")
    act(fig, "Share")
    link = copied(fig, "link")
    assert "fig-map.colour=outcome" in link
    assert "fig-conv2" not in link


def test_at_a_secure_address_the_link_is_on_the_clipboard(site: Host, open_page: Open) -> None:
    trusted = site.url.replace("classroom.test", "127.0.0.1")
    page = open_page(trusted + ARTICLE, permissions=["clipboard-read", "clipboard-write"])
    fig = figure(page, "fig-map")
    act(fig, "Share")
    link = copied(fig, "link")
    expect(fig.locator(".sharing [role=status]")).to_have_text("Copied.")
    assert page.evaluate("() => navigator.clipboard.readText()") == link


def test_at_an_insecure_address_the_link_is_selected_and_the_reason_said(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-map")
    act(fig, "Share")
    link = copied(fig, "link")
    expect(fig.locator(".sharing [role=status]")).to_contain_text("only at a secure address")
    assert page.evaluate("() => getSelection().toString() || document.activeElement.value") == link


LISTEN = """() => {
  window.said = [];
  const voice = document.getElementById("voice");
  new MutationObserver(() => said.push(voice.textContent)).observe(voice, {childList: true});
}"""


def test_reset_goes_back_to_the_start_and_undo_to_the_drawing(
    site: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(site.url + ARTICLE, viewport={"width": window[0], "height": window[1]})
    fig = figure(page, "fig-draw")
    settle(page, fig)
    first = shown(fig)
    draw(page, fig, SEVEN)
    drawn = shown(fig)
    assert drawn != first
    page.evaluate(LISTEN)
    act(fig, "Reset")
    page.locator("#fig-draw[data-state=ready]").wait_for()
    settle(page, fig)
    assert shown(fig) == first
    page.wait_for_function("() => said.includes('Figure 1: as it was at first.')")
    act(fig, "Undo reset")
    page.locator("#fig-draw[data-state=live]").wait_for()
    settle(page, fig)
    assert shown(fig) == drawn
    page.wait_for_url(re.compile("fig-draw.drawing="))


def test_reset_by_keys_keeps_the_focus_and_the_place_on_the_page(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE + "#fig-map~fig-map.layer=logits&instance:digits=9236")
    fig = figure(page, "fig-map")
    expect(fig.locator(".depth output")).to_have_text("logits")
    button = fig.locator(".acts").get_by_role("button", name="Reset", exact=True)
    button.focus()
    top = fig.bounding_box()
    page.keyboard.press("Enter")
    expect(fig.locator(".depth output")).to_have_text("pixels")
    expect(fig.locator(".acts button").first).to_be_focused()
    expect(fig.locator(".acts button").first).to_have_text("Undo reset")
    assert top == fig.bounding_box()
    page.wait_for_url(lambda url: "fig-map.layer" not in url and "instance" not in url)


def test_after_a_reset_whoever_goes_on_has_nothing_to_undo(site: Host, open_page: Open) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-map")
    act(fig, "Reset")
    fig = figure(page, "fig-map")
    fig.get_by_role("radio", name="Right or wrong").check()
    expect(fig.locator(".acts button").first).to_have_text("Reset")


def test_full_screen_and_back(site: Host, open_page: Open) -> None:
    page = open_page(site.url + ARTICLE)
    fig = figure(page, "fig-map")
    act(fig, "Full screen")
    page.wait_for_function("() => document.fullscreenElement?.id === 'fig-map'")
    act(fig, "Leave full screen")
    page.wait_for_function("() => !document.fullscreenElement")
    expect(fig.locator(".acts")).to_contain_text("Full screen")


NO_FULL_SCREEN = "Object.defineProperty(Document.prototype, 'fullscreenEnabled', {value: false})"


def test_where_no_browser_helps_the_figure_covers_the_page_until_escape(
    site: Host, open_page: Open
) -> None:
    """As on an iPhone, which lets no page have the screen."""
    page = open_page(site.url, viewport={"width": 390, "height": 844})
    page.add_init_script(NO_FULL_SCREEN)
    page.goto(site.url + ARTICLE)
    fig = figure(page, "fig-map")
    act(fig, "Full screen")
    assert fig.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert page.locator(".masthead a").evaluate("a => a.closest('[inert]') !== null")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("[inert]")).to_have_count(0)
    assert (fig.bounding_box() or {})["height"] != 844


# --- for a class ---------------------------------------------------------------------------------


def test_a_class_gets_the_teachers_state_without_what_was_taken_away(
    site: Host, open_page: Open, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(site.url + ARTICLE, viewport=size)
    fig = figure(page, "fig-map")
    fig.get_by_role("radio", name="Right or wrong").check()
    act(fig, "Share")
    fig.get_by_text("For a class", exact=True).click()
    fig.get_by_role("combobox", name="legend").select_option("is hidden")
    fig.get_by_role("combobox", name="colour").select_option("is locked")
    link = copied(fig, "link")
    pupil = open_page(link, viewport=size)
    mine = figure(pupil, "fig-map")
    expect(mine.locator(".legend")).to_be_hidden()
    assert mine.get_by_role("radio", name="Right or wrong").is_checked()
    assert mine.get_by_role("radio", name="Label").is_disabled()
    mine.get_by_role("radio", name="PCA").check()
    pupil.wait_for_url(re.compile("fig-map.method=pca"))
    pupil.reload()
    mine = figure(pupil, "fig-map")
    assert mine.get_by_role("radio", name="PCA").is_checked()
    act(mine, "Reset")
    mine = figure(pupil, "fig-map")
    expect(mine.get_by_role("radio", name="t-SNE")).to_be_checked()
    assert mine.get_by_role("radio", name="Right or wrong").is_checked()
    expect(mine.locator(".legend")).to_be_hidden()


def test_names_that_a_figure_does_not_have_take_nothing_away(site: Host, open_page: Open) -> None:
    made_up = "#fig-draw~fig-draw.hide=frobnicator%20%5B&fig-draw.lock=7&fig-draw.drawing=zz!"
    page = open_page(site.url + ARTICLE + made_up)
    fig = figure(page, "fig-draw")
    expect(fig.locator("[data-taken], [data-locked]")).to_have_count(0)
    assert fig.get_attribute("data-state") == "ready"


# --- without scripts, and for everybody ----------------------------------------------------------


def test_without_scripts_there_are_links_and_words_and_no_button(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE, java_script_enabled=False)
    for fig in page.locator("figure[data-kind]").all():
        assert fig.locator(".foot button").count() == 0
        fig.get_by_text("Data and downloads").click()
        fig.get_by_text("How it was made").click()
        expect(fig.locator(".made")).to_contain_text("sha256")
        expect(fig.locator("a.alone")).to_be_visible()


def test_how_it_was_made_names_weights_data_licences_versions_and_no_path(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + ARTICLE, java_script_enabled=False)
    fig = page.locator("#fig-draw")
    fig.get_by_text("Data and downloads").click()
    fig.get_by_text("How it was made").click()
    words = fig.locator(".made").inner_text()
    card = (ROOT / "models/digits-cnn/model.toml").read_text("utf8")
    digest = re.search(r'sha256 = "(\w+)"', card)
    assert digest is not None
    assert f"weights.safetensors, sha256 {digest.group(1)}" in words
    for expected in ("seed\n0", "numpy 2", "torch 2", "MNIST by Yann LeCun", "Licence: MIT"):
        assert expected in words
    assert re.search(r"(^|\s)/\w|[A-Z]:\\|~/", words) is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_opened_axe_finds_nothing(
    site: Host, open_page: Open, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(site.url + ARTICLE, viewport=size, color_scheme=scheme, has_touch=True)
    fig = figure(page, "fig-map")
    downloads = data(fig)
    downloads.get_by_text("More arrays").click()
    downloads.get_by_role("button", name="Arrays as CSV").click()
    fig.get_by_text("How it was made").click()
    assert violations(page) == []
    act(fig, "Share")
    fig.get_by_text("For a class", exact=True).click()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == window[0]


def test_under_a_finger_every_target_is_44_pixels_high(site: Host, open_page: Open) -> None:
    size = {"width": 390, "height": 844}
    page = open_page(site.url + ARTICLE, viewport=size, has_touch=True, is_mobile=True)
    fig = figure(page, "fig-map")
    data(fig).get_by_role("button", name="Arrays as CSV").click()
    for target in fig.locator(".foot :is(button, summary, a)").all():
        box = target.bounding_box()
        if box:
            assert box["height"] >= 44, target.inner_text()
