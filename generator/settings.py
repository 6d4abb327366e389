"""``explorable.toml`` at a project's root: what the site says of itself.

The file may be absent, and every field has a default. A field of a new feature is added here and
nowhere else; templates see all of them as ``site``.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from generator.errors import SiteError
from generator.licenses import known
from generator.toml import read_toml

FILE = "explorable.toml"
ADDRESS = re.compile(r"https?://[^\s/?#\"'<>]+/(?:[^\s?#\"'<>]+/)?")


class Settings(BaseModel):
    """The site as a whole; an article's front matter says what differs for it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: str = Field("Explorable", min_length=1, description="of the site, on every page")
    tagline: str = Field(
        "Articles to take apart", min_length=1, description="one line, the front page's heading"
    )
    summary: str = Field(
        "Articles in which the networks are real: draw on them, train them, read their numbers.",
        min_length=1,
        description="a sentence or two, for the front page and search engines",
    )
    language: str = Field(
        "en",
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$",
        description="BCP 47 tag of the site's own pages",
    )
    license: str = Field("CC BY 4.0", description="of the texts; empty: none is granted")
    corrections: str = Field(
        "",
        pattern=r"^$|^(https?://|mailto:)\S+$",
        description="where readers report mistakes: an address that needs no account, or mailto:",
    )
    url: str = Field(
        "",
        pattern=r"^$|^https?://\S+/$",
        description="the site's own address, ending in '/', for machines that want whole ones",
    )
    map: str = Field(
        "",
        pattern=r"^$|^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*$",
        description="folder of the project with a survey's works.toml and columns.toml, "
        "and with what is re-created of them; the front page then shows them all as a table",
    )
    csl: str = Field("", description="citation style: a name of ours or a .csl file in the project")
    unsafe_html: bool = Field(
        False, description="pass raw HTML and any link on as written; for text you wrote yourself"
    )
    extensions: bool = Field(
        True, description="everything beyond CommonMark; false: texts are CommonMark and no more"
    )

    @property
    def license_url(self) -> str:
        """Where the licence's text is, for licences that everybody knows; else empty."""
        return known(self.license).url


def settings(root: Path, url: str = "") -> Settings:
    """Read the settings of the project at `root`; an absent file leaves every field at its default.

    `url` takes the place of the site's address, as the command line gives it, with or without its
    last stroke.

    Raises:  SiteError with file and line for broken TOML and for an unknown or ill-typed field, and
             for a `url` that is no address of a folder.
    """
    path = root / FILE
    found = Settings()
    if path.is_file():
        found = read_toml(path, SiteError, shown=FILE, noun="setting").fit(Settings, {})
    if not url:
        return found
    whole = url.removesuffix("/") + "/"
    if not ADDRESS.fullmatch(whole):
        raise SiteError(
            f"{url!r} is no address of a site", hint="https://HOST/ or https://HOST/PATH/"
        )
    return found.model_copy(update={"url": whole})
