/** Every choice shows what is chosen; what would mean nothing now is not shown. */
import {classes} from "./settings.js";

/**
 * @param {ReturnType<typeof import("./frame.js").frame>} frame @param {import("./settings.js").Settings} settings
 * @param {import("./view.js").View} view
 */
export function showChoices({dials, sets, bar, toggles}, settings, view) {
  for (const [name, dial] of Object.entries(dials)) dial.show(settings[/** @type {"rate"} */ (name)]);
  dials.strength.element.hidden = settings.regularization === "none";
  dials.loss.element.hidden = classes(settings) !== 2;
  sets.show(settings);
  bar.speed.show(view.speed);
  bar.stop.show(view.stop);
  for (const name of /** @type {const} */ (["test", "discretize", "importance", "flow"])) toggles[name].show(view[name]);
}
