"""Licences by their SPDX identifier: checked, named as people name them, and linked."""

from __future__ import annotations

from dataclasses import dataclass

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from generator.errors import nearest

COMMONS = "https://creativecommons.org"
# What articles and pictures usually carry; any other SPDX identifier is accepted too.
USUAL = {
    "CC-BY-4.0": ("CC BY 4.0", f"{COMMONS}/licenses/by/4.0/"),
    "CC-BY-3.0": ("CC BY 3.0", f"{COMMONS}/licenses/by/3.0/"),
    "CC-BY-2.0": ("CC BY 2.0", f"{COMMONS}/licenses/by/2.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", f"{COMMONS}/licenses/by-sa/4.0/"),
    "CC-BY-SA-3.0": ("CC BY-SA 3.0", f"{COMMONS}/licenses/by-sa/3.0/"),
    "CC-BY-NC-4.0": ("CC BY-NC 4.0", f"{COMMONS}/licenses/by-nc/4.0/"),
    "CC-BY-NC-SA-4.0": ("CC BY-NC-SA 4.0", f"{COMMONS}/licenses/by-nc-sa/4.0/"),
    "CC-BY-ND-4.0": ("CC BY-ND 4.0", f"{COMMONS}/licenses/by-nd/4.0/"),
    "CC-BY-NC-ND-4.0": ("CC BY-NC-ND 4.0", f"{COMMONS}/licenses/by-nc-nd/4.0/"),
    "CC0-1.0": ("CC0 1.0", f"{COMMONS}/publicdomain/zero/1.0/"),
    "MIT": ("MIT", "https://spdx.org/licenses/MIT.html"),
    "Apache-2.0": ("Apache 2.0", "https://spdx.org/licenses/Apache-2.0.html"),
    "BSD-3-Clause": ("BSD 3-Clause", "https://spdx.org/licenses/BSD-3-Clause.html"),
    "GPL-3.0-or-later": ("GPL 3.0 or later", "https://spdx.org/licenses/GPL-3.0-or-later.html"),
}


@dataclass(frozen=True)
class License:
    """A licence as a page shows it; `url` is empty for one that has no text of its own."""

    spdx: str
    name: str
    url: str


def spdx(text: str) -> str:
    """The canonical SPDX expression for what an author wrote; spaces may stand for hyphens.

    Raises:  ValueError for an identifier that SPDX does not list, with the nearest usual one.
    """
    spoken = {name.casefold(): identifier for identifier, (name, _) in USUAL.items()}
    wanted = spoken.get(text.strip().casefold(), text.strip())
    try:
        return str(canonicalize_license_expression(wanted))
    except InvalidLicenseExpression:
        hint = nearest(wanted, USUAL)
        raise ValueError(f"{text!r} is no SPDX licence identifier; {hint}") from None


def known(text: str) -> License:
    """A licence as somebody wrote it; what SPDX does not list is shown as it is, without a link."""
    try:
        return license_of(spdx(text))
    except ValueError:
        return License("", text, "")


def license_of(identifier: str) -> License:
    """The licence behind a canonical SPDX expression."""
    if identifier in USUAL:
        name, url = USUAL[identifier]
        return License(identifier, name, url)
    single = " " not in identifier and not identifier.startswith("LicenseRef-")
    url = f"https://spdx.org/licenses/{identifier}.html" if single else ""
    return License(identifier, identifier.removeprefix("LicenseRef-").replace("-", " "), url)
