# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a workerSpec: of an InferenceService, and of a runtime alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from velaserve_lint.container import MODEL_CONTAINER
from velaserve_lint.rules.kserve.autoscaling import AUTOSCALER_CLASS, NONE, written_class
from velaserve_lint.rules.kserve.components import predictor_of, variable
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

GPU_TYPES = "serving.kserve.io/gpu-resource-types"
WORKER = "worker-container"
SIZES = ("pipelineParallelSize", "tensorParallelSize")
SIZE_VARIABLES = ("PIPELINE_PARALLEL_SIZE", "TENSOR_PARALLEL_SIZE")
SCHEMES = ("pvc", "oci")
_BASIC = frozenset({"cpu", "memory", "storage", "ephemeral-storage"})
_KNOWN = frozenset({"nvidia.com/gpu", "amd.com/gpu", "intel.com/gpu", "habana.ai/gaudi"})

MESSAGES = sentences(
    containers=Text(
        "workerSpec has {count} containers; exactly one is allowed",
        "workerSpec 有 {count} 个容器；只允许恰好一个",
    ),
    variable=Text(
        "{name} is set by KServe, from workerSpec", "{name} 由 KServe 根据 workerSpec 设置"
    ),
    resource=Text(
        "KServe knows no accelerator '{name}'; name it in the annotation {annotation}",
        "KServe 不认识加速卡 '{name}'；请写入注解 {annotation}",
    ),
    types=Text(
        '{annotation} is not a JSON list of names, such as ["huawei.com/Ascend910"]',
        '{annotation} 不是名称的 JSON 列表，例如 ["huawei.com/Ascend910"]',
    ),
    size=Text("{name} is {found}; it must be at least 1", "{name} 为 {found}；至少应为 1"),
    storage=Text("several nodes need a storageUri", "多节点需要 storageUri"),
    scheme=Text(
        "several nodes share a model of pvc:// or oci://, not {found}://",
        "多节点共享的模型应为 pvc:// 或 oci://，而不是 {found}://",
    ),
    autoscaler=Text(
        "several nodes need the annotation {annotation}: none",
        "多节点需要注解 {annotation}: none",
    ),
)


def problems(manifest: Manifest) -> Iterator[Problem]:
    """Of an InferenceService with workers."""
    predictor = predictor_of(manifest)
    worker = manifest.spec.at("predictor", "workerSpec")
    if predictor is None or not isinstance(worker.value, dict):
        return
    containers = [*worker.at("containers").items()]
    if len(containers) > 1:
        yield Problem(worker.at("containers").key, "containers", {"count": len(containers)})
    if isinstance(predictor.model.value, dict):
        yield from _of_model(manifest, predictor.model)
        containers = [predictor.model, *containers]
    yield from resources(containers, manifest.annotations.at(GPU_TYPES))
    yield from sizes(worker)


def of_runtime(spec: Cursor) -> Iterator[Problem]:
    """Of a runtime with workers; its accelerators stand in the annotations of its pods."""
    worker = spec.at("workerSpec")
    if not isinstance(worker.value, dict):
        return
    workers, servers = worker.at("containers"), spec.at("containers")
    if isinstance(workers.value, list) and len(workers.value) != 1:
        yield Problem(workers.key, "containers", {"count": len(workers.value)})
    heads = [one for one in servers.items() if one.at("name").text == MODEL_CONTAINER]
    for head in heads:
        yield from variables(head)
    first = [one for one in workers.items() if one.at("name").text == WORKER][:1]
    yield from resources([*heads, *first], spec.at("annotations", GPU_TYPES))
    yield from sizes(worker)


def _of_model(manifest: Manifest, model: Cursor) -> Iterator[Problem]:
    yield from variables(model)
    uri = model.at("storageUri")
    scheme = uri.text.split("://")[0]
    if uri.value is None:
        yield Problem(model.key, "storage")
    elif uri.text and scheme not in SCHEMES:
        yield Problem(uri.place, "scheme", {"found": scheme})
    if written_class(manifest) != NONE:
        place = manifest.annotations.at(AUTOSCALER_CLASS).place
        yield Problem(place, "autoscaler", {"annotation": AUTOSCALER_CLASS})


def variables(container: Cursor) -> Iterator[Problem]:
    for name in SIZE_VARIABLES:
        if item := variable(container, name):
            yield Problem(item.at("name").place, "variable", {"name": name})


def resources(containers: Sequence[Cursor], types: Cursor) -> Iterator[Problem]:
    """Everything but CPU, memory and disk counts as an accelerator."""
    named = _names(types.text) if types.text else ()
    if named is None:
        yield Problem(types.place, "types", {"annotation": GPU_TYPES})
        return
    for container in containers:
        parts = (container.at("resources", part) for part in ("limits", "requests"))
        asked = {name: at for part in parts for name, at in part.entries()}
        for name in sorted(asked.keys() - _BASIC - _KNOWN - set(named)):
            arguments = {"name": name, "annotation": GPU_TYPES}
            yield Problem(asked[name].key, "resource", arguments)


def sizes(worker: Cursor) -> Iterator[Problem]:
    for name in SIZES:
        if (found := worker.at(name).number) is not None and found < 1:
            yield Problem(worker.at(name).place, "size", {"name": name, "found": found})


def _names(text: str) -> Sequence[str] | None:
    """The names of the annotation; None where KServe cannot read it."""
    try:
        names = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(names, list) or not names:
        return None
    return names if all(isinstance(name, str) and name for name in names) else None
