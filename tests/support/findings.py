# SPDX-License-Identifier: Apache-2.0
"""What one rule says about a text."""

from __future__ import annotations

from typing import NamedTuple

from velaserve_lint import describe, lint
from velaserve_lint.settings import Settings
from velaserve_lint.targets import DEFAULT, Targets


class Said(NamedTuple):
    """A finding as its readers see it."""

    message: str
    pointer: str


def said(rule_id: str, text: str, targets: Targets = DEFAULT) -> list[Said]:
    """The findings of that rule in English, in the order of the file."""
    findings = lint(text, settings=Settings(targets)).findings
    found = [finding for finding in findings if finding.id == rule_id]
    return [Said(describe(finding), finding.pointer) for finding in found]


def messages(rule_id: str, text: str) -> list[str]:
    return [one.message for one in said(rule_id, text)]


def pod(spec: str = "", container: str = "") -> str:
    """A Pod in flow style, with one container; both texts are further fields."""
    body = f"containers: [{{name: c, image: i:1, {container}}}], {spec}"
    return an("v1", "Pod", f"spec: {{{body}}}", "p")


def deployment(spec: str = "", pod_spec: str = "", container: str = "") -> str:
    """A Deployment in flow style; the texts are further fields of its parts."""
    first = f"{{name: c, image: i:1, {container}}}"
    template = f"{{metadata: {{labels: {{a: b}}}}, spec: {{containers: [{first}], {pod_spec}}}}}"
    body = f"{{selector: {{matchLabels: {{a: b}}}}, template: {template}, {spec}}}"
    return f"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: d}}, spec: {body}}}"


def an(api_version: str, kind: str, body: str, name: str = "x") -> str:
    """Any object in flow style; the body holds its fields beside metadata."""
    return f"{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: {name}}}, {body}}}"
