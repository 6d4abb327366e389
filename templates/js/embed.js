// For pages that show a figure of this site in a frame: the frame grows with its figure. Classic, so
// that it can stand anywhere:  <script async src="…/figures/embed.js"></script>
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const home = new URL(".", script.src).href;
  const frames = () => [...document.querySelectorAll("iframe")].filter(({src}) => src.startsWith(home));
  addEventListener("message", ({source, origin, data}) => {
    const height = data?.explorable?.height;
    if (!(height > 0) || origin !== new URL(home).origin) return;
    for (const frame of frames()) {
      if (frame.contentWindow === source) frame.style.height = `${Math.ceil(height)}px`;
    }
  });
  // Figures that were here first have spoken already.
  for (const frame of frames()) frame.contentWindow?.postMessage({explorable: "hello"}, "*");
})();
