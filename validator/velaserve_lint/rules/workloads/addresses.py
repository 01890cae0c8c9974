# SPDX-License-Identifier: Apache-2.0
"""Hosts and paths of Ingresses.

Source: Kubernetes v1.34.4 pkg/apis/networking/validation/validation.go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint import naming
from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.reach import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

_STRICT = frozenset({"Exact", "Prefix"})
_NOT_WITHIN = ("//", "/./", "/../", "%2f", "%2F")
_NOT_LAST = ("/..", "/.")


def wrong_addresses(manifest: Manifest) -> Iterator[tuple[str, Cursor, str]]:
    """A message, where, and the part that is wrong."""
    for host in (*reach(manifest.spec, "rules[].host"), *reach(manifest.spec, "tls[].hosts[]")):
        if host.text and not has_placeholder(host.text) and not _is_host(host.text):
            yield "host", host, host.text
    for entry in reach(manifest.spec, "rules[].http.paths[]"):
        path, kind = entry.at("path"), entry.at("pathType").text
        if not has_placeholder(path.text):
            yield from _of_path(path, kind in _STRICT)


def _of_path(path: Cursor, is_strict: bool) -> Iterator[tuple[str, Cursor, str]]:
    """Where the type leaves it to the implementation, the path may be a pattern, or missing."""
    if (path.text or is_strict) and not path.text.startswith("/"):
        yield "relative", path, path.text
    for part in _NOT_WITHIN if is_strict else ():
        if part in path.text:
            yield "part", path, part
    for part in _NOT_LAST if is_strict else ():
        if path.text.endswith(part):
            yield "part", path, part


def _is_host(text: str) -> bool:
    """A name; `*.` stands for one label, and four numbers are an address, not a name."""
    name = text.removeprefix("*.")
    is_address = name.replace(".", "").isdigit() and name.count(".") == 3
    return naming.SUBDOMAIN.fits(name) and not is_address
