/** The map on the front page: columns filter works and articles, and say what they mean. */
import {formatFragment, parseFragment} from "./fragment.js";
import {make} from "./make.js";
import {counted, kept, narrowed, ordered, readAsked, told, writeAsked} from "./matrix.js";
import {rove} from "./roving.js";

/** @typedef {import("./matrix.js").Row & {element: HTMLElement, home: HTMLElement}} Shown */

const PAUSE = 400;
const HINT = "Point at a column to read what it means. Choose it to keep the works that have its mark.";

const map = document.getElementById("map");
if (map) start(map);

/** @param {HTMLElement} map */
function start(map) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (map.querySelector(selector));
  const heads = /** @type {HTMLElement[]} */ ([...map.querySelectorAll("[data-column]")]);
  const columns = heads.map((head) => head.dataset.column ?? "");
  const names = heads.map((head) => head.querySelector(".short")?.textContent ?? "");
  const rows = [...map.querySelectorAll("tbody tr[id]")].map((one) => row(/** @type {HTMLElement} */ (one), columns));
  const articles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-cells]")]);
  const [search, show, sort, reset, said] = ["input", "[data-show]", "[data-sort]", "[data-reset]", ".map-told"].map(find);
  const means = columns.map((column) => find(`[data-means="${column}"] dd`).textContent.trim());
  const buttons = heads.map(press);
  const voice = document.getElementById("voice");
  let asked = readAsked(parseFragment(location.hash).entries, columns);
  let sentence = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function draw() {
    const seen = rows.filter((one) => kept(one, asked));
    const some = narrowed(asked);
    for (const one of rows) one.element.hidden = !seen.includes(one);
    for (const at of ordered(rows, asked.sort)) rows[at].home.append(rows[at].element);
    for (const body of /** @type {any} */ (map.querySelectorAll("tbody"))) {
      const left = [...body.rows].filter((/** @type {HTMLElement} */ one) => one.id && !one.hidden).length;
      body.hidden = !left;
      body.querySelector(".count").textContent = left;
    }
    heads.forEach((head, i) => {
      const chosen = asked.columns.includes(columns[i]);
      const left = counted(seen, columns[i]);
      buttons[i].setAttribute("aria-pressed", String(chosen));
      buttons[i].querySelector(".count").textContent = String(left);
      buttons[i].classList.toggle("empty", !left);
      head.classList.toggle("chosen", chosen);
      for (const one of rows) one.element.cells[i + 2].classList.toggle("chosen", chosen);
    });
    for (const one of articles) one.hidden = some && !asked.columns.every((column) => (one.dataset.cells ?? "").split(" ").includes(column));
    find(".map-none").hidden = seen.length > 0;
    reset.disabled = !some && !asked.sort;
    search.value = asked.find;
    show.value = asked.show;
    sort.value = asked.sort;
    sentence = told(seen.length, rows.length, articles.filter((one) => !one.hidden).length, names.filter((_, i) => asked.columns.includes(columns[i])));
  }

  /** @param {Partial<import("./matrix.js").Asked>} change */
  function ask(change) {
    asked = {...asked, ...change};
    draw();
    explain(-1);
    if (voice) voice.textContent = sentence;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const fragment = formatFragment("map", writeAsked(asked));
      history.replaceState(null, "", fragment === "#map" ? location.pathname : fragment);
    }, PAUSE);
  }

  /** Say what a column means, or for none how much is shown. @param {number} at */
  function explain(at) {
    if (at >= 0) said.replaceChildren(make("b", "", heads[at].dataset.name ?? ""), ` ${means[at]}`);
    else said.textContent = narrowed(asked) ? `${sentence}.` : HINT;
  }

  buttons.forEach((button, i) => {
    button.addEventListener("click", () => {
      const chosen = asked.columns.includes(columns[i]);
      ask({columns: columns.filter((one) => (one === columns[i] ? !chosen : asked.columns.includes(one)))});
    });
    button.addEventListener("focus", () => explain(i));
    button.addEventListener("blur", () => explain(-1));
    heads[i].addEventListener("pointerenter", () => explain(i));
    heads[i].addEventListener("pointerleave", () => explain(buttons.indexOf(/** @type {any} */ (document.activeElement))));
  });
  search.addEventListener("input", () => ask({find: search.value}));
  show.addEventListener("change", () => ask({show: show.value}));
  sort.addEventListener("change", () => ask({sort: sort.value}));
  reset.addEventListener("click", () => {
    ask({columns: [], find: "", show: "", sort: ""});
    search.focus();
  });
  addEventListener("hashchange", () => {
    const {anchor, entries} = parseFragment(location.hash);
    if (anchor !== "map") return;
    asked = readAsked(entries, columns);
    draw();
    explain(-1);
  });
  rove(find("thead"), {items: () => buttons, columns: () => buttons.length, signal: new AbortController().signal});
  for (const part of [find(".map-tools"), said]) part.hidden = false;
  draw();
  explain(-1);
  map.classList.add("awake");
}

/** @param {HTMLElement} element @param {string[]} columns @returns {any} */
function row(element, columns) {
  const cells = [...element.children].slice(2);
  const heading = element.querySelector("th");
  return {
    element,
    home: element.parentElement,
    name: heading?.querySelector("a")?.textContent ?? "",
    words: heading?.textContent ?? "",
    year: Number(element.dataset.year),
    state: element.dataset.state ?? "",
    marks: new Set(columns.filter((_, i) => cells[i].classList.contains("x"))),
  };
}

/** Put what heads a column on a button. @param {HTMLElement} head @returns {any} */
function press(head) {
  const button = make("button", "", ...head.childNodes);
  button.setAttribute("type", "button");
  button.setAttribute("aria-describedby", "map-told");
  head.append(button);
  return button;
}
