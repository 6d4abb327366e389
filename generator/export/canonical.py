"""A graph's bytes reduced to what it computes: no name of a machine, person, tool or source line.

The copy is made field by field, so whatever an exporter writes elsewhere stays behind. Inputs,
weights and outputs keep their names, all other values are numbered in order of appearance: the
same function gives the same bytes in any process.
"""

from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto

IR_VERSION = 10  # with opset 20, what onnxruntime has read since 1.18, in Python and in the page


def canonical(model: ModelProto, name: str) -> ModelProto:
    """A copy of `model` that is its computation and nothing else, under the name `name`."""
    graph = model.graph
    names = {value.name: value.name for value in (*graph.input, *graph.output)}
    names[""] = ""  # an optional argument left out
    bare = ModelProto(ir_version=IR_VERSION, graph=_graph(graph, names))
    bare.graph.name = name
    for opset in model.opset_import:
        bare.opset_import.add(domain=opset.domain, version=opset.version)
    return bare


def _graph(graph: GraphProto, names: dict[str, str]) -> GraphProto:
    """A graph, or one branch of a conditional or loop inside it, under new names."""
    return GraphProto(
        name="inner",
        input=[_value(value, names) for value in graph.input],
        output=[_value(value, names) for value in graph.output],
        initializer=[
            _tensor(tensor, _numbered(tensor.name, names)) for tensor in graph.initializer
        ],
        node=[_node(node, names) for node in graph.node],
    )


def _numbered(old: str, names: dict[str, str]) -> str:
    """The new name of a value; `names` grows, and shares its numbers with graphs inside."""
    if old not in names:
        number = len(names)
        while f"v{number}" in names.values():
            number += 1
        names[old] = f"v{number}"
    return names[old]


def _value(value: ValueInfoProto, names: dict[str, str]) -> ValueInfoProto:
    return ValueInfoProto(name=_numbered(value.name, names), type=value.type)


def _node(node: NodeProto, names: dict[str, str]) -> NodeProto:
    return NodeProto(
        op_type=node.op_type,
        domain=node.domain,
        input=[_numbered(name, names) for name in node.input],
        output=[_numbered(name, names) for name in node.output],
        attribute=[_attribute(attribute, names) for attribute in node.attribute],
    )


def _attribute(attribute: AttributeProto, names: dict[str, str]) -> AttributeProto:
    """An attribute; a tensor or graph in it is stripped as well."""
    bare = AttributeProto()
    bare.CopyFrom(attribute)
    bare.ClearField("doc_string")
    if attribute.type == AttributeProto.TENSOR:
        bare.t.CopyFrom(_tensor(attribute.t, ""))
    if attribute.type == AttributeProto.GRAPH:
        bare.g.CopyFrom(_graph(attribute.g, names))
    return bare


def _tensor(tensor: TensorProto, name: str) -> TensorProto:
    bare = TensorProto()
    bare.CopyFrom(tensor)
    bare.name = name
    bare.ClearField("doc_string")
    bare.ClearField("metadata_props")
    return bare
