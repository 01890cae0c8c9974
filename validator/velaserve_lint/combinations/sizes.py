# SPDX-License-Identifier: Apache-2.0
"""Batch sizes: of batching, of the warm-up, and those that a model is compiled for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.combinations.rows import Part
    from velaserve_lint.place import Path

_GEARS, _WARM_UP = "accelerator.gears.batch", "warmup.batchSizes"
_MOST, _PREFERRED = "batching.maxBatchSize", "batching.preferredBatchSize"
_ABOUT = frozenset({"batching", "warmup"})


class Contradiction(NamedTuple):
    """A size against a limit, by the key of a message, and where both stand."""

    message: str
    size: int
    limit: int
    path: Path
    other: Path


def contradictions(part: Part) -> Iterator[Contradiction]:
    """As components/model-serving/accelerator.cue and server.cue have them."""
    if not part.data.keys() & _ABOUT:
        return
    gears, most, preferred = _sizes(part, _GEARS), _size(part, _MOST), _size(part, _PREFERRED)
    at_gears = part.at(_GEARS)
    largest = max(gears, default=0)
    if gears and most and most != largest:
        yield Contradiction("largest", most, largest, part.at(_MOST), at_gears)
    if gears and preferred and preferred not in gears:
        yield Contradiction("gear", preferred, largest, part.at(_PREFERRED), at_gears)
    for index, size in enumerate(_sizes(part, _WARM_UP)):
        path = (*part.at(_WARM_UP), index)
        if gears and size > largest:
            yield Contradiction("above", size, largest, path, at_gears)
        elif not gears and most and size > most:
            yield Contradiction("never", size, most, path, part.at(_MOST))


def _size(part: Part, path: str) -> int:
    value = part.get(path)
    return value if type(value) is int else 0


def _sizes(part: Part, path: str) -> list[int]:
    """None where something else stands among them."""
    values = part.get(path)
    sizes = [one for one in values if type(one) is int] if isinstance(values, list) else []
    return sizes if isinstance(values, list) and len(sizes) == len(values) else []
