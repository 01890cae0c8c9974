# SPDX-License-Identifier: Apache-2.0
"""Probes as KubeVela renders them, in the form in which the linter puts objects together."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from ci.tools import programs
from ci.tools.checklist.probes import Mapping, Probe
from ci.tools.schema import Json
from ci.tools.vela import VERSIONS, Object, Vela
from velaserve_lint.checklist.contribution import COMPONENT
from velaserve_lint.checklist.keyed import NAME, keyed
from velaserve_lint.container import MODEL_CONTAINER

# What the checklist looks at.
KINDS = frozenset(
    {
        *("HorizontalPodAutoscaler", "InferenceService", "NetworkPolicy", "PodDisruptionBudget"),
        *("PodMonitor", "ScaledObject", "ServiceMonitor"),
    }
)
VERSION = VERSIONS[0]


def render(probes: list[Probe]) -> list[Mapping]:
    """The objects of each probe, by kind and name.

    All of them are components of one Application: KubeVela takes a second to start.

    Raises:
        NotReady: KubeVela's program is not built.
        VelaRefused: a definition refuses a probe.
    """
    components = [{"name": _name(n), **probe.component} for n, probe in enumerate(probes)]
    application = {
        "apiVersion": "core.oam.dev/v1beta1",
        "kind": "Application",
        "metadata": {"name": "probes"},
        "spec": {"components": components},
    }
    with TemporaryDirectory() as home:
        objects = Vela(programs.path("vela", VERSION), Path(home)).render(application)
    found = [bare(each) for each in objects if each["kind"] in KINDS]
    return [_of(_name(n), found) for n in range(len(probes))]


def _of(name: str, objects: list[Object]) -> Mapping:
    """Those that are named after a component, with a mark for its name."""
    own = [each for each in objects if f"{_metadata(each)['name']}-".startswith(f"{name}-")]
    text = json.dumps({f"{each['kind']} {_metadata(each)['name']}": each for each in own})
    loaded: Mapping = json.loads(text.replace(name, COMPONENT))
    return loaded


def bare(each: Object) -> Object:
    """Without the namespace, and with a container of the user's own in the place of a model."""
    made = cast("Object", keyed(each))
    _metadata(made).pop("namespace", None)
    predictor = cast("dict[str, Object]", made["spec"]).get("predictor")
    if predictor and isinstance(containers := predictor.get("containers"), dict):
        predictor["model"] = containers.pop(f"{NAME}{MODEL_CONTAINER}")
        if not containers:
            del predictor["containers"]
    return made


def _metadata(each: Object) -> dict[str, Json]:
    return cast("dict[str, Json]", each["metadata"])


def _name(n: int) -> str:
    """None begins as another one does."""
    return f"probed{n:03}"
