# SPDX-License-Identifier: Apache-2.0
"""The cards of this process, as the driver numbers them: from 0, whatever the node has.

ASCEND_VISIBLE_DEVICES (the container runtime) and ASCEND_RT_VISIBLE_DEVICES (the driver) have
chosen them already, so no card is named in any option.
"""

from __future__ import annotations

import functools
from ctypes import byref, c_uint32

from velaserve_runtime.backends.ascend.acl import LIBRARY, Acl
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.protocol.errors import DeviceLost


@functools.cache
def open_acl() -> Acl:
    """The one library of this process. Raises: LoadFailed without CANN."""
    return Acl(LIBRARY)


def device_for(acl: Acl, number: int) -> int:
    """The card of a model's instance: they take turns.

    Raises:
        DeviceLost: there is none.
        LoadFailed, DeviceError: AscendCL cannot say.
    """
    try:
        acl.start()
        return number % _count(acl)
    except AscendError as err:
        raise err.at_load("the Ascend device") from err


def turn_of(acl: Acl, number: int) -> int:
    """The same, and AscendCL stays unstarted where it can count nevertheless."""
    try:
        return number % _count(acl)
    except AscendError:
        return device_for(acl, number)


def _count(acl: Acl) -> int:
    count = c_uint32()
    acl.do("aclrtGetDeviceCount", byref(count))
    if not count.value:
        raise DeviceLost(
            "this pod has no NPU: ask for one with accelerator.chip, and look whether the driver "
            "and /dev/davinci* are mounted (npu-smi info)"
        )
    return count.value
