# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of models beside an InferenceService, and of models kept on nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.finding import Related
from velaserve_lint.quantity import nanos
from velaserve_lint.rules.kserve.components import predictor_of
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences
from velaserve_lint.updates import untouched, updates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.run import Run

# The API server asks for lower case; KServe for no dots.
NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
PREFIXES = ("s3://", "gs://", "https://", "http://")

MESSAGES = sentences(
    form=Text("KServe refuses the name '{name}'", "KServe 不接受名称 '{name}'"),
    uri=Text(
        "storageUri '{found}' starts with none of {prefixes}",
        "storageUri '{found}' 不以 {prefixes} 之一开头",
    ),
    memory=Text("memory cannot change from {before} to {now}", "memory 不能从 {before} 改为 {now}"),
    cached=Text(
        "LocalModelCache '{name}' already keeps '{uri}'", "LocalModelCache '{name}' 已缓存 '{uri}'"
    ),
    first=Text("the other one", "另一个在此"),
    parent=Text(
        "there is no InferenceService '{found}'; did you mean '{near}'?",
        "没有 InferenceService '{found}'；是否指 '{near}'？",
    ),
    single=Text(
        "InferenceService '{name}' serves a model of its own, so it takes no others",
        "InferenceService '{name}' 已有自己的模型，不接受其他模型",
    ),
)


def models(run: Run) -> Iterator[Problem]:
    for model in run.manifests:
        if model.kind == "TrainedModel":
            uri = model.spec.at("model", "storageUri")
            if model.name and not NAME.fullmatch(model.name):
                place = model.root.at("metadata", "name").place
                yield Problem(place, "form", {"name": model.name})
            if isinstance(uri.value, str) and not uri.value.startswith(PREFIXES):
                prefixes = ", ".join(PREFIXES)
                yield Problem(uri.place, "uri", {"found": uri.value, "prefixes": prefixes})
    for now, before in updates(run, "TrainedModel"):
        new, old = (one.spec.at("model", "memory") for one in (now, before))
        sizes = {nanos(new.value), nanos(old.value)}
        if len(sizes) == 2 and None not in sizes:
            arguments = {"before": str(old.value), "now": str(new.value)}
            yield Problem(new.place, "memory", arguments)


def caches(run: Run) -> Iterator[Problem]:
    """Of one URI there can be one cache, however its nodes are grouped."""
    seen: dict[str, tuple[Manifest, Cursor]] = {}
    for cache in (*untouched(run), *run.manifests):
        uri = cache.spec.at("sourceModelUri")
        if cache.kind == "LocalModelCache" and uri.text:
            other, first = seen.setdefault(uri.text, (cache, uri))
            if other.name != cache.name:
                arguments = {"name": other.name, "uri": uri.text}
                yield Problem(uri.place, "cached", arguments, Related(first.place, "first"))


def lost(run: Run) -> Iterator[Problem]:
    """Models whose InferenceService in the run cannot hold them; others may be in the cluster."""
    known: dict[str, dict[str, Manifest]] = {}
    for one in (*run.manifests, *untouched(run)):
        if one.kind == "InferenceService":
            known.setdefault(one.namespace, {})[one.name] = one
    for model in run.manifests:
        wanted = model.spec.at("inferenceService")
        if model.kind != "TrainedModel" or not wanted.text:
            continue
        services = known.get(model.namespace, {})
        service = services.get(wanted.text)
        if service and (predictor := predictor_of(service)) and predictor.storage_uri:
            yield Problem(wanted.place, "single", {"name": wanted.text})
        elif not service and (near := misspelt(wanted.text, services)):
            yield Problem(wanted.place, "parent", {"found": wanted.text, "near": near})
