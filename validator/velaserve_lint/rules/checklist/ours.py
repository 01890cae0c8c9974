# SPDX-License-Identifier: Apache-2.0
"""Our own server, of which more is known than what a manifest says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.names import OptionError, options, runtime

if TYPE_CHECKING:
    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.names.option import Value


def is_ours(container: Container) -> bool:
    """By the runtime, or by the image, wherever that is from."""
    if named := container.at.at("runtime").text:
        return named in runtime().names
    image = container.at.at("image").text.partition("@")[0]
    return image.rpartition("/")[2].partition(":")[0] in runtime().names


def option(container: Container, key: str) -> tuple[Value | None, Cursor]:
    """What an option of our server is, and where that is written; what cannot be read is None."""
    row = options()[key]
    written = container.env.get(row.env)
    if written is None:
        return row.default, container.at
    try:
        return row.parse(written.at("value").text), written.at("value")
    except OptionError:
        return None, written.at("value")
