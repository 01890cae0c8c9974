# SPDX-License-Identifier: Apache-2.0
"""`python -m ci.images [IMAGE …]`: build images, print the name, size and path of each."""

import sys

from ci.images.contents import python, static
from ci.images.debian import BuildError
from ci.images.images import build
from ci.tools.errors import ToolsError


def main(names: list[str]) -> int:
    try:
        for name in names or [*python(), *static()]:
            image = build(name)
            print(f"{image.name}  {image.size_bytes / 1e6:.1f} MB  {image.path}")
    except (BuildError, ToolsError) as err:
        sys.stderr.write(f"{err}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
