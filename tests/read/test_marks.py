"""Marks within the text: attributes, raw HTML, links, pictures, notes, tasks, small roles."""

import pytest

from generator.read import article
from generator.settings import Settings
from tests.page import Look
from tests.writing import FRONT, Desk

UNSAFE = Settings(unsafe_html=True)


def test_the_few_attributes_that_a_text_may_set(desk: Desk) -> None:
    assert desk.html("[Guten Tag]{lang=de .greeting #hello}\n") == (
        '<p><span lang="de" id="hello" class="greeting">Guten Tag</span></p>'
    )
    assert desk.html("{.wide #para}\nWords.\n") == '<p class="wide" id="para">Words.</p>'
    assert 'width="40"' in desk.html("![A dot](dot.svg){width=40}\n")
    assert 'alt="another"' in desk.html('![A dot](dot.svg){alt="another"}\n')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[a]{onclick=b}\n", "6: the attribute 'onclick' cannot be set\n  hint: there is alt, cla"),
        ("x\n`a`{style=b}\n", "7: the attribute 'style' cannot be set"),
        ("[a](#b){href=javascript:c}\n", "6: the attribute 'href' cannot be set"),
        ("{clas=b}\nWords.\n", "6: the attribute 'clas' cannot be set\n  hint: did you mean 'clas"),
        ("{width=3}\nWords.\n", "6: 'width' is for pictures"),
        ("![a](dot.svg){width=wide}\n", "6: width 'wide' is not a whole number of pixels"),
        ('[a]{lang="not a tag"}\n', "6: lang 'not a tag' is not a language tag"),
        ('[a]{class="<b>"}\n', "6: class '<b>' is not letters, digits and hyphens"),
        ("x\n\n[a]{#main}\n", "8: the page itself uses the name 'main'"),
    ],
)  # fmt: skip
def test_another_attribute_is_refused_with_the_nearest(desk: Desk, body: str, message: str) -> None:
    assert desk.complaint(body).startswith(f"articles/slug/index.md:{message}")


ATTACKS = [
    "<script>alert(1)</script>\n",
    "Words <img src=x onerror=alert(1)>.\n",
    "<div\nonclick='a'>\n\nx\n\n</div>\n",
    "[a](javascript:alert(1))\n",
    "[a](JaVaScRiPt:alert(1))\n",
    "[a](&#106;avascript:alert(1))\n",
    "[a](\x01javascript:alert(1))\n",
    "[a](data:text/html,x)\n",
    "![a](data:image/svg+xml,x)\n",
    "[a](vbscript:x)\n",
    "<javascript:alert(1)>\n",
    "[a][b]\n\n[b]: javascript:alert(1)\n",
    ":::{note} <b onclick=x>T</b>\n<script>x</script>\n:::\n",
    ":::{network}\n:name: a\n<script>x</script> [a](javascript:b)\n:::\n",
    ":::{table} <script>x</script>\n\n| <script>a</script> |\n|---|\n| [a](javascript:b) |\n:::\n",
    "x[^a]\n\n[^a]: <script>x</script>\n",
    "{abbr}`<script> (x\" onclick=\"y)`\n",
    "`<script>`\n\n```html\n<script>alert(1)</script>\n```\n",
    "## <img src=x onerror=y>\n",
    "> <iframe src=javascript:a>\n",
    "[a](http://x \"y\\\" onclick=z\")\n",
    "{kbd}`\"><script>`\n",
]  # fmt: skip


@pytest.mark.parametrize("body", ATTACKS)
def test_nothing_that_runs_reaches_the_page(desk: Desk, body: str) -> None:
    assert Look(desk.html(body)).wrong == []


def test_a_site_may_pass_raw_html_and_any_link_on(desk: Desk) -> None:
    body = "<details onclick='x'>\n\n[a](javascript:b) <b>c</b> <!-- d -->\n\n</details>\n"
    assert desk.html(body, about=UNSAFE) == (
        "<details onclick='x'>\n"
        '<p><a href="javascript:b">a</a> <b>c</b> <!-- d --></p>\n</details>'
    )
    assert "<" not in desk.html(body).replace("<p>", "").replace("</p>", "")


def test_a_text_may_come_from_any_editor(desk: Desk) -> None:
    desk.file(
        "index.md", b"\xef\xbb\xbf" + (FRONT + "## A\n\nWords.\n").replace("\n", "\r\n").encode()
    )
    assert article(desk.folder).anchors == {"a"}


def test_comments_reach_no_page(desk: Desk) -> None:
    assert desk.html("<!-- a\n\nb -->\n\nWords <!-- c -->.\n\n% d\n") == "<p>Words .</p>"


