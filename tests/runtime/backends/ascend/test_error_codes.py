# SPDX-License-Identifier: Apache-2.0
"""Every code that CANN documents for these calls has a class, and a client gets what fits it."""

from __future__ import annotations

import pytest

from velaserve_runtime.backends.ascend.error_codes import ErrorClass, explain, known_codes
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.protocol.errors import DeviceLost, LoadFailed

TABLE = {
    ErrorClass.CALLER: {100000, 145013, 145021, 145022},
    ErrorClass.ENVIRONMENT: {100001, 107001, 107002, 107003, 145002, 145003},
    ErrorClass.MEMORY: {207001, 207018, 245000, 245002},
    ErrorClass.DEVICE_GONE: {207004, 507010, 507033, 507053, 507054, 507899},
    ErrorClass.KERNEL: {107020, 507011, 507014, 507015, 507017, 507018, 507046},
    ErrorClass.FACILITY: {200001, 207000, 207008},
}
"""reference/ascend.md section 3."""


def test_the_table_is_whole() -> None:
    known = known_codes()
    assert known == {code: kind for kind, codes in TABLE.items() for code in codes}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (100024, ErrorClass.ENVIRONMENT),
        (207005, ErrorClass.FACILITY),
        (300000, ErrorClass.ENVIRONMENT),
        (500002, ErrorClass.KERNEL),
        (7, ErrorClass.ENVIRONMENT),
    ],
)
def test_other_codes_are_judged_by_their_band(code: int, kind: ErrorClass) -> None:
    assert explain(code)[0] is kind


def test_an_error_says_what_failed_how_and_what_cann_said() -> None:
    error = AscendError("aclrtMalloc", 207001, "EL0004: failed to allocate memory\n")
    assert str(error) == (
        "aclrtMalloc failed with 207001, the device's memory is full (memory): EL0004: failed to "
        "allocate memory"
    )
    assert str(error.answer()) == f"Ascend device: {error}"


def test_what_keeps_a_model_from_loading_may_pass_or_not() -> None:
    assert type(AscendError("aclrtSetDevice", 507010).at_load("m.om")) is DeviceLost
    refused = AscendError("aclmdlLoadFromFile", 500002, "E19999: cut off").at_load("m.om")
    assert type(refused) is LoadFailed
    assert str(refused).startswith("m.om: aclmdlLoadFromFile failed with 500002")
