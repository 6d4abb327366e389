/** Every operator that the engine knows, by its name in ONNX. `generator/export/light.py` has the same list. */
import {CONVOLUTION} from "./convolution.js";
import {ELEMENTWISE} from "./elementwise.js";
import {INDEXING} from "./indexing.js";
import {NORMAL} from "./normal.js";
import {POOLING} from "./pooling.js";
import {PRODUCT} from "./product.js";
import {REDUCTION} from "./reduction.js";
import {SHAPING} from "./shaping.js";
import {UNARY} from "./unary.js";

export const OPERATORS = new Map(
  [CONVOLUTION, ELEMENTWISE, INDEXING, NORMAL, POOLING, PRODUCT, REDUCTION, SHAPING, UNARY].flatMap((some) =>
    Object.entries(some),
  ),
);
