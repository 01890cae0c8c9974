# SPDX-License-Identifier: Apache-2.0
"""The field tables of the linter, as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

from ci.tools.fields.crds import crds
from ci.tools.fields.openapi import OBJECT_META, OpenApi
from ci.tools.fields.sources import CRDS, KINDS, KUBERNETES, Crds, files, folder
from ci.tools.fields.structs import Structs
from ci.tools.pins import Module
from ci.tools.schema import Json

COMMENT = "Made by ci/tools/fields; not for editing."

Table = dict[str, Json]
Kinds = dict[str, dict[str, Json]]  # the struct of each kind by apiVersion


def tables(*, offline: bool = False) -> Iterator[tuple[str, Table]]:
    """Each by its name.

    Raises:
        NotReady: a module is not to be had.
    """
    kubernetes = OpenApi(folder(KUBERNETES, offline=offline))
    yield "kubernetes", _kubernetes(kubernetes)
    metadata = kubernetes.structs(OBJECT_META)
    for source in CRDS:
        module = folder(source.module, offline=offline)
        yield source.table, _of_crds(source, module, metadata)


def _kubernetes(openapi: OpenApi) -> Table:
    kinds: Kinds = {}
    roots = []
    for api_version, kind, reference in openapi.kinds():
        if kind in KINDS:
            kinds.setdefault(api_version, {})[kind] = reference
            roots.append(reference)
    # What Go reads of JSON: a text that is empty is one that was not written.
    return _table([KUBERNETES], kinds, openapi.structs(*roots)) | {"emptyIsAbsent": True}


def _of_crds(source: Crds, module: Path, metadata: dict[str, Json]) -> Table:
    kinds: Kinds = {}
    structs = Structs()
    for file in files(module, source.tabled):
        for crd in crds(file):
            version = crd.api_version.rpartition("/")[2]
            reference = structs.add(crd.expression(), (f"{crd.kind}/{version}",))
            kinds.setdefault(crd.api_version, {})[crd.kind] = reference
    table = _table([source.module, KUBERNETES], kinds, structs.by_reference | metadata)
    named: Table = json.loads(structs.readable(json.dumps(table)))
    return named


def _table(modules: list[Module], kinds: Kinds, structs: dict[str, Json]) -> Table:
    sources = {module.path: f"v{module.version}" for module in modules}
    return {
        "comment": COMMENT,
        "sources": dict(sources),
        "kinds": dict(kinds),
        "structs": structs,
    }
