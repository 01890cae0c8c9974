# SPDX-License-Identifier: Apache-2.0
"""A Kubernetes object by itself: its fields, then what the rules know about its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint import fields
from velaserve_lint.consequences import independent
from velaserve_lint.fields.apis import exists
from velaserve_lint.manifest import KSERVE_GROUP
from velaserve_lint.npu.checking import check_pod
from velaserve_lint.pod_choices import impossible_choices
from velaserve_lint.pods import pods_of
from velaserve_lint.queries import queries_of
from velaserve_lint.rules import manifest_rules, pod_rules, query_rules, schema_rules
from velaserve_lint.rules.objects.vs308_misspelt_kind import MisspeltKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.violations import Violation


def check(manifest: Manifest) -> Iterator[Finding]:
    """What is wrong with the object, whatever else there is in the run.

    Of a kind that there is not, only that: rules would judge it by the kind that was meant.
    """
    if not exists(manifest.api_version, manifest.kind):
        yield from MisspeltKind.check(manifest)
        return
    mistakes = list(_mistakes(manifest))
    yield from mistakes
    yield from independent(_by_rules(manifest), mistakes, manifest.root.document)


def check_part(manifest: Manifest) -> Iterator[Finding]:
    """The same of a pod whose fields another schema has looked at."""
    for violation in impossible_choices(manifest):
        yield from schema_rules("3")[violation.keyword].check(violation)
    yield from _by_rules(manifest)


def _mistakes(manifest: Manifest) -> Iterator[Finding]:
    explained = schema_rules("4" if manifest.group == KSERVE_GROUP else "3")
    for violation in _violations(manifest):
        yield from explained[violation.keyword].check(violation)


def _violations(manifest: Manifest) -> Iterator[Violation]:
    document, path, data = manifest.root
    for violation in fields.check(document, data, path, manifest.api_version, manifest.kind):
        if not (manifest.is_part and violation.keyword == "required"):
            yield violation
    if manifest.group == KSERVE_GROUP:
        yield from impossible_choices(manifest)


def _by_rules(manifest: Manifest) -> Iterator[Finding]:
    folder = "kserve" if manifest.group == KSERVE_GROUP else "workloads"
    for rule in manifest_rules(folder):
        if not rule.kinds or manifest.kind in rule.kinds:
            yield from rule.check(manifest)
    for pod in pods_of(manifest):
        for pod_rule in pod_rules():
            yield from pod_rule.check(pod)
        yield from check_pod(pod)
    for query in queries_of(manifest):
        for query_rule in query_rules():
            yield from query_rule.check(query)
