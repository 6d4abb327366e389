"""PyTorch's modules as operations: one small reader per family.

Pairs (kernel, stride, padding, dilation, size) are [vertical, horizontal]; padding is what stands
above and on the left, the rest follows from the layer's shape.
"""

from collections.abc import Callable
from typing import Any

from torch import nn

from generator.compute.operations import Operation, Shape, undrawable

Reader = Callable[[Any, str, Shape], Operation]


def _pair(value: Any) -> list[int]:
    return [int(part) for part in value] if isinstance(value, tuple | list) else [int(value)] * 2


def _conv(module: nn.Conv2d, name: str, _: Shape) -> Operation:
    if module.padding_mode != "zeros":
        raise undrawable(
            name, f"pads by {module.padding_mode!r}", "drawn convolutions pad with zeros"
        )
    kernel, dilation = _pair(module.kernel_size), _pair(module.dilation)
    padding = module.padding
    if padding == "same":
        padding = tuple(d * (k - 1) // 2 for d, k in zip(dilation, kernel, strict=True))
    attributes = {
        "kernel": kernel,
        "stride": _pair(module.stride),
        "padding": _pair(0 if padding == "valid" else padding),
        "dilation": dilation,
        "groups": module.groups,
    }
    return Operation("conv", attributes, _weight_and_bias(module.bias))


def _linear(module: nn.Linear, name: str, shape: Shape) -> Operation:
    if len(shape) != 1:
        raise undrawable(name, f"is dense but reads shape {shape}", "put nn.Flatten() before it")
    return Operation("linear", {}, _weight_and_bias(module.bias))


def _batch_norm(module: nn.BatchNorm2d, name: str, _: Shape) -> Operation:
    if module.running_mean is None:
        raise undrawable(name, "normalizes by the batch, so one input has no answer of its own")
    tensors = _weight_and_bias(module.bias) if module.affine else {}
    statistics = {"mean": "running_mean", "variance": "running_var"}
    return Operation("batch_norm", {"eps": module.eps}, {**tensors, **statistics})


def _weight_and_bias(bias: Any) -> dict[str, str]:
    return {"weight": "weight"} if bias is None else {"weight": "weight", "bias": "bias"}


def _max_pool(module: nn.MaxPool2d, name: str, _: Shape) -> Operation:
    if module.return_indices:
        raise undrawable(name, "returns indices")
    return Operation("max_pool", {**_window(module), "dilation": _pair(module.dilation)})


def _avg_pool(module: nn.AvgPool2d, _name: str, _: Shape) -> Operation:
    attributes = _window(module)
    attributes["count_padding"] = bool(module.count_include_pad)
    attributes["divisor"] = module.divisor_override
    return Operation("avg_pool", attributes)


def _window(module: nn.MaxPool2d | nn.AvgPool2d) -> dict[str, Any]:
    attributes = ("kernel_size", "stride", "padding")
    names = ("kernel", "stride", "padding")
    return {n: _pair(getattr(module, a)) for n, a in zip(names, attributes, strict=True)}


def _adaptive_avg_pool(module: nn.AdaptiveAvgPool2d, name: str, shape: Shape) -> Operation:
    if len(shape) != 3:
        raise undrawable(name, f"pools activations of shape {shape}")
    return Operation("adaptive_avg_pool")


def _softmax(module: nn.Softmax | nn.LogSoftmax, name: str, shape: Shape) -> Operation:
    # The batch is dimension 0, so that the channels are 1, or -1 where nothing follows them.
    if module.dim != 1 and not (module.dim == -1 and len(shape) == 1):
        raise undrawable(
            name, f"is a softmax over dimension {module.dim}", "drawn is one over channels, 1"
        )
    return Operation("softmax" if isinstance(module, nn.Softmax) else "log_softmax")


def _flatten(module: nn.Flatten, name: str, _: Shape) -> Operation:
    if module.start_dim != 1 or module.end_dim != -1:
        raise undrawable(name, "flattens some axes only", "drawn is a flatten of all but the batch")
    return Operation("flatten")


def _plain(op: str, **attributes: str) -> Reader:
    """An operation on each element; `attributes` maps its attribute to the module's."""
    return lambda module, _name, _shape: Operation(
        op, {key: getattr(module, attribute) for key, attribute in attributes.items()}
    )


_hardtanh = _plain("hardtanh", low="min_val", high="max_val")

MODULES: dict[type[nn.Module], Reader] = {
    nn.Conv2d: _conv,
    nn.Linear: _linear,
    nn.BatchNorm1d: _batch_norm,
    nn.BatchNorm2d: _batch_norm,
    nn.MaxPool2d: _max_pool,
    nn.AvgPool2d: _avg_pool,
    nn.AdaptiveAvgPool2d: _adaptive_avg_pool,
    nn.Softmax: _softmax,
    nn.LogSoftmax: _softmax,
    nn.Flatten: _flatten,
    nn.ReLU: _plain("relu"),
    nn.LeakyReLU: _plain("leaky_relu", slope="negative_slope"),
    nn.ReLU6: _hardtanh,
    nn.Hardtanh: _hardtanh,
    nn.GELU: _plain("gelu", approximate="approximate"),
    nn.SiLU: _plain("silu"),
    nn.Tanh: _plain("tanh"),
    nn.Sigmoid: _plain("sigmoid"),
    # All of these let values pass in eval mode.
    nn.Identity: _plain("identity"),
    nn.Dropout: _plain("identity"),
    nn.Dropout1d: _plain("identity"),
    nn.Dropout2d: _plain("identity"),
}

# Functions and tensor methods that equal a module with the same options.
FUNCTIONS: dict[str, Callable[..., nn.Module]] = {
    "relu": nn.ReLU,
    "relu_": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "relu6": nn.ReLU6,
    "hardtanh": nn.Hardtanh,
    "gelu": nn.GELU,
    "silu": nn.SiLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "softmax": nn.Softmax,
    "log_softmax": nn.LogSoftmax,
    "max_pool2d": nn.MaxPool2d,
    "avg_pool2d": nn.AvgPool2d,
    "adaptive_avg_pool2d": nn.AdaptiveAvgPool2d,
}
