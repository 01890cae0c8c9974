# SPDX-License-Identifier: Apache-2.0
"""Whether a runtime takes the format of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.suggest import misspelt
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.rules.kserve.known_runtimes import Runtime, Runtimes
    from velaserve_lint.rules.kserve.served_model import ServedModel

MESSAGES = sentences(
    missing=Text(
        "the model has no modelFormat: no runtime takes it",
        "模型没有 modelFormat：没有运行时接受它",
    ),
    format=Text(
        "runtime '{runtime}' does not take '{format}', only {formats}",
        "运行时 '{runtime}' 不接受 '{format}'，只接受 {formats}",
    ),
    version=Text(
        "'{runtime}' takes '{format}' of version {versions}, not {version}",
        "'{runtime}' 接受的 '{format}' 版本为 {versions}，不是 {version}",
    ),
    disabled=Text("runtime '{runtime}' is disabled", "运行时 '{runtime}' 已禁用"),
    near=Text(
        "no runtime is known for '{format}'; did you mean '{near}'?",
        "没有已知的运行时支持 '{format}'；是否指 '{near}'？",
    ),
)


def problems(model: ServedModel, runtimes: Runtimes) -> Iterator[Problem]:
    if model.at.at("modelFormat").value is None and not model.framework:
        yield Problem(model.at.key, "missing")
    elif model.format and model.runtime:
        if named := runtimes.named(model.runtime, model.manifest.namespace):
            yield from _of_named(model, named)
    elif model.format and not model.framework:
        yield from _of_any(model, runtimes)


def _of_named(model: ServedModel, runtime: Runtime) -> Iterator[Problem]:
    if runtime.disabled:
        yield Problem(model.at.at("runtime").place, "disabled", {"runtime": runtime.name})
    elif not runtime.takes(model.format, None, selected=False):
        formats = ", ".join(sorted({row.name for row in runtime.formats}))
        arguments = {"runtime": runtime.name, "format": model.format, "formats": formats}
        yield Problem(model.at.at("modelFormat", "name").place, "format", arguments)
    elif not runtime.takes(model.format, model.version, selected=False):
        yield _version(model, [runtime])


def _of_any(model: ServedModel, runtimes: Runtimes) -> Iterator[Problem]:
    """The cluster may have runtimes that are not known, so a format must be near a known one."""
    known = runtimes.seen_from(model.manifest.namespace)
    if model.format not in known.formats:
        if near := misspelt(model.format, known.formats):
            place = model.at.at("modelFormat", "name").place
            yield Problem(place, "near", {"format": model.format, "near": near})
        return
    takers = known.selected(model.format, None)
    if takers and not known.selected(model.format, model.version):
        yield _version(model, takers)


def _version(model: ServedModel, takers: Sequence[Runtime]) -> Problem:
    rows = (row for runtime in takers for row in runtime.formats if row.name == model.format)
    arguments = {
        "runtime": ", ".join(one.name for one in takers),
        "format": model.format,
        "versions": ", ".join(sorted({row.version for row in rows if row.version})) or "-",
        "version": model.version or "",
    }
    return Problem(model.at.at("modelFormat", "version").place, "version", arguments)
