# SPDX-License-Identifier: Apache-2.0
"""What can be said of the image for Ascend NPUs without Docker, and without CANN."""

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ci.images import contents, dockerfile
from ci.tools.tree import ROOT
from velaserve_runtime.backends.ascend.torch_npu_versions import made_for

CONTENTS = contents.ascend()
FILE = contents.FOLDER / "Dockerfile.ascend"
TEXT = FILE.read_text(encoding="utf-8")
SCRIPT = contents.FOLDER / "velaserve-ascend.sh"
FOLDER = contents.server().folder
TELLS = """
import json, os, signal, sys
blocked = [*signal.pthread_sigmask(signal.SIG_BLOCK, [])]
print(json.dumps([os.environ["PYTHONPATH"], sys.argv[1:], blocked]))
"""
NO_PINS = "DL3008"
"""Debian keeps no old versions to pin."""


def instructions(name: str) -> list[str]:
    """The arguments of each instruction of that name, without the ends of lines."""
    text = re.sub(r"\\\n\s*", "", TEXT)
    return re.findall(rf"^{name} (.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("file", dockerfile.files(), ids=lambda file: file.name)
def test_hadolint_has_no_complaint(file: Path) -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("hadolint is not installed: make setup")
    command = [program, "--ignore", NO_PINS, "--no-color", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_base_is_for_one_chip_and_every_argument_has_a_default() -> None:
    assert instructions("FROM")[0] == (
        "quay.io/ascend/cann:${CANN}-${CHIP}-${OS}-py${PYTHON} AS cann"
    )
    given = dict(argument.split("=", 1) for argument in instructions("ARG"))
    assert given == {name.upper(): value for name, value in CONTENTS.arguments.items()}
    assert set(re.findall(r"\$\{(\w+)\}", TEXT)) == set(given)


def test_which_cards_there_are_is_left_to_the_cluster() -> None:
    """A value in the image would win over what the device plugin and the runtime say."""
    assert "ASCEND_" not in TEXT + SCRIPT.read_text(encoding="utf-8")


def test_user_has_a_name_a_home_and_numbers() -> None:
    [added] = [run for run in instructions("RUN") if "useradd" in run]
    assert f"--home-dir {CONTENTS.home} --create-home" in added
    assert '--uid "${HWUID}" --gid "${HWGID}" --home-dir' in added
    assert CONTENTS.cache in added
    assert instructions("USER") == ["${HWUID}:${HWGID}"]
    assert f"HOME={CONTENTS.home} " in instructions("ENV")[0]
    assert instructions("WORKDIR")[-1] == CONTENTS.home


def test_it_starts_as_the_server_s_own_image_does() -> None:
    command = list(contents.server().entrypoint)
    command[2:] = ["velaserve", *command[5:]]
    assert instructions("ENTRYPOINT") == [str(command).replace("'", '"')]
    assert f"COPY {SCRIPT.relative_to(ROOT)} /usr/local/bin/velaserve" in TEXT
    assert SCRIPT.stat().st_mode & 0o111 == 0o111


def test_everything_in_it_is_pinned() -> None:
    [name] = CONTENTS.constraints
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(Requirement(line).name) for line in lines if line[0] != "#"}
    wanted = [*contents.required(CONTENTS.extras), *CONTENTS.compiler]
    assert {canonicalize_name(Requirement(text).name) for text in wanted} <= pinned
    assert instructions("ARG")[-5:-2] == [
        f"{key.upper()}={CONTENTS.arguments[key]}" for key in ("torch", "torch_npu", "torch_index")
    ]


def test_torch_fits_cann() -> None:
    given = CONTENTS.arguments
    release = ".".join(given["cann"].split(".")[:2])
    assert made_for(given["torch_npu"]).startswith(f"torch {given['torch']} and CANN {release}.")


def script(folder: Path, environment: str) -> Path:
    """The script of an image whose CANN is in `folder`, with a Python that tells what it got."""
    text = SCRIPT.read_text(encoding="utf-8").replace("/usr/local/Ascend", f"{folder}/Ascend")
    made = folder / "velaserve"
    made.write_text(text.replace(FOLDER, f"{folder}/venv"), encoding="utf-8")
    made.chmod(0o755)
    (folder / "venv/lib/python3.11/site-packages").mkdir(parents=True)
    python = folder / "venv/bin/python"
    python.parent.mkdir()
    python.write_text(f"#!{sys.executable} -I\n{TELLS}", encoding="utf-8")
    python.chmod(0o755)
    if environment:
        (folder / "Ascend/ascend-toolkit").mkdir(parents=True)
        (folder / "Ascend/ascend-toolkit/set_env.sh").write_text(environment, encoding="utf-8")
    return made


@pytest.mark.parametrize("before", ["", "/from/the/base"])
def test_our_packages_come_before_those_of_cann(tmp_path: Path, before: str) -> None:
    environment = 'export PYTHONPATH="/cann${PYTHONPATH:+:$PYTHONPATH}"\n'
    program = str(script(tmp_path, environment))
    command = ["env", "--block-signal=TERM", program, "serve", "--a b"]
    variables = {"PATH": "/usr/bin:/bin", **({"PYTHONPATH": before} if before else {})}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    packages, arguments, blocked = json.loads(done.stdout)
    ours = f"{tmp_path}/venv/lib/python3.11/site-packages"
    assert packages.split(":") == [ours, "/cann", *filter(None, [before])]
    assert arguments == ["-m", "velaserve_runtime", "serve", "--a b"]
    assert blocked == [signal.SIGTERM], "it waits for the server"


def test_image_without_cann_says_so(tmp_path: Path) -> None:
    done = subprocess.run([script(tmp_path, "")], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "set_env.sh is missing" in done.stderr
    assert FILE.relative_to(ROOT).as_posix() in done.stderr


@pytest.mark.heavy
def test_packages_can_be_installed_together(tmp_path: Path) -> None:
    """As `docker build` does; without torch, whose index may be out of reach."""
    python = shutil.which(f"python{CONTENTS.arguments['python']}")
    if python is None:
        pytest.skip(f"there is no Python {CONTENTS.arguments['python']}")
    source, target = tmp_path / "source", tmp_path / "venv"
    source.mkdir()
    for files in instructions("COPY")[:3]:
        for name in files.split()[:-1]:
            whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            whole(ROOT / name, source / name)
    install = instructions("RUN")[0].replace("python3 ", f"{python} ").replace(FOLDER, str(target))
    subprocess.run(install, shell=True, cwd=source, check=True, capture_output=True)
    check = (
        "import grpc, numpy, onnxruntime, scipy, velaserve_lint; from importlib import metadata; "
        "print(metadata.version('onnxruntime-cann'), *onnxruntime.get_available_providers())"
    )
    told = _told(target / "bin/python", "-c", check)
    assert "CANNExecutionProvider" in told
    assert "--model-dir" in _told(
        target / "bin/python", "-m", "velaserve_runtime", "serve", "--help"
    )


def _told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
