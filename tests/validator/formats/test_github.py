# SPDX-License-Identifier: Apache-2.0
"""A workflow's runner reads each command as it is meant."""

from __future__ import annotations

import re

from support.reports import ODD, ODD_NAME, with_each_report
from velaserve_lint import Report, lint
from velaserve_lint.formats import View, write
from velaserve_lint.formats.github import COMMANDS, MOST_OF_A_STEP
from velaserve_lint.rules.examples import APPLICATION, changed

QUIET = View("zh", colour=True, quiet=True)
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """Kind, properties and message of each line, read as the runner does."""
    result = []
    for line in write(report, "github", QUIET).removesuffix("\n").split("\n"):
        found = COMMAND.fullmatch(line)
        assert found, line
        pairs = (pair.partition("=") for pair in found[2].split(","))
        properties = {key: unescaped(value) for key, _, value in pairs}
        result.append((found[1], properties, unescaped(found[3])))
    return result


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(code, character)
    return text.replace("%25", "%")


def test_a_finding_is_a_line() -> None:
    assert write(lint(changed("modelUri", "modelUrl"), "app.yaml"), "github") == (
        "::error file=app.yaml,line=10,endLine=10,col=9,endColumn=17,title=VS201 unknown-property::"
        "unknown property 'modelUrl'; did you mean 'modelUri'?%0A"
        "fix: Rename or remove the property; the type's documentation lists all there are.\n"
        "checked 1 Application in 1 file: 1 error\n"
    )
    assert write(lint(APPLICATION), "github", QUIET) == ""


@with_each_report
def test_every_finding_is_read_back(report: Report) -> None:
    found = commands(report) if report.findings else []

    assert [kind for kind, _, _ in found] == [COMMANDS[one.severity] for one in report.findings]
    for (_, properties, message), finding in zip(found, report.findings, strict=True):
        assert properties["line"] == str(finding.span.line)
        assert properties["title"].split()[0] == finding.id
        assert message.count("\n") == 1 + len(finding.related)


def test_no_name_and_no_value_can_give_commands() -> None:
    [(_, properties, message)] = commands(ODD)

    assert properties["file"] == ODD_NAME
    assert "::error::%0A" in message


def test_other_places_are_told() -> None:
    report = lint("metadata:\n  name: digits\n  name: letters\n", "app.yaml")

    [(_, _, message)] = commands(report)

    assert message.splitlines()[1] == "app.yaml:2: first set here"


def test_columns_of_several_lines_are_left_out() -> None:
    report = lint(changed("minReplicas: 2", 'minReplicas: "a\n\n          b"'), "app.yaml")

    [(_, properties, _)] = commands(report)

    assert properties["endLine"] == "14"
    assert "col" not in properties
    assert "endColumn" not in properties


def test_what_github_does_not_show_is_said() -> None:
    one = lint(changed("modelUri", "modelUrl"), "app.yaml")

    said = "GitHub annotates at most 10 errors, warnings and notices each of a step"
    assert said not in write(Report(one.findings * MOST_OF_A_STEP), "github")
    assert said in write(Report(one.findings * (MOST_OF_A_STEP + 1)), "github")
