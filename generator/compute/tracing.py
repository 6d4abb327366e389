"""A module's forward as a graph whose nodes carry the names that articles use.

A submodule's call is named by its dotted name (`block.conv1`). A function's call (`F.relu`,
`x + y`) is named by the submodule it stands in and its operation (`block.relu`, `block.add:2` for
the second). A submodule called twice gives `block.relu:1` and `block.relu:2`.
"""

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor, fx, nn

from generator.compute.threads import single_thread
from generator.errors import ModelError


@dataclass(frozen=True)
class Traced:
    """A graph in order of computation, with a name and a shape for each node that is a tensor."""

    graph: fx.GraphModule
    names: Mapping[fx.Node, str]
    shapes: Mapping[fx.Node, tuple[int, ...]]


def traced(module: nn.Module, shape: tuple[int, ...]) -> Traced:
    """Trace the module in eval mode; `shape` is that of one input, without the batch.

    Shape:   of each node, without the batch.
    Raises:  ModelError where forward branches on values, takes several inputs, gives anything but
             one tensor, or mixes the examples of a batch.
    """
    still = deepcopy(module).eval()
    try:
        graph = fx.symbolic_trace(still)
    except fx.proxy.TraceError as problem:
        raise ModelError(
            f"forward of {type(module).__name__} depends on the values it computes: {problem}",
            hint="a drawn model does the same steps for every input",
        ) from None
    _single(graph)
    shapes = _shapes(graph, shape)
    return Traced(graph, _names(graph, shapes), shapes)


def _single(graph: fx.GraphModule) -> None:
    inputs = [node for node in graph.graph.nodes if node.op == "placeholder"]
    if len(inputs) != 1:
        raise ModelError(f"forward takes {len(inputs)} inputs; a drawn model takes one")
    (output,) = (node for node in graph.graph.nodes if node.op == "output")
    if not isinstance(output.args[0], fx.Node):
        raise ModelError("forward gives several results; a drawn model gives one tensor")


class _Sizes(fx.Interpreter):
    """Runs the graph once and keeps the size of every tensor."""

    sizes: dict[fx.Node, torch.Size]

    def run_node(self, n: fx.Node) -> object:
        result = super().run_node(n)
        if isinstance(result, Tensor) and n.op not in ("output", "get_attr"):
            self.sizes[n] = result.shape
        return result


def _shapes(graph: fx.GraphModule, shape: tuple[int, ...]) -> dict[fx.Node, tuple[int, ...]]:
    run = _Sizes(graph)
    run.sizes = {}
    with single_thread(), torch.no_grad():
        run.run(torch.zeros(2, *shape))
    for node, size in run.sizes.items():
        # Two examples in, two out: anything else folds the batch into the picture.
        if len(size) < 1 or size[0] != 2:
            raise ModelError(f"{node.name} gives {tuple(size)} for two examples; it mixes them")
    return {node: tuple(size[1:]) for node, size in run.sizes.items()}


def _names(graph: fx.GraphModule, shapes: Mapping[fx.Node, object]) -> dict[fx.Node, str]:
    nodes = [node for node in graph.graph.nodes if node in shapes]
    calls = Counter(str(node.target) for node in nodes if node.op == "call_module")
    if "input" in calls:
        raise ModelError("a submodule is called 'input', which is the name of what it reads")
    # Names that a first function call must not take: its like would then have two meanings.
    taken = {name for name, _ in graph.named_modules()}
    used: Counter[str] = Counter()
    names: dict[fx.Node, str] = {}
    for node in nodes:
        stem = _stem(node)
        used[stem] += 1
        plain = calls[stem] == 1 if node.op == "call_module" else used[stem] == 1
        plain = plain and (node.op == "call_module" or stem not in taken)
        names[node] = stem if plain else f"{stem}:{used[stem]}"
    return names


def _stem(node: fx.Node) -> str:
    if node.op == "placeholder":
        return "input"
    if node.op == "call_module":
        return str(node.target)
    return ".".join(filter(None, [scope(node), operation(node)]))


def scope(node: fx.Node) -> str:
    """Dotted name of the submodule whose forward makes this call; empty for the model itself."""
    stack = [path for path, _ in node.meta.get("nn_module_stack", {}).values()]
    return stack[-1] if stack else ""


def operation(node: fx.Node) -> str:
    """Name of the function or method that a node calls: `relu` for F.relu and x.relu()."""
    target = node.target
    name = target if isinstance(target, str) else getattr(target, "__name__", str(target))
    return {"iadd": "add"}.get(name, name)
