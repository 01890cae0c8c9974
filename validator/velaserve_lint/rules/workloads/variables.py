# SPDX-License-Identifier: Apache-2.0
"""References to variables: `$(NAME)` in values, commands and arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.reach import places, reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor

# `$$` stands for `$`, so that `$$(NAME)` is no reference.
_REFERENCE = re.compile(r"\$\$|\$\(([^)]*)\)")
# Of lower case, it is rather meant for a shell: $(hostname).
_MEANT = re.compile("[A-Z][A-Z0-9_]*", re.ASCII)
# Kubernetes adds these for services, and for Jobs.
_GIVEN = re.compile("[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT|PORT)([A-Z0-9_]*)|JOB_COMPLETION_INDEX")


class Reference(NamedTuple):
    """Where a variable is asked for that is not there."""

    at: Cursor
    name: str
    is_later: bool = False


def dangling(container: Container) -> Iterator[Reference]:
    """References that stay as they are written, because nothing defines the variable, or late."""
    names = [name.text for name in places(container.at, "env[].name")]
    for index, item in enumerate(container.at.at("env").items()):
        for name in _names(item.at("value")):
            if name not in names[:index] and name != item.at("name").text:
                yield from _found(container, item.at("value"), name, name in names)
    for field in ("command[]", "args[]"):
        for at in reach(container.at, field):
            for name in _names(at):
                if name not in names:
                    yield from _found(container, at, name, is_later=False)


def _names(at: Cursor) -> Iterator[str]:
    return (found[1] for found in _REFERENCE.finditer(at.text) if found[1])


def _found(container: Container, at: Cursor, name: str, is_later: bool) -> Iterator[Reference]:
    """What comes from a ConfigMap is not known here."""
    unknown = bool(container.at.at("envFrom").value) or _GIVEN.fullmatch(name)
    if is_later or (not unknown and _MEANT.fullmatch(name)):
        yield Reference(at, name, is_later)
