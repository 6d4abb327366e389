"""A figure on a page of its own, made to stand in a frame on anybody's page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from generator.licenses import known
from generator.package import templates_folder
from generator.read.article import Article
from generator.render.figures import Published

FOLDER = "figures"
HERE = re.compile(r'(<a\b[^>]*?\bhref=")#')
ANCHOR = re.compile(r'(<(?:a|sup|span)\b[^>]*?) id="[^"]*"')


def alone(site: Path, article: Article, name: str) -> Path:
    """Where the page of a figure lies: ``figures/<article>/<name>/index.html``."""
    return site / FOLDER / article.slug / name / "index.html"


def elsewhere(caption: str, home: str) -> str:
    """A caption whose links to places of its article lead there from another page."""
    return HERE.sub(rf"\g<1>{home}#", ANCHOR.sub(r"\1", caption))


def about(article: Article, one: Published) -> dict[str, Any]:
    """What the page says of itself to search engines and to readers of its title."""
    front, block = article.front, one.figure.block
    return {
        "title": f"Figure {block.number} of {front.title}",
        "description": one.figure.options.alt or one.payload["alt"],
        "language": front.language,
        "front": front,
        "license": known(front.license).name,
    }


def copy_script(site: Path) -> None:
    """Put the script for pages that embed a figure where its address never changes."""
    target = site / FOLDER / "embed.js"
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(templates_folder() / "js" / "embed.js", target)