def test_a_link_leads_to_an_article_a_file_or_a_place(desk: Desk) -> None:
    desk.file("data.csv", "1,2\n")
    desk.file("../other/index.md", FRONT)
    html = desk.html(
        "[a](../other/index.md#there) [b](../other) [c](data.csv) [d](https://x.org/?a=1&b=2)\n"
    )
    assert 'href="../other/index.html#there"' in html
    assert '<a href="../other/index.html">b</a>' in html
    assert '<a href="data.csv" download="data.csv">c</a>' in html
    assert 'href="https://x.org/?a=1&amp;b=2"' in html


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x\n[a](dato.csv)\n", "7: the link 'dato.csv' leads to no file\n  hint: did you mean 'da"),
        ("[a](../../../x)\n", "6: the link '../../../x' leads out of the project"),
        ("[a](/x)\n", "6: the path '/x' starts at a root"),
        ("[a](java&#10;script:alert(1))\n", "6: the link 'java\\nscript:alert(1)' leads to no fil"),
        ("[a](//x.org/b)\n", "6: the link '//x.org/b' does not say how to get there\n  hint: wri"),
        ("[a]()\n", "6: this link leads nowhere"),
        ("![](dot.svg)\n", "6: this picture has no words for those who do not see it\n  hint: wri"),
        ("![a](http://x.org/b.png)\n", "6: the picture 'http://x.org/b.png' is on another site"),
        ("![a](dto.svg)\n", "6: there is no file 'dto.svg' in articles/slug\n  hint: did you mean"),
        ("![a](data.csv)\n", "6: 'data.csv' is no picture that browsers know"),
        ("a[^x]\n", "6: no footnote is called 'x'"),
        ("a[^not] b\n\n[^note]: x\n", "6: no footnote is called 'not'\n  hint: did you mean 'note"),
        ("a\n\n[^x]: b\n", "8: nothing refers to the footnote 'x'\n  hint: write [^x] where it be"),
        ("a[^x]\n\n[^x]: b\n\n[^x]: c\n", "10: footnote 'x' stands at articles/slug/index.md:8 al"),
        ("{abbr}`CNN`\n", "6: 'CNN' does not say what it stands for"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_said_with_its_line(desk: Desk, body: str, message: str) -> None:
    desk.file("data.csv", "1,2\n")
    assert desk.complaint(body).startswith(f"articles/slug/index.md:{message}")


def test_a_picture_without_words_must_say_that_it_is_decoration(desk: Desk) -> None:
    assert 'alt="" class="decorative"' in desk.html("![](dot.svg){.decorative}\n")


def test_notes_are_numbered_as_they_are_needed_wherever_they_stand(desk: Desk) -> None:
    html = desk.html(
        "A[^b].\n\n:::{note} T[^c]\nB^[in place, with [^a] in it].\n:::\n\nAgain[^b].\n\n"
        "[^a]: note a\n[^b]: note b\n[^c]: note c\n"
    )
    order = [html.index(words) for words in ("note b", "note c", "in place", "note a", "Again")]
    assert order == sorted(order)
    assert html.count('id="fnref1"') == 1
    assert html.count('href="#fn1"') == 2
    assert Look(html).wrong == []


def test_a_note_of_many_blocks_keeps_them(desk: Desk) -> None:
    html = desk.html("A[^b].\n\n[^b]: one\n\n    - two\n\n    ```python\n    three\n    ```\n")
    assert Look(html).wrong == []
    for words in ("one", "<li>two</li>", '<span class="n">three</span>'):
        assert words in html


def test_a_note_that_refers_to_itself_ends(desk: Desk) -> None:
    html = desk.html("A[^a].\n\n[^a]: b[^a]\n")
    assert html.count('class="footnote-ref"') == 2


def test_a_chain_of_a_thousand_notes_ends(desk: Desk) -> None:
    notes = "".join(f"[^{i}]: x[^{i + 1}]\n\n" for i in range(1000))
    html = desk.html(f"A[^0].\n\n{notes}[^1000]: end\n")
    assert 'href="#fn1001"' in html


def test_tasks_show_what_is_done_in_words_too(desk: Desk) -> None:
    html = desk.html("- [x] one\n- [ ] *two*\n- three\n")
    assert html == (
        '<ul>\n<li class="task">'
        '<input type="checkbox" disabled checked aria-label="done"> one</li>\n'
        '<li class="task"><input type="checkbox" disabled aria-label="to do"> <em>two</em></li>\n'
        "<li>three</li>\n</ul>"
    )


def test_small_marks(desk: Desk) -> None:
    assert desk.html(
        "H{sub}`2`O, x{sup}`2`, {kbd}`Esc`, {abbr}`AI (artificial intelligence)`\n"
    ) == (
        "<p>H<sub>2</sub>O, x<sup>2</sup>, <kbd>Esc</kbd>, "
        '<abbr title="artificial intelligence">AI</abbr></p>'
    )


def test_definitions(desk: Desk) -> None:
    assert desk.html("Term\n: One $x$.\n: Two.\n") == (
        "<dl>\n<dt>Term</dt>\n<dd>One <math><mi>x</mi></math>.</dd>\n<dd>Two.</dd>\n</dl>"
    )


def test_sections_carry_numbers_where_the_article_wants_them(desk: Desk) -> None:
    numbered = FRONT.replace("---\n", "---\nnumbered: true\n", 1)
    body = "## A\n\n### B\n\n:::{note}\n### Not a section\n:::\n\n## C\n"
    html = desk.html(body, front=numbered)
    assert '<h3 id="b"><span class="section-number">1.1</span> B <a class="anchor"' in html
    assert '<h3 id="not-a-section">Not a section <a' in html
    assert '<h2 id="c"><span class="section-number">2</span> C <a class="anchor"' in html
    assert "section-number" not in desk.html(body)
