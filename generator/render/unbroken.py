"""Short words with a hyphen, such as t-SNE, which a large title would break after one letter."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

SHORT = re.compile(r"(?<![\w-])(?:\w-\w{1,8}|\w{1,8}-\w)(?![\w-])")


def unbroken(title: str) -> Markup:
    """The title with such words kept on one line; its letters stay as they are, for searches."""
    return Markup(SHORT.sub(r'<span class="unbroken">\g<0></span>', str(escape(title))))
