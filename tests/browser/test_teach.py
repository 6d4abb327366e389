"""The kind `teach` in a real page: taught by hand and by keys, at a camera, and taken away."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import safetensors.numpy
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import FLAGS, program
from tests.browser.server import Host
from tests.browser.test_pages import violations

Open = Callable[..., Page]
PAGE = "articles/teach-a-machine/"
SEVEN = ((0.25, 0.2), (0.75, 0.2), (0.45, 0.85))
ZERO = ((0.5, 0.15), (0.2, 0.5), (0.5, 0.85), (0.8, 0.5), (0.5, 0.15))


def ready(page: Page) -> Locator:
    figure = page.locator("#fig-teach")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    return figure


def draw(page: Page, figure: Locator, points: tuple[tuple[float, float], ...]) -> None:
    pad = figure.get_by_role("application")
    pad.scroll_into_view_if_needed()
    figure.get_by_role("button", name="Clear", exact=True).click()
    box = pad.bounding_box()
    assert box is not None
    places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


def card(figure: Locator, name: str) -> Locator:
    return figure.get_by_role("group", name=f"Class {name}", exact=True)


def count(figure: Locator, name: str) -> int:
    return int(card(figure, name).locator(".count").inner_text().split()[0])


def hold(page: Page, figure: Locator, name: str, least: int) -> None:
    """Press a class's button until it has at least so many captures."""
    record = card(figure, name).get_by_role("button", name=f"Hold to record {name}")
    record.scroll_into_view_if_needed()
    record.hover()
    page.mouse.down()
    counted = card(figure, name).locator(".count")
    expect(counted).to_have_text(re.compile(rf"^({'|'.join(str(least + i) for i in range(9))}) "))
    page.mouse.up()


def shares(figure: Locator) -> dict[str, tuple[float, float]]:
    """Of each class, by the head and by neighbours."""
    said = figure.locator(".bars").get_attribute("aria-label") or ""
    return {
        name: (float(head), float(near))
        for name, head, near in re.findall(r"(\w[\w ]*): ([\d.]+) % by [^;]*?, ([\d.]+) %", said)
    }


