"""The look of every chart, made of the palette; templates/figures/chart/theme.js says the same.

A test holds the two equal, so that a chart looks alike as a still and alive.
"""

from typing import Any

from generator.palette import Palette

FONT = "Explorable Label"


def chart_theme(palette: Palette, font: str = FONT) -> dict[str, Any]:
    """A Vega-Lite configuration; sizes in pixels."""
    words = {"font": font, "fontSize": 13}
    return {
        "aria": False,
        "background": None,
        "font": font,
        "padding": 4,
        "view": {"stroke": None, "continuousWidth": 600, "continuousHeight": 300},
        "title": {
            **words,
            "color": palette.ink,
            "fontSize": 15,
            "fontWeight": 600,
            "anchor": "start",
        },
        "axis": _axis(palette, font),
        "axisX": {"grid": False, "tickSize": 5},
        "axisY": {
            "domain": False,
            "ticks": False,
            "titleAngle": 0,
            "titleAlign": "left",
            "titleBaseline": "bottom",
            "titleX": 0,
            "titleY": -12,
        },
        "legend": {
            **_named(palette, font),
            "labelColor": palette.ink,
            "orient": "top",
            "offset": 30,
        },
        "header": {**_named(palette, font), "labelColor": palette.ink},
        "range": {
            "category": list(palette.categories),
            "diverging": list(palette.diverging),
            "heatmap": list(palette.sequential),
            "ramp": list(palette.sequential),
        },
        "mark": {"color": palette.categories[0], "tooltip": True},
        "line": {"strokeWidth": 2.25, "point": {"opacity": 0, "size": 200}},
        "point": {"filled": True, "size": 50},
        "rule": {"color": palette.muted},
        "text": {**words, "color": palette.ink},
    }


def _named(palette: Palette, font: str) -> dict[str, Any]:
    return {
        "labelFont": font,
        "labelFontSize": 13,
        "labelColor": palette.muted,
        "titleFont": font,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "titleColor": palette.muted,
    }


def _axis(palette: Palette, font: str) -> dict[str, Any]:
    return {
        **_named(palette, font),
        "titlePadding": 10,
        "gridColor": palette.rule,
        "domainColor": palette.rule,
        "tickColor": palette.rule,
        "labelPadding": 6,
        "labelOverlap": True,
    }
