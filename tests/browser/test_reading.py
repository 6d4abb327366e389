"""Reading a scholarly article: cards, contents, the way to a reference and back, paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Host
from tests.browser.test_pages import narrowed, violations

CASE = Path(__file__).parents[1] / "sites/scholarly"
LATIN, ARABIC = "articles/naming-and-citing/", "articles/qiraat-raqm/"
PAGES = [LATIN, f"{LATIN}v/1/", ARABIC, "glossary.html"]
Open = Callable[..., Page]


@pytest.fixture
def host(built: Callable[[Path], Host]) -> Host:
    return built(CASE)


def top(page: Page, selector: str) -> float:
    found: float = page.evaluate(
        "s => document.querySelector(s).getBoundingClientRect().top", selector
    )
    return found


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(
    host: Host, open_page: Open, path: str, scheme: str, window: tuple[int, int]
) -> None:
    size = {"width": window[0], "height": window[1]}
    page = open_page(host.url + path, viewport=size, color_scheme=scheme)
    assert violations(page) == []
    if path in (LATIN, ARABIC):
        page.locator(".contents summary").click()
        page.locator(".citation").first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(page.locator("#preview")).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(host: Host, open_page: Open, path: str) -> None:
    widths = [1440, 1180, 768, 390, 320]
    assert narrowed(open_page(host.url + path), widths) == widths


def test_pointing_at_a_citation_shows_the_work_and_leaving_hides_it(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(host.url + LATIN, viewport={"width": window[0], "height": window[1]})
    card = page.locator("#preview")
    link = page.locator("#cite-maaten2008-1")
    link.hover()
    expect(card).to_contain_text("Laurens van der Maaten and Geoffrey Hinton. Visualizing Data")
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= window[0]
    # The card can be reached with the pointer, and so can the link in it.
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    expect(card.locator("a")).to_have_attribute("href", re.compile("^https://jmlr"))
    page.locator("h1").hover()
    expect(card).to_be_hidden()


def test_a_term_s_card_tells_what_it_means_and_escape_sends_it_away(
    host: Host, open_page: Open
) -> None:
    page = open_page(host.url + LATIN)
    term = page.locator("a.term").first
    page.locator(".contents summary").focus()
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    card = page.locator("#preview")
    expect(card).to_contain_text("A program with many adjustable numbers")
    expect(term).to_have_attribute("aria-describedby", "preview")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(term).to_be_focused()
    assert term.get_attribute("aria-describedby") is None
    page.keyboard.press("Tab")
    expect(card).to_contain_text("A group of neurons that work side by side")


def test_a_first_touch_shows_the_card_and_a_second_follows_the_link(
    host: Host, open_page: Open
) -> None:
    page = open_page(host.url + LATIN, viewport={"width": 390, "height": 844}, has_touch=True)
    link = page.locator("#cite-zeiler2013-1")
    link.tap()
    card = page.locator("#preview")
    expect(card).to_contain_text("Matthew D. Zeiler and Rob Fergus")
    assert not page.url.endswith("#ref-zeiler2013")
    link.tap()
    assert page.url.endswith("#ref-zeiler2013")
    expect(card).to_be_hidden()
    link.scroll_into_view_if_needed()
    link.tap()
    expect(card).to_be_visible()
    page.locator("h2").first.tap()
    expect(card).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_citation_to_the_list_and_back(host: Host, open_page: Open, scripts: bool) -> None:
    page = open_page(host.url + LATIN, java_script_enabled=scripts)
    page.locator("#cite-zeiler2013-3").click()
    assert page.url.endswith("#ref-zeiler2013")
    entry = page.locator("#ref-zeiler2013")
    expect(entry).to_be_in_viewport()
    places = entry.locator(".places a")
    assert [place.get_attribute("aria-label") for place in places.all()] == [
        f"Back to where it is cited, place {number}" for number in (1, 2, 3)
    ]
    places.nth(2).click()
    assert page.url.endswith("#cite-zeiler2013-3")
    expect(page.locator("#cite-zeiler2013-3")).to_be_in_viewport()


@pytest.mark.parametrize("path", [LATIN, ARABIC])
def test_a_work_stands_beside_its_number_in_the_list(
    host: Host, open_page: Open, path: str
) -> None:
    page = open_page(host.url + path)
    inside = page.evaluate(
        """() => [...document.querySelectorAll(".references li")].map(item => {
          const [outer, inner] = [item, item.querySelector(".work")].map(
            one => one.getBoundingClientRect());
          return outer.left <= inner.left && inner.right <= outer.right;
        })"""
    )
    assert len(inside) >= 2
    assert all(inside)


def test_contents_lead_to_sections_and_say_where_one_is(
    host: Host, open_page: Open, window: tuple[int, int]
) -> None:
    page = open_page(host.url + LATIN, viewport={"width": window[0], "height": window[1]})
    summary = page.locator(".contents summary")
    box = summary.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    summary.focus()
    page.keyboard.press("Enter")
    links = page.locator(".contents > details > ol > li > a").all()
    assert [link.inner_text()[:20] for link in links] == [
        "Citing", "Naming", "Mathematics and code", "A rather long headin",
    ]  # fmt: skip
    page.locator(".contents a", has_text="Naming").click()
    assert page.url.endswith("#naming")
    expect(page.locator(".contents ol")).to_have_count(2)
    expect(page.locator(".contents details > ol").first).to_be_hidden()
    # The heading stands below the bar, not under it, and the bar names it.
    bar = page.locator(".contents").bounding_box()
    assert bar is not None
    assert top(page, "#naming") >= bar["height"]
    expect(page.locator(".contents .here")).to_have_text("Naming")
    expect(page.locator(".contents [aria-current]")).to_have_text("Naming")
    summary.click()
    page.keyboard.press("Escape")
    expect(page.locator(".contents details > ol").first).to_be_hidden()


def test_without_scripts_the_contents_open_in_their_place(host: Host, open_page: Open) -> None:
    page = open_page(
        host.url + LATIN, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    text = page.locator(".prose p").first
    before = text.bounding_box()
    page.locator(".contents summary").click()
    after = text.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] > before["y"] + 4 * 36
    page.locator(".contents a", has_text="Naming").click()
    assert page.url.endswith("#naming")
    expect(page.locator("#naming")).to_be_in_viewport()


def test_a_heading_shows_its_link_when_one_points_at_it(host: Host, open_page: Open) -> None:
    page = open_page(host.url + LATIN)
    seen = "() => getComputedStyle(document.querySelector('#citing .anchor')).opacity"
    assert page.evaluate(seen) == "0"
    page.locator("#citing").hover()
    assert page.evaluate(seen) == "1"
    page.locator("#citing .anchor").click()
    assert page.url.endswith("#citing")


def test_a_page_from_right_to_left_is_mirrored(host: Host, open_page: Open) -> None:
    latin, arabic = open_page(host.url + LATIN), open_page(host.url + ARABIC)

    def middle(page: Page, selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2

    for selector in (".wordmark", ".scheme", ".notes", "#appendix-references", "h1"):
        side = middle(latin, selector) > 720
        assert (middle(arabic, selector) > 720) is not side, selector
    # What is written from left to right stays so: an entry of the list, a program, a formula.
    ways = arabic.evaluate(
        "() => ['.appendix pre', 'math', 'code'].map(s => getComputedStyle("
        "document.querySelector(s)).direction)"
    )
    assert ways == ["ltr", "ltr", "ltr"]
    assert arabic.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    # Joined letters are not pulled apart and do not slant.
    assert (
        arabic.evaluate("() => getComputedStyle(document.querySelector('h1')).letterSpacing")
        == "normal"
    )
    assert (
        arabic.evaluate("() => getComputedStyle(document.querySelector('.term')).fontStyle")
        == "normal"
    )


def test_paper_says_where_each_work_is_found(host: Host, open_page: Open) -> None:
    page = open_page(host.url + LATIN, color_scheme="dark")
    page.emulate_media(media="print")
    after = page.evaluate(
        "() => [...document.querySelectorAll('.references a')].map(a => "
        "a.textContent + getComputedStyle(a, '::after').content)"
    )
    assert 'arXiv:1801.06889" <https://arxiv.org/abs/1801.06889>"' in [
        text.replace("attr(href)", "") for text in after
    ]
    assert "https://jmlr.org/papers/v9/vandermaaten08a.htmlnone" in after
    for selector in (".contents", ".places", ".anchor", "#preview"):
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator("#term-neuron dd")).to_be_visible()


def test_an_older_version_says_so_and_leads_to_the_newest(host: Host, open_page: Open) -> None:
    page = open_page(host.url + f"{LATIN}v/1/")
    notice = page.locator(".older")
    expect(notice).to_have_text(
        "This is version 1 of this article, of 2 March 2026. Read the present version"
    )
    notice.locator("a").click()
    assert page.url.endswith(f"{LATIN}index.html")
    page.locator(".versions a").click()
    assert page.url.endswith(f"{LATIN}v/1/index.html")
