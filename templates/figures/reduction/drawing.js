/**
 * Draws the points and their map, the chosen point with its neighbours in both, and the maps beside.
 *
 * @typedef {import("../../js/reduce/worker.js").Report} Report
 * @typedef {import("./sets.js").Sample} Sample
 */
import {nearestTo, squaresTo} from "../../js/reduce/distances.js";
import {counted} from "../../js/reduce/quality.js";
import {colours} from "./colours.js";
import {view} from "./scene.js";
import {company, dimensions, grouped} from "./words.js";

/** What is said of a point where none is chosen. */
const INVITATION = "Point at a dot, or choose one by click or arrow keys: lines lead to its nearest in the data.";

/** Of more points the first picture takes a while. */
const MANY = 500;

/** @param {ArrayLike<number>} places @returns {import("../../js/reduce/distances.js").Rows} */
const flat = (places) => ({values: Float64Array.from(places), count: places.length / 2, width: 2});

export class Drawing {
  #looked = -1;
  /** @type {{index: number, near: number[]}} */
  #near = {index: -1, near: []};
  /** @type {ArrayLike<number> | null} */
  #places = null;
  /** @type {{of: Sample | null, key: string, places: Float64Array}} */
  #seen = {of: null, key: "", places: new Float64Array()};
  /** @type {import("./own.js").Own | null} */
  own = null;
  /** @type {Sample | null} */
  points = null;
  /** @type {string[]} */
  tints = [];

  /**
   * @param {ReturnType<typeof import("./frame.js").frame>} frame @param {import("../../js/types.js").Page} page
   * @param {(name: string) => any} at  a state
   */
  constructor(frame, page, at) {
    this.frame = frame;
    this.page = page;
    this.at = at;
    this.palette = page.palette();
    frame.gallery.paint(this.palette);
  }

  /** Other points, or another map of them. @param {Sample | null} points */
  begin(points) {
    this.points = points;
    this.#places = null;
    this.#looked = -1;
    this.#near = {index: -1, near: []};
    this.tints = points ? colours(points, this.palette) : [];
    const {data, map} = this.frame;
    data.head("The data", points ? `${grouped(points.rows.count)} points, ${dimensions(points.rows.width)}` : "");
    map.say(points && points.rows.count > MANY ? "Measuring who is near whom …" : "");
    if (points) this.data();
    else data.say("None yet.");
    this.#tell();
  }

  recolour() {
    this.palette = this.page.palette();
    this.frame.gallery.paint(this.palette);
    this.tints = this.points ? colours(this.points, this.palette) : [];
    this.all();
    this.frame.strip.draw(this.#plain());
  }

  /** @returns {number} −1: none */
  get chosen() {
    const index = this.at("at") === "" ? -1 : Number(this.at("at"));
    return this.points && index < this.points.rows.count ? index : -1;
  }

  get #count() {
    return counted(this.points?.rows.count ?? 3);
  }

  /** @returns {import("./panel.js").Look} */
  #look() {
    const index = this.#looked >= 0 ? this.#looked : this.chosen;
    if (this.points && index >= 0 && this.#near.index !== index) {
      this.#near = {index, near: nearestTo(squaresTo(this.points.rows, index), index, this.#count)};
    }
    return {colours: this.tints, chosen: index, near: index < 0 ? [] : this.#near.near, palette: this.palette};
  }

  /** Without a chosen point, for small maps. @returns {import("./panel.js").Look} */
  #plain() {
    return {colours: this.tints, chosen: -1, near: [], palette: this.palette};
  }

  /** Components are worth finding once. @param {Sample} points */
  #view(points) {
    const key = points.rows.width === 3 ? `${this.at("turn")} ${this.at("tilt")}` : "";
    if (this.#seen.of !== points || this.#seen.key !== key) {
      this.#seen = {of: points, key, places: view(points, this.at("turn"), this.at("tilt"))};
    }
    return this.#seen.places;
  }

  data() {
    const {frame, points} = this;
    if (!points) return;
    const {width, count} = points.rows;
    const {data, turns, view: said} = frame;
    const solid = width === 3;
    for (const [name, dial] of Object.entries(turns)) {
      dial.element.hidden = !solid;
      dial.show(this.at(name));
    }
    data.square.classList.toggle("turnable", solid);
    said.textContent = solid ? "Drag to turn it." : width > 3 ? "Seen along its two main components." : "";
    data.name(`The data: ${grouped(count)} points of ${dimensions(width)}. Arrow keys go from point to point.`);
    data.draw(this.#view(points), this.#look());
  }

  /** @param {ArrayLike<number>} places @param {string} words */
  map(places, words) {
    this.#places = places;
    this.frame.map.name(`${words}. Arrow keys go from point to point.`);
    this.frame.map.draw(places, this.#look());
    this.#tell();
  }

  /** Words where the map would be. @param {string} words */
  none(words) {
    this.#places = null;
    this.frame.map.name(words);
    this.frame.map.say(words);
    this.#tell();
  }

  /** @param {number} index @param {Report} report */
  beside(index, report) {
    this.frame.strip.put(index, report, this.#plain());
  }

  all() {
    this.data();
    if (this.#places) this.frame.map.draw(this.#places, this.#look());
    this.#tell();
  }

  /** @param {number} index  under the pointer; −1: none */
  look(index) {
    if (index === this.#looked) return;
    this.#looked = index;
    this.all();
  }

  /** Another point is chosen. */
  chose() {
    this.#looked = -1;
    this.all();
  }

  /** The point that is looked at, in words; "": none is. */
  get about() {
    const {chosen: index, near} = this.#look();
    if (index < 0 || !this.points || !this.#places) return "";
    const shown = nearestTo(squaresTo(flat(this.#places), index), index, this.#count);
    const label = this.points.labels?.[index];
    const mine = this.at("data") === "own" ? this.own : null;
    const group = label === undefined ? "" : (mine?.groups[label] ?? `group ${label + 1}`);
    const name = mine?.names[index] ?? "";
    const kept = shown.filter((j) => Array.from(near).includes(j)).length;
    return company({index, name: name === group ? "" : name, group, near: near.length, kept});
  }

  #tell() {
    const words = this.#places ? this.about || INVITATION : "";
    if (this.frame.about.textContent !== words) this.frame.about.textContent = words;
  }
}
