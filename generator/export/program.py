"""A trace handed to PyTorch's exporter as it is, where nothing in it needs another trace.

The exporter would run the function twice more on shapes alone, once to record it and once to take
its operators apart. Our own trace has done both; asking for neither makes a graph in a third of the
time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import getitem
from typing import Any

from torch._ops import OpOverload
from torch.export import ExportedProgram
from torch.export.exported_program import ModuleCallEntry, ModuleCallSignature
from torch.export.graph_signature import (
    ExportGraphSignature,
    InputKind,
    InputSpec,
    OutputKind,
    OutputSpec,
    TensorArgument,
)
from torch.fx import GraphModule
from torch.onnx._internal.exporter import _fx_passes
from torch.utils import _pytree

from generator.export.trace import Trace


def program(traced: Trace) -> ExportedProgram | None:
    """The trace as the exporter's own form; None where it must be recorded by PyTorch.

    That is where an operator writes in place, or the function encloses a tensor.
    """
    if not all(node.op != "get_attr" for node in traced.module.graph.nodes):
        return None
    if not all(_pure(target) for target in _targets(traced.module)):
        return None
    graph = traced.module.graph
    given = [node for node in graph.nodes if node.op == "placeholder"]
    (answer,) = (node for node in graph.nodes if node.op == "output")
    answers = tuple(answer.args[0])
    answer.args = (answers,)
    return ExportedProgram(
        traced.module,
        graph,
        ExportGraphSignature(
            [InputSpec(InputKind.USER_INPUT, TensorArgument(node.name), None) for node in given],
            [OutputSpec(OutputKind.USER_OUTPUT, TensorArgument(node.name), None)
             for node in answers],
        ),
        state_dict={},
        range_constraints={},
        module_call_graph=[
            ModuleCallEntry(
                "",
                ModuleCallSignature(
                    [],
                    [],
                    _pytree.tree_structure((traced.arguments, {})),
                    _pytree.tree_structure(list(answers)),
                ),
            )
        ],
        example_inputs=(traced.arguments, {}),
        constants={},
    )  # fmt: skip


@contextmanager
def as_traced() -> Iterator[None]:
    """Let PyTorch take no program apart all of whose operators it can translate as they are."""
    anew = _fx_passes.decompose_with_registry

    def decompose(exported_program: ExportedProgram, registry: Any) -> ExportedProgram:
        targets = list(_targets(exported_program.graph_module))
        if all(_pure(target) and registry.is_registered(target) for target in targets):
            return exported_program
        return anew(exported_program, registry)

    _fx_passes.decompose_with_registry = decompose
    try:
        yield
    finally:
        _fx_passes.decompose_with_registry = anew


def _targets(module: GraphModule) -> Iterator[Any]:
    """What a trace calls, but for taking one of the answers of an operator that has several."""
    for node in module.graph.nodes:
        if node.op == "call_function" and node.target is not getitem:
            yield node.target


def _pure(target: Any) -> bool:
    """An ATen operator that writes to none of its arguments."""
    return isinstance(target, OpOverload) and not target._schema.is_mutable
