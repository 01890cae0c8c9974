# SPDX-License-Identifier: Apache-2.0
"""Ranges of addresses, and which of them are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from ipaddress import IPv4Network, IPv6Network

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

    Network: TypeAlias = IPv4Network | IPv6Network


def wrong_ranges(manifest: Manifest) -> Iterator[tuple[str, Cursor, Cursor]]:
    """A message, the range that it is about, and the range that should hold it."""
    for peers in ("ingress[].from[]", "egress[].to[]"):
        for block in reach(manifest.spec, f"{peers}.ipBlock"):
            yield from _of_block(block)
    for at in reach(manifest.spec, "loadBalancerSourceRanges[]"):
        if at.text and _network(at.text.strip()) is None:
            yield "invalid", at, at


def _of_block(block: Cursor) -> Iterator[tuple[str, Cursor, Cursor]]:
    cidr = block.at("cidr")
    around = _network(cidr.text)
    if cidr.text and around is None and not has_placeholder(cidr.text):
        yield "invalid", cidr, cidr
    for at in block.at("except").items():
        inner = _network(at.text)
        if at.text and inner is None:
            yield "invalid", at, at
        elif around and inner and not _is_part(inner, around):
            yield "outside", at, cidr


def _network(text: str) -> Network | None:
    """With bits behind the prefix, as the API server takes it; without one, it is no range."""
    from ipaddress import ip_network

    try:
        return ip_network(text, strict=False) if "/" in text else None
    except ValueError:
        return None


def _is_part(inner: Network, around: Network) -> bool:
    """Equal would leave nothing."""
    return (
        inner.version == around.version
        and inner.prefixlen > around.prefixlen
        and inner.supernet(new_prefix=around.prefixlen) == around
    )
