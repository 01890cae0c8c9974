# SPDX-License-Identifier: Apache-2.0
"""Finds libascendcl.so, and calls it: one place that knows its signatures.

ctypes' CDLL gives the GIL up for every call (pyACL, which CANN ships, holds it through loading and
executing a model, so that no probe would be answered). Signatures are those of CANN's acl.h,
acl_rt.h and acl_mdl.h.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from ctypes import CDLL, POINTER, byref, c_char_p, c_int, c_int32, c_int64, c_size_t, c_uint64
from ctypes import c_uint32 as c_model
from ctypes import c_void_p as c_handle
from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIBRARY = "libascendcl.so"
_MODEL_LIBRARY = "libacl_mdl.so"
"""Where CANN keeps aclmdl* when libascendcl.so does not hand them on."""
_STARTED_ALREADY = 100002
_NO_HANDLE = 200000
_NOT_PROVIDED = 200001
_MOST_DIMS = 128
_MOST_GEARS = 128


class IODims(ctypes.Structure):
    """aclmdlIODims."""

    _fields_ = (
        ("name", ctypes.c_char * 128),
        ("dimCount", c_size_t),
        ("dims", c_int64 * _MOST_DIMS),
    )

    def shape(self) -> tuple[int, ...]:
        return tuple(self.dims[: self.dimCount])


class Batch(ctypes.Structure):
    """aclmdlBatch."""

    _fields_ = (("batchCount", c_size_t), ("batch", c_uint64 * _MOST_GEARS))


class HeightWidth(ctypes.Structure):
    """aclmdlHW."""

    _fields_ = (("hwCount", c_size_t), ("hw", (c_uint64 * 2) * _MOST_GEARS))


class Utilization(ctypes.Structure):
    """aclrtUtilizationInfo, in percent; -1 where the device cannot say."""

    _fields_ = (
        ("cube", c_int32),
        ("vector", c_int32),
        ("aicpu", c_int32),
        ("memory", c_int32),
        ("extend", c_handle),
    )


class PackageVersion(ctypes.Structure):
    """aclCANNPackageVersion; only the whole is of use."""

    _fields_ = (("version", ctypes.c_char * 128), ("others", ctypes.c_char * (4 * 64 + 128)))


_SIZE, _DIMS = POINTER(c_size_t), POINTER(IODims)
_STATUS: Mapping[str, tuple[object, ...]] = {
    "aclInit": (c_char_p,),
    "aclrtGetDeviceCount": (POINTER(c_model),),
    "aclrtSetDevice": (c_int32,),
    "aclrtCreateContext": (POINTER(c_handle), c_int32),
    "aclrtDestroyContext": (c_handle,),
    "aclrtCreateStream": (POINTER(c_handle),),
    "aclrtDestroyStream": (c_handle,),
    "aclrtSynchronizeStreamWithTimeout": (c_handle, c_int32),
    "aclrtCreateEvent": (POINTER(c_handle),),
    "aclrtDestroyEvent": (c_handle,),
    "aclrtRecordEvent": (c_handle, c_handle),
    "aclrtStreamWaitEvent": (c_handle, c_handle),
    "aclrtMalloc": (POINTER(c_handle), c_size_t, c_int),
    "aclrtFree": (c_handle,),
    "aclrtMallocHost": (POINTER(c_handle), c_size_t),
    "aclrtFreeHost": (c_handle,),
    "aclrtMemcpyAsync": (c_handle, c_size_t, c_handle, c_size_t, c_int, c_handle),
    "aclrtGetMemInfo": (c_int, _SIZE, _SIZE),
    "aclrtGetDeviceUtilizationRate": (c_int32, POINTER(Utilization)),
    "aclsysGetCANNVersion": (c_int, POINTER(PackageVersion)),
    "aclrtGetVersion": (POINTER(c_int32), POINTER(c_int32), POINTER(c_int32)),
    "aclmdlQuerySize": (c_char_p, _SIZE, _SIZE),
    "aclmdlLoadFromFile": (c_char_p, POINTER(c_model)),
    "aclmdlUnload": (c_model,),
    "aclmdlGetDesc": (c_handle, c_model),
    "aclmdlDestroyDesc": (c_handle,),
    "aclmdlGetInputDims": (c_handle, c_size_t, _DIMS),
    "aclmdlGetOutputDims": (c_handle, c_size_t, _DIMS),
    "aclmdlGetCurOutputDims": (c_handle, c_size_t, _DIMS),
    "aclmdlGetDynamicBatch": (c_handle, POINTER(Batch)),
    "aclmdlGetDynamicHW": (c_handle, c_size_t, POINTER(HeightWidth)),
    "aclmdlGetInputDynamicGearCount": (c_handle, c_size_t, _SIZE),
    "aclmdlGetInputDynamicDims": (c_handle, c_size_t, _DIMS, c_size_t),
    "aclmdlSetDynamicBatchSize": (c_model, c_handle, c_size_t, c_uint64),
    "aclmdlSetDynamicHWSize": (c_model, c_handle, c_size_t, c_uint64, c_uint64),
    "aclmdlSetInputDynamicDims": (c_model, c_handle, c_size_t, _DIMS),
    "aclmdlDestroyDataset": (c_handle,),
    "aclmdlAddDatasetBuffer": (c_handle, c_handle),
    "aclDestroyDataBuffer": (c_handle,),
    "aclmdlExecuteAsync": (c_model, c_handle, c_handle, c_handle),
}
"""Calls that answer with an error code."""
_VALUE: Mapping[str, tuple[type, tuple[object, ...]]] = {
    "aclGetRecentErrMsg": (c_char_p, ()),
    "aclrtGetSocName": (c_char_p, ()),
    "aclmdlGetTensorRealName": (c_char_p, (c_handle, c_char_p)),
    "aclmdlCreateDesc": (c_handle, ()),
    "aclmdlCreateDataset": (c_handle, ()),
    "aclCreateDataBuffer": (c_handle, (c_handle, c_size_t)),
    "aclmdlGetNumInputs": (c_size_t, (c_handle,)),
    "aclmdlGetNumOutputs": (c_size_t, (c_handle,)),
    "aclmdlGetInputSizeByIndex": (c_size_t, (c_handle, c_size_t)),
    "aclmdlGetOutputSizeByIndex": (c_size_t, (c_handle, c_size_t)),
    "aclmdlGetInputNameByIndex": (c_char_p, (c_handle, c_size_t)),
    "aclmdlGetOutputNameByIndex": (c_char_p, (c_handle, c_size_t)),
    "aclmdlGetInputDataType": (c_int, (c_handle, c_size_t)),
    "aclmdlGetOutputDataType": (c_int, (c_handle, c_size_t)),
}
"""Calls that answer with what is asked for."""


class Acl:
    """Calls by name; every failure is an AscendError with CANN's own message."""

    def __init__(self, path: str) -> None:
        """Raises: LoadFailed when the library is not there."""
        try:
            self._libraries = [CDLL(path)]
        except OSError as err:
            raise LoadFailed(
                f"CANN is not found ({err}): source set_env.sh of the CANN toolkit before the "
                f"server starts, so that LD_LIBRARY_PATH leads to {LIBRARY}"
            ) from err
        with suppress(OSError):
            self._libraries.append(CDLL(_MODEL_LIBRARY))
        self._functions: dict[str, Callable[..., object]] = {}

    def start(self) -> None:
        """Once more is no error: onnxruntime and torch_npu in this process start it, too.

        Raises:
            AscendError: it did not start.
        """
        try:
            self.do("aclInit", None)
        except AscendError as err:
            if err.code != _STARTED_ALREADY:
                raise

    def do(self, name: str, *arguments: object) -> None:
        """Raises: AscendError."""
        code = self._function(name)(*arguments)
        if code != 0:
            raise self.error(name, code if isinstance(code, int) else 0)

    def make(self, name: str, *arguments: object) -> int:
        """A handle, which the call hands over by its first argument."""
        handle = c_handle()
        self.do(name, byref(handle), *arguments)
        return handle.value or 0

    def create(self, name: str, *arguments: object) -> int:
        """A handle, which the call returns; null means that the host has no memory.

        Raises:
            AscendError: there is none.
        """
        handle = self._function(name)(*arguments)
        if not isinstance(handle, int):
            raise self.error(name, _NO_HANDLE)
        return handle

    def text(self, name: str, *arguments: object) -> str:
        answer = self._function(name)(*arguments)
        return answer.decode(errors="replace") if isinstance(answer, bytes) else ""

    def number(self, name: str, *arguments: object) -> int:
        answer = self._function(name)(*arguments)
        return answer if isinstance(answer, int) else 0

    def error(self, call: str, code: int) -> AscendError:
        """With the message, which CANN has for the thread that called, and only once."""
        return AscendError(call, code, self.text("aclGetRecentErrMsg"))

    def _function(self, name: str) -> Callable[..., object]:
        function = self._functions.get(name)
        if function is None:
            function = self._functions[name] = self._find(name)
        return function

    def _find(self, name: str) -> Callable[..., object]:
        """Raises: AscendError for a call that this CANN does not have."""
        for library in self._libraries:
            function = getattr(library, name, None)
            if function is not None:
                function.restype, function.argtypes = (
                    _VALUE[name] if name in _VALUE else (c_int, _STATUS[name])
                )
                return function  # type: ignore[no-any-return]  # a ctypes function
        raise AscendError(name, _NOT_PROVIDED, "this CANN has no such call")
