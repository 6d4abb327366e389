"""Does a graph say what PyTorch says? Asked of every exported graph before it is written.

The oracle is the original module in eager PyTorch; the graph runs in onnxruntime.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from generator.errors import GraphError

Tensors = Mapping[str, Tensor]
Arrays = dict[str, np.ndarray]
Oracle = Callable[[Tensors], Tensors]

TOLERANCE = 1e-4


def session(onnx: bytes, files: Mapping[str, bytes]) -> onnxruntime.InferenceSession:
    """An onnxruntime session on one thread; `files` holds the external weights by location."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if files:
        options.add_external_initializers_from_files_in_memory(
            list(files), list(files.values()), [len(file) for file in files.values()]
        )
    return onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])


def trials(onnx: bytes, checks: Sequence[Tensors]) -> Iterator[tuple[str, Tensors]]:
    """Each input to compare on, with a word for it: the real ones, then those made from the first.

    `random` draws from a generator seeded by the graph's hash: floats from the hull of [0, 1] and
    the real values, integers between the least and the greatest real one. `blank` is all zero.
    With several inputs, each is also blank alone, beside real others: a direction of zeros would
    hide what ReLU and pooling do with an empty image.
    """
    for check in checks:
        yield "real", check
    first = checks[0]
    seed = int.from_bytes(hashlib.sha256(onnx).digest()[:8], "big") >> 1
    generator = torch.Generator().manual_seed(seed)
    yield "random", {name: _random(value, generator) for name, value in first.items()}
    yield "blank", {name: torch.zeros_like(value) for name, value in first.items()}
    if len(first) > 1:
        for name, value in first.items():
            yield f"blank {name}", {**first, name: torch.zeros_like(value)}


def _random(value: Tensor, generator: torch.Generator) -> Tensor:
    """Random values of the shape, kind and range of `value`."""
    low, high = value.min().item(), value.max().item()
    if value.is_floating_point():
        low, high = min(low, 0.0), max(high, 1.0)
        return torch.rand(value.shape, generator=generator, dtype=value.dtype) * (high - low) + low
    whole = torch.randint(int(low), int(high) + 1, value.shape, generator=generator)
    return whole.to(value.dtype)


def disagreement(
    onnx: bytes,
    files: Mapping[str, bytes],
    weights: Tensors,
    oracle: Oracle,
    checks: Sequence[Tensors],
) -> dict[str, float]:
    """For each output, max|a - b| / max|b| of graph a and oracle b: the worst over all trials.

    `weights` are given to the graph beside the inputs (none where `files` holds them). Where b is
    zero throughout, as gradients of a blank image may be, the scale is the output's largest value
    in any other trial.

    Raises:  GraphError, naming the output, above 1e-4, for another shape or type, for a value
             that is not finite, and for a real input or all trials answered by zeros alone.
    """
    run = session(onnx, files)
    names = [output.name for output in run.get_outputs()]
    answers = []
    for kind, inputs in trials(onnx, checks):
        feed = {key: value.numpy() for key, value in {**weights, **inputs}.items()}
        got = dict(zip(names, run.run(names, feed), strict=True))
        wanted = {key: value.detach().numpy() for key, value in oracle(inputs).items()}
        answers.append((kind, got, wanted))
    return {output: _worst(output, answers) for output in names}


def _worst(output: str, answers: list[tuple[str, Arrays, Arrays]]) -> float:
    """The largest disagreement of one output."""
    where = f"output {output!r}"
    largest = max(_size(wanted[output]) for _, _, wanted in answers if output in wanted)
    worst = 0.0
    for kind, got, wanted in answers:
        a, b = got[output], wanted[output]
        if (a.shape, a.dtype) != (b.shape, b.dtype):
            raise GraphError(f"{where} is {a.dtype}{a.shape}, in PyTorch {b.dtype}{b.shape}")
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            raise GraphError(f"{where} is not finite on {kind} input")
        if _is_float(b) and (largest == 0 or (kind == "real" and not b.any())):
            raise GraphError(f"{where} is zero throughout on {kind} input")
        scale = _size(b) or largest
        gap = _size(a.astype(np.float64) - b) / scale if scale else _size(a)
        worst = max(worst, gap)
        if gap > (TOLERANCE if _is_float(b) else 0):
            raise GraphError(f"{where} differs from PyTorch by {gap:.1e} on {kind} input")
    return worst


def _is_float(array: np.ndarray) -> bool:
    return np.issubdtype(array.dtype, np.floating)


def _size(array: np.ndarray) -> float:
    """max|x|, 0 for no elements."""
    return float(np.abs(array.astype(np.float64)).max(initial=0))
