/**
 * The shapes that the modules of a page hand to one another. Types only: no page loads this file.
 *
 * @typedef {Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Int32Array
 *   | BigInt64Array} Numbers
 * @typedef {{data: Numbers, shape: number[]}} Tensor
 * @typedef {Record<string, Tensor>} Tensors
 *
 * @typedef {object} ImageAsset
 * @property {string} url
 * @property {number} width   in pixels
 * @property {number} height  in pixels
 * @property {() => Promise<ImageBitmap>} load  fetched and decoded once a page
 *
 * @typedef {{shape: (number | string)[], dtype: string}} Port
 *
 * @typedef {object} GraphCard  one graph as the payload describes it
 * @property {string} url
 * @property {string | null} weights   the model's shared safetensors file
 * @property {string} [location]       the name under which the graph refers to that file
 * @property {"light" | "ort"} engine  which of the page's engines runs it
 * @property {Record<string, Port>} inputs
 * @property {Record<string, Port>} outputs
 * @property {number} [bytes]
 * @property {number} [loads]          bytes of graph and weights
 *
 * @typedef {object} Altered  a model's weights with some tensors replaced
 * @property {string} name     what these weights are called; the same name, the same tensors
 * @property {() => Promise<Record<string, Float32Array>>} tensors  made once for each name
 *
 * @typedef {object} RunOptions
 * @property {boolean} [latest]    give up an older call of this graph that still waits
 * @property {Altered} [altered]   run on these weights instead; one set at a time is kept
 * @property {boolean} [transfer]  hand the feeds' buffers over instead of copying them
 *
 * @typedef {object} Graph
 * @property {Record<string, Port>} inputs
 * @property {Record<string, Port>} outputs
 * @property {(feeds: Record<string, Numbers | Tensor>, options?: RunOptions)
 *   => Promise<Tensors | null>} run  null: a later call took this one's place
 * @property {() => Promise<Tensors>} weights
 * @property {() => Promise<void>} warm  start the engine and open the graph ahead of need
 * @property {"light" | "ort"} engine
 * @property {number} loads  bytes of graph and weights
 * @property {() => Promise<Uint8Array>} file  the graph with its weights inside
 * @property {() => Promise<Record<string, Uint8Array>>} engineFiles  what runs it, for a copy elsewhere
 *
 * @typedef {object} PayloadCard  the payload's JSON file
 * @property {string} kind
 * @property {string} name
 * @property {Record<string, any>} values
 * @property {string | null} arrays
 * @property {Record<string, {url: string, bytes: number}>} more
 * @property {Record<string, {url: string, width: number, height: number, bytes: number}>} images
 * @property {Record<string, GraphCard>} graphs
 * @property {Record<string, string>} charts
 * @property {string} alt
 *
 * @typedef {string | number | boolean | null} Value  what the store and the address can hold
 * @typedef {{signal?: AbortSignal}} Until
 *
 * @typedef {object} FigureState  a figure's own part of the address
 * @property {<V extends Value>(name: string, fallback: V) => V} get
 * @property {(name: string, value: Value) => void} set
 * @property {(name: string, then: (value: Value) => void, until?: Until) => void} watch
 *
 * @typedef {import("./colour.js").Palette} Palette
 *
 * @typedef {object} Page  what the figures of one page share
 * @property {(key: string) => Value} get
 * @property {(key: string, value: Value) => void} set
 * @property {(key: string, then: (value: Value) => void, until?: Until) => void} watch
 * @property {(text: string) => void} say          polite announcement
 * @property {() => Palette} palette               colours of the scheme in force
 * @property {(then: () => void, until?: Until) => void} onscheme
 * @property {(figureId: string) => void} go       scroll to a figure and focus it
 * @property {() => Promise<any>} vega             the chart library, fetched once
 *
 * @typedef {object} Mounting  what a kind's mount() receives
 * @property {HTMLElement} element
 * @property {string} name
 * @property {string} alt
 * @property {Record<string, any>} values
 * @property {Tensors} arrays
 * @property {(group: string) => Promise<Tensors>} more
 * @property {Record<string, ImageAsset>} images
 * @property {Record<string, Graph>} graphs
 * @property {Record<string, {url: string, load: () => Promise<any>}>} charts
 * @property {Page} page
 * @property {FigureState} state
 * @property {AbortSignal} signal
 *
 * @typedef {object} Site  paths of engine files, from the page's site-data element
 * @property {string} ort
 * @property {string} wasm
 * @property {number} wasmBytes  unpacked size; the stream is counted unpacked
 * @property {string} [vega]
 */
export {};
