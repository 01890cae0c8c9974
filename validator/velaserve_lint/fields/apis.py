# SPDX-License-Identifier: Apache-2.0
"""Which APIs there are, which have gone, and what somebody meant who wrote neither."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.fields.table import load
from velaserve_lint.suggest import misspelt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.targets import Version

_STAGES = re.compile(r"\d+|alpha|beta")


class End(NamedTuple):
    """When Kubernetes deprecated a kind and when it removed it; `replacement` may be empty."""

    deprecated: Version
    removed: Version
    replacement: str


def kinds() -> Mapping[str, Mapping[str, str | None]]:
    """The kinds of each apiVersion, each with the name of its table where there is one."""
    return _apis().kinds


def end_of(api_version: str, kind: str) -> End | None:
    return _apis().ends.get((api_version, kind))


def exists(api_version: str, kind: str) -> bool:
    """Whether Kubernetes or a CRD that we know has the kind, or once had it."""
    return kind in kinds().get(api_version, ()) or end_of(api_version, kind) is not None


def may_be_ours(api_version: str, kind: str) -> bool:
    """Whether it is, or was, a kind that is known here, or a slip of one."""
    return exists(api_version, kind) or meant(api_version, kind) is not None


def meant(api_version: str, kind: str) -> tuple[str, str] | None:
    """The apiVersion and kind of which these are a slip; None where they may well exist.

    Of Kubernetes' own groups, whose names have no dot or are in the table, all kinds are known; of
    others that are in the table, those that have only another version there.
    """
    if exists(api_version, kind) or kind.endswith("List"):
        return None
    if near := misspelt(kind, kinds().get(api_version, ())):
        return api_version, near
    group = api_version.rpartition("/")[0]
    elsewhere = [other for other in _newest_first() if kind in kinds()[other]]
    same = [other for other in elsewhere if other.rpartition("/")[0] == group]
    if same or "." not in group or group in _apis().built_in_groups:
        return next(((other, kind) for other in same or elsewhere), None)
    groups = {other.rpartition("/")[0]: other for other in reversed(elsewhere)}
    near = misspelt(group, groups)
    is_slip = near and abs(len(near) - len(group)) < 2  # azmonitoring.coreos.com exists
    return (groups[near], kind) if near and is_slip else None


class _Apis(NamedTuple):
    kinds: Mapping[str, Mapping[str, str | None]]
    ends: Mapping[tuple[str, str], End]
    built_in_groups: frozenset[str]


@functools.cache
def _apis() -> _Apis:
    data = load("apis")
    ends = {
        (api_version, kind): End(
            tuple(end["deprecated"]), tuple(end["removed"]), end["replacement"]
        )
        for api_version, kinds_of in data["ends"].items()
        for kind, end in kinds_of.items()
    }
    return _Apis(data["kinds"], ends, frozenset(data["builtInGroups"]))


@functools.cache
def _newest_first() -> list[str]:
    return sorted(kinds(), key=_age, reverse=True)


def _age(api_version: str) -> tuple[bool, int, list[str]]:
    """v2 after v1 after v1beta1 after v1alpha1."""
    number, *stage = _STAGES.findall(api_version.rpartition("/")[2])
    return not stage, int(number), stage
