/**
 * A chart's parameters as states of the figure, both ways: what the reader does in the chart moves
 * the page's variables of the same name, and they move the chart. A selection of instances is the
 * page's linked selection on that dataset.
 *
 * @typedef {import("../../js/types.js").Mounting} Mounting
 * @typedef {import("../../js/types.js").Value} Value
 * @typedef {{start: Value, field?: string, dataset?: string}} Parameter
 */

/**
 * The specification with other values at first.
 * @param {Record<string, any>} spec
 * @param {Record<string, Parameter>} told  the parameters that can be set
 * @param {(name: string) => Value} value
 * @returns {Record<string, any>}
 */
export function starting(spec, told, value) {
  const begun = {...spec};
  if (spec.params) begun.params = spec.params.map((/** @type {any} */ one) => param(one, told[one.name], value));
  for (const part of ["layer", "hconcat", "vconcat", "concat"]) {
    if (spec[part]) begun[part] = spec[part].map((/** @type {any} */ child) => starting(child, told, value));
  }
  if (spec.spec) begun.spec = starting(spec.spec, told, value);
  return begun;
}

/** @param {Record<string, any>} one @param {Parameter | undefined} told @param {(name: string) => Value} value */
function param(one, told, value) {
  if (!told) return one;
  const now = value(one.name);
  if (!told.field) return {...one, value: now};
  const {value: _, ...rest} = one;
  return now === "" || now === null ? rest : {...rest, value: [{[told.field]: now}]};
}

/** What a selection on one field holds last; "" for nothing. @param {any} signal @param {string} field @returns {Exclude<Value, null>} */
export function chosen(signal, field) {
  return signal?.[field]?.at?.(-1) ?? "";
}

/** What Vega keeps of a selection. @param {string} field @param {Value} value */
export function kept(field, value) {
  return value === "" || value === null ? [] : [{unit: "", fields: [{type: "E", field}], values: [value]}];
}

export class Parameters {
  /** @type {any} */
  #view = null;

  /** @param {Mounting} mounting */
  constructor({values, state, page}) {
    /** @type {Record<string, Parameter>} */
    this.told = values.parameters ?? {};
    this.state = state;
    this.page = page;
    for (const [name, {dataset}] of Object.entries(this.told)) {
      const put = (/** @type {Value} */ value) => this.#put(name, value);
      if (dataset) page.watch(`instance:${dataset}`, put);
      else state.watch(name, put);
    }
  }

  /** @param {string} name @returns {Value} */
  #value(name) {
    const {dataset, start} = this.told[name];
    return dataset ? (this.page.get(`instance:${dataset}`) ?? start) : this.state.get(name, start);
  }

  /** @param {Record<string, any>} spec */
  begin(spec) {
    this.#view = null;
    return starting(spec, this.told, (name) => this.#value(name));
  }

  /** @param {any} view */
  listen(view) {
    this.#view = view;
    for (const [name, {field}] of Object.entries(this.told)) {
      view.addSignalListener(name, (/** @type {string} */ _, /** @type {any} */ signal) =>
        this.#heard(name, field ? chosen(signal, field) : signal));
    }
  }

  /** The reader moved it in the chart. @param {string} name @param {Value} value */
  #heard(name, value) {
    const {dataset} = this.told[name];
    if (!dataset) this.state.set(name, value);
    else this.page.set(`instance:${dataset}`, value === "" ? null : value);
  }

  /** It was moved elsewhere. @param {string} name @param {Value} value */
  #put(name, value) {
    const {field, start, dataset} = this.told[name];
    const wanted = value ?? (dataset ? "" : start);
    if (!this.#view) return;
    const held = this.#view.signal(name);
    if (wanted === (field ? chosen(held, field) : held)) return;
    if (field) this.#view.data(`${name}_store`, kept(field, wanted));
    else this.#view.signal(name, wanted);
    void this.#view.runAsync();
  }
}
