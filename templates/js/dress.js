/** Styles that come with a kind's module: one link a page for each, before the page's last word. */
import {Trouble} from "./trouble.js";

/** @type {Map<string, Promise<void>>} */
const sheets = new Map();

/**
 * In force once the promise is kept; a figure that asks again after a failure gets a new try.
 * Rejects: Trouble where the file cannot be had.
 * @param {string} href
 * @returns {Promise<void>}
 */
export function dress(href) {
  const known = sheets.get(href);
  if (known) return known;
  const link = document.createElement("link");
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve(undefined));
    link.addEventListener("error", () => {
      sheets.delete(href);
      link.remove();
      reject(new Trouble("The style of this figure could not be loaded."));
    });
  });
  link.rel = "stylesheet";
  link.href = href;
  // Print and the narrowest screens have the last word over every kind.
  const last = document.querySelector('link[href$="css/modes.css"]');
  if (last) last.before(link);
  else document.head.append(link);
  sheets.set(href, loaded);
  return loaded;
}
