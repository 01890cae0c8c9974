# SPDX-License-Identifier: Apache-2.0
"""What goes wrong before an installation changes anything."""

from collections.abc import Sequence

from ci.cluster.errors import ClusterError


class CannotInstall(ClusterError):
    """Raised before anything is changed: what is in the way, all of it."""

    def __init__(self, problems: Sequence[str]) -> None:
        lines = "\n".join(f"  - {problem}".replace("\n", "\n    ") for problem in problems)
        super().__init__(f"velaserve cannot be installed; nothing was changed:\n{lines}")
