# SPDX-License-Identifier: Apache-2.0
"""What the linter finds, in a form that a table of cases can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint import lint
from velaserve_lint.manifest import manifests_in
from velaserve_lint.messages import advice, describe, describe_related
from velaserve_lint.settings import Settings
from velaserve_lint.source import read
from velaserve_lint.targets import DEFAULT, Targets

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.text import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def found(text: str, earlier: str = "", targets: Targets = DEFAULT) -> list[str]:
    """Each finding as 'ID message pointer'."""
    documents = read(earlier, "earlier.yaml").documents
    before = tuple(one for document in documents for one in manifests_in(document, targets))
    report = lint(text, "-", Settings(targets, before))
    for one in report.findings:
        _say(one)
    return [f"{one.id} {one.message} {one.pointer}" for one in report.findings]


def _say(finding: Finding) -> None:
    """In both languages: a message may want what the finding does not bring."""
    for language in LANGUAGES:
        assert describe(finding, language)
        assert advice(finding, language)
        for related in finding.related:
            assert describe_related(finding, related, language)


def of(rule_id: str, text: str, earlier: str = "", targets: Targets = DEFAULT) -> list[str]:
    """Those of one rule, without its id."""
    prefix = f"{rule_id} "
    mine = [one for one in found(text, earlier, targets) if one.startswith(prefix)]
    return [one.removeprefix(prefix) for one in mine]


def service(
    predictor: str,
    more: str = "",
    *,
    mode: str = "Standard",
    annotations: str = "",
    name: str = "a",
) -> str:
    """An InferenceService in flow style; `more` is the rest of its spec, starting with a comma."""
    where = f"serving.kserve.io/deploymentMode: {mode}" if mode else ""
    both = ", ".join(part for part in (where, annotations) if part)
    head = "apiVersion: serving.kserve.io/v1beta1, kind: InferenceService"
    metadata = f"metadata: {{name: {name}, annotations: {{{both}}}}}"
    return f"{{{head}, {metadata}, spec: {{predictor: {{{predictor}}}{more}}}}}"
