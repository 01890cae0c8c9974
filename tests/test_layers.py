# SPDX-License-Identifier: Apache-2.0
"""Who may import whom."""

import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from ci.tools.tree import ROOT
from support.imports import imports

LINTER = ROOT / "validator" / "velaserve_lint"
RUNTIME = ROOT / "runtime" / "velaserve_runtime"

# A library that a machine may lack, and the places under RUNTIME that may import it.
OWNERS = {
    "acl": ["backends/ascend/"],
    "google": ["protocol/", "transports/grpc_v2/"],
    "grpc": ["transports/grpc_v2/", "local/"],
    "httptools": ["transports/rest/"],
    "onnxruntime": ["backends/onnx", "backends/ascend/"],
    "torch": ["backends/torch_", "backends/ascend/"],
    "torch_npu": ["backends/ascend/"],
}
NOBODY_S = {"fastapi", "kserve", "onnx", "runtime", "sklearn", "tritonclient", "validator"}
HEAVY = {"grpc", "numpy", "onnxruntime", "torch"}


def offenders(root: Path, banned: Collection[str], allowed: Collection[str] = ()) -> list[str]:
    """Files under `root`, but for those that begin with one of `allowed`, with what they import."""
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sorted(root.rglob("*.py"))
        if not path.relative_to(root).as_posix().startswith(tuple(allowed))
        for module in sorted(imports(path))
        if module.partition(".")[0] in banned
    ]


def test_linter_stands_alone() -> None:
    assert offenders(LINTER, {"velaserve_runtime", "numpy", *OWNERS, *NOBODY_S}) == []


@pytest.mark.parametrize("library", OWNERS)
def test_library_is_imported_by_its_owner_only(library: str) -> None:
    assert offenders(RUNTIME, {library}, OWNERS[library]) == []


def test_runtime_imports_no_framework_and_no_client() -> None:
    assert offenders(RUNTIME, NOBODY_S) == []


def test_protocol_knows_neither_sockets_nor_other_layers() -> None:
    banned = {"asyncio", "httptools", "selectors", "socket", "uvloop", "velaserve_lint"}
    assert offenders(RUNTIME / "protocol", banned) == []
    ours = {
        module
        for path in (RUNTIME / "protocol").rglob("*.py")
        for module in imports(path)
        if module.startswith("velaserve_runtime")
    }
    assert [module for module in sorted(ours) if ".protocol" not in module] == []


@pytest.mark.parametrize("module", ["velaserve_runtime.cli", "velaserve_lint.cli"])
def test_command_starts_without_heavy_libraries(module: str) -> None:
    program = f"import {module}, sys; print(*sorted({HEAVY!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("", "")
