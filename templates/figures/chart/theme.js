/**
 * The look of every chart, made of the page's palette. generator/export/chart_theme.py says the same
 * for stills; a test holds the two equal.
 *
 * @typedef {import("../../js/types.js").Palette} Palette
 */

/** A Vega-Lite configuration; sizes in pixels. @param {Palette} palette @param {string} font */
export function chartTheme(palette, font) {
  const {ink, muted, rule, categories, diverging, sequential} = palette;
  const words = {font, fontSize: 13};
  const named = {
    labelFont: font,
    labelFontSize: 13,
    labelColor: muted,
    titleFont: font,
    titleFontSize: 13,
    titleFontWeight: 400,
    titleColor: muted,
  };
  const lines = {gridColor: rule, domainColor: rule, tickColor: rule};
  return {
    aria: false,
    background: null,
    font,
    padding: 4,
    view: {stroke: null, continuousWidth: 600, continuousHeight: 300},
    title: {...words, color: ink, fontSize: 15, fontWeight: 600, anchor: "start"},
    axis: {...named, titlePadding: 10, ...lines, labelPadding: 6, labelOverlap: true},
    axisX: {grid: false, tickSize: 5},
    axisY: {
      domain: false,
      ticks: false,
      titleAngle: 0,
      titleAlign: "left",
      titleBaseline: "bottom",
      titleX: 0,
      titleY: -12,
    },
    legend: {...named, labelColor: ink, orient: "top", offset: 30},
    header: {...named, labelColor: ink},
    range: {category: categories, diverging, heatmap: sequential, ramp: sequential},
    mark: {color: categories[0], tooltip: true},
    line: {strokeWidth: 2.25, point: {opacity: 0, size: 200}},
    point: {filled: true, size: 50},
    rule: {color: muted},
    text: {...words, color: ink},
  };
}
