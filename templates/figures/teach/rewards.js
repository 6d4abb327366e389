/**
 * What an answer triggers: a picture, a sound, a spoken word. Each begins when the answer has stood for a
 * moment, once, and is shown in words too, for those who do not hear it.
 *
 * @typedef {import("./taught.js").Output} Output
 */
import {make} from "../../js/make.js";

/** How sure an answer must be, and how long it must stand, in milliseconds. */
const SURE = 0.6;
const STEADY = 250;
const LENGTH = 0.35;
/** A pentatonic scale upwards: whatever classes follow each other, it sounds well. In hertz. */
const TONES = [262, 294, 330, 392, 440, 523, 587, 659];

/** @type {AudioContext | undefined} */
let audio;

/** @param {number} place */
function sound(place) {
  audio ??= new AudioContext();
  void audio.resume();
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.type = "triangle";
  tone.frequency.value = TONES[place % TONES.length];
  volume.gain.setValueAtTime(0.2, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + LENGTH);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + LENGTH);
}

/** Say a word by a voice of this device; others would send it away. True if there is such a voice. @param {string} word */
function speak(word) {
  const voices = globalThis.speechSynthesis?.getVoices().filter(({localService}) => localService) ?? [];
  const own = voices.find(({lang}) => lang.startsWith(document.documentElement.lang || "en")) ?? voices[0];
  if (!own) return false;
  const said = new SpeechSynthesisUtterance(word);
  said.voice = own;
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
  return true;
}

export class Rewards {
  /** The class that the last answer named, since when, and whether it has triggered. */
  #now = {id: 0, since: 0, done: false};

  /** @param {HTMLElement} place @param {AbortSignal} signal */
  constructor(place, signal) {
    this.place = place;
    signal.addEventListener("abort", () => globalThis.speechSynthesis?.cancel(), {once: true});
  }

  /**
   * @param {{id: number, name: string, output: Output} | null} answer @param {number} place  of the class
   * @param {number} share @param {number} now  in milliseconds
   */
  hear(answer, place, share, now) {
    const id = answer && share >= SURE ? answer.id : 0;
    if (id !== this.#now.id) {
      this.#now = {id, since: now, done: false};
      this.place.replaceChildren();
      // What is drawn gives one answer and then none until the next stroke.
      if (id) setTimeout(() => this.#now.id === id && this.hear(answer, place, share, now + STEADY), STEADY);
    }
    if (!id || !answer || this.#now.done || now - this.#now.since < STEADY) return;
    this.#now.done = true;
    this.trigger(answer, place);
  }

  /** @param {{name: string, output: Output}} answer @param {number} place */
  trigger({name, output: {sort, word, picture}}, place) {
    if (sort === "sound") {
      sound(place);
      this.place.replaceChildren(make("p", "heard", `♪ the tone of ${name}`));
    } else if (sort === "word") {
      const words = word || name;
      const heard = speak(words);
      this.place.replaceChildren(make("p", "spoken", words), ...(heard ? [] : [make("p", "note", "This device has no voice of its own, so the word is only written.")]));
    } else if (sort === "picture" && picture) {
      const image = make("img", "");
      Object.assign(image, {src: picture, alt: `The picture of ${name}`});
      this.place.replaceChildren(image);
    } else this.place.replaceChildren();
  }

  /** Something else is taught: the next answer triggers anew. */
  forget() {
    this.#now = {id: 0, since: 0, done: false};
    this.place.replaceChildren();
  }
}

/** Longest side of a picture that is kept, in pixels. */
const SIDE = 320;

/** A picture as an address that can be saved with the captures. Raises: RangeError. @param {File} file */
export async function kept(file) {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new RangeError(`${file.name} is no picture that this browser can read.`);
  });
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(1, Math.round(scale * bitmap.width)), Math.max(1, Math.round(scale * bitmap.height))];
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.toDataURL("image/png");
}
