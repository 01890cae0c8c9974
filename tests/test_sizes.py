# SPDX-License-Identifier: Apache-2.0
"""Small files, small functions: prints the table and holds the limits."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from ci.tools.tree import ROOT, hand_written

FILE_MAX, FILE_MEDIAN = 400, 80
FUNCTION_MEDIAN, FUNCTION_P95 = 9, 30
FUNCTION_MAX = (
    60  # on the request path, where a profile shows why; elsewhere FUNCTION_P95 is the habit
)


class Size(NamedTuple):
    """Lines of a file or a function, comments and blank lines included."""

    lines: int
    name: str


FILES = [
    Size(len(path.read_text(encoding="utf-8").splitlines()), str(path.relative_to(ROOT)))
    for path in hand_written(".py", ".cue", ".sh")
]


def functions(path: Path) -> Iterator[Size]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Size(lines, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")


FUNCTIONS = [size for path in hand_written(".py") for size in functions(path)]


def above(sizes: list[Size], limit: int) -> list[str]:
    return [f"{size.name}: {size.lines} lines" for size in sizes if size.lines > limit]


def typical(sizes: list[Size]) -> float:
    return median(size.lines for size in sizes)


def p95(sizes: list[Size]) -> float:
    return quantiles([size.lines for size in sizes], n=20)[-1]


def test_table(say: Callable[[str], None]) -> None:
    say("           number  median   p95   max")
    for name, sizes in (("files", FILES), ("functions", FUNCTIONS)):
        longest = max(size.lines for size in sizes)
        row = f"{len(sizes):>6} {typical(sizes):>7.0f} {p95(sizes):>5.0f} {longest:>5}"
        say(f"{name:<10} {row}")


def test_no_file_is_long() -> None:
    assert above(FILES, FILE_MAX) == []


def test_no_function_is_long() -> None:
    assert above(FUNCTIONS, FUNCTION_MAX) == []


def test_files_are_small() -> None:
    assert typical(FILES) <= FILE_MEDIAN


def test_functions_are_small() -> None:
    assert typical(FUNCTIONS) <= FUNCTION_MEDIAN
    assert p95(FUNCTIONS) <= FUNCTION_P95, above(FUNCTIONS, FUNCTION_P95)
