/**
 * A figure's own page in a frame: tells the page around it, and every time it changes, how tall it is.
 * embed.js listens there; a height is no secret, so anybody may.
 */

/** @param {Window} around */
function tell(around) {
  // Not the document's height, which is never less than the frame's: that could not shrink.
  const {bottom} = document.body.getBoundingClientRect();
  around.postMessage({explorable: {height: bottom + scrollY}}, "*");
}

if (window.parent === window) {
  // Nothing to leave: links may open here.
  document.querySelector("base")?.remove();
} else {
  const {parent} = window;
  document.documentElement.classList.add("framed");
  new ResizeObserver(() => tell(parent)).observe(document.body);
  addEventListener("message", ({data}) => {
    if (data?.explorable === "hello") tell(parent);
  });
}
