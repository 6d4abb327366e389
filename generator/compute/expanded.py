"""A model in which every layer of its architecture, function calls too, is a submodule."""

from torch import fx, nn

from generator.compute.tracing import traced


def expanded(module: nn.Module, shape: tuple[int, ...]) -> fx.GraphModule:
    """The same computation with the same state dict, where `input`, `block.add` … can be hooked.

    Whatever takes dotted layer names (`activations`, `graphs.forward`) then takes every name of
    `architecture.trace`; a hook that answers another tensor changes what follows. Dropout and batch
    norm stay in eval mode.

    Shape:   `shape` is that of one input, without the batch; the result takes batches.
    Raises:  ModelError as `tracing.traced`.
    """
    trace = traced(module, shape)
    graph = trace.graph
    submodules = dict(graph.named_modules())
    for node, name in trace.names.items():
        if name in submodules:
            continue
        graph.add_submodule(name, nn.Identity())
        with graph.graph.inserting_after(node):
            tap = graph.graph.call_module(name, (node,))
        for user in [user for user in node.users if user is not tap]:
            user.replace_input_with(node, tap)
    graph.recompile()
    return graph.eval()
