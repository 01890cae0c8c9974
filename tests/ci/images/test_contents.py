# SPDX-License-Identifier: Apache-2.0
"""One list feeds the Dockerfile and the image that is made without Docker."""

import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ci.images import contents, dockerfile, packages
from ci.tools import programs
from ci.tools.pins import PINS, load, named
from ci.tools.tree import ROOT


@pytest.mark.parametrize("file", dockerfile.files(), ids=lambda file: file.name)
def test_dockerfile_is_the_one_that_the_list_makes(file: Path) -> None:
    made = dockerfile.files()[file]
    assert file.read_text(encoding="utf-8") == made, "run make generate"


def test_requirements_follow_the_extras_of_this_repository() -> None:
    wanted = contents.requirements(contents.server())
    names = {requirement.partition(">=")[0] for requirement in wanted}
    assert names >= {"grpcio", "jsonschema", "numpy", "onnxruntime", "pyyaml", "uvloop"}
    assert not any("velaserve" in name for name in names)


@pytest.mark.parametrize("name", contents.python())
def test_nothing_runs_as_root(name: str) -> None:
    assert contents.python()[name].uid >= 1000


@pytest.mark.parametrize("name", contents.python())
def test_everything_in_an_image_is_pinned_once(name: str) -> None:
    image = contents.python()[name]
    texts = [(ROOT / file).read_text(encoding="utf-8") for file in image.constraints]
    lines = [line for text in texts for line in text.splitlines() if line[0] != "#"]
    pinned = [canonicalize_name(Requirement(line).name) for line in lines]
    assert len(pinned) == len(set(pinned))
    wanted = {canonicalize_name(Requirement(text).name) for text in contents.requirements(image)}
    assert wanted <= set(pinned)


@pytest.mark.parametrize("name", contents.static())
def test_static_images_are_of_programs_that_are_pinned(name: str) -> None:
    [program] = named(load(PINS), name, None)
    assert programs.target(program).name == name


def test_command_is_the_server_s_program(tmp_path: Path) -> None:
    file = contents.FOLDER / contents.server().command
    (tmp_path / "python3").write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    (tmp_path / "python3").chmod(0o755)
    variables = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(
        [file, "serve"], env=variables, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == list(contents.server().entrypoint)[-3:]


def test_command_can_be_run_by_anybody(tmp_path: Path) -> None:
    layer = packages.command(contents.FOLDER / contents.server().command, tmp_path)
    with tarfile.open(layer.path) as archive:
        assert archive.getmember("usr/local/bin/velaserve").mode & 0o555 == 0o555


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A server on loopback that answers /v2/health/ready with `status`; its port."""

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/v2/health/ready" else 404)
            self.end_headers()

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing: a test is no place for an access log."""

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def health_check(port: int) -> bool:
    """The image's own health check, at another port."""
    [_, *arguments] = [word.replace("8080", str(port)) for word in contents.server().healthcheck]
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (404, False)])
def test_health_check_believes_200_only(status: int, healthy: bool) -> None:
    with answering(status) as port:
        assert health_check(port) is healthy


def test_health_check_fails_where_nothing_listens() -> None:
    with answering(200) as port:
        pass
    assert not health_check(port)
