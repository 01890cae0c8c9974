# SPDX-License-Identifier: Apache-2.0
"""What is said about queries, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.text import Text, sentences, shortened

if TYPE_CHECKING:
    from velaserve_lint.promql import Problem

SYNTAX = sentences(
    empty=Text("the query is empty", "查询为空"),
    unclosed=Text("a '{found}' is never closed", "'{found}' 未闭合"),
    unopened=Text("a '{found}' closes nothing", "'{found}' 没有对应的左括号"),
    mismatch=Text("a '{expected}' is closed by '{found}'", "'{expected}' 被 '{found}' 闭合"),
    quote=Text("a text that begins with {found} does not end", "以 {found} 开头的文本没有结束"),
    character=Text("'{found}' means nothing in PromQL", "'{found}' 在 PromQL 中没有意义"),
    number=Text(
        "'{found}' is neither a number nor a time; write for example 5m or 1h30m",
        "'{found}' 既不是数字也不是时间；可写为例如 5m 或 1h30m",
    ),
    end=Text(
        "the query ends after '{found}': something is missing", "查询在 '{found}' 后结束：缺少内容"
    ),
    first=Text("a query cannot begin with '{found}'", "查询不能以 '{found}' 开头"),
    unexpected=Text("'{found}' cannot follow '{expected}'", "'{found}' 不能跟在 '{expected}' 之后"),
    expected=Text(
        "'{found}' stands where '{expected}' is expected", "此处应为 '{expected}'，实为 '{found}'"
    ),
    value=Text(
        'the value of a label needs quotes: "{expected}", found {found}',
        '标签的值需要引号："{expected}"，实为 {found}',
    ),
    everything=Text(
        "a selector without a name needs a label that is not empty",
        "没有名称的选择器至少需要一个非空标签",
    ),
    range=Text("a range needs a time, as [5m]", "范围需要时间，如 [5m]"),
    subquery=Text(
        "of an expression, a range is written [{found}:]", "对表达式，范围须写成 [{found}:]"
    ),
    near=Text(
        "there is no function '{found}'; did you mean '{expected}'?",
        "没有函数 '{found}'；是否指 '{expected}'？",
    ),
    function=Text("there is no function '{found}'", "没有函数 '{found}'"),
    arguments=Text(
        "{found} has the wrong number of arguments; it takes {expected}",
        "{found} 的参数个数错误；应为 {expected} 个",
    ),
    wants_scalar=Text("{found} takes a number there", "{found} 在此处需要数字"),
    wants_string=Text("{found} takes a text in quotes there", "{found} 在此处需要带引号的文本"),
    wants_vector=Text("{found} takes a metric there", "{found} 在此处需要指标"),
    wants_matrix=Text(
        "{found} takes a metric with a range there", "{found} 在此处需要带范围的指标"
    ),
    set=Text(
        "'{found}' joins metrics: a number is written vector(0)",
        "'{found}' 用于连接指标：数字须写成 vector(0)",
    ),
)


def arguments(problem: Problem) -> dict[str, str]:
    """What the sentences are about; a text in a query may be long."""
    return {"found": shortened(problem.found), "expected": shortened(problem.expected)}
