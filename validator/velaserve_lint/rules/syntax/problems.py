# SPDX-License-Identifier: Apache-2.0
"""What the parser's problems mean, in words that say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.decoding import lines
from velaserve_lint.place import Place, Span
from velaserve_lint.text import Text

if TYPE_CHECKING:
    import yaml

    from velaserve_lint.layout import Mark

MESSAGES = {
    "other": Text("not valid YAML: {problem}", "不是有效的 YAML：{problem}"),
    "tab": Text(
        "this line is indented with a tab; YAML wants spaces", "此行用制表符缩进；YAML 要求空格"
    ),
    "character": Text(
        "a value cannot start with '{character}'; quote it", "值不能以 '{character}' 开头；请加引号"
    ),
    "colon": Text(
        "no ':' is expected here; quote the value, or check the indentation",
        "此处不应有 ':'；请给值加引号，或检查缩进",
    ),
    "key": Text(
        "expected 'key: value' here; check the indentation, and quotes above",
        "此处应为 'key: value'；请检查缩进和上文的引号",
    ),
    "item": Text(
        "expected the next '- ' of the list, or less indentation",
        "此处应为列表的下一个 '- '，或减少缩进",
    ),
    "bracket": Text(
        "this '{character}' has no matching end, or a ',' is missing",
        "这个 '{character}' 没有配对的结尾，或缺少 ','",
    ),
    "quote": Text("this quote is never closed", "这个引号没有闭合"),
    "escape": Text(
        "unknown escape in double quotes; use single quotes, or write '\\\\'",
        "双引号中有未知的转义；请改用单引号，或写成 '\\\\'",
    ),
    "end": Text(
        "expected the document to end here; check the indentation", "文档应在此结束；请检查缩进"
    ),
    "alias": Text(
        "'*{name}' names no anchor that is complete above it", "'*{name}' 之前没有已完成的同名锚点"
    ),
}


class _Meaning(NamedTuple):
    problem: re.Pattern[str]
    message: str
    at_context: bool = False


_MEANINGS = (
    _Meaning(re.compile("mapping values are not allowed"), "colon"),
    _Meaning(re.compile("could not find expected ':'|did not find expected key"), "key"),
    _Meaning(re.compile("did not find expected '-' indicator"), "item"),
    _Meaning(re.compile(r"did not find expected ',' or"), "bracket", at_context=True),
    _Meaning(re.compile("found unexpected (end of stream|document indicator)"), "quote", True),
    _Meaning(re.compile("found a tab character that violates indentation"), "tab"),
    _Meaning(re.compile("found unknown escape character"), "escape"),
    _Meaning(re.compile("did not find expected <document start>"), "end"),
)


def diagnose(error: yaml.YAMLError, file: str, text: str) -> tuple[str, Place, dict[str, str]]:
    """The message, place and arguments for an error of the parser."""
    problem = str(getattr(error, "problem", None) or error)
    mark: Mark | None = getattr(error, "problem_mark", None)
    if "cannot start any token" in problem and mark:
        character = _character(text, mark)
        message = "tab" if character == "\t" else "character"
        return message, _place(file, mark), {"character": character}
    for meaning in _MEANINGS:
        if meaning.problem.search(problem):
            mark = getattr(error, "context_mark", None) if meaning.at_context else mark
            character = _character(text, mark) if mark else ""
            return meaning.message, _place(file, mark), {"character": character}
    return "other", _place(file, mark), {"problem": problem}


def _place(file: str, mark: Mark | None) -> Place:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Place(file, Span(line, column, line, column + 1))


def _character(text: str, mark: Mark) -> str:
    rows = lines(text)
    row = rows[mark.line] if mark.line < len(rows) else ""
    return row[mark.column : mark.column + 1]
