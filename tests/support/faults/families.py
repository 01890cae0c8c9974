# SPDX-License-Identifier: Apache-2.0
"""All faults, by what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.faults import (
    applications,
    ascend,
    beside,
    fields,
    kserve,
    kserve_warnings,
    our_types,
    workloads,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support.faults.fault import Fault

FAMILIES: Mapping[str, Sequence[Fault]] = {
    "fields": fields.FAULTS,
    "applications": (*applications.FAULTS, *our_types.FAULTS),
    "workloads": (*workloads.FAULTS, *beside.FAULTS),
    "kserve": (*kserve.FAULTS, *kserve_warnings.FAULTS),
    "ascend": ascend.FAULTS,
}
