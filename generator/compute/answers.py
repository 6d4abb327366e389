"""What a model answers to the test examples of a dataset, for all figures that ask.

Each layer's answers are computed once, in the same batches whoever asks, and kept where a `Keeper`
puts them; a layer too large to be kept is computed whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import IO, TYPE_CHECKING, Protocol

import numpy as np
from numpy.lib.format import header_data_from_array_1_0, write_array_header_1_0
from numpy.typing import NDArray
from torch import nn

from generator.compute.activations import BATCH, forward
from generator.compute.inputs import from_bytes

if TYPE_CHECKING:
    from generator.figure import Sources

Floats = NDArray[np.float32]

# Bytes of one layer's answers beyond which the time to compute them is cheaper than the disk.
LARGEST = 500_000_000


class Keeper(Protocol):
    """Somewhere that answers outlive the figure that asked for them."""

    def find(self, layer: str) -> Floats | None:
        """The answers of one layer, mapped and not read; None if they are not there."""

    def turn(self) -> AbstractContextManager[None]:
        """Let one process compute at a time; the next one then finds what it waited for."""

    def keeping(self, layer: str) -> AbstractContextManager[IO[bytes]]:
        """A file to fill with an array in NumPy's format; it is kept when the block ends well."""


def answers(sources: Sources, model: str, dataset: str) -> Answers:
    """What a model of the project answers to the test examples of a dataset."""
    one, data = sources.model(model), sources.dataset(dataset)
    keeper = sources.keeper(model, dataset)
    shape, bounds = one.card.input, one.card.range
    return Answers(one.module, data.images, data.test, shape, bounds, keeper)


class Answers:
    """Of the layers and of the model itself, which has the empty name.

    examples: (tests,) numbers of the test examples, in whose order answers come; images: (n, ...)
    uint8, of the whole dataset; shape: of one input; bounds: least and greatest input value.
    """

    def __init__(
        self, module: nn.Module, images: NDArray[np.uint8], examples: NDArray[np.int64],
        shape: Sequence[int], bounds: tuple[float, float], keeper: Keeper | None = None,
        largest: int = LARGEST,
    ) -> None:  # fmt: skip
        self.module, self.images, self.examples = module, images, examples
        self.shape, self.bounds = tuple(shape), bounds
        self.keeper, self.largest = keeper, largest
        self._kept: dict[str, Floats] = {}
        self._places = np.full(len(images), -1)
        self._places[examples] = np.arange(len(examples))

    def ask(self, layers: Sequence[str]) -> None:
        """See to it that these layers are kept; all that are missing share one pass.

        What the model itself says comes along: most figures need it, and it is small.

        Raises:  ModelError as `activations`.
        """
        wanted = ["", *layers]
        if self.keeper and self._missing(wanted):
            with self.keeper.turn():
                missing = self._missing(wanted)
                if missing:
                    self._keep(missing)
                    self._missing(wanted)

    def batches(self, layer: str) -> Iterator[Floats]:
        """One layer's answers to all test examples, (at most BATCH, ...) at a time.

        The empty name stands for the model's own answer.
        """
        self.ask([layer])
        if layer in self._kept:
            kept = self._kept[layer]
            return (kept[start : start + BATCH] for start in range(0, len(kept), BATCH))
        return (part[layer] for part in self._forward(self.examples, [layer]))

    def of(self, layer: str, examples: NDArray[np.int64]) -> Floats:
        """One layer's answers to some test examples, named as the dataset names them.

        Raises:  IndexError for an example that is not among the test examples.
        """
        places = self._places[examples]
        if (places < 0).any():
            raise IndexError(f"{examples[places < 0][0]} is no test example")
        self.ask([layer])
        if layer in self._kept:
            chosen: Floats = self._kept[layer][places]
            return chosen
        return np.concatenate([part[layer] for part in self._forward(examples, [layer])])

    def outputs(self) -> Floats:
        """The model's own answer to every test example: (tests, outputs)."""
        return np.concatenate(list(self.batches("")))

    def _missing(self, layers: Sequence[str]) -> list[str]:
        for layer in layers:
            if self.keeper is not None and layer not in self._kept:
                found = self.keeper.find(layer)
                if found is not None:
                    self._kept[layer] = found
        return [layer for layer in dict.fromkeys(layers) if layer not in self._kept]

    def _keep(self, layers: list[str]) -> None:
        """One pass over all test examples, written batch by batch."""
        parts = self._forward(self.examples, [layer for layer in layers if layer])
        first = next(parts)
        count = len(self.examples)
        small = [name for name in layers if first[name][0].nbytes * count <= self.largest]
        with ExitStack() as stack:
            if self.keeper is None or not small:
                return
            files = {name: stack.enter_context(self.keeper.keeping(name)) for name in small}
            for name, file in files.items():
                header = header_data_from_array_1_0(first[name])
                write_array_header_1_0(file, {**header, "shape": (count, *first[name].shape[1:])})
            _write(files, first)
            for part in parts:
                _write(files, part)

    def _forward(
        self, examples: NDArray[np.int64], layers: Sequence[str]
    ) -> Iterator[Mapping[str, Floats]]:
        starts = range(0, len(examples), BATCH)
        inputs = (self._inputs(examples[start : start + BATCH]) for start in starts)
        return forward(self.module, inputs, [layer for layer in layers if layer])

    def _inputs(self, examples: NDArray[np.int64]) -> Floats:
        images = self.images[examples]
        return from_bytes(images.reshape(len(images), *self.shape), self.bounds)


def _write(files: Mapping[str, IO[bytes]], part: Mapping[str, Floats]) -> None:
    for name, file in files.items():
        file.write(np.ascontiguousarray(part[name]).tobytes())
