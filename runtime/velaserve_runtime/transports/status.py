# SPDX-License-Identifier: Apache-2.0
"""The one table from error class to HTTP status and gRPC code (runtime.md item 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_runtime.protocol import errors

if TYPE_CHECKING:
    from collections.abc import Mapping


class Status(NamedTuple):
    """How an error looks on each wire."""

    http: int
    grpc: str
    """Name of the code, as in grpc.StatusCode."""


STATUS: Mapping[type[errors.VelaserveError], Status] = {
    errors.InvalidRequest: Status(400, "INVALID_ARGUMENT"),
    errors.Forbidden: Status(403, "PERMISSION_DENIED"),
    errors.NotFound: Status(404, "NOT_FOUND"),
    errors.MethodNotAllowed: Status(405, "UNIMPLEMENTED"),
    errors.TooSlow: Status(408, "DEADLINE_EXCEEDED"),
    errors.TooLarge: Status(413, "RESOURCE_EXHAUSTED"),
    errors.HeadTooLarge: Status(431, "RESOURCE_EXHAUSTED"),
    errors.ClientGone: Status(499, "CANCELLED"),
    errors.VelaserveError: Status(500, "INTERNAL"),
    errors.LoadFailed: Status(400, "FAILED_PRECONDITION"),
    errors.Unsupported: Status(501, "UNIMPLEMENTED"),
    errors.Unavailable: Status(503, "UNAVAILABLE"),
    errors.DeadlineExceeded: Status(504, "DEADLINE_EXCEEDED"),
}


def status_of(error: BaseException) -> Status:
    """The status of the nearest class in the table; anything unforeseen is 500 / INTERNAL."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return STATUS[errors.VelaserveError]
