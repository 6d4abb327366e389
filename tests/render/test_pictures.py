"""Pictures are copied, measured and cleaned before they are published."""

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.errors import ArticleError
from generator.render.pictures import publish
from generator.render.prose import Placed, Prose
from generator.render.svg import filtered
from tests.writing import Desk

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)
KEPT = (
    '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" width="1"/>'
    '<use xlink:href="#g"/><image href="data:image/png;base64,AAAA"/>'
    "<style>.a{fill:red}</style>"
)
REMOVED = [
    "<script>alert(1)</script>",
    '<circle onclick="alert(1)" r="1"/>',
    '<circle ONLOAD="alert(1)" r="1"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<use href="https://example.org/a.svg#x"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<image xlink:href="https://example.org/a.png"/>',
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x"/></foreignObject>',
    '<set attributeName="onmouseover" to="alert(1)"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    "<style>@import 'https://example.org/a.css';</style>",
    "<style>rect{fill:url(https://example.org/a)}</style>",
    '<rect style="fill:url( &quot;https://example.org/a&quot; )"/>',
    '<rect fill="u\\72l(https://example.org/a)"/>',
    '<rect xml:base="https://example.org/"/>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>',
]


def png(width: int, height: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG", **options)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("inside", REMOVED)
def test_what_could_run_or_ask_another_host_is_taken_out_of_an_svg(inside: str) -> None:
    content, _ = filtered(SVG.format("", inside + KEPT).encode(), "a.svg", "x:1")
    text = content.decode().lower()
    for word in ("alert", "example.org", "onload", "javascript", "svg+xml", "import"):
        assert word not in text
    for kept in ("lineargradient", "url(#g)", "#g", "data:image/png;base64,aaaa", ".a{fill:red}"):
        assert kept in text


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="0 0 300 200" width="30"', (30, 20)),
        ('viewBox="0,0,300,200" height="1in"', (144, 96)),
        ('width="72pt" height="36pt"', (96, 48)),
        ('width="100%" height="100%" viewBox="0 0 8 4"', (8, 4)),
        ('viewBox="0 0 nan 4"', (300, 150)),
        ("", (300, 150)),
    ],
)
def test_an_svg_has_the_size_that_it_says(attributes: str, size: tuple[int, int]) -> None:
    assert filtered(SVG.format(attributes, "").encode(), "a.svg", "x:1")[1] == size


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg\n<", "a.svg, line 2, is not XML"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "a.svg is no SVG"),
        (b"", "a.svg, line 1, is not XML"),
        (b"\xff\xfe\x00", "a.svg"),
        (b'<?xml version="1.0" encoding="nosuch"?><svg/>', "a.svg"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
         + b']><svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>', "a.svg, line 1"),
    ],
)  # fmt: skip
def test_what_is_no_svg_is_said(content: bytes, message: str) -> None:
    with pytest.raises(ArticleError) as problem:
        filtered(content, "a.svg", "articles/a/index.md:7")
    assert str(problem.value).startswith(f"articles/a/index.md:7: {message}")


def test_a_site_may_publish_an_svg_as_it_is() -> None:
    content = SVG.format("", REMOVED[0]).encode()
    assert filtered(content, "a.svg", "x:1", unsafe=True)[0] == content


def test_a_picture_takes_the_room_it_will_need(desk: Desk, tmp_path: Path) -> None:
    desk.file("a.png", png(40, 30))
    out = io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=turned)
    desk.file("turned.jpg", out.getvalue())
    found = desk.write(
        "![a](a.png) ![b](a.png){width=20} ![c](a.png){height=15} ![d](turned.jpg)\n"
    )

    def place(path: Path, where: str) -> Placed:
        there, *size = publish(path, where, tmp_path, unsafe=False)
        return Placed(there.name, *size)

    html = Prose(found, lambda block, caption: "", lambda role: "", place).whole()
    assert 'alt="a" width="40" height="30"' in html
    assert 'alt="b" width="20" height="15"' in html
    assert 'alt="c" width="20" height="15"' in html
    assert 'alt="d" width="30" height="40"' in html
    assert len(list((tmp_path / "assets").glob("*.png"))) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", b"not a picture", "a.png is damaged, or no picture"),
        ("a.png", png(40, 30)[:40], "a.png is damaged, or no picture"),
        (
            "a.html",
            b"<script>",
            "a.html would run in the reader's browser\n  hint: set 'unsafe_html",
        ),
        ("a.svg", b"<svg/>", "a.svg is no SVG"),
    ],
)
def test_a_file_that_must_not_be_published_is_said(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ArticleError) as problem:
        publish(tmp_path / name, "articles/a/index.md:7", tmp_path, unsafe=False)
    assert str(problem.value).startswith(f"articles/a/index.md:7: {message}")
