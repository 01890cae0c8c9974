# SPDX-License-Identifier: Apache-2.0
"""Builds the simulator of AscendCL, and scripts it in this process."""

from __future__ import annotations

import atexit
import ctypes
import functools
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from ci.tools.tree import ROOT

SOURCES = ROOT / "tests" / "runtime" / "backends" / "ascend" / "sim"
LIBRARIES = ("libascendcl.so", "libacl_op_compiler.so", "libfmk_onnx_parser.so")
"""What onnxruntime's provider loads; everything is in the first one."""
_SUFFIXES = {".c": ("cc", "-std=c11", "-Wno-format-truncation"), ".cpp": ("c++", "-std=c++17")}
_FLAGS = ("-D_GNU_SOURCE", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fPIC")


def build(folder: Path) -> Path:
    """<folder>/libascendcl.so and its companions; skips where there is no compiler."""
    if shutil.which("cc") is None or shutil.which("c++") is None:
        pytest.skip("the simulator of AscendCL needs compilers of C and C++: cc, c++")
    for library in LIBRARIES:
        shutil.copy(Path(_built(), library), folder)
    return folder / LIBRARIES[0]


@functools.cache
def _built() -> str:
    """A folder with the libraries, once in a process: compiling takes seconds."""
    made = TemporaryDirectory()
    atexit.register(made.cleanup)
    objects = [_compiled(source, made.name) for source in sorted(SOURCES.glob("*.c*"))]
    for library, parts in zip(LIBRARIES, (objects, [], []), strict=True):
        _run("c++", "-shared", f"-Wl,-soname,{library}", "-o", f"{made.name}/{library}", *parts)
    return made.name


def _compiled(source: Path, folder: str) -> str:
    made = f"{folder}/{source.name}.o"
    compiler = _SUFFIXES[source.suffix]
    _run(*compiler, *_FLAGS, "-fvisibility=hidden", "-c", str(source), "-o", made)
    return made


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


class Interval(NamedTuple):
    """A copy, or a computation."""

    kind: str
    begin_ns: int
    end_ns: int

    def overlaps(self, other: Interval) -> bool:
        return self.begin_ns < other.end_ns and other.begin_ns < self.end_ns


class Sim:
    """The simulator in this process."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self._calls = ctypes.CDLL(str(library))
        self._calls.sim_calls.restype = ctypes.c_char_p
        self._calls.sim_timeline.restype = ctypes.c_char_p
        self._calls.sim_set_memory.argtypes = (ctypes.c_size_t,)

    def fail(
        self, call: str, code: int, *, after: int = 0, count: int = 1, one_in: int = 0
    ) -> None:
        """Lets `call` ("*": any) fail `count` times (-1: for ever), once it was made `after` times.

        one_in: by chance instead.
        """
        self._calls.sim_fault(call.encode(), after, one_in, count, code)

    def mend(self) -> None:
        """No fault any more."""
        self._calls.sim_clear_faults()

    def set_memory(self, size_bytes: int) -> None:
        """All memory of the device; 0: as much as there was at the start."""
        self._calls.sim_set_memory(size_bytes)

    def calls(self) -> list[str]:
        """The calls since the last time."""
        text: bytes = self._calls.sim_calls()
        return text.decode().split()

    def timeline(self) -> list[Interval]:
        """What took time on the device since the last time."""
        text: bytes = self._calls.sim_timeline()
        lines = (line.split() for line in text.decode().splitlines())
        return [Interval(kind, int(begin), int(end)) for kind, begin, end in lines]

    def live(self) -> str:
        """What was not given back, such as "2 stream, 1 model"; empty when all was."""
        text = ctypes.create_string_buffer(1000)
        self._calls.sim_live(text, ctypes.c_size_t(len(text)))
        return text.value.decode()
