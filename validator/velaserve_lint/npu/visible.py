# SPDX-License-Identifier: Apache-2.0
"""What tells Ascend Docker Runtime which cards to mount into a container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Consumer

_VARIABLE = "ASCEND_VISIBLE_DEVICES"
# Which physical cards a slice is of, too.
_REAL = "huawei.com/AscendReal"


class Wrong(NamedTuple):
    """`wanted` is the resource that the container asks for."""

    message: Literal["literal", "other", "slice"]
    at: Cursor
    wanted: str


def wrong_with(consumer: Consumer) -> Wrong | None:
    """What is wrong with the variable, where there is one."""
    variable = consumer.env.get(_VARIABLE)
    if variable is None:
        return None
    if isinstance(variable.value.value, str):
        return Wrong("literal", variable.value, "")
    if sliced := [one.name for one in consumer.npus if one.resource.kind == "vnpu"]:
        return Wrong("slice", variable.source, sliced[0])
    # Of HAMi's cards the plugin itself sets the variable.
    cards = [one.name for one in consumer.npus if one.resource.kind == "cards"]
    field = variable.source.at("fieldRef", "fieldPath")
    known = {f"metadata.annotations['{name}']" for name in (*cards, _REAL)}
    return Wrong("other", field, cards[0]) if cards and field.text not in {"", *known} else None
