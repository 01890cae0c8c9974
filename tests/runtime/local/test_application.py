# SPDX-License-Identifier: Apache-2.0
"""What of an Application is started here, and with which settings."""

from pathlib import Path

import pytest

from velaserve_runtime.local.application import load_application
from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.served_model import ServedModel

HEAD = """\
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {name: app}
spec:
  components:
"""
WEB = """\
    - name: web
      type: webservice
      properties: {image: nginx}
"""
MODEL = """\
    - name: model
      type: model-serving
      properties:
        modelUri: file://here
        modelFormat: {name: onnx}
"""


def load(folder: Path, *parts: str) -> list[ServedModel]:
    (folder / "here").mkdir()
    file = folder / "app.yaml"
    file.write_text(HEAD + "".join(parts), encoding="utf-8")
    return load_application(file, {}, Console())


def test_the_smallest_model(tmp_path: Path) -> None:
    model = ServedModel("model", "model", "onnx", tmp_path / "here", {})
    assert load(tmp_path, MODEL) == [model]


def test_properties_become_the_variables_of_a_pod(tmp_path: Path) -> None:
    properties = """\
        modelName: digits
        batching: {maxBatchSize: 8, maxQueueDelayMicroseconds: 500}
        warmup: {batchSizes: [1, 8]}
        accelerator: {chip: 310P, gears: {batch: [4, 8]}}
        queue: {maxQueueSize: 100, defaultTimeoutMicroseconds: 2000000}
        env: {VELASERVE_LOG_FORMAT: text, VELASERVE_MAX_QUEUE_SIZE: "100"}
        logLevel: debug
        accessLog: true
"""
    (model,) = load(tmp_path, MODEL, properties)
    assert (model.component, model.name) == ("model", "digits")
    assert model.environment == {
        "VELASERVE_MAX_BATCH_SIZE": "8",
        "VELASERVE_MAX_QUEUE_DELAY_MICROSECONDS": "500",
        "VELASERVE_WARMUP_BATCH_SIZES": "1,8",
        "VELASERVE_GEARS_BATCH": "4,8",
        "VELASERVE_MAX_QUEUE_SIZE": "100",
        "VELASERVE_DEFAULT_TIMEOUT_MICROSECONDS": "2000000",
        "VELASERVE_LOG_FORMAT": "text",
        "VELASERVE_LOG_LEVEL": "debug",
        "VELASERVE_ACCESS_LOG": "true",
    }


def test_what_needs_a_cluster_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = """\
        minReplicas: 2
        resources: {limits: {cpu: 2}}
      traits:
        - {type: labels, properties: {team: vision}}
        - {type: annotations, properties: {note: x}}
"""
    assert [model.name for model in load(tmp_path, WEB, MODEL, more)] == ["model"]
    assert capsys.readouterr().err.splitlines() == [
        "web: not started here, type webservice needs a cluster",
        "model: not applied here, needs a cluster: labels, annotations",
        "model: one process without limits here, a cluster's matter: minReplicas: 2, resources",
    ]


@pytest.mark.parametrize(
    ("property_", "named"),
    [
        ("runtime: kserve-tritonserver", "runtime"),
        ("storage: {path: digits}", "storage"),
        ('image: "a:1"', "image"),
    ],
)
def test_what_another_server_serves_is_not_started(
    property_: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = MODEL.replace("name: model\n", "name: other\n") + f"        {property_}\n"
    for field in {"storage": ["modelUri: file://here"], "image": ["modelFormat: {name: onnx}"]}.get(
        named, []
    ):
        other = other.replace(f"        {field}\n", "")
    assert [model.name for model in load(tmp_path, MODEL, other)] == ["model"]
    assert (
        f"other: not started here, its server is only in a cluster: {named}\n"
        in capsys.readouterr().err
    )


def test_our_server_in_another_image_is_started(tmp_path: Path) -> None:
    runtime = '        runtime: velaserve\n        image: "a:1"\n'
    assert [model.name for model in load(tmp_path, MODEL, runtime)] == ["model"]


def test_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(
        LocalError, match="no component of type model-serving is for our server"
    ) as caught:
        load(tmp_path, WEB)
    assert caught.value.exit_code == 1
    # Why, for each: a user sees which component was meant.
    why = "web: not started here, type webservice needs a cluster\n"
    assert capsys.readouterr().err == why


def test_no_application(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", encoding="utf-8")
    with pytest.raises(LocalError, match="holds no Application") as caught:
        load_application(file, {}, Console())
    assert caught.value.exit_code == 1


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="cannot be read \\(No such file") as caught:
        load_application(tmp_path / "nothing.yaml", {}, Console())
    assert caught.value.exit_code == 2
