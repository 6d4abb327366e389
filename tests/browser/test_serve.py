"""explorable serve: an author edits files while a page is open."""

import http.client
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.author import LOSS, Author, Serving

NETWORK = ":::{network}\n:name: fig-draw\n:model: plain-mlp\nDraw a digit.\n:::\n\n"
CHART = ":::{chart}\n:name: fig-points\n:function: points\nSome points.\n:::\n\n"
CHARTS = """import altair as alt


def points(sources):
    \"\"\"A few points.\"\"\"
    rows = [{"x": i, "y": i * 2} for i in range(5)]
    return alt.Chart(alt.Data(values=rows)).mark_point().encode(x="x:Q", y="y:Q")
"""
LONG = "\n\n".join(f"Paragraph {i} of some length, so that the page has to be scrolled.\n"
                   for i in range(30))  # fmt: skip
TEXT = f"First words.\n\n## A part\n\n{LONG}\n\n{NETWORK}{CHART}Last words.\n"


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    author = Author(tmp_path_factory.mktemp("author"))
    author.model("plain-mlp", "small-digits")
    author.write("articles/one/charts.py", CHARTS)
    author.article("one", TEXT)
    return author


@pytest.fixture(scope="module")
def serving(author: Author) -> Iterator[Serving]:
    serving = Serving(author, "--port", "8230")
    serving.wait_for(r"site of \d+ pages")
    yield serving
    assert serving.end() == 0
    # A fault of the server's own, unlike one in an author's code that is shown on purpose.
    assert not re.search("ASGI|Task exception|generator/serve", "".join(serving.said))


@pytest.fixture
def page(author: Author, serving: Serving, open_page: Callable[..., Page]) -> Iterator[Page]:
    """The article, open and live; the text is put back at the end."""
    page = open_page(f"{serving.url}articles/one/")
    page.evaluate("window.same = true")
    for name in ("fig-draw", "fig-points"):
        page.locator(f"#{name}").scroll_into_view_if_needed()
        expect(page.locator(f"#{name}")).to_have_attribute("data-state", re.compile("ready|live"))
    yield page
    assert page.evaluate("window.same"), "the page was loaded again"
    said = len(serving.said)
    author.write("articles/one/charts.py", CHARTS)
    author.article("one", TEXT + "\n")
    author.article("one", TEXT)
    serving.wait_for(r"site of \d+ pages", said)


def mark(page: Page) -> None:
    """Remember the elements themselves: one that is made anew has no such mark."""
    page.evaluate(
        "() => document.querySelectorAll('figure, figure .life > *, p')"
        ".forEach((element) => (element.marked = true))"
    )


def marked(page: Page, selector: str) -> bool:
    return bool(page.locator(selector).first.evaluate("(element) => element.marked === true"))


def test_an_edited_sentence_changes_in_place(author: Author, page: Page) -> None:
    mark(page)
    # Not every browser keeps the place of what is looked at by itself.
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    page.locator("#fig-draw").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    before = page.locator("#fig-draw").bounding_box()
    author.article(
        "one", TEXT.replace("First words.", "First *other* words.\n\nAnd more.\n\nMore.")
    )
    expect(page.locator("article")).to_contain_text("First other words.")
    assert marked(page, "#fig-draw")
    assert marked(page, "#fig-draw .life > *")
    assert marked(page, "p:text('Paragraph 7 ')")
    # Two paragraphs came in above; what the reader looks at has not moved.
    after = page.locator("#fig-draw").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2


def test_an_edited_page_is_served_before_the_whole_site_is_built(
    author: Author, serving: Serving, page: Page
) -> None:
    said = len(serving.said)
    author.article("one", TEXT.replace("First words.", "Words of the moment."))
    serving.wait_for(r"articles/one/index\.html in \d+ ms", said)
    assert b"Words of the moment." in ask(serving, "/articles/one/")[1]
    serving.wait_for("site of", said)
    assert b"Words of the moment." in ask(serving, "/articles/one/")[1]
    assert "Words of the moment." in (author.site / "articles/one/index.html").read_text()


