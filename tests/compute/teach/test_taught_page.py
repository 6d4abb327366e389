"""What the page learns and writes, against scikit-learn, onnxruntime and Python's own zipfile."""

import ast
import base64
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import safetensors.numpy
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from generator.compute.teach import learned
from generator.export.convert import OPSET

ROOT = Path(__file__).parents[3]
NAMES = ("left", 'a "quoted" <name>', "grün")
SIZE, COUNT, C, K = 6, 60, 4.0, 5
Floats = NDArray[np.float32]


def node(program: str, given: Any) -> Any:
    """What a script of tests/js answers."""
    command = [str(Path(sys.executable).with_name("node")), str(ROOT / "tests/js" / program)]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def graph(two: str = "two") -> bytes:
    """Features that are twice the input: (1, 6) to (1, 6)."""
    twice = numpy_helper.from_array(np.full(1, 2, np.float32), two)
    body = helper.make_graph(
        [helper.make_node("Mul", ["input", two], ["features"])],
        "features",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, SIZE])],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, SIZE])],
        [twice],
    )
    opset = [helper.make_opsetid("", OPSET)]
    return bytes(helper.make_model(body, opset_imports=opset, ir_version=10).SerializeToString())


@pytest.fixture(scope="module")
def points() -> tuple[Floats, NDArray[np.int64], Floats]:
    """Three clouds that overlap, and places between them."""
    draw = np.random.default_rng(1)
    labels = np.arange(COUNT) % 3
    rows = draw.normal(size=(COUNT, SIZE)) * 0.5 + np.eye(3, SIZE)[labels]
    return rows.astype(np.float32), labels, draw.normal(size=(9, SIZE)).astype(np.float32)


@pytest.fixture(scope="module")
def page(points: tuple[Floats, NDArray[np.int64], Floats]) -> Any:
    rows, labels, asked = points
    given = {"rows": rows.tolist(), "labels": labels.tolist(), "size": SIZE, "classes": 3}
    given |= {"c": C, "k": K, "asked": asked.tolist(), "names": NAMES}
    return node("teach.mjs", {**given, "graph": base64.b64encode(graph()).decode()})


def test_the_trained_head_is_scikit_learn_s_logistic_regression(
    page: Any, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    rows, labels, asked = points
    fitted = LogisticRegression(C=C, tol=1e-10, max_iter=5000).fit(rows.astype(float), labels)
    np.testing.assert_allclose(page["head"], fitted.predict_proba(asked.astype(float)), atol=1e-4)
    said = fitted.predict_proba(rows.astype(float))[np.arange(COUNT), labels]
    least = -np.log(said).sum() + np.square(fitted.coef_).sum() / (2 * C)
    assert page["loss"] == pytest.approx(least, rel=1e-6)
    np.testing.assert_allclose(learned.head(rows, labels, C, asked), page["head"], atol=1e-4)


def test_of_two_classes_build_and_page_keep_weights_alike(
    points: tuple[Floats, NDArray[np.int64], Floats],
) -> None:
    rows, labels, asked = points
    two = labels < 2
    given = {"rows": rows[two].tolist(), "labels": labels[two].tolist(), "size": SIZE}
    given |= {"classes": 2, "c": C, "k": K, "asked": asked.tolist(), "names": NAMES[:2]}
    found = node("teach.mjs", {**given, "graph": base64.b64encode(graph()).decode()})
    wanted = learned.head(rows[two], labels[two], C, asked)
    np.testing.assert_allclose(found["head"], wanted, atol=1e-4)


def test_what_captures_add_to_a_lead_is_the_lead(
    page: Any, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    rows, labels, asked = points
    fitted = LogisticRegression(C=C, tol=1e-10, max_iter=5000).fit(rows.astype(float), labels)
    scores = fitted.decision_function(asked[:1].astype(float))[0]
    lead = sum(page["shares"]) + page["bias"][0] - page["bias"][1]
    assert lead == pytest.approx(scores[0] - scores[1], abs=2e-3)


def test_neighbours_vote_as_scikit_learn_s_do(
    page: Any, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    rows, labels, asked = points
    fitted = KNeighborsClassifier(K, weights="distance").fit(rows.astype(float), labels)
    np.testing.assert_allclose(
        page["neighbours"], fitted.predict_proba(asked.astype(float)), atol=1e-6
    )
    np.testing.assert_allclose(
        learned.neighbours(rows, labels, K, asked), page["neighbours"], atol=1e-6
    )


def test_the_exported_graph_answers_as_the_page_does(
    page: Any, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    model = onnx.load_from_string(base64.b64decode(page["model"]))
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    assert [one.name for one in session.get_outputs()] == ["probabilities"]
    assert session.get_outputs()[0].shape == [1, 3]
    assert json.loads(session.get_modelmeta().custom_metadata_map["classes"]) == list(NAMES)
    for place, said in zip(points[2], page["head"], strict=True):
        found = session.run(None, {"input": place[None] / 2})[0][0]
        np.testing.assert_allclose(found, said, atol=1e-5)


def test_the_light_engine_runs_the_exported_graph(
    page: Any, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    place = points[2][:1] / 2
    feed = {"shape": [1, SIZE], "dtype": "float32"}
    feed["data"] = base64.b64encode(place.astype("<f4").tobytes()).decode()
    task = {"graph": page["model"], "weights": {}, "feeds": {"input": feed}}
    answer = node("engine.mjs", [task])["answers"][0]["outputs"]["probabilities"]
    found = np.frombuffer(base64.b64decode(answer["data"]), "<f4")
    np.testing.assert_allclose(found, page["head"][0], atol=1e-5)


@pytest.mark.parametrize("name", ["head.weight", "scores", "probabilities"])
def test_a_network_may_have_names_that_the_head_would_take(
    name: str, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    rows, labels, asked = points
    given = {"rows": rows.tolist(), "labels": labels.tolist(), "size": SIZE, "classes": 3}
    given |= {"c": C, "k": K, "asked": asked[:1].tolist(), "names": NAMES}
    found = node("teach.mjs", {**given, "graph": base64.b64encode(graph(name)).decode()})
    model = onnx.load_from_string(base64.b64decode(found["model"]))
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString())
    said = session.run(None, {"input": asked[:1] / 2})[0][0]
    np.testing.assert_allclose(said, found["head"][0], atol=1e-5)


def test_python_reads_the_archive_and_runs_its_start_file(page: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(page["zip"]))) as archive:
        assert archive.testzip() is None
        assert archive.read("a/é.txt") == b"one"
        assert archive.read("model.onnx") == base64.b64decode(page["model"])
        start = ast.parse(archive.read("start.py"), feature_version=(3, 8))
        words = archive.read("index.html").decode()
    imported = {
        name.name for one in ast.walk(start) if isinstance(one, ast.Import) for name in one.names
    }
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
    assert "<name>" not in words


def test_numpy_reads_the_saved_captures(
    page: Any, points: tuple[Floats, NDArray[np.int64], Floats]
) -> None:
    found = safetensors.numpy.load(base64.b64decode(page["file"]))
    np.testing.assert_array_equal(found["features"], points[0])
    np.testing.assert_array_equal(found["labels"], points[1])
    assert found["pictures"].shape == (COUNT, 1, 1, 2)
    assert found["pictures"][3].ravel().tolist() == [3, 252]
