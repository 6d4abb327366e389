/** The code that shows a figure on another page. Pure. */

const escape = (/** @type {string} */ text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");


/**
 * The code for another page. It works without its script, at the height that it names.
 * @param {{page: string, script: string, title: string, height: number}} figure  page and script whole
 */
export function embedding({page, script, title, height}) {
  return (
    `<iframe src="${escape(page)}" title="${escape(title)}" width="100%" height="${height}" ` +
    `style="border: 0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>\n` +
    `<script async src="${escape(script)}"></script>`
  );
}
