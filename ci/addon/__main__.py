# SPDX-License-Identifier: Apache-2.0
"""`python -m ci.addon`: dist/addon/velaserve, and dist/velaserve.yaml for `kubectl apply`."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ci.addon import folder, plain
from ci.addon.project import project
from ci.cluster.errors import CommandFailed
from ci.install import image
from ci.tools import programs
from ci.tools.errors import NotReady
from ci.tools.tree import ROOT

OK, FAILED, CANNOT_RUN = 0, 1, 2


def main(dist: Path = ROOT / "dist", environment: Mapping[str, str] = os.environ) -> int:
    if wrong := list(image.problems(environment, [image.LOCAL])):
        sys.stderr.writelines(f"{problem}\n" for problem in wrong)
        return CANNOT_RUN
    try:
        _make(dist, environment)
    except NotReady as err:
        sys.stderr.write(f"{err}\n")
        return CANNOT_RUN
    except CommandFailed as err:
        sys.stderr.write(f"{err}\n")
        return FAILED
    return OK


def _make(dist: Path, environment: Mapping[str, str]) -> None:
    # Not the user's own vela: what it makes of a definition differs from version to version.
    text = plain.text(programs.path("vela"), image.named(environment))
    addon, name = dist / "addon" / project().name, project().name
    folder.write(addon)
    (dist / f"{name}.yaml").write_text(text, encoding="utf-8")
    sys.stdout.write(f"vela addon enable {addon}/ image=…\nkubectl apply -f {dist / name}.yaml\n")
    for note in image.notes(environment):
        sys.stderr.write(f"{name}.yaml: {note}\n")
    if not environment.get(image.VARIABLE):
        sys.stderr.write(
            f"{name}.yaml names the image {image.LOCAL}, which is in no registry: "
            f"{image.VARIABLE}=… make addon names yours\n"
        )


if __name__ == "__main__":
    sys.exit(main())
