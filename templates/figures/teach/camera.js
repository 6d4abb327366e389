/**
 * The camera, and why there may be none.
 *
 * @typedef {import("./pictures.js").Frame} Frame
 */
import {taken} from "./pictures.js";

/** @type {Record<string, string>} */
const REASONS = {
  NotAllowedError: "The camera was refused. Allow it at the address of this page, then try again.",
  SecurityError: "This page may not use the camera here.",
  NotFoundError: "This device has no camera that the browser can see.",
  OverconstrainedError: "This device has no camera that the browser can see.",
  NotReadableError: "The camera is there but does not answer. Another program may be using it.",
  AbortError: "The camera is there but does not answer. Another program may be using it.",
};
const INSTEAD = "You can draw or open pictures instead.";

/** Why there can be no camera at all; "": there can. @param {{isSecureContext: boolean, navigator: {mediaDevices?: unknown}}} scope */
export function withheld({isSecureContext, navigator}) {
  if (!isSecureContext) return "Browsers lend the camera only to pages from a safe address: https, or this very computer. This page came over plain http.";
  return navigator.mediaDevices ? "" : "This browser lends no camera to pages.";
}

/** In words. @param {string} name  of the browser's error */
export const refusal = (name) => REASONS[name] ?? "The camera could not be started.";

/** @param {string} why @param {boolean} draws */
export const instead = (why, draws) => `${why} ${draws ? INSTEAD : "You can open pictures instead."}`;

/** No camera; the message is for the reader. */
export class NoCamera extends Error {}

export class Camera {
  /** @type {MediaStream | null} */
  #stream = null;

  /** @param {HTMLVideoElement} video @param {Frame} frame @param {AbortSignal} signal @param {(why: string) => void} lost */
  constructor(video, frame, signal, lost) {
    this.video = video;
    this.frame = frame;
    this.lost = lost;
    signal.addEventListener("abort", () => this.stop(), {once: true});
  }

  get on() {
    return this.#stream !== null;
  }

  /** Raises: NoCamera. */
  async start() {
    const why = withheld(globalThis);
    if (why) throw new NoCamera(why);
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: "user", width: {ideal: 640}, height: {ideal: 480}}, audio: false});
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new NoCamera(refusal(error.name));
    }
    for (const track of this.#stream.getTracks()) {
      track.addEventListener("ended", () => {
        this.stop();
        this.lost("The camera was unplugged or taken away.");
      });
    }
    this.video.srcObject = this.#stream;
    await this.video.play();
  }

  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.video.srcObject = null;
  }

  /** What it sees now, as in a mirror; null: nothing yet. */
  look() {
    const {videoWidth, videoHeight} = this.video;
    return videoWidth ? taken(this.video, videoWidth, videoHeight, this.frame, true) : null;
  }
}
