"""Titles whose short words with a hyphen stay whole."""

import pytest

from generator.render.unbroken import unbroken


@pytest.mark.parametrize(
    ("title", "html"),
    [
        ("How t-SNE misleads", 'How <span class="unbroken">t-SNE</span> misleads'),
        ("U-Net & <b>", '<span class="unbroken">U-Net</span> &amp; &lt;b&gt;'),
        ("Plan-B.", '<span class="unbroken">Plan-B</span>.'),
        ("state-of-the-art, step-by-step", "state-of-the-art, step-by-step"),
        ("x-extraordinarily", "x-extraordinarily"),
    ],
)
def test_a_short_word_with_a_hyphen_stays_on_one_line(title: str, html: str) -> None:
    assert unbroken(title) == html
