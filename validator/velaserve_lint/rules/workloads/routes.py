# SPDX-License-Identifier: Apache-2.0
"""Routes that no request takes, or whose requests nobody answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

# What has a meaning in a regular expression and is a path's part nowhere.
_PATTERN = ("(.*)", "(/|$)", ".*", "[^/]", "\\.")


class Dead(NamedTuple):
    """What is wrong with a route; `first` takes its requests."""

    message: str
    at: Cursor
    first: Cursor | None = None


def dead(manifest: Manifest) -> Iterator[Dead]:
    if manifest.kind == "HTTPRoute":
        yield from _weightless(manifest)
        yield from _doubled(reach(manifest.spec, "rules[].matches[]"))
    else:
        for entry in reach(manifest.spec, "rules[].http.paths[]"):
            path, kind = entry.at("path"), entry.at("pathType").text
            if kind in ("Exact", "Prefix") and any(part in path.text for part in _PATTERN):
                yield Dead("pattern", path)


def _weightless(manifest: Manifest) -> Iterator[Dead]:
    for rule in manifest.spec.at("rules").items():
        backends = list(rule.at("backendRefs").items())
        if backends and all(one.at("weight").number == 0 for one in backends):
            yield Dead("weights", backends[0].at("weight"))


def _doubled(matches: Iterator[Cursor]) -> Iterator[Dead]:
    """Of two equal matches, the first rule's counts; an empty one matches all, and is common."""
    seen: dict[str, Cursor] = {}
    for match in matches:
        if match.mapping:
            first = seen.setdefault(json.dumps(match.value, sort_keys=True), match)
            if first is not match:
                yield Dead("doubled", match, first)
