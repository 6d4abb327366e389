/** Elements of the figure. */
import {make} from "../../js/make.js";

/** A canvas that says nothing of its own: the words stand beside it. */
export function picture() {
  const canvas = make("canvas", "pixels");
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** Words for those who listen. @param {string} words */
export function unseen(words) {
  return make("span", "unseen", words);
}
