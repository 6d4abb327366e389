"""Links of a caption, seen from the figure's own page."""

from generator.render.alone import elsewhere

HOME = "../../../articles/a/index.html"


def test_links_to_places_of_the_article_lead_there_and_others_stay() -> None:
    caption = (
        'See <a class="numref" href="#fig-b">Figure 2</a> and '
        '<a href="https://example.org/#top">this</a>.'
    )
    assert elsewhere(caption, HOME) == (
        f'See <a class="numref" href="{HOME}#fig-b">Figure 2</a> and '
        '<a href="https://example.org/#top">this</a>.'
    )


def test_a_footnotes_mark_leads_to_the_note_and_is_no_anchor_any_more() -> None:
    mark = '<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup>'
    expected = f'<sup class="footnote-ref"><a href="{HOME}#fn1">1</a></sup>'
    assert elsewhere(mark, HOME) == expected
