# SPDX-License-Identifier: Apache-2.0
"""Annotations that are almost KServe's, and modes that are almost modes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from velaserve_lint.package_data import json_of
from velaserve_lint.rules.kserve.components import components_of
from velaserve_lint.rules.kserve.dead_annotations import DEAD
from velaserve_lint.rules.kserve.deployment_mode import DEPLOYMENT_MODE, LEGACY, MODES, mode_of
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.suggest import misspelt, suggest
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

# KFServing's, which KServe was before; and names that are KServe's alone, without a group.
OLD_GROUP, GROUP = "serving.kubeflow.org/", "serving.kserve.io/"
ALONE = frozenset({"autoscalerClass", "deploymentMode"})

MESSAGES = sentences(
    near=Text(
        "KServe knows no annotation '{found}'; did you mean '{near}'?",
        "KServe 没有注解 '{found}'；是否指 '{near}'？",
    ),
    mode=Text(
        "KServe has no mode '{found}', so its ConfigMap decides; did you mean '{near}'?",
        "KServe 没有模式 '{found}'，将由 ConfigMap 决定；是否指 '{near}'？",
    ),
    elsewhere=Text(
        "KServe reads {found} of the InferenceService only, not of a component",
        "KServe 只读取 InferenceService 上的 {found}，不读取组件上的",
    ),
)


def problems(manifest: Manifest) -> Iterator[Problem]:
    yield from _keys(manifest.annotations)
    if manifest.kind != "InferenceService":
        return
    mode = manifest.annotations.at(DEPLOYMENT_MODE)
    if mode_of(manifest) not in (None, *MODES):
        near = suggest(mode.text, [*MODES, *LEGACY]) or MODES[0]
        yield Problem(mode.place, "mode", {"found": mode.text, "near": near})
    for component in components_of(manifest):
        annotations = component.at.at("annotations")
        yield from _keys(annotations)
        if annotations.at(DEPLOYMENT_MODE).value is not None:
            place = annotations.at(DEPLOYMENT_MODE).key
            yield Problem(place, "elsewhere", {"found": DEPLOYMENT_MODE})


def _keys(annotations: Cursor) -> Iterator[Problem]:
    for key, value in annotations.entries():
        if key not in known() and key not in DEAD and (near := _near(key)):
            yield Problem(value.key, "near", {"found": key, "near": near})


def _near(key: str) -> str | None:
    if key in ALONE:
        return f"{GROUP}{key}"
    if key.startswith(OLD_GROUP) and (new := key.replace(OLD_GROUP, GROUP)) in known():
        return new
    group, _, name = key.partition("/")
    right = (tuple(one.split("/")) for one in sorted(known()))
    alike = (f"{g}/{n}" for g, n in right if misspelt(group, [g]) and misspelt(name, [n]))
    return next(alike, None)


@functools.cache
def known() -> frozenset[str]:
    return frozenset(json_of("rules/kserve/known_annotations.json")["annotations"])
