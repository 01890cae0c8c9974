# SPDX-License-Identifier: Apache-2.0
"""One line for each finding."""

from __future__ import annotations

from velaserve_lint import lint
from velaserve_lint.formats import write
from velaserve_lint.rules.examples import APPLICATION, changed


def test_a_line_for_each_finding_and_none_where_there_is_none() -> None:
    assert write(lint(APPLICATION), "concise") == ""
    assert write(lint(changed("minReplicas: 2", "minReplicas: 0"), "app.yaml"), "concise") == (
        "app.yaml:12:22: error[VS205]: 'minReplicas' must be at least 1, found 0\n"
    )


def test_what_a_file_holds_cannot_move_the_cursor() -> None:
    text = changed("{name: onnx}", '{name: "\\e[2J\\n\\u202eonnx"}')

    out = write(lint(text, "app.yaml"), "concise")

    assert out.count("\n") == 1
    assert r"'\u001b[2J\u000a\u202eonnx'" in out
