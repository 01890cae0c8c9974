# SPDX-License-Identifier: Apache-2.0
"""InferenceServices as their runtimes complete them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.checklist.data import load
from velaserve_lint.checklist.derived import Origin
from velaserve_lint.checklist.keyed import NAME, keyed
from velaserve_lint.checklist.sketch import Sketch
from velaserve_lint.container import MODEL_CONTAINER

if TYPE_CHECKING:
    from velaserve_lint.checklist.beside import Beside
    from velaserve_lint.document import Json
    from velaserve_lint.manifest import Manifest

_KINDS = ("ServingRuntime", "ClusterServingRuntime")
# KServe v0.20.0 pkg/controller/v1beta1/inferenceservice: what of a runtime goes into its pods.
_OF_THE_POD = ("affinity", "annotations", "labels", "nodeSelector", "tolerations", "volumes")
_PREDICTOR = ("spec", "predictor")
_MODEL = f"{NAME}{MODEL_CONTAINER}"


class _Runtime(NamedTuple):
    """Its spec with keyed lists, and where that is from."""

    spec: Json
    origin: Origin

    def at(self, *steps: str) -> _Runtime:
        spec, origin = self
        for step in steps:
            spec = spec.get(step) if isinstance(spec, dict) else None
            origin = origin if spec is None else origin.at(step)
        return _Runtime(spec, origin)


def completed(manifest: Manifest, beside: Beside) -> Manifest:
    """The object with what its runtime says where it says nothing itself.

    A runtime of the run counts, else one that KServe or velaserve bring; of others nothing is
    known, nor of one that KServe chooses by itself.
    """
    runtime = _runtime(manifest, beside)
    if runtime is None:
        return manifest
    sketch = Sketch(Origin(manifest.root, is_copy=True), manifest.root.value)
    _join_args(sketch, runtime.at("containers", _MODEL, "args"))
    _lay_under(sketch, (*_PREDICTOR, "model"), runtime.at("containers", _MODEL))
    for field in _OF_THE_POD:
        _lay_under(sketch, (*_PREDICTOR, field), runtime.at(field))
    containers = runtime.at("containers")
    for name in containers.spec if isinstance(containers.spec, dict) else ():
        if name != _MODEL:
            _lay_under(sketch, (*_PREDICTOR, "containers", name), containers.at(name))
    return replace(manifest, root=sketch.cursor(manifest.root.document.file))


def _runtime(manifest: Manifest, beside: Beside) -> _Runtime | None:
    named = manifest.spec.at("predictor", "model", "runtime")
    if manifest.kind != "InferenceService" or not named.text:
        return None
    for kind in _KINDS:
        if there := beside.named(kind, named.text, manifest.namespace):
            return _Runtime(keyed(there.spec.value), Origin(there.spec, is_copy=True))
    known = load("runtimes.json")["runtimes"]
    return _Runtime(keyed(known[named.text]), Origin(named)) if named.text in known else None


def _lay_under(sketch: Sketch, path: tuple[str, ...], part: _Runtime) -> None:
    if part.spec is not None:
        sketch.lay(path, part.spec, part.origin, under=True)


def _join_args(sketch: Sketch, args: _Runtime) -> None:
    """KServe puts the arguments of the InferenceService behind those of the runtime."""
    own = sketch.value(*_PREDICTOR, "model", "args")
    if isinstance(own, list) and isinstance(args.spec, list):
        sketch.lay((*_PREDICTOR, "model", "args"), [*args.spec, *own], args.origin)
