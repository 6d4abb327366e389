"""Random graphs of one operator each, as the exporter would write them: shapes, strides, pads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from onnx import NodeProto, helper, numpy_helper
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info

from generator.export.convert import OPSET

Draw = np.random.Generator
Made = tuple[bytes, dict[str, np.ndarray]]


def graph(
    op: str,
    feeds: dict[str, np.ndarray],
    fixed: dict[str, np.ndarray] | None = None,
    outputs: int = 1,
    **attributes: Any,
) -> Made:
    """A model of one node; `fixed` are constants of it, behind the inputs that are fed."""
    fixed = fixed or {}
    names = [f"y{i}" for i in range(outputs)]
    node: NodeProto = make_node(op, [*feeds, *fixed], names, **attributes)
    ports = [
        make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(value.dtype), value.shape)
        for name, value in feeds.items()
    ]
    open_ = [helper.make_empty_tensor_value_info(name) for name in names]
    constants = [numpy_helper.from_array(value, name) for name, value in fixed.items()]
    made = make_graph([node], op, ports, open_, constants)
    model = make_model(made, opset_imports=[make_opsetid("", OPSET)], ir_version=10)
    return model.SerializeToString(), feeds


def floats(draw: Draw, *shape: int) -> np.ndarray:
    return draw.standard_normal(shape).astype(np.float32)


def sizes(draw: Draw, count: int, low: int = 1, high: int = 6) -> list[int]:
    return [int(size) for size in draw.integers(low, high + 1, count)]


def room(draw: Draw, kernel: list[int], dilations: list[int]) -> list[int]:
    """Sizes in which a kernel has a place or more along each axis."""
    pairs = zip(kernel, dilations, strict=True)
    return [(k - 1) * d + 1 + int(draw.integers(0, 8)) for k, d in pairs]


def conv(draw: Draw) -> Made:
    rank, groups = int(draw.integers(1, 3)), int(draw.integers(1, 4))
    batch, depth, kernels = sizes(draw, 3, 1, 3)
    kernel, strides, dilations = (sizes(draw, rank, 1, 3) for _ in range(3))
    pads = sizes(draw, 2 * rank, 0, 2)
    image = [
        (k - 1) * d + 1 + int(draw.integers(0, 8)) for k, d in zip(kernel, dilations, strict=True)
    ]
    feeds = {
        "x": floats(draw, batch, groups * depth, *image),
        "w": floats(draw, groups * kernels, depth, *kernel),
    }
    if draw.random() < 0.5:
        feeds["b"] = floats(draw, groups * kernels)
    return graph("Conv", feeds, strides=strides, dilations=dilations, pads=pads, group=groups)


def conv_transpose(draw: Draw) -> Made:
    rank, groups = int(draw.integers(1, 3)), int(draw.integers(1, 4))
    batch, depth, kernels = sizes(draw, 3, 1, 3)
    kernel, strides, dilations = (sizes(draw, rank, 1, 3) for _ in range(3))
    reach = [(k - 1) * d for k, d in zip(kernel, dilations, strict=True)]
    pads = [int(draw.integers(0, r + 1)) // 2 for r in reach] * 2
    extra = [int(draw.integers(0, stride)) for stride in strides]
    feeds = {
        "x": floats(draw, batch, groups * depth, *sizes(draw, rank)),
        "w": floats(draw, groups * depth, kernels, *kernel),
    }
    if draw.random() < 0.5:
        feeds["b"] = floats(draw, groups * kernels)
    more = {"strides": strides, "dilations": dilations, "pads": pads, "group": groups}
    return graph("ConvTranspose", feeds, output_padding=extra, **more)


def pool(draw: Draw) -> Made:
    rank = int(draw.integers(1, 3))
    kernel, strides, dilations = (sizes(draw, rank, 1, 3) for _ in range(3))
    pads = [int(draw.integers(0, k)) for k in [*kernel, *kernel]]
    image = [
        (k - 1) * d + 1 + int(draw.integers(0, 8)) for k, d in zip(kernel, dilations, strict=True)
    ]
    # Whole numbers have equals among them, of which the first counts.
    feeds = {"x": np.round(floats(draw, *sizes(draw, 2, 1, 3), *image))}
    ways = {"kernel_shape": kernel, "strides": strides, "dilations": dilations, "pads": pads}
    if draw.random() < 0.5:
        return graph("MaxPool", feeds, outputs=int(draw.integers(1, 3)), **ways)
    return graph("AveragePool", feeds, count_include_pad=int(draw.integers(0, 2)), **ways)


def gemm(draw: Draw) -> Made:
    m, n, k = sizes(draw, 3, 1, 20)
    turn = [int(bit) for bit in draw.integers(0, 2, 2)]
    c = [(m, n), (n,), (m, 1), (1, 1), ()][int(draw.integers(0, 5))]
    feeds = {
        "a": floats(draw, *((k, m) if turn[0] else (m, k))),
        "b": floats(draw, *((n, k) if turn[1] else (k, n))),
        "c": floats(draw, *c),
    }
    return graph("Gemm", feeds, transA=turn[0], transB=turn[1], alpha=0.5, beta=1.5)


def matmul(draw: Draw) -> Made:
    m, n, k = sizes(draw, 3, 1, 9)
    batch = sizes(draw, int(draw.integers(0, 3)), 1, 3)
    other = [size if draw.random() < 0.7 else 1 for size in batch][int(draw.integers(0, 2)) :]
    return graph("MatMul", {"a": floats(draw, *batch, m, k), "b": floats(draw, *other, k, n)})


def long_sums(draw: Draw) -> Made:
    m, n = sizes(draw, 2, 1, 12)
    k = int(draw.integers(400, 1600))
    return graph("MatMul", {"a": floats(draw, m, k), "b": floats(draw, k, n)})


def stretched(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(0, 5)), 1, 4)
    given = {
        name: floats(draw, *[s if draw.random() < 0.7 else 1 for s in shape][skip:])
        for name, skip in (("a", 0), ("b", int(draw.integers(0, len(shape) + 1))))
    }
    plain = ["Add", "Sub", "Mul", "Div", "Max", "Min"]
    relations = ["Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"]
    op = str(draw.choice([*plain, *relations]))
    if op in relations:  # whole numbers, some of them equal
        given = {name: np.asarray(np.round(value)) for name, value in given.items()}
    return graph(op, given)


def integers(draw: Draw) -> Made:
    kind = [np.int64, np.int32][int(draw.integers(0, 2))]
    a, b = (draw.integers(-40, 40, (3, 4)).astype(kind) for _ in range(2))
    op = ["Add", "Sub", "Mul", "Div", "Mod"][int(draw.integers(0, 5))]
    return graph(op, {"a": a, "b": b + (b == 0).astype(kind)})


def reduced(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(1, 5)), 1, 5)
    axes = draw.permutation(len(shape))[: int(draw.integers(1, len(shape) + 1))]
    op = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd"]
    fixed = {"axes": axes.astype(np.int64)}
    chosen = op[int(draw.integers(0, len(op)))]
    return graph(chosen, {"x": floats(draw, *shape)}, fixed, keepdims=int(draw.integers(0, 2)))


def softmax(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(1, 5)))
    op = ["Softmax", "LogSoftmax"][int(draw.integers(0, 2))]
    axis = int(draw.integers(-len(shape), len(shape)))
    return graph(op, {"x": 9 * floats(draw, *shape)}, axis=axis)


def turned(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(1, 6)), 1, 4)
    return graph(
        "Transpose", {"x": floats(draw, *shape)}, perm=draw.permutation(len(shape)).tolist()
    )


def cut(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(1, 4)), 1, 7)
    fixed = {
        "starts": draw.integers(-9, 9, len(shape)),
        "ends": draw.integers(-9, 9, len(shape)),
        "axes": np.arange(len(shape)),
        "steps": draw.choice([-3, -2, -1, 1, 2, 3], len(shape)),
    }
    # To the very end, forwards or backwards.
    far = np.where(fixed["steps"] > 0, np.iinfo(np.int64).max, np.iinfo(np.int64).min)
    fixed["ends"] = np.where(draw.random(len(shape)) < 0.3, far, fixed["ends"])
    return graph("Slice", {"x": floats(draw, *shape)}, fixed)


def padded(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(1, 4)), 2, 5)
    fixed = {"pads": draw.integers(-1, 3, 2 * len(shape)), "value": np.float32(2.5).reshape(())}
    return graph("Pad", {"x": floats(draw, *shape)}, fixed)


def gathered(draw: Draw) -> Made:
    shape = sizes(draw, int(draw.integers(1, 4)), 2, 5)
    axis = int(draw.integers(0, len(shape)))
    x = floats(draw, *shape)
    size = shape[axis]
    if draw.random() < 0.4:
        places = draw.integers(-size, size, sizes(draw, int(draw.integers(0, 3)), 1, 3))
        return graph("Gather", {"x": x, "at": np.asarray(places, np.int64)}, axis=axis)
    reach = [int(draw.integers(1, s + 1)) for s in shape]
    if draw.random() < 0.5:
        return graph("GatherElements", {"x": x, "at": draw.integers(-size, size, reach)}, axis=axis)
    feeds = {"x": x, "at": draw.integers(-size, size, reach), "given": floats(draw, *reach)}
    return graph("ScatterElements", feeds, axis=axis, reduction="add")


MAKERS: dict[str, Callable[[Draw], Made]] = {
    maker.__name__: maker
    for maker in (
        conv,
        conv_transpose,
        pool,
        gemm,
        matmul,
        long_sums,
        stretched,
        integers,
        reduced,
        softmax,
        turned,
        cut,
        padded,
        gathered,
    )
}
