# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with the cluster; every text is for the user and names the next step."""

from collections.abc import Sequence


class ClusterError(Exception):
    """The base. Nothing else leaves a component on purpose."""


class CannotRun(ClusterError):
    """Raised before anything is changed: what this machine lacks, all of it."""

    def __init__(self, problems: Sequence[str]) -> None:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"the cluster cannot run here; nothing was changed:\n{lines}")


class CommandFailed(ClusterError):
    """Raised when a program that should do one thing and end has failed."""


class NotReady(ClusterError):
    """Raised when a component ended or did not become ready in time."""
