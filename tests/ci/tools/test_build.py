# SPDX-License-Identifier: Apache-2.0
"""Programs are built once, as pinned, whole or not at all."""

import subprocess
from pathlib import Path

import pytest

from ci.tools.build import build
from ci.tools.errors import BuildFailed
from ci.tools.pins import load, programs
from ci.tools.programs import path
from support.go_modules import Proxy, needs_go, stand_in_for_go, write_local, write_pins

HELLO = "example.test/hello"
GO_MOD = """\
module example.test/hello

go 1.21

require (
	example.test/old v1.0.0
	example.test/staged v0.0.0
)

replace (
	example.test/forbidden => ./FORBIDDEN
	example.test/old => example.test/fork v1.0.0
	example.test/staged => ./staging/staged
)
"""
MAIN = """\
package main

import (
	"example.test/old"
	"example.test/staged"
)

var version = "unknown"

func main() { println(version, old.Name, staged.Name) }
"""


def release(proxy: Proxy, **more: str) -> str:
    """A module with all that `go install MODULE@VERSION` refuses."""
    for module, version, package in (("fork", "1.0.0", "old"), ("staged", "0.34.4", "staged")):
        source = f'package {package}\n\nconst Name = "{module}"\n'
        go_mod = f"module example.test/{package}\n\ngo 1.21\n"
        proxy.add(f"example.test/{module}", version, go_mod=go_mod, name_go=source)
    files = {"shown/where_go": 'package shown\n\nconst Where = "here"\n'} | more
    return proxy.add(HELLO, "1.2.3", go_mod=GO_MOD, go_sum="", main_go=MAIN, **files)


def write_hello(
    folder: Path, sum_: str, symbol: str = "v{version}", cut: dict[str, str] | None = None
) -> Path:
    row = f'[[module]]\npath = "{HELLO}"\nversion = "1.2.3"\nsum = "{sum_}"\nstaging = "0.34.4"\n'
    row += f'symbols = {{ "main.version" = "{symbol}" }}\nprograms = {{ hello = "" }}\n'
    row += 'ask = { hello = "" }\n[module.cut]\n'
    return write_pins(
        folder, row + "".join(f"'{at}' = '{what}'\n" for at, what in (cut or {}).items())
    )


def write_beside(folder: Path, sum_: str) -> Path:
    """A table of one program, `ours`, that uses a package of the module."""
    source = folder / "ours"
    source.mkdir()
    imports = f'import (\n\t"{HELLO}/shown"\n\t"example.test/old"\n)\n'
    main = "func main() { println(old.Name, shown.Where) }"
    (source / "main.go").write_text(f"package main\n\n{imports}\n{main}\n")
    row = f'[[module]]\npath = "{HELLO}"\nversion = "1.2.3"\nsum = "{sum_}"\nstaging = "0.34.4"\n'
    return write_pins(folder, row + 'folder = "ours"\nprograms = { ours = "" }\n')


def build_all(pins: Path) -> None:
    for program in programs(load(pins)):
        build(program)


def left(cache: Path) -> list[str]:
    """What the cache holds beside locks."""
    return [file.name for file in cache.iterdir() if file.suffix != ".lock"]


@needs_go
def test_replaced_and_staged_modules(tmp_path: Path, proxy: Proxy, cache: Path) -> None:
    pins = write_hello(tmp_path, release(proxy))
    build_all(pins)
    done = subprocess.run([path("hello", pins=pins)], capture_output=True, text=True, check=True)
    assert done.stderr == "v1.2.3 fork staged\n"
    assert left(cache) == [path("hello", pins=pins).parent.name]


@needs_go
def test_our_own_source_on_another_module(tmp_path: Path, proxy: Proxy, cache: Path) -> None:
    """With what that module replaces: its own go.mod is the one that counts."""
    pins = write_beside(tmp_path, release(proxy))
    build_all(pins)
    done = subprocess.run([path("ours", pins=pins)], capture_output=True, text=True, check=True)
    assert done.stderr == "fork here\n"
    assert left(cache) == [path("ours", pins=pins).parent.name]


@needs_go
def test_the_program_must_say_its_version(tmp_path: Path, proxy: Proxy, cache: Path) -> None:
    pins = write_hello(tmp_path, release(proxy), symbol="v3.2.1")
    with pytest.raises(BuildFailed, match=r"^hello 1\.2\.3: built, but '1\.2\.3' is not in .*\nv3"):
        build_all(pins)
    assert left(cache) == []


@needs_go
def test_a_part_is_cut(tmp_path: Path, proxy: Proxy, cache: Path) -> None:
    cut = {r"ma\w+\.go": r'.*example\.test/staged"$|, staged\.\w+', r"not(?!main)\w+\.go": ""}
    pins = write_hello(tmp_path, release(proxy, notes_go="package broken"), cut=cut)
    build_all(pins)
    done = subprocess.run([path("hello", pins=pins)], capture_output=True, text=True, check=True)
    assert done.stderr == "v1.2.3 fork\n"
    assert left(cache) == [path("hello", pins=pins).parent.name]


@needs_go
@pytest.mark.parametrize("cut", [{"plugins.go": ""}, {"main.go": "plugins"}])
def test_what_is_cut_must_be_there(
    tmp_path: Path, proxy: Proxy, cache: Path, cut: dict[str, str]
) -> None:
    pins = write_hello(tmp_path, release(proxy), cut=cut)
    with pytest.raises(BuildFailed, match=r"hello@v1\.2\.3: nothing is cut by '\w+\.go' in the"):
        build_all(pins)
    assert left(cache) == []


@needs_go
def test_what_the_compiler_says(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(
        BuildFailed, match=r"^local 1\.0\.0: go build ended with 1:\n(.*\n)*.*nought"
    ):
        build_all(write_local(tmp_path, "func main() { nought() }"))
    assert left(cache) == []


@needs_go
def test_the_second_time_nothing_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pins = write_local(tmp_path)
    build_all(pins)
    assert "local 1.0.0: building example.test/local\n" in capsys.readouterr().out
    monkeypatch.setenv("PATH", "")
    build_all(pins)
    assert capsys.readouterr().out == f"local 1.0.0: {path('local', pins=pins)}\n"


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    stand_in_for_go(tmp_path / "bin", "echo 'write: no space left on device' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(BuildFailed, match=rf"left on device\nThe disk is full: .* in {cache}"):
        build_all(write_local(tmp_path))
    assert left(cache) == []