def download(page: Page, figure: Locator, name: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        figure.get_by_role("button", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_taught_by_hand_it_answers_and_asks_the_network_for_nothing(
    site: Host, open_page: Open, window: tuple[int, int], tmp_path: Path
) -> None:
    page = open_page(site.url + PAGE, viewport={"width": window[0], "height": window[1]})
    figure = ready(page)
    draw(page, figure, SEVEN)
    expect(figure).to_have_attribute("data-state", "live")
    expect(figure.locator(".answers .verdict")).to_have_text(re.compile(r"^7, \d+ %$"))
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)

    # The camera is withheld from this address; the pad comes instead and says why.
    figure.get_by_role("button", name="Camera", exact=True).click()
    expect(figure.locator(".stage .note")).to_have_text(re.compile("plain http.*draw or open"))
    expect(figure.get_by_role("application")).to_be_visible()

    figure.get_by_role("button", name="Empty all").click()
    expect(figure.locator(".facts")).to_have_text(re.compile("Nothing is taught yet"))
    draw(page, figure, SEVEN)
    hold(page, figure, "0", 5)
    expect(figure.locator(".facts")).to_have_text(re.compile("Only 0 has captures"))
    draw(page, figure, ZERO)
    hold(page, figure, "1", 5)
    expect(figure.locator(".answers .verdict")).to_have_text(re.compile("^1, "))
    draw(page, figure, SEVEN)
    expect(figure.locator(".answers .verdict")).to_have_text(re.compile("^0, "))
    assert card(figure, "0").locator(".thumb").count() == count(figure, "0")
    expect(card(figure, "0").locator(".thumb.kept")).to_have_count(count(figure, "0") // 5)

    figure.get_by_role("button", name="Nearest neighbours").click()
    expect(figure.locator(".decisive .share").first).to_have_text(re.compile("%"))
    assert set(figure.locator(".decisive .of").all_inner_texts()) <= {"0", "1"}
    figure.get_by_text("Test it").click()
    expect(figure.locator(".confusion")).to_have_count(2)
    tests = count(figure, "0") // 5 + count(figure, "1") // 5
    expect(figure.locator(".confusion caption").first).to_have_text(re.compile(f"of {tests} right"))

    # What triggers: a word that is also written, since this browser has no voice of its own.
    more = card(figure, "0")
    more.get_by_text("More").click()
    more.get_by_label("What 0 triggers").select_option("word")
    more.get_by_label("Word that 0 speaks").fill("sharp corner")
    more.get_by_label("Word that 0 speaks").press("Enter")
    expect(figure.locator(".reward .spoken")).to_have_text("sharp corner")
    assert violations(page) == []

    before = shares(figure)
    archive = download(page, figure, "Export as ONNX with a page", tmp_path)
    kept = download(page, figure, "Save captures", tmp_path)
    # A browser asks its cache for the tab's icon whenever an address changes; the page asks nobody.
    assert [one for one in asked if not one.startswith("blob:") and "favicon" not in one] == []

    # Python reads both, and the exported graph answers to what is on the pad as the page does.
    with zipfile.ZipFile(archive) as files:
        assert files.testzip() is None
        model = files.read("model.onnx")
        files.extractall(tmp_path / "machine")
    saved = safetensors.numpy.load_file(kept)
    assert len(saved["labels"]) == count(figure, "0") + count(figure, "1")
    session = onnxruntime.InferenceSession(model)
    picture = saved["pictures"][saved["labels"] == 0][0].astype(np.float32) / 255
    said = session.run(None, {"input": picture[None]})[0][0]
    assert json.loads(session.get_modelmeta().custom_metadata_map["classes"]) == ["0", "1", "7"]
    np.testing.assert_allclose(said, [before[name][0] / 100 for name in ("0", "1", "7")], atol=0.02)
    _exported(open_page, tmp_path / "machine", said)


def _exported(open_page: Open, folder: Path, said: "np.ndarray[object, object]") -> None:  # type: ignore[type-var]
    """The page of the archive, served by its own start file, reads the same drawing alike."""
    command = [sys.executable, "-I", str(folder / "start.py"), "0"]
    environment = {"BROWSER": "true", "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        address = re.findall(r"http://[\d.:]+/", server.stdout.readline())[0]
        page = open_page(address)
        pad = page.get_by_role("application")
        box = pad.bounding_box()
        assert box is not None
        places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in SEVEN]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=5)
        page.mouse.up()
        first = page.locator(".bar").first
        expect(first).to_have_class(re.compile("answer"))
        share = float(first.locator(".share").inner_text().removesuffix(" %")) / 100
        assert abs(share - float(said[0])) < 0.03
        server.terminate()


def test_by_keys_alone_classes_are_made_taught_and_taken_back(
    site: Host, open_page: Open, tmp_path: Path
) -> None:
    page = open_page(site.url + PAGE, viewport={"width": 390, "height": 844})
    figure = ready(page)
    press = page.keyboard.press
    figure.get_by_role("button", name="Examples", exact=True).focus()
    press("Enter")
    figure.locator(".shelf .pick").first.focus()
    press("ArrowRight")
    press("Enter")
    verdict = figure.locator(".answers .verdict")
    expect(verdict).to_have_text(re.compile(r"%$"))
    figure.get_by_role("button", name="Add a class").focus()
    press("Enter")
    name = card(figure, "Class 4").get_by_role("textbox", name="Name of class Class 4")
    name.focus()
    press("Control+a")
    page.keyboard.type("mine")
    press("Enter")
    record = card(figure, "mine").get_by_role("button", name="Hold to record mine")
    record.focus()
    page.keyboard.down(" ")
    expect(card(figure, "mine").locator(".count")).to_have_text("1 capture")
    page.keyboard.up(" ")
    expect(verdict).to_have_text(re.compile("^mine, "))
    card(figure, "mine").locator(".thumb").focus()
    press("Enter")
    expect(card(figure, "mine").locator(".count")).to_have_text("0 captures")
    undo = figure.get_by_role("button", name=re.compile("^Undo taking a capture out"))
    undo.focus()
    press("Enter")
    expect(verdict).to_have_text(re.compile("^mine, "))
    # Another name that is taken is refused, and says so.
    name = card(figure, "mine").get_by_role("textbox", name="Name of class mine")
    name.fill("7")
    name.press("Enter")
    expect(figure.get_by_text("Another class is called 7 already.")).to_be_visible()
    # A reset is one more step; the captures come back.
    kept = download(page, figure, "Save captures", tmp_path)
    figure.get_by_role("button", name="Reset", exact=True).press("Enter")
    expect(card(figure, "mine")).to_have_count(0)
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    figure.get_by_role("button", name="Undo the reset").press("Enter")
    expect(card(figure, "mine")).to_have_count(1)
    card(figure, "mine").get_by_text("More").focus()
    press("Enter")
    figure.get_by_role("button", name="Remove mine").press("Enter")
    expect(card(figure, "mine")).to_have_count(0)
    figure.get_by_label("Open captures").set_input_files(kept)
    expect(figure.get_by_text("19 captures of 4 classes")).to_be_visible()
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(kept.read_bytes()[:200])
    figure.get_by_label("Open captures").set_input_files(broken)
    expect(figure.get_by_text("This file cannot be opened")).to_be_visible()
    expect(card(figure, "mine")).to_have_count(1)


def clip(path: Path) -> Path:
    """A film of a thick dark line from corner to corner on white paper, in YUV4MPEG2."""
    width, height = 160, 120
    y, x = np.mgrid[:height, :width]
    luma = np.where(np.abs((x - 20) - y) < 9, 16, 235).astype(np.uint8)
    chroma = np.full(width * height // 2, 128, np.uint8)
    frame = b"FRAME\n" + luma.tobytes() + chroma.tobytes()
    head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + 10 * frame)
    return path


@pytest.fixture(scope="module")
def filming(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera shows the clip."""
    film = clip(tmp_path_factory.mktemp("film") / "line.y4m")
    flags = [
        *FLAGS,
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]

    filming = browser.browser_type.launch(executable_path=program(), args=flags)
    yield filming
    filming.close()


def test_at_a_camera_it_learns_what_it_sees_and_says_when_the_camera_is_gone(
    site: Host, filming: Browser
) -> None:
    address = site.url.replace("classroom.test", "127.0.0.1")
    context = filming.new_context(permissions=["camera"])
    page = context.new_page()
    page.goto(address + PAGE)
    figure = ready(page)
    figure.get_by_role("button", name="Camera", exact=True).click()
    expect(figure).to_have_attribute("data-state", "live")
    figure.get_by_role("button", name="Nearest neighbours").click()
    hold(page, figure, "1", 9)
    expect(figure.locator(".answers .verdict")).to_have_text("1, 100 %")
    # In a mirror the line falls from the upper right to the lower left.
    ink = (
        card(figure, "1")
        .locator(".thumb canvas")
        .first.evaluate(
            "c => [c.width, ...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
        )
    )
    grey = np.array(ink[1:]).reshape(ink[0], -1, 4)[..., 0].astype(float)
    dark = np.array([row.argmin() for row in grey])
    assert np.corrcoef(dark, np.arange(len(dark)))[0, 1] < -0.9
    page.evaluate(
        "() => document.querySelector('video').srcObject.getTracks()[0]"
        ".dispatchEvent(new Event('ended'))"
    )
    expect(figure.locator(".stage .note")).to_have_text(re.compile("unplugged.*draw or open"))
    expect(figure.get_by_role("application")).to_be_visible()
    context.close()
    refusing = filming.new_context(permissions=[])
    page = refusing.new_page()
    page.goto(address + PAGE)
    figure = ready(page)
    figure.get_by_role("button", name="Camera", exact=True).click()
    expect(figure.locator(".stage .note")).to_have_text(re.compile("refused.*draw or open"))
    refusing.close()
