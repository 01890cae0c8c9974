# SPDX-License-Identifier: Apache-2.0
"""The Python layers of an image: what is pinned, and the server itself."""

import platform
import shutil
import sys
from pathlib import Path

from ci.images import debian
from ci.images.cache import cached, key
from ci.images.contents import COMMAND, PythonContents, requirements
from ci.images.layer import Layer, pack, read
from ci.tools.tree import ROOT

_RECIPE = "1"
"""Raised by hand when this file gives another result from the same list."""


def dependencies(name: str, contents: PythonContents, base: Path) -> Layer:
    """The pinned packages of the image `name`; made once for a list and its pins."""
    wanted = requirements(contents)
    pins = [(ROOT / file).read_text(encoding="utf-8") for file in contents.constraints]
    inputs = key(_RECIPE, base.name, contents.folder, *pins, *wanted)
    constraints = [f"--constraint={file}" for file in contents.constraints]

    def make(scratch: Path) -> None:
        _install(scratch, base, contents.folder, *constraints, *wanted)

    return read(cached(f"packages-{name}", inputs, make) / "layer.tar")


def server(contents: PythonContents, base: Path, scratch: Path) -> Layer:
    """This checkout's wheel, installed."""
    made = wheel(scratch / "wheels")
    _install(scratch, base, contents.folder, "--no-deps", str(made))
    return read(scratch / "layer.tar")


def wheel(folder: Path) -> Path:
    """This checkout's, in a folder of its own."""
    debian.run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    [made] = folder.iterdir()
    return made


def install(target: Path, base: Path, *arguments: str) -> None:
    """Into a folder, for the Python of the image's base, whatever Python runs here."""
    debian.run(
        *(sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
        *("--no-compile", "--only-binary=:all:", "--implementation=cp"),
        *(f"--python-version={_python_version(base / 'root')}", *_platforms()),
        *("--target", str(target), *arguments),
    )


def command(file: Path, scratch: Path) -> Layer:
    """`file` as the command `velaserve`."""
    content = scratch / "command"
    target = content / COMMAND.removeprefix("/")
    target.parent.mkdir(parents=True)
    shutil.copy(file, target)
    return pack(content, scratch / "command.tar")


def _install(scratch: Path, base: Path, folder: str, *arguments: str) -> None:
    """Install, and pack `folder` alone."""
    root, content = scratch / "root", scratch / "content"
    target = content / folder.removeprefix("/")
    install(target, base, *arguments)
    shutil.rmtree(
        target / "bin", ignore_errors=True
    )  # their first line names this machine's Python
    for path in target.rglob("direct_url.json"):  # names a path of this machine
        path.unlink()
    _compile(base / "root", root, target, folder)
    pack(content, scratch / "layer.tar")
    shutil.rmtree(root)


def _compile(base_root: Path, root: Path, target: Path, folder: str) -> None:
    debian.run("cp", "-a", "--link", str(base_root), str(root))
    inside = root / folder.removeprefix("/")
    inside.parent.mkdir(parents=True, exist_ok=True)
    target.rename(inside)
    debian.compile_python(root, folder)
    inside.rename(target)


def _python_version(root: Path) -> str:
    return next(root.glob("usr/lib/python3.*")).name.removeprefix("python")


def _platforms() -> list[str]:
    """The wheels that Debian 12 (glibc 2.36) can load."""
    machine = platform.machine()
    tags = ("manylinux_2_34", "manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")
    return [f"--platform={tag}_{machine}" for tag in tags]
