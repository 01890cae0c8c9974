# SPDX-License-Identifier: Apache-2.0
"""What a chip can be asked for: whole cards, slices of several kinds, models compiled for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.serving import OURS, service_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Component
    from velaserve_lint.combinations.rows import Part
    from velaserve_lint.names.accelerator import Accelerator, NpuCore
    from velaserve_lint.place import Path
    from velaserve_lint.serving import Service
    from velaserve_lint.text import Argument

_SLICE = "accelerator.slice"
_KINDS = ("vnpu", "npuCore", "mig", "memory", "cores")

_Said: TypeAlias = "Iterator[tuple[str, Mapping[str, Argument]]]"


class Impossible(NamedTuple):
    """Something that cannot be, by the key of a message, and where it stands."""

    message: str
    path: Path
    arguments: Mapping[str, Argument]


def impossible(component: Component) -> Iterator[Impossible]:
    """As accelerator.cue, offline.cue and slices.cue of components/model-serving have it."""
    service = service_of(component) if component.definition == "model-serving" else None
    part = part_of(component)
    if service is None or not ("accelerator" in part.data or service.model_format == "om"):
        return
    yield from _offline(service, part)
    if part.get("accelerator.gears") is not None and service.chip == "nvidia":
        yield Impossible("gears", part.at("accelerator.gears"), {"chip": service.chip})
    if isinstance(part.get(_SLICE), dict):
        yield from _slice(service.chip, part)


def _offline(service: Service, part: Part) -> Iterator[Impossible]:
    if service.server != "ours" or service.model_format != "om":
        return
    if not service.is_on_ascend:
        yield Impossible("om", part.at("modelFormat.name"), {})
    elif service.runtime != OURS[1]:
        yield Impossible("runtime", part.at("runtime"), {})


def _slice(chip: str, part: Part) -> Iterator[Impossible]:
    from velaserve_lint.names.accelerator import accelerators  # a table to be read

    found = {kind for kind in _KINDS if part.get(f"{_SLICE}.{kind}") is not None}
    row = accelerators().get(chip)
    for name in ("level", "dvpp") if "npuCore" not in found else ():
        if part.get(f"{_SLICE}.{name}") is not None:
            yield Impossible("only", part.at(f"{_SLICE}.{name}"), {"name": name})
    if row is None or len(found - {"cores"}) > 1:
        return  # said by the schema, and by those of which there must be one
    for name in found:
        path = part.at(f"{_SLICE}.{name}")
        for message, arguments in _refused(name, row, part):
            yield Impossible(message, path, {"chip": chip, "name": name, **arguments})


def _refused(name: str, row: Accelerator, part: Part) -> _Said:
    found = part.get(f"{_SLICE}.{name}")
    count = part.get("accelerator.count")
    if name in ("vnpu", "npuCore") and type(count) is int and count > 1:
        yield "count", {"found": count}
    elif name == "mig" and not row.mig:
        yield "mig", {}
    elif name in ("memory", "cores") and not row.shared:
        yield "shared", {}
    elif name == "vnpu" and isinstance(found, str) and found not in row.vnpu:
        known = ", ".join(row.vnpu)
        yield "template" if known else "untemplated", {"found": found, "known": known}
    elif name == "npuCore" and row.npu_core is None:
        yield "uncut", {}
    elif name == "npuCore" and type(found) is int and row.npu_core is not None:
        yield from _of_cores(found, row.npu_core, part)


def _of_cores(found: int, cores: NpuCore, part: Part) -> _Said:
    if found not in cores.parts and not any(found % whole == 0 for whole in cores.whole):
        known = (
            ", ".join(map(str, cores.parts)) + ", " + " / ".join(f"{one}n" for one in cores.whole)
        )
        yield "cores", {"found": found, "known": known}
        return
    for name, kinds in (("level", cores.level), ("dvpp", cores.dvpp)):
        if part.get(f"{_SLICE}.{name}") is not None and found not in kinds:
            yield "kind", {"found": found, "name": name}
