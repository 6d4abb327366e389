"""The text of an article as readers meet it: cards, notes, formulas, tables, pictures."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Host
from tests.browser.test_pages import FIRST, violations

ROOT = Path(__file__).parents[2]
MARKS = ROOT / "tests/sites/prose"
FONTS = ROOT / "templates/vendor/fonts"
PAGE = "articles/every-mark/index.html"
PLAIN = "articles/another/index.html"
# The face is there, for signs that it alone has.
FACE = "() => document.fonts.check('1em \"Explorable Math\"', '\U0001d465')"
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
Open = Callable[..., Page]


@pytest.fixture
def marks(built: Callable[[Path], Host]) -> Host:
    """A site with one of everything that a text may have."""
    return built(MARKS)


def box(place: Locator) -> dict[str, float]:
    found = place.bounding_box()
    assert found is not None
    return dict(found)


def test_a_pointer_that_rests_on_a_reference_shows_what_it_leads_to(
    marks: Host, open_page: Open
) -> None:
    page = open_page(marks.url + PAGE, viewport=WIDE)
    page.get_by_role("link", name="Figure 1", exact=True).first.hover()
    card = page.locator(".preview")
    expect(card).to_contain_text("A wave, drawn for light pages")
    expect(card.get_by_role("img", name="A blue wave")).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Figure 2a", "The left part."),
        ("Table 1", "sees edges and short strokes"),
        ("Listing 1", "Counting how often"),
        ("(1)", "log"),
        ("(2)", "(3)"),
        ("Pictures and tables", "See Figure 1"),
    ],
)
def test_the_keyboard_s_focus_shows_the_card_and_escape_closes_it(
    marks: Host, open_page: Open, name: str, words: str
) -> None:
    page = open_page(marks.url + PAGE, viewport=WIDE)
    link = page.locator("main").get_by_role("link", name=name, exact=True).first
    page.keyboard.press("Tab")
    link.focus()
    card = page.locator(".preview")
    expect(card).to_contain_text(words)
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()


def test_the_card_of_a_living_figure_shows_its_still_and_its_caption_alone(
    site: Host, open_page: Open
) -> None:
    page = open_page(site.url + FIRST, viewport=WIDE)
    link = page.locator("a.numref").first
    figure = page.locator(link.get_attribute("href") or "")
    figure.scroll_into_view_if_needed()
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    link.scroll_into_view_if_needed()
    link.hover()
    card = page.locator(".preview")
    still = box(card.locator(".still svg").first)
    assert min(still["width"], still["height"]) > 60
    words = (figure.locator(".caption").text_content() or "").strip()
    expect(card).to_contain_text(words)
    assert card.locator("button, details, canvas").count() == 0


def test_a_card_stays_inside_the_window_and_its_copy_has_no_anchors(
    marks: Host, open_page: Open
) -> None:
    page = open_page(marks.url + PAGE, viewport=PHONE)
    for link in page.locator("a.numref, a.eqref, a.ref").all():
        link.scroll_into_view_if_needed()
        page.keyboard.press("Tab")
        link.focus()
        place = box(page.locator(".preview"))
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE["width"]
        assert page.locator(".preview [id]").count() == 0
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_a_finger_opens_the_card_first_and_follows_with_the_second_tap(
    marks: Host, open_page: Open
) -> None:
    page = open_page(marks.url + PAGE, viewport=PHONE, has_touch=True)
    link = page.locator("main").get_by_role("link", name="Table 2", exact=True).first
    link.tap()
    expect(page.locator(".preview")).to_contain_text("Cells with more than words")
    assert page.url.endswith(PAGE)
    go = page.locator(".preview").get_by_role("link", name="Go there")
    assert box(go)["height"] >= 44
    link.tap()
    assert page.url.endswith("#tab-lists")
    expect(page.locator(".preview")).to_have_count(0)


def test_a_note_stands_beside_its_paragraph_in_a_wide_window(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport=WIDE)
    text = box(page.locator(".prose > p").first)
    note = box(page.locator("#fn1"))
    assert note["x"] >= text["x"] + text["width"]
    assert abs(note["y"] - text["y"]) < 40
    page.locator("#fnref1").hover()
    page.wait_for_timeout(400)
    assert page.locator(".preview").count() == 0


def test_a_note_opens_in_a_card_in_a_narrow_window(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport=PHONE, has_touch=True)
    expect(page.locator("#fn1")).to_be_hidden()
    page.locator("#fnref2").tap()
    card = page.locator(".preview")
    expect(card).to_contain_text("Written in place, with marks and a link.")
    assert page.url.endswith(PAGE)
    page.locator("h1").tap()
    expect(card).to_have_count(0)


def test_the_keyboard_reaches_the_links_of_a_note_in_its_card(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport=PHONE)
    page.keyboard.press("Tab")
    page.locator("#fnref2").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".preview").get_by_role("link", name="link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#fnref2")).to_be_focused()


def test_without_scripts_notes_are_a_list_at_the_end(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport=PHONE, java_script_enabled=False)
    last = box(page.get_by_role("heading", name="The end"))
    tops = [box(page.locator(f"#fn{number}"))["y"] for number in (1, 2, 3, 4)]
    assert tops == sorted(tops)
    assert tops[0] > last["y"]
    page.locator("#fnref1").click()
    assert page.url.endswith("#fn1")


def test_on_paper_notes_stand_below_their_paragraphs(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport={"width": 700, "height": 900})
    page.emulate_media(media="print")
    note = box(page.locator("#fn1"))
    assert note["y"] < box(page.get_by_role("heading", name="Mathematics"))["y"]


def test_formulas_are_set_in_their_own_face_and_other_pages_do_not_load_it(
    marks: Host, open_page: Open
) -> None:
    page = open_page(marks.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.goto(marks.url + PLAIN)
    page.wait_for_load_state("networkidle")
    assert not [name for name in asked if name.startswith("math")]
    page.goto(marks.url + PAGE)
    page.evaluate("() => document.fonts.ready")
    page.wait_for_load_state("networkidle")
    fonts = {name for name in asked if name.startswith("math") and name.endswith(".woff2")}
    assert fonts == {"math.woff2", "math-bold.woff2"}
    sizes = {path.name: path.stat().st_size for path in FONTS.glob("math*.woff2")}
    assert sum(sizes[name] for name in fonts) <= 120_000


def test_the_faces_of_formulas_and_italics_wait_until_one_is_near(
    site: Host, open_page: Open
) -> None:
    # A face that another page of the site has left in memory comes at once.
    page = open_page("about:blank", complaints=False, viewport=PHONE)
    # However long the machine takes, the page has not been quiet for five seconds.
    page.add_init_script(
        "const later = setTimeout;"
        "window.setTimeout = (then, time) => later(then, time === 5000 ? 1e6 : time)"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.goto(site.url + "articles/inside-a-digit-classifier/index.html")
    page.evaluate("() => document.fonts.ready")
    assert "text.woff2" in asked
    assert not {"math.woff2", "text-italic.woff2"} & {*asked}
    with page.expect_request("**/text-italic.woff2"):
        page.locator(".prose > p em").first.scroll_into_view_if_needed()
    assert "math.woff2" not in asked
    with page.expect_request("**/math.woff2"):
        page.locator("math").first.scroll_into_view_if_needed()
    page.wait_for_function(FACE)


def test_brackets_grow_with_what_they_hold(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport=WIDE)
    page.locator("#softmax-jacobian").scroll_into_view_if_needed()
    page.wait_for_function(FACE)
    rows = page.locator("#softmax-jacobian mtable").last
    bracket = page.locator("#softmax-jacobian mo", has_text="(").last
    big = page.evaluate(
        "() => [...document.querySelectorAll('#softmax-jacobian mo')]"
        ".filter(o => o.textContent === '(').map(o => o.getBoundingClientRect().height)"
    )
    assert max(big) >= 0.95 * box(rows)["height"]
    assert bracket.count() == 1


REGIONS = """() => [...document.querySelectorAll(".table, .highlight pre, .formula")]
  .map(e => [e.scrollWidth > e.clientWidth + 1, e.tabIndex])"""


@pytest.mark.parametrize("width", [320, 390, 768, 1180, 1440])
def test_only_wide_things_scroll_and_only_inside_themselves(
    marks: Host, open_page: Open, width: int
) -> None:
    page = open_page(marks.url + PAGE, viewport={"width": width, "height": 800})
    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    # Faces that arrive make things wider or narrower, and the page looks again: wait until it has.
    page.wait_for_function(f"() => ({REGIONS})().every(([wide, stop]) => stop === (wide ? 0 : -1))")
    regions = page.evaluate(REGIONS)
    assert all((wide and stop == 0) or (not wide and stop == -1) for wide, stop in regions)
    if width <= 390:
        assert any(wide for wide, _ in regions)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_of_the_other_scheme_is_not_even_fetched(
    marks: Host, open_page: Open, scheme: str
) -> None:
    page = open_page(marks.url, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(marks.url + PAGE)
    figure = page.locator("#fig-waves")
    figure.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    shown = figure.locator("img:visible")
    assert shown.count() == 1
    other = figure.locator("img:not(:visible)").get_attribute("src") or ""
    assert not [url for url in asked if url.endswith(other.rsplit("/", 1)[-1])]


def test_nothing_moves_when_pictures_arrive(marks: Host, open_page: Open) -> None:
    page = open_page(marks.url + PAGE, viewport=PHONE)
    missing = page.evaluate(
        "() => [...document.images].map(i => [i.src, i.getAttribute('width'), "
        "i.getAttribute('height')]).filter(([, width, height]) => !width || !height)"
    )
    assert missing == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_card_open_or_shut(
    marks: Host, open_page: Open, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(marks.url + PAGE, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_text("Show the answer").click()
    page.keyboard.press("Tab")
    page.locator("a.numref").first.focus()
    expect(page.locator(".preview")).to_be_visible()
    assert violations(page) == []
