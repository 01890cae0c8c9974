# SPDX-License-Identifier: Apache-2.0
"""Offline models (OM): compiled for exactly one chip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.npu.demand import Demand

_FILE = re.compile(r"\w\.om(?=$|[\s'\",])")


def offline_model(demand: Demand) -> Cursor | None:
    """What says that the model is one: its format, or a file of that kind."""
    said = demand.model_format
    if said and (said.text == "om" or said.text.endswith("-om")):
        return said
    return next((one for one in _said(demand) if _FILE.search(one.text)), None)


def _said(demand: Demand) -> Iterator[Cursor]:
    for consumer in demand.users:
        yield consumer.at.at("storageUri")
        yield consumer.at.at("modelUri")
        yield from consumer.words
        yield from (variable.value for variable in consumer.env.values())
