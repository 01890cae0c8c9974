# SPDX-License-Identifier: Apache-2.0
"""An extended resource that a container asks for: a card, a part of one, or another device."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.quantity import NANO, nanos

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.names.ascend import Resource
    from velaserve_lint.place import Place

_NPUS = ("huawei.com/Ascend", "huawei.com/ascend", "huawei.com/npu")


class Device(NamedTuple):
    """What is requested and the limit; `named` is where the file says which device it is.

    `chip` is the one that was meant, where more is said than the device's name.
    """

    name: str
    request: Cursor
    limit: Cursor
    named: Place
    chip: str = ""

    @property
    def asked(self) -> Cursor:
        """The limit, for a request is the same where it is missing."""
        return self.limit if self.limit.value is not None else self.request

    @property
    def amounts(self) -> tuple[Cursor, ...]:
        """Both sides where they differ; a text, or a number."""
        one, other = self.asked, self.request
        sides = (one,) if one.value == other.value else (one, other)
        return tuple(each for each in sides if type(each.value) in (str, int, float))

    @property
    def number(self) -> int | None:
        """How many; None where no whole number stands there."""
        found = nanos(self.asked.value)
        return found // NANO if found is not None and found >= 0 and not found % NANO else None

    @property
    def is_card(self) -> bool:
        """Whether it is counted one by one; other vendors' devices may be shares of something."""
        if self.name.endswith("-memory"):
            return False
        return self.name.startswith(_NPUS) or self.name.endswith("/gpu")


class Npu(NamedTuple):
    """A device that is an Ascend NPU or a part of one."""

    device: Device
    resource: Resource

    @property
    def name(self) -> str:
        return self.device.name

    @property
    def number(self) -> int | None:
        return self.device.number
