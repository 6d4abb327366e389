"""ONNX's own tests of the operators that the light engine claims, at the set we export."""

import warnings
from collections.abc import Sequence
from functools import cache

import numpy as np
import onnx
import pytest
from onnx.backend.test.case.node import collect_testcases

from generator.export.convert import OPSET
from generator.export.light import FIXED, OPERATORS, work
from tests.engine.node import Arrays, Task, run


@cache
def cases() -> list[tuple[str, onnx.ModelProto, Arrays, list[np.ndarray]]]:
    """Name, model at our operator set, inputs and outputs of all cases that are claimed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = collect_testcases(None)
    claimed = []
    for case in found:
        model = onnx.ModelProto()
        model.CopyFrom(case.model)
        if {node.op_type for node in model.graph.node} - OPERATORS:
            continue
        del model.opset_import[:]
        model.opset_import.add(domain="", version=OPSET)
        model.ir_version = 10
        inputs, outputs = case.data_sets[0]
        feeds = _hold_what_is_fixed(model, inputs)
        try:
            onnx.checker.check_model(model, full_check=True)
        except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError):
            continue  # another operator set gave it another form
        if not work(model).refused:
            claimed.append((case.name, model, feeds, list(outputs)))
    return claimed


def _hold_what_is_fixed(model: onnx.ModelProto, inputs: Sequence[np.ndarray]) -> Arrays:
    """Inputs that name shapes and axes become constants, as the exporter writes them; the others
    are fed."""
    fixed = {
        node.input[index]
        for node in model.graph.node
        for index in FIXED.get(node.op_type, ())
        if len(node.input) > index
    }
    feeds = {}
    for value, array in zip(list(model.graph.input), inputs, strict=True):
        if value.name in fixed:
            model.graph.initializer.append(onnx.numpy_helper.from_array(array, value.name))
            model.graph.input.remove(value)
        else:
            feeds[value.name] = np.asarray(array)
    return feeds


@pytest.mark.parametrize("way", ["", "plain"])
def test_every_claimed_case_has_the_answer_that_onnx_gives(way: str) -> None:
    tasks = [Task(model.SerializeToString(), feeds) for _, model, feeds, _ in cases()]
    wrong = {}
    for (name, model, _, outputs), answer in zip(cases(), run(tasks, way), strict=True):
        if isinstance(answer, str):
            wrong[name] = answer
            continue
        for port, wanted in zip(model.graph.output, outputs, strict=True):
            got = answer[port.name]
            if (got.shape, got.dtype) != (wanted.shape, wanted.dtype):
                wrong[name] = f"{got.dtype}{got.shape}, not {wanted.dtype}{wanted.shape}"
            elif not np.allclose(got, wanted, rtol=1e-5, atol=1e-7, equal_nan=True):
                wrong[name] = f"{np.abs(got.astype(float) - wanted).max()}"
    assert wrong == {}


def test_no_operator_is_claimed_that_no_case_tries() -> None:
    tried = {node.op_type for _, model, _, _ in cases() for node in model.graph.node}
    print(f"{len(cases())} cases of {len(tried)} operators")
    assert tried == OPERATORS
