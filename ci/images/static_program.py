# SPDX-License-Identifier: Apache-2.0
"""Images of one static program on an empty root."""

import shutil
from pathlib import Path

from ci.images.layer import Layer, pack


def layer(program: Path, scratch: Path) -> Layer:
    """The layer with the program alone, at /<name>."""
    target = scratch / "content" / program.name
    target.parent.mkdir(parents=True)
    shutil.copy(program, target)
    target.chmod(0o755)
    return pack(target.parent, scratch / "layer.tar")
