# SPDX-License-Identifier: Apache-2.0
"""Whether a container's user may open the devices of NPUs: they belong to HwHiAiUser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from velaserve_lint.npu.images import runs_as_root

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Consumer, Demand
    from velaserve_lint.place import Place

# HwHiAiUser's number on most hosts; its group's may be another one, which only hosts know.
_OWNER = 1000
_GROUPS = ("runAsGroup", "fsGroup", "supplementalGroups")


class Wrong(NamedTuple):
    """A user that is none of the devices', root without power, root that may not be, not root."""

    message: Literal["stranger", "powerless", "root", "slice"]
    place: Place


class _Identity:
    """Who a container is: its own values win over the pod's."""

    def __init__(self, demand: Demand, consumer: Consumer) -> None:
        self._own, self._pod = consumer.at.at("securityContext"), demand.security
        self.user = self.said("runAsUser")
        self.not_root = self.said("runAsNonRoot")
        # The trait compile-cache gives volumes, and so the pod, a group.
        self.has_group = demand.keeps_compiled or any(self.said(one).value for one in _GROUPS)
        self.dropped = self._own.at("capabilities", "drop")
        self.is_root = self.user.number == 0

    def said(self, field: str) -> Cursor:
        own = self._own.at(field)
        return own if own.value is not None else self._pod.at(field)

    @property
    def is_powerless(self) -> bool:
        """Without the capability by which root opens what belongs to others."""
        added = self._own.at("capabilities", "add")
        return "ALL" in _words(self.dropped) and "DAC_OVERRIDE" not in _words(added)


def wrong_with(demand: Demand, consumer: Consumer) -> Wrong | None:
    """Why the user may not open them, as far as the file says who it is."""
    if consumer.at.at("securityContext", "privileged").value is True:
        return None
    who = _Identity(demand, consumer)
    if found := _of_slice(demand, consumer, who):
        return found
    if who.has_group:
        return None
    if who.user.number not in (None, 0, _OWNER):
        return Wrong("stranger", who.user.place)
    return _of_root(demand, consumer, who)


def _of_slice(demand: Demand, consumer: Consumer, who: _Identity) -> Wrong | None:
    """What Volcano cuts when the pod comes is for root alone."""
    cut = [one.device for one in consumer.npus if one.resource.kind == "core"]
    if not cut or who.is_root:
        return None
    if who.user.number is None and who.not_root.value is not True:
        # Our image's user is another one; of others we do not know.
        return Wrong("slice", cut[0].named) if demand.is_ours else None
    return Wrong("slice", (who.not_root if who.user.number is None else who.user).place)


def _of_root(demand: Demand, consumer: Consumer, who: _Identity) -> Wrong | None:
    by_image = who.user.value is None and runs_as_root(consumer.at.at("image").text)
    if by_image and who.not_root.value is True:
        return Wrong("root", who.not_root.place)
    if (by_image or who.is_root) and who.is_powerless:
        return Wrong("powerless", who.dropped.place)
    # Our runtimes drop all capabilities.
    return Wrong("powerless", who.user.place) if who.is_root and demand.is_ours else None


def _words(cursor: Cursor) -> set[str]:
    return {one.text.upper().removeprefix("CAP_") for one in cursor.items()}
