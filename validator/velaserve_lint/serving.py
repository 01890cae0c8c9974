# SPDX-License-Identifier: Apache-2.0
"""What a component makes of a model, as far as traits and rules have to know it.

As components/model-serving and components/kfserving decide it; tests hold both to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.memo import once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.application import Component
    from velaserve_lint.combinations.rows import Part
    from velaserve_lint.place import Path

Server: TypeAlias = Literal["ours", "foreign", "own"]

OURS = ("velaserve", "velaserve-ascend")
# What KFServing's frameworks are served with where keepRuntime is set, and what our server reads.
KEPT: Mapping[str, str] = {
    "huggingface": "kserve-huggingfaceserver",
    "lightgbm": "kserve-lgbserver",
    "onnx": "kserve-tritonserver",
    "paddle": "kserve-paddleserver",
    "pmml": "kserve-pmmlserver",
    "pytorch": "kserve-torchserve",
    "sklearn": "kserve-sklearnserver",
    "tensorflow": "kserve-tensorflow-serving",
    "triton": "kserve-tritonserver",
    "xgboost": "kserve-xgbserver",
}
READ: Mapping[str, str] = {"onnx": "onnx", "pytorch": "torchscript", "triton": "onnx"}
OWN_IMAGE = "an image of its own"


class Service(NamedTuple):
    """A model service; `said` is where the component says which server it wants."""

    component: Component
    server: Server
    runtime: str
    said: Path
    model_format: str = ""
    mode: str = "Standard"
    route: str = "gateway"
    chip: str = ""
    replicas: int | None = 1
    model_uri: str = ""
    protocol: str = "v2"

    @property
    def is_on_ascend(self) -> bool:
        return self.chip not in ("", "nvidia")


@once
def service_of(component: Component) -> Service | None:
    """The model service that a component is; none of any other type."""
    part = part_of(component)
    match component.definition:
        case "model-serving":
            return _model_serving(part)
        case "kfserving":
            return _kfserving(part)
    return None


def framework_of(part: Part) -> str:
    """The framework that a kfserving component names, by a block or by runtime."""
    blocks = (name for name in KEPT if name in part.data)
    return next(blocks, "") or _text(part, "runtime") or "triton"


def _model_serving(part: Part) -> Service:
    runtime, chip = _text(part, "runtime"), _text(part, "accelerator.chip")
    if runtime:
        server: Server = "ours" if runtime in OURS else "foreign"
    else:
        server = "own" if part.get("image") is not None else "ours"
    default = OURS[chip not in ("", "nvidia")] if server == "ours" else OWN_IMAGE
    return Service(
        component=part.component,
        server=server,
        runtime=runtime or default,
        said=part.at("runtime" if runtime else "image" if server == "own" else "modelFormat"),
        model_format=_text(part, "modelFormat.name"),
        mode=_text(part, "deploymentMode") or "Standard",
        route=_text(part, "route.mode") or "gateway",
        chip=chip,
        replicas=_number(part, "minReplicas"),
        model_uri=_text(part, "modelUri"),
        protocol=_text(part, "protocolVersion") or "v2",
    )


def _kfserving(part: Part) -> Service:
    framework, is_kept = framework_of(part), part.get("keepRuntime") is True
    uri = _text(part, "modelUri") or _text(part, f"{framework}.storageUri")
    return Service(
        component=part.component,
        server="foreign" if is_kept else "ours",
        runtime=KEPT.get(framework, framework) if is_kept else OURS[0],
        said=part.at("keepRuntime" if is_kept else framework),
        model_format=_text(part, "modelFormat") or READ.get(framework, "onnx"),
        replicas=_number(part, "minReplicas"),
        model_uri=uri,
    )


def _text(part: Part, path: str) -> str:
    value = part.get(path)
    return value if isinstance(value, str) else ""


def _number(part: Part, path: str) -> int | None:
    """None where something else stands there; 1, the default of all of them, where nothing does."""
    value = part.get(path)
    if value is None:
        return 1
    return value if type(value) is int else None
