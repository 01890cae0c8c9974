# SPDX-License-Identifier: Apache-2.0
"""The runtimes that a model could get: those of the run, then KServe's own and ours."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from velaserve_lint.container import MODEL_CONTAINER
from velaserve_lint.package_data import json_of
from velaserve_lint.rules.kserve.kinds import RUNTIMES
from velaserve_lint.run import once_a_run
from velaserve_lint.updates import untouched

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.rules.kserve.served_model import ServedModel
    from velaserve_lint.run import Run

_TABLE = "rules/kserve/known_runtimes.json"


class Format(NamedTuple):
    """A row of supportedModelFormats; `selected`: for it KServe may choose the runtime itself."""

    name: str
    version: str | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Runtime:
    """What of a runtime decides about a model.

    `manifest`, and in it the container `server`, are there where the runtime stands in the run.
    """

    name: str
    formats: Sequence[Format]
    protocols: Sequence[str] = ()
    flags: Sequence[str] = ()
    workers: bool = False
    disabled: bool = False
    many: bool = False
    grace: int | None = None
    manifest: Manifest | None = None
    server: Cursor | None = None

    def takes(self, name: str, version: str | None, *, selected: bool) -> bool:
        """Versions are compared as they are written: `1.2` is not `1`."""
        return any(
            row.name == name and (version is None or row.version == version)
            for row in self.formats
            if row.selected or not selected
        )

    def speaks(self, protocol: str) -> bool:
        return not self.protocols or protocol in self.protocols


class Visible:
    """Those that a model of one namespace can have, a namespace's own before those for all.

    Of two with one name, the first is meant.
    """

    def __init__(self, runtimes: Sequence[Runtime]) -> None:
        names = {one.name for one in runtimes}
        self.runtimes = (*runtimes, *(one for one in _built_in() if one.name not in names))
        self.by_name = {one.name: one for one in reversed(self.runtimes)}
        self.formats = {row.name for one in self.runtimes for row in one.formats}
        self._selected: dict[tuple[str, str | None], Sequence[Runtime]] = {}

    def selected(self, name: str, version: str | None) -> Sequence[Runtime]:
        """Those that KServe may choose by themselves for a format."""
        key = (name, version)
        if key not in self._selected:
            takers = (one for one in self.runtimes if one.takes(name, version, selected=True))
            self._selected[key] = tuple(takers)
        return self._selected[key]


class Runtimes:
    """All that are known in a run."""

    def __init__(self, run: Run) -> None:
        found = [one for one in (*run.manifests, *untouched(run)) if one.kind in RUNTIMES]
        self._of_run = [_of_manifest(one) for one in found]
        self._visible: dict[str, Visible] = {}

    def named(self, name: str, namespace: str) -> Runtime | None:
        """As KServe looks for it: in the namespace first."""
        return self.seen_from(namespace).by_name.get(name)

    def taking(self, model: ServedModel) -> Sequence[Runtime]:
        """Those among which KServe may choose for the model, whatever their protocol."""
        seen = self.seen_from(model.manifest.namespace).selected(model.format, model.version)
        fitting = (one for one in seen if one.workers == model.workers)
        return [one for one in fitting if not (one.disabled or one.many)]

    def seen_from(self, namespace: str) -> Visible:
        if namespace not in self._visible:
            visible = [one for one in self._of_run if _is_visible(one, namespace)]
            visible.sort(key=_is_for_all)
            self._visible[namespace] = Visible(visible)
        return self._visible[namespace]


@once_a_run
def runtimes_of(run: Run) -> Runtimes:
    """The same for all rules."""
    return Runtimes(run)


def flags_of(args: Iterable[Cursor]) -> Mapping[str, Cursor]:
    """The flags among arguments, with `-` as `_`: KServe's servers take both."""
    found = ((arg, arg.text.partition("=")[0]) for arg in args)
    return {_plain(flag): arg for arg, flag in found if flag.startswith("--")}


def _plain(flag: str) -> str:
    return f"--{flag[2:].replace('-', '_')}"


def _is_visible(runtime: Runtime, namespace: str) -> bool:
    manifest = runtime.manifest
    return manifest is None or _is_for_all(runtime) or manifest.namespace == namespace


def _is_for_all(runtime: Runtime) -> bool:
    return runtime.manifest is None or runtime.manifest.kind == "ClusterServingRuntime"


def _of_manifest(manifest: Manifest) -> Runtime:
    spec = manifest.spec
    containers = spec.at("containers").items()
    server = next((one for one in containers if one.at("name").text == MODEL_CONTAINER), None)
    return Runtime(
        manifest.name,
        tuple(_format(row) for row in spec.at("supportedModelFormats").items()),
        tuple(one.text for one in spec.at("protocolVersions").items() if one.text),
        flags=tuple(flags_of(server.at("args").items())) if server else (),
        workers=isinstance(spec.at("workerSpec").value, dict),
        disabled=spec.at("disabled").value is True,
        many=spec.at("multiModel").value is True,
        manifest=manifest,
        server=server,
    )


def _format(row: Cursor) -> Format:
    version = row.at("version").value
    written = version if isinstance(version, str) else None
    return Format(row.at("name").text, written, row.at("autoSelect").value is True)


@functools.cache
def _built_in() -> Sequence[Runtime]:
    rows = json_of(_TABLE)["runtimes"]
    return tuple(_of_row(name, row) for name, row in rows.items())


def _of_row(name: str, row: dict[str, Any]) -> Runtime:  # Any: JSON that ci/tools writes
    return Runtime(
        name,
        tuple(Format(*each) for each in row["formats"]),
        row.get("protocols", ()),
        tuple(map(_plain, row.get("flags", ()))),
        workers=row.get("workers", False),
        grace=row.get("graceSeconds"),
    )