def test_what_a_reader_has_done_in_a_figure_stays(author: Author, page: Page) -> None:
    canvas = page.locator("#fig-draw canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.7 * box["height"], steps=5)
    page.mouse.up()
    expect(page.locator("#fig-draw")).to_have_attribute("data-state", "live")
    page.wait_for_timeout(500)
    drawn = canvas.evaluate("(canvas) => canvas.toDataURL()")
    author.article("one", TEXT.replace("Draw a digit.", "Draw any digit that you like."))
    expect(page.locator("#fig-draw figcaption")).to_contain_text("Draw any digit that you like.")
    expect(page.locator("#fig-draw")).to_have_attribute("data-state", "live")
    assert canvas.evaluate("(canvas) => canvas.toDataURL()") == drawn


@pytest.mark.long
def test_a_figure_whose_payload_changed_is_mounted_again_alone(author: Author, page: Page) -> None:
    mark(page)
    author.write("articles/one/charts.py", CHARTS.replace("range(5)", "range(9)"))
    rows = page.locator("#fig-points tbody tr")
    expect(rows).to_have_count(9, timeout=60_000)
    expect(page.locator("#fig-points")).to_have_attribute("data-state", re.compile("ready|live"))
    assert not marked(page, "#fig-points")
    assert marked(page, "#fig-draw .life > *")


@pytest.mark.long
def test_a_figure_that_comes_in_lives_and_one_that_is_taken_out_is_gone(
    author: Author, page: Page
) -> None:
    author.article("one", TEXT + "\n" + LOSS.format("fig-loss", "loss"))
    figure = page.locator("#fig-loss")
    figure.scroll_into_view_if_needed(timeout=60_000)
    expect(figure).to_have_attribute("data-state", re.compile("ready|live"))
    author.article("one", TEXT)
    expect(figure).to_have_count(0)


def test_a_mistake_is_shown_over_the_page_and_in_the_terminal_until_it_is_mended(
    author: Author, serving: Serving, page: Page
) -> None:
    author.article("one", TEXT.replace(":model: plain-mlp", ":model: plain-mpl"))
    line = TEXT[: TEXT.index(":model:")].count("\n") + 7
    box = page.get_by_role("alert")
    expect(box).to_contain_text(f"articles/one/index.md:{line}")
    expect(box).to_contain_text("unknown model 'plain-mpl'")
    expect(box).to_contain_text("did you mean 'plain-mlp'?")
    expect(box.locator(".preview-here")).to_contain_text(f"{line}:model: plain-mpl")
    serving.wait_for(rf"> +{line} \| :model: plain-mpl")
    assert (author.site / "articles/one/index.html").is_file()
    box.get_by_role("button", name="Hide").press("Enter")
    expect(box).to_have_count(0)
    author.article("one", TEXT.replace("First words.", "First {cite}`nobody` words."))
    expect(box).to_contain_text("references.bib has no entry 'nobody'")
    author.article("one", TEXT.replace("First words.", "First mended words."))
    expect(box).to_have_count(0)
    expect(page.locator("article")).to_contain_text("First mended words.")


@pytest.mark.long
def test_a_fault_in_the_author_s_own_code_shows_its_traceback(
    author: Author, serving: Serving, page: Page
) -> None:
    author.write("articles/one/charts.py", CHARTS.replace("i * 2", "i / 0"))
    box = page.get_by_role("alert")
    expect(box).to_contain_text("ZeroDivisionError", timeout=60_000)
    expect(box).to_contain_text("charts.py")
    author.write("articles/one/charts.py", CHARTS)
    expect(box).to_have_count(0, timeout=60_000)


def test_the_published_site_has_nothing_of_the_preview(author: Author, page: Page) -> None:
    assert page.locator("script[src*=_preview]").count() == 1
    files = [path for path in author.site.rglob("*") if path.is_file()]
    # The cards beside links have a preview.js of their own; these names are the preview's alone.
    assert not [path for path in files if path.name in ("overlay.js", "patch.js", "preview.css")]
    assert not [path for path in files if path.suffix == ".html" and "_preview" in path.read_text()]


def ask(serving: Serving, path: str, host: str = "localhost") -> tuple[int, bytes]:
    """Ask for a path exactly as written, which browsers and libraries would tidy."""
    address = re.fullmatch(r"http://(.+):(\d+)/", serving.url)
    assert address is not None
    connection = http.client.HTTPConnection(address.group(1), int(address.group(2)))
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt",
        "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt", "/..%5csecret.txt",
        "//secret.txt", "/%2fsecret.txt", "/linked.txt", "/linked/secret.txt",
        "/secret.txt%00.html",
        "/_preview/../../secret.txt", "/_preview/%2e%2e/article.html", "{absolute}",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_can_be_asked_for(
    author: Author, serving: Serving, path: str
) -> None:
    secret = author.write("secret.txt", "the secret")
    for link, target in (("linked.txt", secret), ("linked", secret.parent)):
        if not (author.site / link).is_symlink():
            (author.site / link).symlink_to(target)
    status, body = ask(serving, path.format(absolute=secret))
    assert status in (400, 404)
    assert b"the secret" not in body
    assert b"{%" not in body


def test_a_name_that_leads_here_from_elsewhere_is_not_answered(serving: Serving) -> None:
    assert ask(serving, "/", host="localhost")[0] == 200
    assert ask(serving, "/", host="evil.example")[0] == 400


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path: Path, serving: Serving) -> None:
    taken = int(serving.url.rstrip("/").rpartition(":")[2])
    other = Author(tmp_path)
    other.article("plain", "Words.\n")
    second = Serving(other, "--port", str(taken))
    second.wait_for(rf"port {taken} is taken")
    assert int(second.url.rstrip("/").rpartition(":")[2]) > taken
    second.wait_for("site of")
    assert second.end() == 0


@pytest.mark.long
def test_a_site_that_cannot_be_built_yet_says_why_and_follows_once_it_can(
    tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    author = Author(tmp_path)
    author.article("plain", "Words {nosuch}`role`.\n")
    serving = Serving(author, "--port", "8260")
    serving.wait_for("unknown role")
    page = open_page(serving.url, complaints=False)
    expect(page.get_by_role("heading", name="Nothing is built yet")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("unknown role {nosuch}")
    author.article("plain", "Words.\n", title="Now it is")
    expect(page.get_by_role("link", name="Now it is")).to_be_visible(timeout=30_000)
    assert serving.end() == 0


def test_editing_text_loads_no_torch(author: Author, serving: Serving, page: Page) -> None:
    author.article("one", TEXT.replace("Last words.", "Very last words."))
    expect(page.locator("article")).to_contain_text("Very last words.")
    maps = Path(f"/proc/{serving.process.pid}/maps").read_text()
    assert "python" in maps
    assert "torch" not in maps
