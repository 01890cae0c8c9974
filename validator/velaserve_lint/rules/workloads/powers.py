# SPDX-License-Identifier: Apache-2.0
"""Rules of roles that give more than anybody would list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

_CORE = {"", "*"}
# Who may do everything with them may become anybody.
_POWERFUL = frozenset(
    {
        *("clusterrolebindings", "clusterroles", "nodes", "pods", "pods/exec", "rolebindings"),
        *("roles", "secrets", "serviceaccounts", "serviceaccounts/token"),
    }
)


def unlimited(manifest: Manifest) -> Iterator[tuple[str, Cursor, str]]:
    """A message, where, and what is given."""
    for rule in manifest.root.at("rules").items():
        groups = {one.text for one in rule.at("apiGroups").items() if isinstance(one.value, str)}
        if not groups & _CORE:
            continue
        resources = [one.text for one in rule.at("resources").items()]
        verbs = [one.text for one in rule.at("verbs").items()]
        powerful = sorted(_POWERFUL.intersection(resources))
        if "*" in resources:
            yield "resources", rule.at("resources"), ", ".join(verbs)
        elif "*" in verbs and powerful:
            yield "verbs", rule.at("verbs"), ", ".join(powerful)
