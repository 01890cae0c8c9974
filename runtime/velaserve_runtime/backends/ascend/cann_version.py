# SPDX-License-Identifier: Apache-2.0
"""Which CANN is there: what one version has compiled is not for another."""

from __future__ import annotations

from ctypes import byref, c_int32
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.acl import PackageVersion
from velaserve_runtime.backends.ascend.errors import AscendError

if TYPE_CHECKING:
    from velaserve_runtime.backends.ascend.acl import Acl

_CANN = 0


def cann_version(acl: Acl) -> str:
    """The package's; before 8.1, and without ASCEND_HOME_PATH, the one of AscendCL's interface.

    Raises:
        AscendError: neither is told.
    """
    package = PackageVersion()
    try:
        acl.do("aclsysGetCANNVersion", _CANN, byref(package))
    except AscendError:
        major, minor, patch = c_int32(), c_int32(), c_int32()
        acl.do("aclrtGetVersion", byref(major), byref(minor), byref(patch))
        return f"AscendCL {major.value}.{minor.value}.{patch.value}"
    return bytes(package.version).decode(errors="replace")
