# SPDX-License-Identifier: Apache-2.0
"""Everything that can go wrong with a request or a model.

VelaserveError
├── InvalidRequest            the client must change the request
├── NotFound
│   ├── ModelNotFound
│   ├── VersionNotFound
│   └── PathNotFound
├── MethodNotAllowed
├── Forbidden                 a switch keeps it off
│   └── RepositoryApiOff
├── TooLarge                  over a limit of this server
│   └── HeadTooLarge
├── Unavailable               try again, or elsewhere
│   ├── NotReady
│   ├── QueueFull
│   ├── TooManyConnections
│   ├── Draining
│   ├── DeviceLost            the device is gone
│   └── DeviceOutOfMemory     its memory does not hold the model, or this batch
├── TooSlow                   the request did not arrive in time
├── DeadlineExceeded
├── ClientGone                nobody waits for the answer
├── Unsupported               a part of the protocol this server does not provide
├── ModelFailed               the model raised, or broke its promise, while it ran
│   └── DeviceFault           a kernel of the device failed or took too long
└── LoadFailed                the model cannot be served
    ├── NoBackend             no backend runs such a model on the device
    └── ConfigError

A backend of a device raises one of the three Device... errors for what is the device's fault, and
nothing else does: while a model serves, backends/guarded.py decides by them alone.

transports/status.py maps each class to an HTTP status and a gRPC code, once.
`reason` is the label of velaserve_refusals_total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class VelaserveError(Exception):
    """Base of every error this server answers with."""

    reason: ClassVar[str] = "internal"


class InvalidRequest(VelaserveError):
    """Raised when a request contradicts the protocol or the model's metadata."""

    reason = "bad_request"


class NotFound(VelaserveError):
    """Raised when what a request names does not exist."""

    reason = "not_found"


class ModelNotFound(NotFound):
    """Raised when no model of that name is in the repository."""

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        served = ", ".join(sorted(known)) or "none"
        super().__init__(f"model '{name}' is not known to this server; served models: {served}")


class VersionNotFound(NotFound):
    """Raised when the model exists, but not in that version."""

    def __init__(self, name: str, version: str, known: Iterable[str] = ()) -> None:
        served = ", ".join(known) or "none"
        super().__init__(f"model '{name}' has no version '{version}'; served versions: {served}")


class PathNotFound(NotFound):
    """Raised when no endpoint has that path."""


class MethodNotAllowed(VelaserveError):
    """Raised when the endpoint exists, but not for that HTTP method."""

    reason = "method_not_allowed"

    def __init__(self, method: str, path: str, allowed: str) -> None:
        super().__init__(f"{method} {path} is not provided; use {allowed}")
        self.allowed = allowed


class Forbidden(VelaserveError):
    """Raised when a switch of this server keeps an operation off."""

    reason = "forbidden"


class RepositoryApiOff(Forbidden):
    """Raised when a port does not load and unload models."""

    def __init__(self) -> None:
        super().__init__(
            "loading and unloading models is off on this port; start the server with "
            "--repository-api data-port, or with admin-port and use that port"
        )


class TooLarge(VelaserveError):
    """Raised when a body or message is over a limit of this server."""

    reason = "too_large"


class HeadTooLarge(TooLarge):
    """Raised when the request line and headers are over max_head_bytes."""


class Unavailable(VelaserveError):
    """Raised when the server cannot take the request now."""

    reason = "unavailable"


class NotReady(Unavailable):
    """Raised when the model is known, but not (or no longer) ready."""

    reason = "not_ready"


class QueueFull(Unavailable):
    """Raised when the queue or the bytes in flight are at their limit."""

    reason = "queue_full"


class TooManyConnections(Unavailable):
    """Raised when max_connections are open."""

    reason = "connections"


class Draining(Unavailable):
    """Raised when the server is stopping and takes nothing new."""

    reason = "draining"


class DeviceLost(Unavailable):
    """Raised when the device does not answer any more: what was loaded on it is gone, too."""

    reason = "device_lost"


class DeviceOutOfMemory(Unavailable):
    """Raised when the device has no memory for a model or a batch; less may fit."""

    reason = "device_memory"


class TooSlow(VelaserveError):
    """Raised when a request's head or body does not arrive in its time."""

    reason = "too_slow"


class DeadlineExceeded(VelaserveError):
    """Raised when the request's deadline passed before its answer was there."""

    reason = "deadline"


class ClientGone(VelaserveError):
    """Raised inside the server when the client hung up; never answered, only counted."""

    reason = "client_gone"


class Unsupported(VelaserveError):
    """Raised for a part of the protocol that this server does not provide."""

    reason = "unsupported"


class ModelFailed(VelaserveError):
    """Raised when a model raised, or broke its own metadata, while it ran."""

    reason = "model_failed"


class DeviceFault(ModelFailed):
    """Raised when a kernel of the device failed or took too long; the next batch may run."""

    reason = "device_fault"


class LoadFailed(VelaserveError):
    """Raised when a model cannot be served; the text says which file and why."""

    reason = "load_failed"


class NoBackend(LoadFailed):
    """Raised when no backend of this server runs a model of that format on its device."""


class ConfigError(LoadFailed):
    """Raised when velaserve.yaml or an option is wrong."""


DeviceError = DeviceLost | DeviceOutOfMemory | DeviceFault
DEVICE_ERRORS = (DeviceLost, DeviceOutOfMemory, DeviceFault)
"""The same, for `except`."""
