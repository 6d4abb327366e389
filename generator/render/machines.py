"""What crawlers and feed readers ask a site for: ``robots.txt``, ``sitemap.xml``, ``feed.xml``.

A sitemap and a feed are made of whole addresses, so there is neither until the site knows its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from generator.read.article import Article
from generator.settings import Settings


def machines(site: Path, about: Settings, articles: Sequence[Article]) -> None:
    """Write them; `articles` are newest first, only those that are current are told of."""
    sitemap = f"\nSitemap: {about.url}sitemap.xml\n" if about.url else ""
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{sitemap}", "utf8")
    if not about.url:
        return
    current = [one for one in articles if one.current]
    (site / "sitemap.xml").write_text(_sitemap(site, about.url, current), "utf8")
    (site / "feed.xml").write_text(_feed(about, current), "utf8")


def _sitemap(site: Path, url: str, articles: Sequence[Article]) -> str:
    """Pages that are to be found: no figures alone, no older versions, not the one for 404."""
    changed = {f"articles/{one.slug}/": _changed(one).isoformat() for one in articles}
    pages = [
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in sorted(site.rglob("*.html"))
    ]
    kept = [
        page
        for page in pages
        if page in changed or not page.startswith(("articles/", "figures/", "404"))
    ]
    lines = [
        f"<url><loc>{escape(url + quote(page))}</loc>"
        + (f"<lastmod>{changed[page]}</lastmod>" if page in changed else "")
        + "</url>"
        for page in kept
    ]
    return _xml("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9", lines)


def _feed(about: Settings, articles: Sequence[Article]) -> str:
    """Atom (RFC 4287): ids are addresses, times are days at midnight, since no clock is asked."""
    latest = max((_changed(one) for one in articles), default=date(1970, 1, 1))
    lines = [
        f"<title>{escape(about.name)}</title>",
        f"<subtitle>{escape(about.tagline)}</subtitle>",
        f"<id>{escape(about.url)}</id>",
        f"<link rel={quoteattr('self')} href={quoteattr(about.url + 'feed.xml')}/>",
        f"<link href={quoteattr(about.url)}/>",
        f"<updated>{_midnight(latest)}</updated>",
        f"<author><name>{escape(about.name)}</name></author>",
    ]
    for one in articles:
        front, address = one.front, f"{about.url}articles/{quote(one.slug)}/"
        lines += [
            f"<entry xml:lang={quoteattr(front.language)}>",
            f"<title>{escape(front.title)}</title>",
            f"<id>{escape(address)}</id>",
            f"<link href={quoteattr(address)}/>",
            f"<published>{_midnight(front.date)}</published>",
            f"<updated>{_midnight(_changed(one))}</updated>",
            f"<summary>{escape(front.description)}</summary>",
            *(f"<author><name>{escape(author.name)}</name></author>" for author in front.authors),
            *(f"<category term={quoteattr(tag)}/>" for tag in front.tags),
            "</entry>",
        ]
    return _xml("feed", "http://www.w3.org/2005/Atom", lines)


def _changed(article: Article) -> date:
    return article.front.updated or article.front.date


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _xml(root: str, space: str, lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{space}">\n{text}\n</{root}>\n'
