/** Pointer and keyboard pieces for kinds. */
export {Pad} from "./pad.js";
export {Strokes} from "./strokes.js";
export {rasterise} from "./raster.js";
export {rove, step} from "./roving.js";
