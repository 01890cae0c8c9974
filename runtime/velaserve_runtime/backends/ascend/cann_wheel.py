# SPDX-License-Identifier: Apache-2.0
"""Refuses environments in which onnxruntime-cann cannot work, before its import fails by a riddle.

Its wheels are built for numpy 1 whatever their metadata say: with numpy 2 `import onnxruntime`
raises "import numpy failed". numpy 1 ends at Python 3.12 (reference/ascend.md section 1).
"""

from __future__ import annotations

import sys
from importlib import metadata

from velaserve_runtime.protocol.errors import LoadFailed

_NEWEST_PYTHON = (3, 12)
_WAY_OUT = "run: pip install 'velaserve[ascend]'"


def refuse_unusable_wheel() -> None:
    """Raises: LoadFailed with what to install."""
    why = what_is_wrong(sys.version_info[:2], _version("onnxruntime-cann"), _version("numpy"))
    if why:
        raise LoadFailed(why)


def what_is_wrong(python: tuple[int, int], wheel: str | None, numpy: str | None) -> str:
    """Empty when nothing is; `wheel` and `numpy`: their versions, None where they are missing."""
    if python > _NEWEST_PYTHON:
        return (
            f"onnxruntime-cann works with Python 3.11 and 3.12 (it wants numpy 1), this is "
            f"{python[0]}.{python[1]}; install velaserve[ascend] with Python 3.11"
        )
    if wheel is None:
        return f"ONNX models on an Ascend device need onnxruntime-cann; {_WAY_OUT}"
    if numpy is None or int(numpy.partition(".")[0]) >= 2:
        return (
            f"onnxruntime-cann {wheel} is built for numpy 1, found numpy {numpy or 'nowhere'}; "
            "run: pip install 'numpy<2'"
        )
    return ""


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
