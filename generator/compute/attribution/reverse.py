"""A network run forwards and then back, layer by layer, by rules that need not be derivatives.

What comes back by such rules is not the gradient, and whoever shows it must say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor, fx, nn
from torch.func import functional_call, vjp

from generator.compute.graphs import Tensors
from generator.compute.tracing import Traced, traced
from generator.compute.understand import understood
from generator.errors import ModelError


@dataclass(frozen=True)
class Step:
    """One layer as a rule sees it.

    name       as `tracing` names it
    op         one of `operations.OPS`; empty for what cannot be drawn
    reads      the tensors that it read
    gave       what it answered
    again      the same computation on other tensors
    weights    its own, by role: weight, bias …
    """

    name: str
    op: str
    reads: tuple[Tensor, ...]
    gave: Tensor
    again: Callable[..., Tensor]
    weights: Mapping[str, Tensor]
    module: nn.Module | None

    def back(self, cotangent: Tensor) -> tuple[Tensor, ...]:
        """What autograd would hand on: the cotangent of each tensor that was read."""
        return pulled(self.again, *self.reads)[1](cotangent)


Rule = Callable[[Step, Tensor], tuple[Tensor, ...]]


def pulled(
    function: Callable[..., Tensor], *reads: Tensor
) -> tuple[Tensor, Callable[[Tensor], tuple[Tensor, ...]]]:
    """What a function answers, and how autograd would carry a cotangent of it back."""
    found = vjp(function, *reads)
    return found[0], found[1]


class Reversible:
    """A module whose layers can be run back by a rule; its own weights are not used."""

    def __init__(self, module: nn.Module, shape: tuple[int, ...]) -> None:
        self._trace: Traced = traced(module, shape)
        self.ops = {node: self._op(node) for node in self._trace.names}

    def named(self) -> dict[str, str]:
        """The operation of each layer by name; empty for what cannot be drawn."""
        return {name: self.ops[node] for node, name in self._trace.names.items()}

    def run(
        self, weights: Tensors, image: Tensor, start: Callable[[Tensor], Tensor], rule: Rule,
        layer: str = "",
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Run forwards, start with `start(output)`, and come back by `rule`.

        With a `layer`, its answer is the output, and nothing behind it plays a part.

        Shape:   what comes back is shaped as the image; the output as the module, or layer, gives
                 it.
        Raises:  KeyError for a layer that `named` does not list.
        """
        run = _Forward(self._trace.graph, weights)
        run.run(image)
        nodes = list(self._trace.graph.graph.nodes)
        last = {name: node for node, name in self._trace.names.items()}[layer] if layer else None
        last = last or nodes[-1].args[0]
        carried: dict[fx.Node, Tensor] = {last: start(run.env[last])}
        for node in reversed(nodes):
            if node not in carried or node.op == "placeholder" or node not in self.ops:
                continue
            sources = [one for one in node.all_input_nodes if one in self.ops]
            step = self._step(node, sources, run)
            for source, share in zip(sources, rule(step, carried[node]), strict=True):
                carried[source] = carried[source] + share if source in carried else share
        (first,) = (node for node in nodes if node.op == "placeholder")
        return carried[first], run.env[last]

    def _step(self, node: fx.Node, sources: list[fx.Node], run: "_Forward") -> Step:
        def again(*tensors: Tensor) -> Tensor:
            # Copies, since a layer may write in place.
            given = {s: t.clone() for s, t in zip(sources, tensors, strict=True)}
            return run.evaluate(node, given)

        module = run.submodules.get(str(node.target)) if node.op == "call_module" else None
        return Step(
            self._trace.names[node],
            self.ops[node],
            tuple(run.env[source] for source in sources),
            run.env[node],
            again,
            run.own(str(node.target)) if module is not None else {},
            module,
        )

    def _op(self, node: fx.Node) -> str:
        if node.op == "placeholder":
            return "input"
        trace = self._trace
        inputs = tuple(s for s in node.all_input_nodes if s in trace.names)
        shapes = tuple(trace.shapes[source] for source in inputs)
        try:
            return understood(node, trace.names[node], trace.graph, shapes, trace.shapes[node]).op
        except ModelError:  # each rule says for itself what it can pass through
            return ""


class _Forward(fx.Interpreter):
    """Runs a graph with weights given from outside and keeps every value."""

    def __init__(self, graph: fx.GraphModule, weights: Tensors) -> None:
        super().__init__(graph, garbage_collect_values=False)
        self.weights = weights

    def own(self, path: str) -> dict[str, Tensor]:
        """Weights of one submodule by their names in it."""
        start = f"{path}."
        return {
            name.removeprefix(start): value
            for name, value in self.weights.items()
            if name.startswith(start)
        }

    def call_module(self, target: Any, args: Any, kwargs: Any) -> Any:
        """Run a submodule with the weights from outside, on copies: it may write in place."""
        module = self.submodules[target]
        copies = tuple(a.clone() if isinstance(a, Tensor) else a for a in args)
        return functional_call(module, self.own(target), copies, kwargs)

    def call_function(self, target: Any, args: Any, kwargs: Any) -> Any:
        """Run a function on copies."""
        copies = fx.node.map_aggregate(args, lambda a: a.clone() if isinstance(a, Tensor) else a)
        return super().call_function(target, copies, kwargs)

    def get_attr(self, target: Any, args: Any, kwargs: Any) -> Any:
        """Take a tensor of the model from outside as well."""
        return self.weights.get(target, super().get_attr(target, args, kwargs))

    def evaluate(self, node: fx.Node, given: dict[fx.Node, Tensor]) -> Tensor:
        """Run one node again with some of what it reads replaced."""
        args, kwargs = fx.node.map_arg(
            (node.args, node.kwargs), lambda one: given.get(one, self.env.get(one))
        )
        result: Tensor = getattr(self, node.op)(node.target, args, kwargs)
        return result
