# SPDX-License-Identifier: Apache-2.0
"""What goes wrong when programs are built or looked for."""


class ToolsError(Exception):
    """The base; the text is for the user. `exit_code` is what the command ends with."""

    exit_code = 1


class PinsError(ToolsError):
    """The table of pins is not as it must be."""


class BuildFailed(ToolsError):
    """Go did not build a program, or built another than was asked for."""


class NotReady(ToolsError):
    """Something must be done first: install Go, build the program, name one that is there."""

    exit_code = 2


class ModuleMissing(NotReady):
    """A module is neither in Go's module cache nor to be had."""
