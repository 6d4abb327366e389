/** What the author is told over the page: a mistake with its lines, figures that are computed. */

/**
 * @typedef {object} Trouble
 * @property {string} [what]
 * @property {string} where
 * @property {string} hint
 * @property {number} line
 * @property {[number, string][]} excerpt
 * @property {string} trace
 */

/**
 * @param {string} tag @param {string} name @param {(Node | string)[]} parts
 */
function make(tag, name, ...parts) {
  const element = document.createElement(tag);
  element.className = `preview-${name}`;
  element.append(...parts);
  return element;
}

/** Text that may be wider than the page: keys can scroll it. @param {string} name @param {string} label @param {(Node | string)[]} parts */
function scrolled(name, label, ...parts) {
  const pre = make("pre", name, ...parts);
  pre.tabIndex = 0;
  pre.setAttribute("role", "region");
  pre.setAttribute("aria-label", label);
  return pre;
}

/** One place for all of it, at the end of the page and in no version of its HTML. */
function place() {
  const found = document.querySelector(".preview");
  if (found) return found;
  const fresh = make("aside", "notes");
  fresh.classList.add("preview");
  fresh.setAttribute("aria-label", "Preview");
  document.body.append(fresh);
  return fresh;
}

/** @param {string} name @param {Element | null} element */
function put(name, element) {
  place().querySelector(`:scope > .preview-${name}`)?.remove();
  if (element) place().append(element);
}

/** @param {Trouble} trouble */
function lines({excerpt, line}) {
  const rows = excerpt.map(([number, text]) => {
    const row = make("span", number === line ? "line here" : "line");
    if (number === line) row.classList.add("preview-here");
    row.append(make("span", "number", String(number)), text || " ", "\n");
    return row;
  });
  return scrolled("excerpt", "The lines around", ...rows);
}

/** A mistake, or nothing once it is mended. @param {Trouble} trouble */
export function showTrouble(trouble) {
  if (!trouble.what) {
    put("trouble", null);
    return;
  }
  const close = make("button", "close", "Hide");
  close.setAttribute("type", "button");
  close.addEventListener("click", () => put("trouble", null));
  const box = make("section", "trouble", close);
  box.setAttribute("role", "alert");
  if (trouble.where) box.append(make("p", "where", trouble.where));
  box.append(make("p", "what", trouble.what));
  if (trouble.excerpt.length > 0) box.append(lines(trouble));
  if (trouble.hint) box.append(make("p", "hint", `Hint: ${trouble.hint}`));
  if (trouble.trace) box.append(scrolled("trace", "Traceback", trouble.trace));
  put("trouble", box);
}

/** Figures that are being computed, those of this page marked. @param {string[]} figures @param {string} path */
export function showWork(figures, path) {
  const slug = path.split("/").at(-2) ?? "";
  const own = figures.filter((figure) => figure.startsWith(`${slug}/`));
  const names = new Set(own.map((figure) => figure.slice(slug.length + 1)));
  for (const figure of document.querySelectorAll("figure[data-kind]")) {
    figure.toggleAttribute("data-preview-computing", names.has(figure.id));
  }
  const text = figures.length > 0 ? `Computing ${figures.join(", ")}` : "";
  const line = text ? make("p", "work", text) : null;
  line?.setAttribute("role", "status");
  put("work", line);
}
