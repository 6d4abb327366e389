/** What is said when training broke down, with a way to go on. */
import {button, make} from "../../js/make.js";
import {RATES, brokenWords} from "./words.js";

/** @typedef {import("./settings.js").Settings} Settings */

/** The learning rate that is worth a try. @param {number} rate */
export const lower = (rate) => [...RATES].reverse().find((one) => one <= rate / 3) ?? RATES[0];

export class Alarm {
  /** @param {(rate: number) => void} mend  start over with a rate */
  constructor(mend) {
    this.mend = mend;
    this.element = make("div", "alarm");
    this.clear();
  }

  clear() {
    this.element.hidden = true;
  }

  /** @param {Settings} settings @param {number} epoch @returns {string} what it says; "": it says so already */
  raise(settings, epoch) {
    if (!this.element.hidden) return "";
    const words = brokenWords(settings, epoch);
    const rate = lower(settings.rate);
    const again = button("button", "", `Start over with ${rate}`);
    again.addEventListener("click", () => this.mend(rate));
    this.element.replaceChildren(make("p", "", words), again);
    this.element.hidden = false;
    return words;
  }
}
