/**
 * From where the layers are seen.
 *
 * @typedef {{turn: number, tilt: number, zoom: number}} Angle  degrees, degrees, factor
 */

/** @type {Record<keyof Angle, [number, number, number, number]>} least, most, step, at first */
export const RANGES = {turn: [-180, 180, 5, -30], tilt: [0, 90, 5, 55], zoom: [0.5, 2, 0.05, 1]};

/** A drag of the width of the view turns it by half a circle. */
const SPEED = 180;

/** @param {keyof Angle} name @param {number} value */
export function within(name, value) {
  const [least, most] = RANGES[name];
  return Math.min(most, Math.max(least, value));
}

/** An angle as the address has it, and back; what is missing or broken is as at first. @param {string} text @returns {Angle} */
export function readAngle(text) {
  const parts = text.split(",").map(Number);
  const part = (/** @type {keyof Angle} */ name, /** @type {number} */ at) =>
    parts.length === 3 && Number.isFinite(parts[at]) ? within(name, parts[at]) : RANGES[name][3];
  return {turn: part("turn", 0), tilt: part("tilt", 1), zoom: part("zoom", 2)};
}

/** @param {Angle} angle */
export const writeAngle = ({turn, tilt, zoom}) => [Math.round(turn), Math.round(tilt), zoom.toFixed(2)].join(",");

/** Turned by a drag of this many pixels. @param {Angle} angle @param {number} dx @param {number} dy @param {number} width @returns {Angle} */
export function dragged({turn, tilt, zoom}, dx, dy, width) {
  const wrapped = ((((turn - (dx / width) * SPEED + 180) % 360) + 360) % 360) - 180;
  return {turn: wrapped, tilt: within("tilt", tilt - (dy / width) * SPEED), zoom};
}
