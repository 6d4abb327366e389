/** A map as a file: what each point is called, where it lies on the map, and what it was made of. */
import {save} from "../../js/save.js";
import {shortest} from "../../js/csv.js";

/** A cell as RFC 4180 has it. @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * @param {import("./sets.js").Sample} points @param {ArrayLike<number>} places  (count, 2), float32
 * @param {import("./own.js").Own | null} own
 */
export function coordinates({rows: {values, count, width}, labels}, places, own) {
  const columns = own?.columns ?? Array.from({length: width}, (_, k) => `x${k + 1}`);
  const named = Boolean(own?.names.length);
  const head = ["map x", "map y", ...(labels ? ["group"] : []), ...(named ? ["name"] : []), ...columns];
  const lines = [head.map(quoted).join(",")];
  for (let i = 0; i < count; i++) {
    const group = labels ? [own?.groups[labels[i]] ?? String(labels[i] + 1)] : [];
    const name = named ? [own?.names[i] ?? ""] : [];
    const told = [...group, ...name].map(quoted);
    lines.push([shortest(places[2 * i]), shortest(places[2 * i + 1]), ...told, ...values.subarray(i * width, (i + 1) * width)].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** @param {Parameters<typeof coordinates>} given */
export const keep = (...given) => save(coordinates(...given), "text/csv", "map.csv");
