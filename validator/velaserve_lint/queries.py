# SPDX-License-Identifier: Apache-2.0
"""The PromQL queries of objects and Applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.cursor import Cursor
from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.promql import Problem
    from velaserve_lint.promql.problem import Family

# Of our definitions: traits/autoscaler.cue, traits/canary.cue.
_OF_TRAITS: Mapping[str, tuple[str, ...]] = {
    "autoscaler": ("metrics.queries[].query", "scaleToZero.wakeUpQuery"),
    "canary": ("checks[].query",),
}
# What the step canary-release puts there: traits/steps/canary-release.cue.
_STANDS_FOR = {"$pods": 'pod="x"', "$window": "5m"}
# What Helm and the like put there, anything may be; `$` alone is no part of PromQL.
_TEMPLATED = ("{{", "${", "$(")


class Query(NamedTuple):
    """A query, and where it stands."""

    at: Cursor
    text: str

    def problems(self, family: Family) -> Iterator[Problem]:
        """What is wrong with it, of one kind."""
        from velaserve_lint.promql import problems

        return (one for one in problems(self.text) if one.family == family)


def queries_of(manifest: Manifest) -> Iterator[Query]:
    """Those of rules, and of autoscalers that ask a Prometheus."""
    for at in _places(manifest):
        if at.text and not any(mark in at.text for mark in _TEMPLATED):
            yield Query(at, at.text)


def queries_in(application: Application) -> Iterator[Query]:
    """Those of our traits."""
    for component in application.components:
        for trait in component.traits:
            properties = (*trait.path, "properties")
            cursor = Cursor(application.document, properties, trait.properties)
            for path in _OF_TRAITS.get(trait.definition, ()):
                yield from (Query(at, _filled(at.text)) for at in reach(cursor, path) if at.text)


def _places(manifest: Manifest) -> Iterator[Cursor]:
    if manifest.kind == "PrometheusRule":
        yield from reach(manifest.spec, "groups[].rules[].expr")
    elif manifest.kind == "ScaledObject":
        for trigger in manifest.spec.at("triggers").items():
            if trigger.at("type").text == "prometheus":
                yield trigger.at("metadata", "query")
    elif manifest.kind == "InferenceService":
        for metric in reach(manifest.spec, "*.autoScaling.metrics[].external.metric"):
            if metric.at("backend").text == "prometheus":
                yield metric.at("query")


def _filled(text: str) -> str:
    for name, value in _STANDS_FOR.items():
        text = text.replace(name, value)
    return text
