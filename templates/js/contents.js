/** The table of contents while one reads: it names the section on screen and closes once used. */

/**
 * The section being read: the last whose heading has passed the line; none before the first.
 * @param {number[]} tops  of the headings in order, in the window's pixels
 * @param {number} line
 * @returns {number} index, or -1
 */
export function reading(tops, line) {
  let found = -1;
  for (const [i, top] of tops.entries()) if (top <= line) found = i;
  return found;
}

/** Follow the reader through the page's sections. */
export function followContents() {
  const nav = document.querySelector(".contents");
  const details = nav?.querySelector("details");
  if (!nav || !details) return;
  const here = nav.querySelector(".here");
  const links = [...nav.querySelectorAll("a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let now = -2;
  let asked = false;

  function update() {
    asked = false;
    const tops = headings.map((one) => one?.getBoundingClientRect().top ?? Infinity);
    const found = reading(tops, innerHeight * 0.3);
    if (found === now) return;
    links[now]?.removeAttribute("aria-current");
    links[found]?.setAttribute("aria-current", "location");
    if (here) here.textContent = links[found]?.textContent ?? "";
    now = found;
  }

  addEventListener(
    "scroll",
    () => {
      if (!asked) requestAnimationFrame(update);
      asked = true;
    },
    {passive: true},
  );
  const close = () => {
    details.open = false;
  };
  nav.addEventListener("click", ({target}) => {
    if (target instanceof Element && target.closest("a")) close();
  });
  addEventListener("pointerdown", ({target}) => {
    if (target instanceof Node && !nav.contains(target)) close();
  });
  addEventListener("keydown", ({key}) => {
    if (key !== "Escape" || !details.open) return;
    const inside = nav.contains(document.activeElement);
    close();
    if (inside) details.querySelector("summary")?.focus();
  });
  nav.addEventListener("focusout", (event) => {
    const {relatedTarget} = /** @type {FocusEvent} */ (event);
    if (relatedTarget instanceof Node && !nav.contains(relatedTarget)) close();
  });
  // Once the page has been laid out anyway, so that asking where headings are costs nothing.
  requestAnimationFrame(() => setTimeout(update));
}
