# SPDX-License-Identifier: Apache-2.0
"""The page of the reference on AscendCL's error codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.backends.ascend.error_codes import ErrorClass, explain, known_codes
from velaserve_runtime.backends.ascend.errors import AscendError
from velaserve_runtime.transports.status import status_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEAD = (
    "<!-- Made from backends/ascend/error_codes.py by ci/tools/reference.py; not for editing. -->"
)
ADVICE: Mapping[ErrorClass, str] = {
    ErrorClass.CALLER: "the request does not fit the model: change it",
    ErrorClass.ENVIRONMENT: "wrong installation, or a bug: no request is to blame",
    ErrorClass.MEMORY: "the device is full: fewer models or instances on it, smaller gears",
    ErrorClass.DEVICE_GONE: "nothing runs before the device was reset: look at the driver's log",
    ErrorClass.KERNEL: "this batch failed, the next one may pass: if it stays so, convert anew",
    ErrorClass.FACILITY: "this device or CANN does not have it: look at the versions",
}


def page() -> Iterator[str]:
    """Its lines."""
    yield HEAD
    yield "# Ascend error codes\n"
    yield "What a request is answered when a call of AscendCL fails with the code. The text of the"
    yield "answer has the call, the code, its meaning and CANN's own message; a model that is not"
    yield "ready for such a failure has the same text as its reason.\n"
    yield "| code | meaning | class | HTTP | gRPC |\n| --- | --- | --- | --- | --- |"
    for code, kind in known_codes().items():
        status = status_of(AscendError("", code).answer())
        yield f"| {code} | {explain(code)[1]} | {kind.value} | {status.http} | {status.grpc} |"
    yield "\nOthers are judged by their first digit: 1 and 3 environment, 2 facility, 5 kernel.\n"
    yield "| class | what to do |\n| --- | --- |"
    for kind, advice in ADVICE.items():
        yield f"| {kind.value} | {advice} |"
    yield ""
