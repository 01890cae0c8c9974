# SPDX-License-Identifier: Apache-2.0
"""Rules of network policies that let in, or out, more than they seem to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest


def wider(manifest: Manifest) -> Iterator[tuple[str, Cursor]]:
    """A message, and what it is about."""
    for direction, field in (("ingress", "from"), ("egress", "to")):
        for rule in manifest.spec.at(direction).items():
            yield from _of_rule(rule, field)


def _of_rule(rule: Cursor, field: str) -> Iterator[tuple[str, Cursor]]:
    peers = list(rule.at(field).items())
    kinds = [tuple(peer.mapping) for peer in peers]
    if kinds == [("namespaceSelector",), ("podSelector",)]:
        yield "either", peers[1]
    if rule.at(field).value == []:
        yield "everyone", rule.at(field)
    if rule.at("ports").value == []:
        yield "ports", rule.at("ports")
