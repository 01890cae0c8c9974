# SPDX-License-Identifier: Apache-2.0
"""The command: what it ends with, what it says, and what is left when it is stopped."""

import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ci.tools.command import main
from ci.tools.programs import path
from ci.tools.tree import ROOT
from support.go_modules import needs_go, stand_in_for_go, write_local

COMMAND = (  # SIGINT is heard, also where these tests run in the background and it is ignored
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from pathlib import Path; from ci.tools.command import main; "
    "sys.exit(main(sys.argv[2:], Path(sys.argv[1])))"
)


def start(pins: Path, path_: str | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(pins), "build", "local"],
        cwd=ROOT,
        env=os.environ | ({"PATH": path_} if path_ else {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Hanging:
    """A `go build` that never ends, and says its process id when it starts."""

    def __init__(self, folder: Path) -> None:
        stand_in_for_go(folder, f"echo $$ >{folder}/started; exec tail -f {os.devnull}")
        os.mkfifo(folder / "started")
        self._started = os.open(folder / "started", os.O_RDONLY | os.O_NONBLOCK)
        self.path = f"{folder}{os.pathsep}{os.environ['PATH']}"

    def pid(self) -> int:
        ready, _, _ = select.select([self._started], [], [], 60)
        assert ready, "no go build was started within 60 s"
        return int(os.read(self._started, 100))

    def close(self) -> None:
        os.close(self._started)


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Hanging]:
    go = Hanging(tmp_path / "bin")
    yield go
    go.close()


def test_without_go(tmp_path: Path) -> None:
    """From any folder, through the script."""
    for name in ("sh", "dirname", "python3"):
        (tmp_path / name).symlink_to(sys.executable if name == "python3" else _found(name))
    done = subprocess.run(
        [ROOT / "ci" / "tools" / "tools.sh", "build", "cue"],
        cwd=tmp_path,
        env={"PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "there is no go on PATH: install Go 1.25.8 or later, then run this again\n"
    )


def _found(name: str) -> str:
    found = shutil.which(name)
    assert found is not None, f"{name} is on no PATH"
    return found


def test_a_program_that_is_not_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["path", "cue"]) == 2
    assert capsys.readouterr().err == "cue 0.14.1 is not built: run make tools/cue\n"
    assert main(["path", "cue", "0.17.1"]) == 2
    assert capsys.readouterr().err == "cue 0.17.1 is not built: run make tools/cue\n"


@pytest.mark.parametrize("argv", [["build", "helm"], ["path", "helm"], ["module_dir", "helm"]])
def test_a_name_that_is_not_pinned(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert capsys.readouterr().err.startswith("helm is not pinned; these are: ")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_build_leaves_nothing(
    tmp_path: Path, hanging: Hanging, cache: Path, sent: signal.Signals
) -> None:
    with start(write_local(tmp_path), hanging.path) as command:
        go = hanging.pid()
        command.send_signal(sent)
        _, err = command.communicate()
    assert (command.returncode, err) == (130, "interrupted: no half-built program is left\n")
    assert [file.suffix for file in cache.iterdir()] == [".lock"]
    with pytest.raises(ProcessLookupError):
        os.kill(go, 0)


@needs_go
def test_a_killed_build_is_made_good(tmp_path: Path, hanging: Hanging, cache: Path) -> None:
    pins = write_local(tmp_path)
    with start(pins, hanging.path) as command:
        go = hanging.pid()
        command.kill()
    os.kill(go, signal.SIGKILL)
    assert main(["build", "local"], pins) == 0
    names = {path("local", pins=pins).parent.name + suffix for suffix in ("", ".lock")}
    assert {file.name for file in cache.iterdir()} == names


@needs_go
def test_builds_at_the_same_time_are_one(tmp_path: Path) -> None:
    pins = write_local(tmp_path)
    commands = [start(pins) for _ in range(3)]
    said = [command.communicate() for command in commands]
    assert [command.returncode for command in commands] == [0, 0, 0], said
    assert sum("building" in out for out, _ in said) == 1
    assert all(out.endswith(f"local 1.0.0: {path('local', pins=pins)}\n") for out, _ in said)
