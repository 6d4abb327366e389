"""From one node of a traced model to the operation it stands for."""

from typing import Any

from torch import fx, nn

from generator.compute.modules import FUNCTIONS, MODULES
from generator.compute.operations import Operation, Shape, undrawable
from generator.compute.steps import STEPS, Call
from generator.compute.tracing import operation

# Options that change where a result is written, not what it is.
IGNORED = ("inplace", "_stacklevel", "dtype", "return_indices", "input")


def understood(
    node: fx.Node, name: str, graph: fx.GraphModule, inputs: tuple[Shape, ...], shape: Shape
) -> Operation:
    """Describe one node of a traced model; tensors are named as in the model's state dict.

    Shape:   `inputs` and `shape` are without the batch.
    Raises:  ModelError by the layer's name for what cannot be drawn.
    """
    if node.op == "call_module":
        return _module(graph.get_submodule(str(node.target)), name, str(node.target), graph, inputs)
    called = operation(node)
    tensors = [source for source in node.all_input_nodes if source.op == "get_attr"]
    if node.op == "get_attr" or tensors:
        raise undrawable(
            name, "uses a tensor that belongs to no layer", "use nn.Linear, nn.Conv2d …"
        )
    if called in STEPS:
        return STEPS[called](Call(node, name, inputs, shape))
    if called in FUNCTIONS:
        return _module(_equal_module(node, called, name), name, "", graph, inputs)
    raise undrawable(name, f"calls {called}, which cannot be drawn")


def _module(
    module: nn.Module, name: str, target: str, graph: fx.GraphModule, inputs: tuple[Shape, ...]
) -> Operation:
    if type(module) not in MODULES:
        raise undrawable(name, f"is a {type(module).__name__}, which cannot be drawn")
    found = MODULES[type(module)](module, name, inputs[0])
    held = graph.state_dict()
    tensors = {role: f"{target}.{tensor}" for role, tensor in found.tensors.items()}
    for tensor in tensors.values():
        if tensor not in held:
            raise undrawable(
                name, f"computes {tensor} anew", "fold the parametrization into the weights"
            )
    return Operation(found.op, found.attributes, tensors)


def _equal_module(node: fx.Node, called: str, name: str) -> nn.Module:
    options: dict[str, Any] = {k: v for k, v in node.kwargs.items() if k not in IGNORED}
    arguments = list(node.args[1:] if "input" not in node.kwargs else node.args)
    if any(isinstance(value, fx.Node) for value in [*arguments, *options.values()]):
        raise undrawable(name, f"calls {called} with a computed option")
    return FUNCTIONS[called](*arguments, **options)
