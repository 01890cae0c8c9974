# SPDX-License-Identifier: Apache-2.0
"""Modules come from the proxy once, and only as the table's hash says."""

from pathlib import Path

import pytest

from ci.tools.errors import BuildFailed, ModuleMissing, NotReady
from ci.tools.gomod import module_dir
from support.go_modules import Proxy, needs_go, write_pins

FILES = "example.test/files"
pytestmark = needs_go


def pins(folder: Path, sum_: str) -> Path:
    row = f'[[module]]\npath = "{FILES}"\nversion = "1.4.0"\nsum = "{sum_}"\n'
    return write_pins(folder, row)


def release(proxy: Proxy) -> str:
    return proxy.add(FILES, "1.4.0", go_mod=f"module {FILES}\n", crd_yaml="kind: Gateway\n")


def test_a_folder_is_fetched_once(tmp_path: Path, proxy: Proxy) -> None:
    table = pins(tmp_path, release(proxy))
    with pytest.raises(ModuleMissing, match=r"^example\.test/files 1\.4\.0: go mod download: "):
        module_dir(FILES, offline=True, pins=table)
    folder = module_dir(FILES, pins=table)
    assert (folder / "crd.yaml").read_text() == "kind: Gateway\n"
    assert module_dir(FILES, offline=True, pins=table) == folder


def test_another_hash_is_refused(tmp_path: Path, proxy: Proxy) -> None:
    release(proxy)
    with pytest.raises(
        BuildFailed, match=r"files 1\.4\.0: the hash is h1:\S+, .* pins says h1:x: "
    ):
        module_dir(FILES, pins=pins(tmp_path, "h1:x"))


def test_a_module_without_a_pin(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"^example\.test/files 2\.0\.0 is not pinned"):
        module_dir(FILES, "2.0.0", pins=pins(tmp_path, "h1:x"))
