/**
 * What the buttons of a teach figure do.
 *
 * @typedef {import("../teach.js").Teach} Teach
 * @typedef {import("./taught.js").Output} Output
 */
import {save} from "../../js/save.js";
import {archive} from "./keeping.js";
import {read, written} from "./file.js";
import {opened, shrunk} from "./pictures.js";
import {kept} from "./rewards.js";
import {FULL, added, count, dropped, emptied, fresh, removed} from "./taught.js";

/** What a reader can be told; anything else is our fault. @param {unknown} error */
function told(error) {
  if (error instanceof RangeError) return error.message;
  throw error;
}

/** @param {Teach} teach */
export function acts(teach) {
  const {values, page} = teach.mounting;
  const {history} = teach;
  const named = (/** @type {number} */ id) => history.taught.classes.find((one) => one.id === id)?.name ?? "";
  const origin = {model: values.model, layer: values.layer, mark: values.mark, small: values.small, size: values.size};
  const note = (/** @type {string} */ words) => teach.frame.note(words);

  /** Pictures from files, each a capture. @param {number} id @param {File[]} files */
  async function pictures(id, files) {
    if (!teach.net.ready) return note("The network has to be fetched first.");
    const take = fresh();
    let taught = history.taught;
    const refused = [];
    for (const file of files.slice(0, FULL - count(taught, id))) {
      try {
        const shares = await opened(file, teach.stage.frame);
        const features = await teach.net.features(shares);
        if (features) taught = {...taught, captures: [...taught.captures, {id: fresh(), of: id, take, features: Float32Array.from(features), small: shrunk(shares, values.shape, values.small)}]};
      } catch (error) {
        refused.push(told(error));
      }
    }
    note(refused.join(" "));
    teach.step(taught, `the pictures of ${named(id)}`);
  }

  return {
    press: (/** @type {number} */ id) => void teach.recorder.press(id),
    release: () => teach.recorder.release(),
    rename(/** @type {number} */ id, /** @type {string} */ name) {
      const words = name.trim().slice(0, 40);
      if (!words || history.taught.classes.some((one) => one.id !== id && one.name === words)) {
        note(words ? `Another class is called ${words} already.` : "A class needs a name.");
        return void teach.learn();
      }
      note("");
      if (words !== named(id)) teach.change(id, {name: words}, `the new name ${words}`);
    },
    files: (/** @type {number} */ id, /** @type {File[]} */ files) => void pictures(id, files),
    output(/** @type {number} */ id, /** @type {Output} */ output) {
      teach.frame.guide.did("output");
      teach.change(id, {output}, `what ${named(id)} triggers`);
      teach.frame.rewards.forget();
      teach.answer();
    },
    async picture(/** @type {number} */ id, /** @type {File} */ file) {
      try {
        const picture = await kept(file);
        teach.change(id, {output: {sort: "picture", picture}}, `the picture of ${named(id)}`);
        teach.frame.rewards.forget();
        teach.answer();
      } catch (error) {
        note(told(error));
      }
    },
    empty: (/** @type {number} */ id) => teach.step(emptied(history.taught, id), `emptying ${named(id)}`),
    remove: (/** @type {number} */ id) => teach.step(removed(history.taught, id), `removing ${named(id)}`),
    drop: (/** @type {number} */ id) => teach.step(dropped(history.taught, id), "taking a capture out"),
    add: () => teach.step(added(history.taught), "the new class"),
    emptyAll: () => teach.step(emptied(history.taught), "emptying all classes"),
    undo() {
      page.say(`Taken back: ${history.words}`);
      history.undo();
      void teach.learn();
    },
    fetch: () => void teach.fetch(),
    save() {
      save(written(history.taught, origin), "application/octet-stream", "captures.safetensors");
      note("Saved. The file holds the pictures as you see them here: give it only to whom you would show them.");
    },
    async open(/** @type {File} */ file) {
      try {
        const whole = String(values.small) === String(values.shape);
        const found = read(await file.arrayBuffer(), origin, whole);
        let {taught} = found;
        if (found.again) {
          const captures = [];
          for (const one of taught.captures) {
            const features = await teach.net.features(Float32Array.from(one.small, (byte) => byte / 255));
            if (features) captures.push({...one, features: Float32Array.from(features)});
          }
          taught = {...taught, captures};
        }
        teach.step(taught, `opening ${file.name}`);
        note(`Opened ${file.name}: ${taught.captures.length} captures of ${taught.classes.length} classes.`);
      } catch (error) {
        note(told(error));
      }
    },
    async export() {
      const {head} = teach.learner;
      if (!head) return note("There is nothing to export: teach it two classes first.");
      if (!teach.net.ready) return note("The network has to be fetched first.");
      save(await archive(teach.net, history.taught, head, values), "application/zip", "machine.zip");
      note("Unpack the archive and start it with: python3 start.py");
    },
  };
}

/** @typedef {ReturnType<typeof acts>} Acts */
