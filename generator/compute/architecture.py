"""The layers of a model in order, with all that is needed to compute one unit by hand.

    input ──> conv1 ──> relu ──> pool ──> flatten ──> logits

Activations are shaped (channels, height, width) or (channels,); other shapes are not drawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from torch import fx, nn

from generator.compute.operations import Operation, undrawable
from generator.compute.tracing import Traced, traced
from generator.compute.understand import understood
from generator.errors import ModelError, nearest


@dataclass(frozen=True)
class Layer:
    """One step of the computation.

    name        as articles say it, see `tracing`
    op          one of `operations.OPS`
    inputs      names of the layers it reads, in order
    shape       of its activation, without the batch
    attributes  stride, kernel …; JSON values
    tensors     role -> name in the model's state dict: weight, bias, mean, variance
    """

    name: str
    op: str
    inputs: tuple[str, ...]
    shape: tuple[int, ...]
    attributes: Mapping[str, Any]
    tensors: Mapping[str, str]

    @property
    def channels(self) -> int:
        """Number of channels."""
        return self.shape[0]

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in units; (1, 1) for a layer of single values."""
        return (self.shape[1], self.shape[2]) if len(self.shape) == 3 else (1, 1)


@dataclass(frozen=True)
class Architecture:
    """Layers in order of computation, the input first, and the blocks that group them.

    A block's name (`block1`) stands for its last inner layer.
    """

    layers: tuple[Layer, ...]
    blocks: Mapping[str, str]

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    def __getitem__(self, name: str) -> Layer:
        """Find a layer or a block's last layer; raises ModelError for other names."""
        wanted = self.blocks.get(name, name)
        for layer in self.layers:
            if layer.name == wanted:
                return layer
        raise ModelError(
            f"the model has no layer {name!r}",
            hint=nearest(name, [*self.blocks, *(layer.name for layer in self.layers)]),
        )

    def describe(self) -> dict[str, Any]:
        """Layers and blocks as JSON values, for the page."""
        return {"layers": [asdict(layer) for layer in self.layers], "blocks": dict(self.blocks)}


def trace(module: nn.Module, shape: tuple[int, ...]) -> Architecture:
    """List the layers that lead from one input to the output, in eval mode.

    Shape:   `shape` and the layers' shapes are without the batch.
    Raises:  ModelError naming the first layer that cannot be drawn, and as `tracing.traced`.
    """
    trace = traced(module, shape)
    wanted = _ancestors(trace.graph)
    layers: list[Layer] = []
    for node, name in trace.names.items():
        if node in wanted:
            layers.append(_layer(node, name, trace))
        elif node.op != "placeholder" and _in_place(node):
            raise undrawable(name, "works in place on its input", "use its result: x = F.relu(x)")
    return Architecture(tuple(layers), _blocks(trace, wanted))


def _layer(node: fx.Node, name: str, trace: Traced) -> Layer:
    shape = trace.shapes[node]
    if len(shape) not in (1, 3):
        raise undrawable(name, f"has activations of shape {shape}", "drawn are (c,) and (c, h, w)")
    if node.op == "placeholder":
        return Layer(name, "input", (), shape, {}, {})
    inputs = tuple(source for source in node.all_input_nodes if source in trace.names)
    shapes = tuple(trace.shapes[source] for source in inputs)
    found: Operation = understood(node, name, trace.graph, shapes, shape)
    # x + x reads one node twice, which all_input_nodes counts once.
    names = tuple(trace.names[source] for source in found.reads or inputs)
    return Layer(name, found.op, names, shape, found.attributes, found.tensors)


def _ancestors(graph: fx.GraphModule) -> set[fx.Node]:
    reached: set[fx.Node] = set()
    for node in reversed(graph.graph.nodes):
        if node.op == "output" or node in reached:
            reached.update(node.all_input_nodes)
    return reached


def _in_place(node: fx.Node) -> bool:
    called = str(node.target)
    return bool(node.kwargs.get("inplace")) or (node.op == "call_method" and called.endswith("_"))


def _blocks(trace: Traced, wanted: set[fx.Node]) -> dict[str, str]:
    layers = set(trace.names.values())
    blocks: dict[str, str] = {}
    for node, name in trace.names.items():
        for path, _ in node.meta.get("nn_module_stack", {}).values():
            if node in wanted and path not in layers and node.target != path:
                blocks[path] = name
    return blocks
