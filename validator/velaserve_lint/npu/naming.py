# SPDX-License-Identifier: Apache-2.0
"""What somebody meant who wrote a name that no device plugin has."""

from __future__ import annotations

from typing import Literal, NamedTuple

from velaserve_lint.names.ascend import former_resources, npu_resources
from velaserve_lint.suggest import misspelt, suggest

_DOMAINS = ("huawei.com/", "ascend.ai/")


class Doubt(NamedTuple):
    """How sure it is: a slip, a name of former times, or one that nobody knows."""

    kind: Literal["slip", "former", "unknown"]
    near: str


def doubt_of(name: str) -> Doubt | None:
    """None for what is known, and for other vendors' devices."""
    known = npu_resources()
    if not name.casefold().startswith(_DOMAINS):
        return None
    if chips := former_resources().get(name.removesuffix("-memory")):
        return Doubt("former", ", ".join(f"huawei.com/Ascend{chip}" for chip in chips))
    if name in known:
        return None
    # The same letters first: Ascend310p is Ascend310P, though one letter makes it Ascend310.
    same = next((one for one in known if one.casefold() == name.casefold()), None)
    if near := same or misspelt(name, known):
        return Doubt("slip", near)
    return Doubt("unknown", suggest(name, known) or "huawei.com/Ascend910")
