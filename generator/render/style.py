"""A citation style from its file, checked before its engine sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.errors import SiteError, nearest
from generator.project import Project

STYLES = Path(__file__).parent / "styles"
CSL = "{http://purl.org/net/xbiblio/csl}"


def style_of(project: Project) -> Path | str:
    """The style that the site's settings name: ours, or a file of the project.

    Raises:  SiteError for a file outside the project.
    """
    name = project.settings.csl
    if not name.endswith(".csl"):
        return name or "numbered"
    path = (project.root / name).resolve()
    if not path.is_relative_to(project.root.resolve()):
        raise SiteError(f"csl {name!r} lies outside the project", where="explorable.toml")
    return path


def load_style(style: Path | str, language: str) -> Any:
    """One of our styles by its name, or any CSL 1.0.2 style for citations in the text by its path.

    Raises:  SiteError for a style that is not there, does not follow the rules of CSL, depends on
             another style, or writes its citations as footnotes.
    """
    from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS, CitationStylesStyle

    path = style if isinstance(style, Path) else STYLES / f"{style}.csl"
    if not path.is_file():
        hint = nearest(path.stem, [one.stem for one in STYLES.glob("*.csl")])
        raise SiteError(f"there is no citation style {path.stem!r}", where=path.name, hint=hint)
    root = _checked(path)
    wanted = root.get("default-locale") or language
    primary = wanted.split("-")[0]
    known = wanted in LANGUAGE_NAMES or primary in PRIMARY_DIALECTS
    return CitationStylesStyle(str(path), locale=wanted if known else "en-US", validate=False)


def _checked(path: Path) -> Any:
    from citeproc import SCHEMA_PATH
    from lxml import etree

    try:
        # No entity is read from elsewhere: a style is a stranger's file.
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree = etree.parse(str(path), parser)
    except etree.XMLSyntaxError as problem:
        raise SiteError(f"XML: {problem.msg}", where=f"{path.name}:{problem.lineno}") from None
    root = tree.getroot()
    if root.tag != f"{CSL}style":
        raise SiteError("this is no citation style", where=path.name)
    if root.find(f"{CSL}citation") is None:
        raise SiteError(
            "this citation style depends on another", where=path.name,
            hint="take the style that its rel=\"independent-parent\" link names",
        )  # fmt: skip
    if root.get("class") != "in-text" or root.find(f"{CSL}bibliography") is None:
        raise SiteError(
            "this citation style has no citations in the text with a list of references",
            where=path.name, hint='choose one with class="in-text" and a bibliography',
        )  # fmt: skip
    if path.parent != STYLES:
        rules = etree.RelaxNG(etree.parse(SCHEMA_PATH))
        if not rules.validate(tree):
            first = rules.error_log[0]
            raise SiteError(f"CSL: {first.message}", where=f"{path.name}:{first.line}")
    return root
