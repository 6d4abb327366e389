"""What a published site says to machines: robots, sitemap, feed, card, and the page for 404."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from generator.errors import SiteError
from generator.project import Project
from generator.settings import settings
from tests.authorsite import build_here, write
from tests.page import Look

KIND = '''"""A red square on blue ground, half as high as wide."""

import numpy as np

from generator.figure import FigureOptions, Image, Payload, Still

DRAWING = (
    '<svg viewBox="0 0 20 10"><rect class="cat-0" width="20" height="10"/>'
    '<image href="image:square" x="5" width="5" height="5"/>'
    '<path class="s-accent" d="M0 9H9"/></svg>'
)


class Options(FigureOptions):
    """Nothing to set."""


STATES = {}


def payload(options, sources):
    """Draw it."""
    red = np.zeros((4, 4, 3), np.uint8) + np.array([255, 0, 0], np.uint8)
    return Payload(still=Still(DRAWING), alt="A red square.", images={"square": Image(red)})
'''
ATOM = "{http://www.w3.org/2005/Atom}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two articles, one with a figure, one with an older version."""
    write(tmp_path, "figures/square/square.py", KIND)
    write(tmp_path, "figures/square/square.html", "{{ still }}\n")
    write(tmp_path, "figures/square/square.js", "export default function mount() {}\n")
    front = "---\ntitle: Fish & Chips\ndescription: D\ndate: 2026-01-02\n---\n\n"
    figure = ":::{square}\n:name: fig-square\nA square.\n:::\n"
    write(tmp_path, "articles/fish/index.md", front + figure)
    older = front.replace("Fish & Chips", "Old")
    write(tmp_path, "articles/old/v/1/index.md", older + "Words.\n")
    newer = older.replace("date: 2026-01-02", "date: 2026-01-01\nupdated: 2026-03-04\ntags: [a, b]")
    write(tmp_path, "articles/old/index.md", newer + "Words.\n")
    return tmp_path


def settle(project: Path, url: str) -> None:
    write(project, "explorable.toml", f'name = "Tea & Toast"\nurl = "{url}"\n')
    build_here(project)


def test_a_site_that_knows_its_address_has_a_sitemap_a_feed_and_cards(project: Path) -> None:
    settle(project, "https://example.org/deep/")
    site, home = project / "site", "https://example.org/deep/"
    assert (site / "robots.txt").read_text("utf8").endswith(f"\nSitemap: {home}sitemap.xml\n")
    tree = ElementTree.parse(site / "sitemap.xml")
    found = {
        one.findtext(f"{MAPS}loc"): one.findtext(f"{MAPS}lastmod")
        for one in tree.iter(f"{MAPS}url")
    }
    assert found == {
        home: None,
        f"{home}articles/fish/": "2026-01-02",
        f"{home}articles/old/": "2026-03-04",
        f"{home}glossary.html": None,
        f"{home}privacy.html": None,
    }
    feed = ElementTree.parse(site / "feed.xml").getroot()
    assert feed.findtext(f"{ATOM}title") == "Tea & Toast"
    assert feed.findtext(f"{ATOM}updated") == "2026-03-04T00:00:00Z"
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == ["Fish & Chips", "Old"]
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"{home}articles/fish/", f"{home}articles/old/",
    ]  # fmt: skip
    assert entries[1].findtext(f"{ATOM}published") == "2026-01-01T00:00:00Z"
    assert [one.get("term") for one in entries[1].iter(f"{ATOM}category")] == ["a", "b"]
    assert f'type="application/atom+xml" title="Tea &amp; Toast" href="{home}feed.xml"' in (
        site / "index.html"
    ).read_text("utf8")
    # Shown at any depth, the page for 404 cannot lead by relative links.
    links = Look((site / "404.html").read_text("utf8")).links
    assert len(links) > 5
    assert [link for link in links if not link.startswith((home, "#", "https://creative"))] == []


def test_the_card_is_the_first_figure_s_still_in_its_colours(project: Path) -> None:
    settle(project, "https://example.org/")
    page = (project / "site/articles/fish/index.html").read_text("utf8")
    told = dict(re.findall(r'<meta property="(og:image[^"]*)" content="([^"]*)">', page))
    assert told == {
        "og:image": "https://example.org/articles/fish/card.png",
        "og:image:type": "image/png", "og:image:width": "1200", "og:image:height": "630",
        "og:image:alt": "A red square.",
    }  # fmt: skip
    with Image.open(project / "site/articles/fish/card.png") as card:
        pixels = np.asarray(card.convert("RGB"))
    assert pixels.shape == (630, 1200, 3)
    # Twenty units are 1068 pixels, the ten below each other 534, in the middle of the card.
    at = {(0, 0): "#fdfcf9", (60, 80): "#00268e", (180, 400): "#ff0000", (529, 300): "#0b57a4"}
    for (row, column), colour in at.items():
        assert "#{:02x}{:02x}{:02x}".format(*pixels[row, column]) == colour, (row, column)
    assert not (project / "site/articles/old/card.png").exists()
    assert "og:image" not in (project / "site/articles/old/index.html").read_text("utf8")


def test_a_site_that_does_not_know_its_address_has_only_robots(project: Path) -> None:
    settle(project, "")
    site = project / "site"
    assert (site / "robots.txt").read_text("utf8") == "User-agent: *\nAllow: /\n"
    assert [path.name for path in (*site.glob("*.xml"), *site.rglob("card.png"))] == []
    assert "./index.html" in Look((site / "404.html").read_text("utf8")).links
    assert "canonical" not in (site / "index.html").read_text("utf8")


def test_an_address_on_the_command_line_takes_the_place_of_the_settings(project: Path) -> None:
    write(project, "explorable.toml", 'url = "https://example.org/"\n')
    assert Project(project).settings.url == "https://example.org/"
    assert Project(project).at("https://example.net/a").settings.url == "https://example.net/a/"
    assert Project(project).at("").settings.url == "https://example.org/"


@pytest.mark.parametrize("url", ["example.org", "ftp://example.org/", "https://a/b?c", "https://"])
def test_what_is_no_address_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SiteError, match="is no address of a site\n  hint: https://HOST/"):
        settings(tmp_path, url)


def test_a_card_is_drawn_alike_twice(project: Path) -> None:
    settle(project, "https://example.org/")
    first = (project / "site/articles/fish/card.png").read_bytes()
    settle(project, "https://example.org/")
    assert (project / "site/articles/fish/card.png").read_bytes() == first
    assert Image.open(io.BytesIO(first)).format == "PNG"
