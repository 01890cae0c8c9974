# SPDX-License-Identifier: Apache-2.0
"""What a container may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod


def security(pod: Pod, container: Container, field: str) -> Cursor:
    """A field that containers and pods both have: the container's own wins."""
    own = container.at.at("securityContext", field)
    return own if own.value is not None else pod.spec.at("securityContext", field)
