# SPDX-License-Identifier: Apache-2.0
"""Each error has one HTTP status and one gRPC code."""

from __future__ import annotations

from http import HTTPStatus

import grpc
import pytest

from velaserve_runtime.protocol import errors
from velaserve_runtime.protocol.errors import VelaserveError
from velaserve_runtime.transports.ports import PortTaken
from velaserve_runtime.transports.status import STATUS, Status, status_of

CLIENT_CLOSED_REQUEST = 499  # nginx's; never sent, only logged


def every_error() -> list[type[VelaserveError]]:
    found = [one for one in vars(errors).values() if isinstance(one, type)]
    return [one for one in found if issubclass(one, VelaserveError)]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.InvalidRequest, Status(400, "INVALID_ARGUMENT")),
        (errors.RepositoryApiOff, Status(403, "PERMISSION_DENIED")),
        (errors.ModelNotFound, Status(404, "NOT_FOUND")),
        (errors.VersionNotFound, Status(404, "NOT_FOUND")),
        (errors.PathNotFound, Status(404, "NOT_FOUND")),
        (errors.MethodNotAllowed, Status(405, "UNIMPLEMENTED")),
        (errors.TooLarge, Status(413, "RESOURCE_EXHAUSTED")),
        (errors.HeadTooLarge, Status(431, "RESOURCE_EXHAUSTED")),
        (errors.ModelFailed, Status(500, "INTERNAL")),
        (errors.DeviceFault, Status(500, "INTERNAL")),
        (errors.Unsupported, Status(501, "UNIMPLEMENTED")),
        (errors.NotReady, Status(503, "UNAVAILABLE")),
        (errors.QueueFull, Status(503, "UNAVAILABLE")),
        (errors.Draining, Status(503, "UNAVAILABLE")),
        (errors.DeviceLost, Status(503, "UNAVAILABLE")),
        (errors.DeviceOutOfMemory, Status(503, "UNAVAILABLE")),
        (errors.DeadlineExceeded, Status(504, "DEADLINE_EXCEEDED")),
        (errors.ConfigError, Status(400, "FAILED_PRECONDITION")),
    ],
)
def test_the_codes_of_runtime_md(kind: type[VelaserveError], status: Status) -> None:
    assert status_of(kind.__new__(kind)) == status


def test_anything_unforeseen_is_internal() -> None:
    assert status_of(KeyError("x")) == (500, "INTERNAL")
    assert status_of(PortTaken("127.0.0.1", 1)) == (500, "INTERNAL")


def test_the_table_holds_real_codes_of_real_errors() -> None:
    assert set(STATUS) <= set(every_error())
    for status in STATUS.values():
        assert status.grpc in grpc.StatusCode.__members__
        assert status.http in {*HTTPStatus, CLIENT_CLOSED_REQUEST}


def test_every_error_names_a_reason_of_its_own_kind() -> None:
    """The label of velaserve_refusals_total; a subclass may share its parent's."""
    for kind in every_error():
        assert kind.reason.replace("_", "").isalpha(), kind
        alike = [one for one in every_error() if one.reason == kind.reason]
        assert any(all(issubclass(one, base) for one in alike) for base in alike), alike
