# SPDX-License-Identifier: Apache-2.0
"""What the parameters of a request ask for, the same on every wire."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import InvalidRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_runtime.protocol.infer import Parameter

LOWEST_PRIORITY = 10
_NOT_PROVIDED = {
    "sequence_id": "sequence batching",
    "sequence_start": "sequence batching",
    "sequence_end": "sequence batching",
    "shared_memory_region": "shared memory",
    "shared_memory_byte_size": "shared memory",
    "shared_memory_offset": "shared memory",
    "classification": "the classification extension",
}


def refuse_unprovided(parameters: Mapping[str, object], where: str) -> None:
    """Raises:
    InvalidRequest: a parameter asks for what docs list as not provided (runtime.md 22).
    """
    for name in parameters.keys() & _NOT_PROVIDED.keys():
        if parameters[name]:
            raise InvalidRequest(
                f"{where}: parameter '{name}' asks for {_NOT_PROVIDED[name]}, "
                "which this server does not provide; leave it out"
            )


def refuse_load_parameters(parameters: object) -> None:
    """Raises:
    InvalidRequest: a load brings a configuration or files, as Triton's may.
    """
    if parameters:
        raise InvalidRequest(
            "a model's configuration and files cannot be sent with the call that loads it; "
            "put velaserve.yaml and the files into the model's folder and load without parameters"
        )


def earliest_deadline_s(
    parameters: Mapping[str, Parameter], wire_deadline_s: float | None
) -> float | None:
    """The earlier of the wire's deadline and the parameter `timeout` (microseconds; 0 = none).

    Raises:
        InvalidRequest: `timeout` is not a whole number >= 0.
    """
    timeout_us = _whole_number(parameters, "timeout", 0)
    if timeout_us == 0:
        return wire_deadline_s
    own_deadline_s = monotonic() + timeout_us / 1e6
    return own_deadline_s if wire_deadline_s is None else min(own_deadline_s, wire_deadline_s)


def priority_of(parameters: Mapping[str, Parameter]) -> int:
    """Parameter `priority`: 1 (served first, the default, also 0) to LOWEST_PRIORITY.

    Raises:
        InvalidRequest: it is not a whole number of that range.
    """
    priority = _whole_number(parameters, "priority", 1)
    if priority > LOWEST_PRIORITY:
        raise InvalidRequest(f"parameter 'priority' is {priority}; use 1 to {LOWEST_PRIORITY}")
    return max(priority, 1)


def flag_of(parameters: Mapping[str, Parameter], name: str, default: bool, where: str) -> bool:
    """Raises:
    InvalidRequest: the parameter is neither true nor false.
    """
    value = parameters.get(name, default)
    if type(value) is not bool:
        raise InvalidRequest(f"{where}: parameter '{name}' is {value!r}; it must be true or false")
    return value


def _whole_number(parameters: Mapping[str, Parameter], name: str, default: int) -> int:
    value = parameters.get(name, default)
    if type(value) is str and value.isascii() and value.isdigit():
        value = int(value[:20])
    if type(value) is not int or value < 0:
        raise InvalidRequest(f"parameter '{name}' is {value!r}; it must be a whole number >= 0")
    return value
