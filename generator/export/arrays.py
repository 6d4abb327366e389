"""Arrays to one safetensors file: a JSON header, then raw little-endian tensors."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors.numpy import save


def arrays_file(arrays: Mapping[str, np.ndarray[Any, Any]]) -> bytes:
    """Lay arrays one behind the other; the page reads them as views without a copy.

    Shape:   kept, in C order.
    Raises:  TypeError for float64, int64 and objects, which the page cannot use as they are.
    """
    for name, array in arrays.items():
        if array.dtype not in (
            np.float32, np.float16, np.int32, np.int16, np.int8, np.uint8, np.uint16
        ):  # fmt: skip
            raise TypeError(f"array {name!r} is {array.dtype}: choose a type of at most 32 bits")
    return save({name: np.ascontiguousarray(array) for name, array in sorted(arrays.items())})
