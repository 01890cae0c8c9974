# SPDX-License-Identifier: Apache-2.0
"""What a model says about the runtime it wants, with what KServe adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.kserve.components import FRAMEWORKS, predictor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.run import Run

V1, V2 = "v1", "v2"
_V2_FORMATS = frozenset({"triton", "vLLM"})
_V2_FRAMEWORKS = frozenset({"onnx", "huggingface", "triton"})


class ServedModel(NamedTuple):
    """The predictor's `model`, or a framework in its place."""

    manifest: Manifest
    at: Cursor

    @property
    def framework(self) -> str:
        """The name of the framework; empty for `model`."""
        name = str(self.at.path[-1])
        return name if name in FRAMEWORKS else ""

    @property
    def format(self) -> str:
        return self.framework or self.at.at("modelFormat", "name").text

    @property
    def version(self) -> str | None:
        """None where none is asked for; a framework cannot ask for one."""
        version = self.at.at("modelFormat", "version").value
        return version if isinstance(version, str) and not self.framework else None

    @property
    def runtime(self) -> str:
        return "" if self.framework else self.at.at("runtime").text

    @property
    def protocol(self) -> str:
        """As KServe's defaulter leaves it; empty where nobody says anything."""
        known = self.format in _V2_FORMATS or self.framework in _V2_FRAMEWORKS
        return self.at.at("protocolVersion").text or (V2 if known else "")

    @property
    def workers(self) -> bool:
        return isinstance(self.manifest.spec.at("predictor", "workerSpec").value, dict)


def model_of(manifest: Manifest) -> ServedModel | None:
    """None where the predictor is a server of one's own."""
    predictor = predictor_of(manifest)
    if predictor is None or not isinstance(predictor.model.value, dict):
        return None
    return ServedModel(manifest, predictor.model)


def models_of(run: Run) -> Iterator[ServedModel]:
    """Every model of the InferenceServices of a run."""
    for manifest in run.manifests:
        if manifest.kind == "InferenceService" and (model := model_of(manifest)):
            yield model
