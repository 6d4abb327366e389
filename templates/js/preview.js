/**
 * A card beside a reference that shows what it leads to. It opens under a pointer that rests there and
 * under the focus of the keyboard; a finger opens it with the first tap and follows with the second.
 * Escape closes it. In a narrow window, where notes have no place of their own, their marks open it.
 */
import {excerpt} from "./excerpt.js";
import {placeCard} from "./place-card.js";

const LINKS = "a.numref, a.ref, a.eqref, .footnote-ref > a, .citations a, a.term, a[data-preview]";
/** Milliseconds that a pointer rests before the card opens, and may stray before it closes. */
const REST = 180;
const STRAY = 240;

/** @param {HTMLAnchorElement} link @returns {Element | null} */
function targetOf(link) {
  const {pathname, hash} = new URL(link.href);
  if (pathname !== location.pathname || !hash) return null;
  return document.getElementById(decodeURIComponent(hash.slice(1)).split("~")[0]);
}

/** @param {HTMLAnchorElement} link @param {Element} target */
function cardFor(link, target) {
  const card = document.createElement("div");
  card.className = "preview card";
  card.id = "preview";
  card.popover = "manual";
  card.setAttribute("role", "group");
  card.setAttribute("aria-label", link.textContent?.trim() ?? "");
  card.append(excerpt(target));
  return card;
}

class Preview {
  /** @type {HTMLAnchorElement | null} */
  link = null;
  /** @type {HTMLElement | null} */
  card = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  waiting;

  /** @param {HTMLAnchorElement} link @param {boolean} [way] whether the card leads on by itself */
  open(link, way = false) {
    clearTimeout(this.waiting);
    if (link === this.link) return;
    this.close();
    const target = targetOf(link);
    // A note that stands beside its paragraph needs no card.
    if (!target || (target.closest(".notes") && target.checkVisibility())) return;
    const card = cardFor(link, target);
    if (way && target.checkVisibility()) {
      const go = document.createElement("a");
      go.className = "go";
      go.href = link.href;
      go.textContent = "Go there";
      card.append(go);
    }
    // Right behind the link, so that the keyboard's next stop is inside the card.
    link.after(card);
    card.showPopover();
    link.setAttribute("aria-describedby", card.id);
    this.link = link;
    this.card = card;
    this.place();
  }

  /** Stand beside the link; the card goes with it while the page scrolls, and closes when it is gone. */
  place() {
    if (!this.link || !this.card) return;
    const window = {width: document.documentElement.clientWidth, height: innerHeight};
    const link = this.link.getBoundingClientRect();
    if (link.bottom < 0 || link.top > window.height) return this.close();
    const {left, top} = placeCard(link, this.card.getBoundingClientRect(), window);
    this.card.style.left = `${left}px`;
    this.card.style.top = `${top}px`;
  }

  close() {
    clearTimeout(this.waiting);
    this.link?.removeAttribute("aria-describedby");
    this.card?.remove();
    this.link = null;
    this.card = null;
  }

  /** @param {() => void} then @param {number} time */
  soon(then, time) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(then, time);
  }

  /** @param {EventTarget | null} place */
  holds(place) {
    return place instanceof Node && Boolean(this.link?.contains(place) || this.card?.contains(place));
  }
}

/** @param {EventTarget | null} place @returns {HTMLAnchorElement | null} */
function linkAt(place) {
  const link = place instanceof Element ? place.closest(LINKS) : null;
  return link instanceof HTMLAnchorElement && !link.closest(".preview") ? link : null;
}

/** @param {Iterable<HTMLElement>} areas */
export function previews(areas) {
  const preview = new Preview();
  let finger = false;
  for (const area of areas) {
    area.addEventListener("pointerdown", ({pointerType}) => {
      finger = pointerType === "touch";
    });
    area.addEventListener("pointerover", ({target, pointerType}) => {
      if (pointerType === "touch") return;
      const link = linkAt(target);
      if (link) preview.soon(() => preview.open(link), REST);
      else if (preview.card && preview.holds(target)) clearTimeout(preview.waiting);
      else preview.soon(() => preview.close(), STRAY);
    });
    area.addEventListener("focusin", ({target}) => {
      const link = linkAt(target);
      if (link?.matches(":focus-visible")) preview.open(link);
    });
    area.addEventListener("click", (event) => {
      const link = linkAt(event.target);
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const target = targetOf(link);
      const hidden = target !== null && !target.checkVisibility();
      if (!hidden && !(finger && link !== preview.link)) return preview.close();
      if (!target) return;
      event.preventDefault();
      preview.open(link, finger);
    });
  }
  addEventListener("focusout", ({relatedTarget}) => {
    if (relatedTarget && !preview.holds(relatedTarget)) preview.close();
  });
  addEventListener("pointerdown", ({target}) => {
    if (!preview.holds(target)) preview.close();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !preview.card) return;
    if (preview.card.contains(document.activeElement)) preview.link?.focus();
    preview.close();
    event.stopPropagation();
  });
  for (const move of ["scroll", "resize"]) addEventListener(move, () => preview.place(), {passive: true});
}
