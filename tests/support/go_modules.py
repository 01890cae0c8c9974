# SPDX-License-Identifier: Apache-2.0
"""Go modules without a network: a module proxy that is a folder, and programs in place of go."""

import base64
import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_go = pytest.mark.skipif(shutil.which("go") is None, reason="builds with Go, not on PATH")


@dataclass(frozen=True)
class Proxy:
    """A folder that Go takes modules from."""

    folder: Path

    def add(self, path: str, version: str, **files: str) -> str:
        """Releases a module, each file named with _ for the dot; gives its hash for go.sum."""
        module = f"{path}@v{version}"
        contents = {f"{module}/{name.replace('_', '.')}": text for name, text in files.items()}
        released = self.folder / path / "@v"
        released.mkdir(parents=True, exist_ok=True)
        (released / f"v{version}.info").write_text(f'{{"Version": "v{version}"}}')
        (released / f"v{version}.mod").write_text(files["go_mod"])
        with zipfile.ZipFile(released / f"v{version}.zip", "w") as archive:
            for name, text in contents.items():
                archive.writestr(name, text)
        return _hash(contents)


def _hash(contents: dict[str, str]) -> str:
    lines = [
        f"{hashlib.sha256(contents[name].encode()).hexdigest()}  {name}\n"
        for name in sorted(contents)
    ]
    digest = hashlib.sha256("".join(lines).encode()).digest()
    return f"h1:{base64.b64encode(digest).decode()}"


def write_pins(folder: Path, text: str) -> Path:
    pins = folder / "pins.toml"
    pins.write_text(text, encoding="utf-8")
    return pins


def write_local(folder: Path, main: str = "func main() {}") -> Path:
    """A table of one program, `local`, whose source is beside the table."""
    source = folder / "local"
    source.mkdir(exist_ok=True)
    (source / "go.mod").write_text("module example.test/local\n\ngo 1.21\n")
    (source / "main.go").write_text(f"package main\n\n{main}\n")
    row = '[[module]]\npath = "example.test/local"\nversion = "1.0.0"\nfolder = "local"\n'
    return write_pins(folder, row + 'programs = { local = "" }\n')


def stand_in_for_go(folder: Path, build: str, version: str = "go1.99.0") -> None:
    """A `go` whose `go build` is the shell line `build`."""
    folder.mkdir(exist_ok=True)
    answer = f"build) {build} ;; env) [ $2 = GOVERSION ] && echo {version} ;;"
    (folder / "go").write_text(f"#!/bin/sh\ncase $1 in {answer} esac\n")
    (folder / "go").chmod(0o755)
