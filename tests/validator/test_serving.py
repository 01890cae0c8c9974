# SPDX-License-Identifier: Apache-2.0
"""What is known of model services is what their definitions have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from velaserve_lint.names.serving import runtime
from velaserve_lint.reading import read_application
from velaserve_lint.serving import KEPT, OURS, OWN_IMAGE, READ, service_of
from velaserve_lint.source import read

ROOT = Path(__file__).resolve().parents[2]
MAPPING = (ROOT / "components/kfserving/mapping.cue").read_text("utf-8")


def test_the_names_are_those_of_the_definitions() -> None:
    kept = MAPPING.partition("\n_kept: {\n")[2].partition("\n}")[0]
    formats = MAPPING.partition("\n_formats: {")[2].partition("}")[0]

    assert dict(re.findall(r'(\w+):\s+"(\S+)"', kept)) == KEPT
    assert dict(re.findall(r'(\w+): "(\w+)"', formats)) == READ
    assert runtime().names == OURS


def written(properties: str, type_name: str = "model-serving") -> str:
    component = f"{{name: a, type: {type_name}, properties: {{{properties}}}}}"
    return f"spec: {{components: [{component}]}}\n"


@pytest.mark.parametrize(
    ("properties", "server", "runtime_name"),
    [
        ("", "ours", "velaserve"),
        ("accelerator: {chip: 310P}", "ours", "velaserve-ascend"),
        ("accelerator: {chip: nvidia}", "ours", "velaserve"),
        ("runtime: velaserve, image: 'a:1'", "ours", "velaserve"),
        ("runtime: kserve-tritonserver", "foreign", "kserve-tritonserver"),
        ("image: 'a:1'", "own", OWN_IMAGE),
    ],
)
def test_which_server(properties: str, server: str, runtime_name: str) -> None:
    (document,) = read(written(properties), "-").documents
    service = service_of(read_application(document).components[0])

    assert service is not None
    assert (service.server, service.runtime) == (server, runtime_name)


@pytest.mark.parametrize(
    ("properties", "server", "model_format"),
    [
        ("onnx: {storageUri: s3://a}", "ours", "onnx"),
        ("pytorch: {storageUri: s3://a}", "ours", "torchscript"),
        ("runtime: sklearn, keepRuntime: true, modelUri: s3://a", "foreign", "onnx"),
    ],
)
def test_which_server_of_the_old_style(properties: str, server: str, model_format: str) -> None:
    (document,) = read(written(properties, "kfserving"), "-").documents
    service = service_of(read_application(document).components[0])

    assert service is not None
    assert (service.server, service.model_format, service.mode) == (
        server,
        model_format,
        "Standard",
    )


RENDERED = sorted(ROOT.glob("tests/components/*/*/app.yaml"))


@pytest.mark.parametrize("file", RENDERED, ids=lambda file: "/".join(file.parts[-3:-1]))
def test_the_rendered_service_has_that_runtime_and_mode(file: Path) -> None:
    (document,) = read(file.read_bytes(), "-").documents
    service = service_of(read_application(document).components[0])
    if service is None:
        return
    main = next(yaml.safe_load_all(file.with_name("want.yaml").read_text("utf-8")))
    model = main["spec"]["predictor"].get("model", {"runtime": OWN_IMAGE})
    mode = main["metadata"]["annotations"]["serving.kserve.io/deploymentMode"]

    assert (service.runtime, service.mode) == (model["runtime"], mode)
    assert service.replicas == main["spec"]["predictor"]["minReplicas"]
