# SPDX-License-Identifier: Apache-2.0
"""The APIs that the linter knows: where their fields stand, and when Kubernetes' own end."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from ci.tools.fields.lifecycles import FORGOTTEN, Lifecycle, lifecycles
from ci.tools.fields.openapi import OpenApi
from ci.tools.fields.sources import CRDS, KUBERNETES, files, folder, pinned
from ci.tools.fields.tables import COMMENT, Table
from ci.tools.schema import Json

# Kubernetes' own lists of its APIs; each is a part of k8s.io/kubernetes.
_TYPES = tuple(
    pinned(f"k8s.io/{name}") for name in ("api", "apiextensions-apiserver", "kube-aggregator")
)
_GROUP = re.compile(r"^  group: (\S+)$", re.MULTILINE)
_KIND = re.compile(r"^    kind: (\w+)$", re.MULTILINE)
_VERSION = re.compile(r"^ {2,6}(?:- )?name: (v\d\w*)$", re.MULTILINE)
_SERVED = re.compile(r"^ {2,6}(?:- )?served: (true|false)$", re.MULTILINE)

Kinds = dict[str, dict[str, Json]]  # by apiVersion, each with the name of its table or none


def apis(tables: Mapping[str, Table], *, offline: bool = False) -> Table:
    """What apis.json holds.

    Raises:
        NotReady: a module is not to be had.
    """
    built_in = _built_in(folder(KUBERNETES, offline=offline))
    ends = [each for one in _TYPES for each in lifecycles(folder(one, offline=offline))]
    kinds = dict(built_in)
    for source in CRDS:
        for file in files(folder(source.module, offline=offline), source.known):
            _add(kinds, file.read_text(encoding="utf-8"))
    for name, table in tables.items():
        _tabled(kinds, name, table)
    modules = (KUBERNETES, *_TYPES, *(source.module for source in CRDS))
    return {
        "comment": COMMENT,
        "sources": {module.path: f"v{module.version}" for module in modules},
        "kinds": dict(kinds),
        "builtInGroups": [*sorted({api_version.rpartition("/")[0] for api_version in built_in})],
        "ends": _ends([*ends, *FORGOTTEN], kinds),
    }


def _built_in(module: Path) -> Kinds:
    kinds: Kinds = {"v1": {"List": None}}
    for api_version, kind, _ in OpenApi(module).kinds():
        kinds.setdefault(api_version, {})[kind] = None
    return kinds


def _add(kinds: Kinds, crd: str) -> None:
    """The files are long; what is wanted stands in lines of its own."""
    [group], [kind] = _GROUP.findall(crd), set(_KIND.findall(crd))
    for version, served in zip(_VERSION.findall(crd), _SERVED.findall(crd), strict=True):
        if served == "true":
            kinds.setdefault(f"{group}/{version}", {})[kind] = None


def _tabled(kinds: Kinds, name: str, table: Table) -> None:
    for api_version, names in cast("Kinds", table["kinds"]).items():
        kinds[api_version] = kinds[api_version] | dict.fromkeys(names, name)


def _ends(all_ends: Iterable[Lifecycle], served: Kinds) -> Json:
    ends = {(end.api_version, end.kind): end for end in all_ends}
    table: dict[str, dict[str, Json]] = {}
    for end in ends.values():
        table.setdefault(end.api_version, {})[end.kind] = {
            "deprecated": list(end.deprecated),
            "removed": list(end.removed),
            "replacement": _replacement(end, ends, served),
        }
    return dict(table)


def _replacement(end: Lifecycle, ends: dict[tuple[str, str], Lifecycle], served: Kinds) -> str:
    """What to write today: the replacement of the replacement, or the version without a beta."""
    api_version = end.replacement or f"{end.api_version.partition('/')[0]}/v1"
    if further := ends.get((api_version, end.kind)):
        return _replacement(further, ends, served)
    return api_version if end.kind in served.get(api_version, ()) else end.replacement
