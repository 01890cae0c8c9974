# SPDX-License-Identifier: Apache-2.0
"""The base layer: a small Debian with Python, by debootstrap."""

import shutil
import subprocess
from pathlib import Path

from ci.images.cache import cached, key
from ci.images.contents import PythonContents
from ci.images.layer import pack
from ci.tools.tree import ROOT

# What a server never reads, and what differs from one debootstrap to the next.
_CLUTTER = (
    *("usr/share/doc", "usr/share/info", "usr/share/locale", "usr/share/man"),
    *("var/cache", "var/lib/apt/lists", "var/lib/dpkg/info", "var/log", "tmp", "run"),
)
_EMPTY = ("var/cache", "var/log", "tmp", "run")
_RECIPE = "1"
"""Raised by hand when this file gives another result from the same list."""


class BuildError(Exception):
    """Raised when a program that builds a part of an image fails; the text is what it said last."""


def base(contents: PythonContents) -> Path:
    """The folder with `root` and its layer, `base.tar`; made once for a list of packages."""
    inputs = key(_RECIPE, contents.release, *contents.debian, contents.user, str(contents.uid))
    return cached("base", inputs, lambda scratch: _make(scratch, contents))


def compile_python(root: Path, *folders: str) -> None:
    """Byte code that is never compared with its source: a layer's files have one time."""
    run(
        *("chroot", str(root), "python3", "-m", "compileall", "-q"),
        *("--invalidation-mode", "unchecked-hash", *folders),
    )


def run(*command: str) -> None:
    """Run to the end, in the repository's root.

    Raises:
        BuildError: the program is missing or failed.
    """
    try:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    except FileNotFoundError as err:
        raise BuildError(f"{command[0]} is not installed: apt-get install {command[0]}") from err
    except subprocess.CalledProcessError as err:
        said = "\n".join((err.stdout + err.stderr).splitlines()[-20:])
        raise BuildError(f"{' '.join(command[:3])} … failed:\n{said}") from err


def _make(scratch: Path, contents: PythonContents) -> None:
    root = scratch / "root"
    packages = ",".join(contents.debian)
    run(
        *("debootstrap", "--variant=minbase", f"--include={packages}"),
        *(contents.release, str(root)),
    )
    run(
        *("chroot", str(root), "useradd", "--uid", str(contents.uid), "--no-create-home"),
        *("--no-log-init", "--shell", "/usr/sbin/nologin", contents.user),
    )
    _strip(root)
    pack(root, scratch / "base.tar")


def _strip(root: Path) -> None:
    for name in _CLUTTER:
        shutil.rmtree(root / name, ignore_errors=True)
    for name in _EMPTY:
        (root / name).mkdir(mode=0o755, parents=True, exist_ok=True)
    (root / "tmp").chmod(0o1777)
    for backup in (root / "etc").glob("*-"):
        backup.unlink()
    for stale in list(root.rglob("__pycache__")):
        shutil.rmtree(stale)
    compile_python(root, "/usr/lib/python3", *(_libraries(root)))


def _libraries(root: Path) -> list[str]:
    return [f"/{path.relative_to(root)}" for path in sorted(root.glob("usr/lib/python3.*"))]
