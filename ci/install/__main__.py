# SPDX-License-Identifier: Apache-2.0
"""`KUBECONFIG=… python -m ci.install`: velaserve's runtime and definitions on your cluster."""

import os
import shutil
import sys
from collections.abc import Mapping

from ci.cluster.errors import ClusterError
from ci.install import apply, image, judge, programs
from ci.install.access import Access, connect, describe
from ci.install.errors import CannotInstall
from ci.install.found import Found, look

OK, FAILED, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130
_AGAIN = "make install may be repeated\n"


def main(environment: Mapping[str, str] = os.environ) -> int:
    try:
        _install(environment)
    except CannotInstall as err:
        sys.stderr.write(f"{err}\n")
        return CANNOT_RUN
    except ClusterError as err:
        sys.stderr.write(f"{err}\n{_AGAIN}")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write(f"\ninterrupted; {_AGAIN}")
        return INTERRUPTED
    return OK


def _install(environment: Mapping[str, str]) -> None:
    access = connect(environment)
    sys.stderr.write(f"installs to {describe(access)}\n")
    found = look(access)
    for note in (*judge.notes(found), *image.notes(environment)):
        sys.stderr.write(f"note: {note}\n")
    if problems := list(judge.problems(found, environment)):
        raise CannotInstall(problems)
    _apply(access, found, image.named(environment))


def _apply(access: Access, found: Found, images: Mapping[str, str]) -> None:
    vela = programs.find("vela")
    assert vela  # else it was a problem
    applied = apply.runtimes(access, images)
    applied += apply.definitions(access, vela, found.namespace)
    sys.stdout.writelines(f"applied {what}\n" for what in applied)
    command = "vela" if shutil.which("vela") else vela
    sys.stdout.write(
        f"next: {command} up -f applications/digits.yaml, once the PersistentVolumeClaim models "
        "holds what is in applications/models\n"
    )


if __name__ == "__main__":
    sys.exit(main())
