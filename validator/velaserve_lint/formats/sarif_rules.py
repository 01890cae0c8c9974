# SPDX-License-Identifier: Apache-2.0
"""Rules as SARIF describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.page import marked_up, plain, sections
from velaserve_lint.rules import find

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}


def descriptor(rule_id: str) -> dict[str, object]:
    """What a reader shows beside the results of the rule."""
    rule = find(rule_id)
    return {
        "id": rule.id,
        "name": _camel(rule.slug),
        "shortDescription": {"text": rule.title.en},
        "fullDescription": {"text": rule.why.en},
        "help": {
            "text": plain(rule, "en"),
            "markdown": "\n".join(map(marked_up, sections(rule, "en"))),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _camel(slug: str) -> str:
    """SARIF's habit for names: UnknownProperty."""
    return "".join(word.capitalize() for word in slug.split("-"))
