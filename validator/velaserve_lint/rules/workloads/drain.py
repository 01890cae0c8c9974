# SPDX-License-Identifier: Apache-2.0
"""What a container waits between the order to end and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.workloads.seconds import grace, sleeps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_OURS = "velaserve"


class Wait(NamedTuple):
    """Where it is written, or what it comes from."""

    at: Cursor
    seconds: float


def waits(pod: Pod, container: Container) -> Iterator[Wait]:
    """One after the other.

    A hook of type `sleep` above the grace period is refused, which another rule says. How long a
    velaserve drains in an InferenceService is a matter of KServe's rules.
    """
    hook = container.at.at("lifecycle", "preStop", "sleep", "seconds")
    if hook.number and hook.number <= grace(pod):
        yield Wait(hook, hook.number)
    yield from (Wait(at, seconds) for at, seconds in sleeps(container))
    if pod.role == "pod" and _OURS in container.at.at("image").text:
        yield from _drain(container)


def _drain(container: Container) -> Iterator[Wait]:
    """How long the server takes at most, or, where that is not written, serves at least."""
    from velaserve_lint.names import OptionError, options

    most, least = options()["grace_period_s"], options()["drain_delay_s"]
    option = most if most.env in container.env else least
    written = container.env.get(option.env)
    value = written.at("value") if written else container.at.at("image")
    try:
        seconds = option.parse(value.text) if written else option.default
    except OptionError:
        return  # the server says so, and it may come from elsewhere
    if isinstance(seconds, int | float):
        yield Wait(value, seconds)
