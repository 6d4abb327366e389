"""What a layer does, in words that need no lexicon."""

from generator.compute.architecture import Layer

PLAIN = {
    "input": "what the network is given",
    "linear": "dense: each unit weighs all of them",
    "batch_norm": "batch norm: shift and scale",
    "scale": "times and plus fixed numbers",
    "add": "sum of two layers",
    "cat": "channels side by side",
    "flatten": "the same numbers in one row",
    "identity": "unchanged",
    "relu": "ReLU: what is below zero becomes zero",
    "leaky_relu": "leaky ReLU: what is below zero shrinks",
    "hardtanh": "cut off at both ends",
    "gelu": "GELU: what is below zero fades",
    "silu": "SiLU: what is below zero fades",
    "tanh": "tanh: squeezed between -1 and 1",
    "sigmoid": "sigmoid: squeezed between 0 and 1",
    "softmax": "softmax: shares that sum to 1",
    "log_softmax": "logarithms of shares that sum to 1",
}


def words(layer: Layer) -> str:
    """One short phrase for a layer's operation, with the sizes that matter."""
    how = layer.attributes
    if layer.op == "conv":
        extra = [f"stride {max(how['stride'])}"] if max(how["stride"]) > 1 else []
        extra += [f"dilated {max(how['dilation'])}"] if max(how["dilation"]) > 1 else []
        extra += [f"in {how['groups']} groups"] if how["groups"] > 1 else []
        return ", ".join([f"{_by(how['kernel'])} convolution", *extra])
    if layer.op == "max_pool":
        return f"largest of each {_by(how['kernel'])}"
    if layer.op == "avg_pool":
        return f"mean of each {_by(how['kernel'])}"
    if layer.op == "adaptive_avg_pool":
        return "mean of each map" if layer.size == (1, 1) else "means of equal shares"
    return PLAIN[layer.op]


def size(layer: Layer) -> str:
    """`6 × 24 × 24` for maps, `64 units` for single values."""
    return (
        f"{layer.shape[0]} units"
        if len(layer.shape) == 1
        else " × ".join(str(length) for length in layer.shape)
    )


def _by(pair: list[int]) -> str:
    return f"{pair[0]} × {pair[1]}"
