/**
 * Words in drawings against what is painted behind them: axe looks at HTML only.
 *
 * Run by `explorable check` in a page, as one expression; no page is given this file.
 */
(() => {
  /** @typedef {[number, number, number, number]} Bytes  red, green, blue and opacity, 0 to 255 */

  const paper = document.createElement("canvas").getContext("2d", {willReadFrequently: true});

  /** Any CSS colour, painted and read back. @param {string} text @returns {Bytes} */
  function colour(text) {
    if (!paper) return [0, 0, 0, 0];
    paper.clearRect(0, 0, 1, 1);
    paper.fillStyle = text;
    paper.fillRect(0, 0, 1, 1);
    return /** @type {Bytes} */ ([...paper.getImageData(0, 0, 1, 1).data]);
  }

  /** Relative luminance as WCAG defines it. @param {Bytes} colour */
  function luminance(colour) {
    const [r, g, b] = colour.map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  /** @param {Bytes} above @param {Bytes} below @param {number} opacity @returns {Bytes} */
  function laid(above, below, opacity) {
    const share = (above[3] / 255) * opacity;
    return /** @type {Bytes} */ (above.map((c, i) => (i < 3 ? c * share + below[i] * (1 - share) : 255)));
  }

  /** How much of an element is let through, its parents included. @param {Element} element */
  function opacity(element) {
    let share = 1;
    for (let e = /** @type {Element | null} */ (element); e; e = e.parentElement) {
      share *= Number(getComputedStyle(e).opacity);
    }
    return share;
  }

  /** What is painted behind a word; null where that is a picture. @param {Element} text @returns {Bytes | null} */
  function behind(text) {
    const {x, y, width, height} = text.getBoundingClientRect();
    const pile = document.elementsFromPoint(x + width / 2, y + height / 2);
    for (const element of pile.slice(pile.indexOf(text) + 1)) {
      const {fill, backgroundColor} = getComputedStyle(element);
      if (/^(image|img|canvas)$/i.test(element.nodeName)) return null;
      const shape = element instanceof SVGGeometryElement;
      const painted = colour(shape ? (fill === "none" ? "transparent" : fill) : backgroundColor);
      if (painted[3] > 250 && opacity(element) > 0.98) return painted;
    }
    return colour(getComputedStyle(document.body).backgroundColor);
  }

  /** @param {Element} text */
  function faint(text) {
    const style = getComputedStyle(text);
    const ground = behind(text);
    if (!ground) return null;
    const ink = laid(colour(style.fill), ground, opacity(text) * Number(style.fillOpacity));
    const [low, high] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    const scale = text instanceof SVGGraphicsElement ? (text.getScreenCTM()?.a ?? 1) : 1;
    const size = parseFloat(style.fontSize) * scale;
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    return ratio < (large ? 3 : 4.5) ? ratio : null;
  }

  const found = [];
  for (const text of document.querySelectorAll("figure svg text")) {
    if (!text.textContent?.trim() || !text.checkVisibility({visibilityProperty: true})) continue;
    text.scrollIntoView({block: "center", behavior: "instant"});
    const ratio = faint(text);
    const figure = text.closest("figure[id]")?.id ?? "";
    if (ratio) found.push({figure, text: text.textContent.trim().slice(0, 40), ratio});
  }
  return found;
})();
