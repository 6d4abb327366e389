// Before first paint: the chosen colours. Classic, blocking, up to 1 kB.
(() => {
  const root = document.documentElement;
  const key = "explorable-scheme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => root.dataset.scheme || (dark.matches ? "dark" : "light");
  const tell = () => {
    const button = document.querySelector("[data-scheme-toggle]");
    button?.setAttribute("aria-pressed", now() === "dark");
  };
  let saved = null;
  try {
    saved = localStorage.getItem(key);
  } catch {} // may be forbidden
  if (/^(dark|light)$/.test(saved)) root.dataset.scheme = saved;
  root.classList.add("scripted");
  addEventListener("DOMContentLoaded", tell);
  addEventListener("click", ({target}) => {
    if (!target.closest?.("[data-scheme-toggle]")) return;
    root.dataset.scheme = now() == "dark" ? "light" : "dark";
    tell();
    try {
      localStorage.setItem(key, root.dataset.scheme);
    } catch {}
    document.dispatchEvent(new Event("schemechange"));
  });
})();
