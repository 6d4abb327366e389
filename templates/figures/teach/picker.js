/** A button that opens the browser's own choice of files. */
import {make} from "../../js/make.js";

/**
 * @param {string} words @param {string} accept @param {(files: File[]) => void} then @param {boolean} [multiple]
 */
export function picker(words, accept, then, multiple = false) {
  const input = make("input", "unseen");
  Object.assign(input, {type: "file", accept, multiple});
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length) then(files);
  });
  return {element: make("label", "button picker", words, input), input};
}
