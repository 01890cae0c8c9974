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
    count = c_uint32()
    try:
        acl.start()
        acl.do("aclrtGetDeviceCount", byref(count))
    except AscendError as err:
        raise err.at_load("the Ascend device") from err
    if not count.value:
        raise DeviceLost(
            "this pod has no NPU: ask for one with accelerator.chip, and look whether the driver "
            "and /dev/davinci* are mounted (npu-smi info)"
        )
    return number % count.value
