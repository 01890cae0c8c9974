# SPDX-License-Identifier: Apache-2.0
"""Builds a pinned program into the cache."""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ci.tools.errors import BuildFailed
from ci.tools.go import check_go, go
from ci.tools.gomod import make_wrapper
from ci.tools.pins import Module, Program
from ci.tools.programs import cache, target

ROOM = "20 GB"  # seen: a first build of everything


def build(program: Program) -> None:
    """Builds what is not there yet; another build of the same program is waited for.

    Raises:
        NotReady: there is no go, or an old one, or a module is not to be had.
        BuildFailed: go did not build it, or it is not of the pinned version.
    """
    wanted = target(program)
    if not wanted.exists():
        check_go()
        with _locked(program, _beside(wanted.parent, "lock")) as lock:
            if not wanted.exists():
                _build(program, wanted.parent, lock)
    print(f"{program}: {wanted}", flush=True)


def _beside(folder: Path, ending: str) -> Path:
    return folder.with_name(f"{folder.name}.{ending}")


@contextmanager
def _locked(program: Program, file: Path) -> Iterator[int]:
    """Also go holds the lock: no build starts while one still writes, whatever ended its parent."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"{program}: waiting for another build of it", flush=True)
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield stream.fileno()


def _build(program: Program, folder: Path, lock: int) -> None:
    print(f"{program}: building {program.package}", flush=True)
    start = time.monotonic()
    scratch = _beside(folder, "partial")
    shutil.rmtree(scratch, ignore_errors=True)  # of a build that was killed
    try:
        size = _compile(program, scratch, lock)
        _check(program, scratch / "bin" / program.name, scratch / "tmp")
        (scratch / "bin").rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{program}: {size / 1e6:.0f} MB in {time.monotonic() - start:.0f} s", flush=True)


def _compile(program: Program, scratch: Path, lock: int) -> int:
    """The program's size_bytes."""
    (scratch / "tmp").mkdir(parents=True)
    source = _source(program.module, scratch)
    output = scratch / "bin" / program.name
    env = {"CGO_ENABLED": "0", "GOTMPDIR": str(scratch / "tmp")}
    flags = ["-mod=mod", *program.module.flags, f"-o={output}"]
    done = go("build", "-C", str(source), *flags, program.package, env=env, lock=lock)
    if done.returncode:
        raise BuildFailed(
            f"{program}: go build ended with {done.returncode}:\n{_reason(done.stderr)}"
        )
    return output.stat().st_size


def _source(module: Module, scratch: Path) -> Path:
    """The module that go builds in."""
    if not module.sum:
        return Path(module.folder)
    make_wrapper(module, scratch)
    if module.is_beside:
        shutil.copytree(module.folder, scratch, dirs_exist_ok=True)
    return scratch


def _reason(stderr: str) -> str:
    """Without the downloads, and with what to do where that is known."""
    lines = [line for line in stderr.splitlines() if not line.startswith("go: downloading ")]
    if "no space left on device" in stderr:
        folders = go("env", "GOMODCACHE", "GOCACHE").stdout.split()
        lines.append(f"The disk is full: {ROOM} are needed in {cache()}, {' and '.join(folders)}")
    return "\n".join(lines[-20:])


def _check(program: Program, file: Path, home: Path) -> None:
    """Raises: BuildFailed: the program is of another version, or does not start."""
    row = program.module
    if row.sum:
        _must_say(program, f"{row.path}\tv{row.version}", go("version", "-m", str(file)).stdout)
    if (args := row.ask.get(program.name)) is not None:
        environ = os.environ | {"KUBECONFIG": os.devnull, "HOME": str(home)}  # vela uses both
        command = [str(file), *args.split()]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        _must_say(program, row.version, done.stdout + done.stderr)


def _must_say(program: Program, expected: str, found: str) -> None:
    if expected not in found:
        raise BuildFailed(f"{program}: built, but '{expected}' is not in what it says:\n{found}")
