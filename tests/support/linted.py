# SPDX-License-Identifier: Apache-2.0
"""What a rule says of the parts of an Application that a test writes down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint import describe, lint
from velaserve_lint.rules import find
from velaserve_lint.settings import DEFAULT

if TYPE_CHECKING:
    from velaserve_lint.settings import Settings

HEAD = "apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: {name: a}\nspec:\n"
COMPONENTS = "  components: [{name: web, type: webservice, properties: {image: nginx}}]\n"


def said(rule_id: str, text: str, settings: Settings = DEFAULT) -> list[str]:
    """The messages of one rule, each with the text that its span shows."""
    lines, found = text.splitlines(), []
    for finding in lint(text, settings=settings).findings:
        if finding.id == rule_id:
            find(rule_id)  # it exists, or the test would never fail
            line, column, end_line, end = finding.span
            shown = lines[line - 1][column - 1 : end - 1 if line == end_line else None]
            found.append(f"{shown}: {describe(finding)}")
    return found


def steps(*each: str, mode: str = "") -> str:
    """An Application with a workflow of these steps, in flow style."""
    listed = "".join(f"    - {{{step}}}\n" for step in each)
    return f"{HEAD}{COMPONENTS}  workflow:\n    mode: {{{mode}}}\n    steps:\n{listed}"


def group(*each: str, mode: str = "") -> str:
    """A step that is a group of such steps."""
    listed = ", ".join(f"{{{step}}}" for step in each)
    mode = f", mode: {mode}" if mode else ""
    return f"name: g, type: step-group{mode}, subSteps: [{listed}]"
