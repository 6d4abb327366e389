"""Which layer asked for an operator, in the forward pass and in autograd's backward pass."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch._subclasses.fake_tensor import (
    DataDependentOutputException,
    DynamicOutputShapeException,
    UnsupportedOperatorException,
)
from torch.fx import Graph
from torch.fx.traceback import annotate, preserve_node_meta
from torch.nn.modules.module import (
    register_module_forward_hook,
    register_module_forward_pre_hook,
)
from torch.utils._python_dispatch import TorchDispatchMode

from generator.errors import GraphError

# What PyTorch says of an operator whose result or shape depends on values, or has no shape rule.
UNTRACEABLE = (
    DataDependentOutputException,
    DynamicOutputShapeException,
    UnsupportedOperatorException,
)


class Layers(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees every operator before it is recorded and remembers which layer asked for it.

    In the forward pass that is the innermost module running. Autograd numbers its nodes as it
    makes them; in the backward pass an operator belongs to the layer that made its node.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._running: list[str] = []
        self._paths: dict[nn.Module, str] = {}
        self._made: dict[int, str] = {}
        self._asked: dict[str, str] = {}
        self.last = ""

    def refuse(self, operator: str, why: str) -> GraphError:
        """The error that names an operator and the first layer that used it.

        PyTorch may spell it otherwise than the trace does, `prims.igamma` for
        `aten.igamma.default`; the name in the middle is what they share.
        """
        stem = _stem(operator)
        same = [name for name in self._asked if _stem(name) == stem]
        found = same or [name for name in self._asked if stem in _stem(name)]
        if not found:
            return GraphError(f"operator {operator} {why}")
        layer = self._asked[found[0]]
        place = f"used by layer {layer!r}" if layer else "used outside any layer"
        return GraphError(f"operator {found[0]}, {place}, {why}")

    def adopt(self, graph: Graph) -> None:
        """Learn the layers of operators that came out of taking others apart."""
        for node in graph.nodes:
            if "custom" in node.meta:
                self._asked.setdefault(str(node.target), node.meta["custom"].get("layer", ""))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Follow every module that runs inside the `with`."""
        before = register_module_forward_pre_hook(self._enter)
        after = register_module_forward_hook(self._leave, always_call=True)
        try:
            with preserve_node_meta(), self:
                yield
        finally:
            before.remove()
            after.remove()

    def _enter(self, module: nn.Module, _arguments: Any) -> None:
        if not self._running:
            self._paths = {part: path for path, part in module.named_modules()}
        self._running.append(self._paths.get(module, "") or type(module).__name__)

    def _leave(self, _module: nn.Module, _arguments: Any, _result: Any) -> None:
        self._running.pop()

    def __torch_dispatch__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Note the layer, then let the operator pass; name both if PyTorch cannot trace it."""
        layer = self._layer()
        self._asked.setdefault(str(func), layer)
        if not str(func).startswith("prim."):  # a question about a tensor, such as its device
            self.last = str(func)
        try:
            with annotate({"layer": layer}):
                return func(*args, **kwargs or {})
        except UNTRACEABLE as error:
            raise self.refuse(str(func), "has a result that depends on values") from error

    def _layer(self) -> str:
        """The layer on whose behalf PyTorch is computing now."""
        node = torch._C._current_autograd_node()
        if node is not None:
            return self._made.get(node._sequence_nr(), "")
        layer = self._running[-1] if self._running else ""
        # The first operator to see a number is the one that made the node.
        self._made.setdefault(torch.autograd._get_sequence_nr() - 1, layer)
        return layer


def _stem(operator: str) -> str:
    """`igamma` of `aten.igamma.default`, `aten.igamma` or `igamma`."""
    return re.sub(r"^(aten|prims)\.|\.\w+$", "", operator)
