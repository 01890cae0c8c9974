# SPDX-License-Identifier: Apache-2.0
"""What a container may do beyond a plain process, as the restricted standard sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.rules.checklist.security import security

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_OF_THE_NODE = ("hostNetwork", "hostPID", "hostIPC")
_HARMLESS = frozenset({"NET_BIND_SERVICE"})
_SECCOMP = ("RuntimeDefault", "Localhost")


class Power(NamedTuple):
    """The field that gives it, or that would have to take it away, and what is expected there."""

    at: Cursor
    expected: str


def powers(pod: Pod, container: Container) -> Iterator[Power]:
    own = container.at.at("securityContext")
    capabilities = own.at("capabilities")
    if own.at("privileged").value is True:
        yield Power(own.at("privileged"), "privileged: false")
    if own.at("allowPrivilegeEscalation").value is not False:
        yield Power(own.at("allowPrivilegeEscalation"), "allowPrivilegeEscalation: false")
    if "ALL" not in [one.text.upper() for one in capabilities.at("drop").items()]:
        yield Power(capabilities.at("drop"), "capabilities.drop: [ALL]")
    added = (one.text.upper().removeprefix("CAP_") for one in capabilities.at("add").items())
    if not _HARMLESS.issuperset(added):
        yield Power(capabilities.at("add"), "capabilities.add: []")
    profile = security(pod, container, "seccompProfile")
    if profile.at("type").text not in _SECCOMP:
        yield Power(profile, "seccompProfile.type: RuntimeDefault")
    for field in _OF_THE_NODE:
        if pod.spec.at(field).value is True:
            yield Power(pod.spec.at(field), f"{field}: false")
