# SPDX-License-Identifier: Apache-2.0
"""Rules about workflows: what is found, where, and what is left alone."""

from __future__ import annotations

import pytest

from support.linted import COMPONENTS, HEAD, group, said, steps
from velaserve_lint import lint

SUSPEND = "type: suspend"


def components(*each: str) -> str:
    return (
        HEAD
        + "  components:\n"
        + "".join(f"    - {{{one}, type: task, properties: {{image: a}}}}\n" for one in each)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (components("name: a, dependsOn: [b]", "name: b"), []),
        (components("name: aa, dependsOn: [bb]"), ["bb: there is no component 'bb'; there is aa"]),
        (
            components("name: web, dependsOn: [bakend]", "name: backend"),
            ["bakend: there is no component 'bakend'; did you mean 'backend'?"],
        ),
        (
            steps("name: one, type: suspend", "name: two, type: suspend, dependsOn: [onne]"),
            ["onne: there is no workflow step 'onne'; did you mean 'one'?"],
        ),
        # A step is also called as what it applies, or as the webhook names it.
        (
            steps(
                "name: a, type: apply-component, properties: {component: web}",
                "name: b, type: suspend, dependsOn: [web]",
            ),
            [],
        ),
        (steps(SUSPEND, "name: b, type: suspend, dependsOn: [step-0]"), []),
        (
            steps("name: a, type: await-model, properties: {component: model}"),
            ["model: there is no component 'model'; there is web"],
        ),
        (
            steps("name: a, type: deploy-components, properties: {components: [{name: weeb}]}"),
            ["weeb: there is no component 'weeb'; did you mean 'web'?"],
        ),
        (steps("name: a, type: deploy-components, properties: {components: [a, {name: 5}]}"), []),
        (steps("name: a, type: notification, properties: {component: model}"), []),
        (steps("name: a, type: apply-component, properties: {component: 5}"), []),
    ],
)
def test_undefined_names(text: str, found: list[str]) -> None:
    assert said("VS109", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (components("name: a, dependsOn: [b]", "name: b, dependsOn: [c]", "name: c"), []),
        (
            components(
                "name: a, dependsOn: [b]", "name: b, dependsOn: [c]", "name: c, dependsOn: [a]"
            ),
            ["b: 'a' waits for 'b', which cannot end before 'a' has"],
        ),
        (components("name: a, dependsOn: [a]"), ["a: 'a' waits for itself"]),
        (
            components(
                "name: a, inputs: [{from: x}]",
                "name: b, dependsOn: [a], outputs: [{name: x, valueFrom: z}]",
            ),
            ["x: 'a' waits for 'b', which cannot end before 'a' has"],
        ),
        (steps("name: a, type: suspend", "name: b, type: suspend, dependsOn: [a]"), []),
        (
            steps("name: a, type: suspend, dependsOn: [b]", "name: b, type: suspend"),
            ["b: 'a' waits for 'b', which cannot end before 'a' has"],
        ),
        (
            steps(
                "name: a, type: suspend, dependsOn: [b]",
                "name: b, type: suspend",
                mode="steps: DAG",
            ),
            [],
        ),
        (
            steps(
                "name: g, type: step-group, subSteps: [{name: x, type: suspend, dependsOn: [g]}]"
            ),
            ["g: 'x' waits for 'g', which cannot end before 'x' has"],
        ),
        (
            steps(group("name: x, type: suspend, dependsOn: [q]", "name: q, type: suspend")),
            [],
        ),
        (
            steps(
                group(
                    "name: x, type: suspend, dependsOn: [q]",
                    "name: q, type: suspend",
                    mode="StepByStep",
                )
            ),
            ["q: 'x' waits for 'q', which cannot end before 'x' has"],
        ),
        (
            steps(
                "name: g, type: step-group, subSteps: [{name: x, type: suspend, dependsOn: [z]}]",
                "name: z, type: suspend",
            ),
            ["z: 'x' waits for 'z', which cannot end before 'x' has"],
        ),
        # The second circle is one of its own.
        (
            steps(
                "name: a, type: suspend, dependsOn: [a]",
                "name: b, type: suspend, dependsOn: [c]",
                "name: c, type: suspend, dependsOn: [b]",
                mode="steps: DAG",
            ),
            ["a: 'a' waits for itself", "c: 'b' waits for 'c', which cannot end before 'b' has"],
        ),
    ],
)
def test_endless_waits(text: str, found: list[str]) -> None:
    assert said("VS111", text) == found


def test_a_component_waits_as_the_step_does_that_applies_it() -> None:
    apply = "type: apply-component, properties: {component: %s}"
    workflow = "  workflow:\n    steps:\n" + "".join(
        f"    - {{name: apply-{n}, {apply % n}}}\n" for n in "ab"
    )
    text = components("name: a, dependsOn: [b]", "name: b") + workflow

    assert said("VS111", text) == [
        "b: 'apply-a' waits for 'apply-b', which cannot end before 'apply-a' has"
    ]


OUTPUTS = "name: a, type: request, properties: {url: b}, outputs: [{name: answer, valueFrom: c}]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            steps(
                OUTPUTS,
                "name: b, type: suspend, inputs: [{from: answer.body}, {from: context.name}]",
            ),
            [],
        ),
        (
            steps(OUTPUTS, "name: b, type: suspend, inputs: [{from: anser}]"),
            ["anser: there is no output 'anser'; did you mean 'answer'?"],
        ),
        (
            steps(OUTPUTS, "name: b, type: suspend, inputs: [{from: other}]"),
            ["other: there is no output 'other'; there is answer"],
        ),
        (
            components("name: a, inputs: [{from: secret}]"),
            ["secret: nothing here has outputs, so there is no 'secret'"],
        ),
        # What that step gives, nobody knows.
        (steps("name: x, type: acme", "name: b, type: suspend, inputs: [{from: other}]"), []),
    ],
)
def test_undefined_outputs(text: str, found: list[str]) -> None:
    assert said("VS112", text) == found


def test_an_output_of_two() -> None:
    text = steps(OUTPUTS, OUTPUTS.replace("name: a,", "name: b,"))

    assert said("VS105", text) == ["answer: 'answer' is already the name of another output"]


def conditional(condition: str, mode: str = "") -> str:
    return steps(
        "name: a-b, type: suspend",
        f"name: now, type: suspend, if: {condition}",
        "name: later, type: suspend",
        mode=mode,
    )


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("always", []),
        ("'status[\"a-b\"].failed'", []),
        (
            "status.a-b.failed",
            ['status.a-b.failed: status.a-b is a subtraction; write status["a-b"]'],
        ),
        ("status.now = 1", ["status.now = 1: '=' does not compare or combine; write =="]),
        ("(true", ["(true: something is missing at the end: )"]),
        ("true &&", ["true &&: something is missing at the end: ..."]),
        ("true)", ["true): ')' is not expected there"]),
        ("5", []),
    ],
)
def test_broken_conditions(condition: str, found: list[str]) -> None:
    assert said("VS121", conditional(condition)) == found


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ('status["a-b"].timeout || context.name == "a"', ""),
        ("status.latter.failed", "'latter' is not there; did you mean 'later'?"),
        ("status.other.failed", "there is no step 'other'; there is a-b, now, later"),
        ('status["a-b"].suceeded', "'suceeded' is not there; did you mean 'succeeded'?"),
        (
            'status["a-b"].done == true',
            "a step has no 'done'; it has failed, succeeded, skipped, timeout, failedAfterRetries, "
            "terminate, phase, reason, message, name, t…",
        ),
        ("status.later.failed", "'later' runs after this step, which cannot know how it ends"),
        ("status.now.failed", "'now' runs after this step, which cannot know how it ends"),
        ("later.failed", "'later' is not there; did you mean 'status.later'?"),
        ("always || true", "'always' is nothing here; there is status, inputs, context, parameter"),
        ("inputs.x == 1", "the step has no inputs, so there is no 'x'"),
        ('status["a-b"].phase', "'phase' is no true or false"),
        ('len(status["a-b"].phase) > 3', ""),
    ],
)
def test_strangers_in_conditions(condition: str, message: str) -> None:
    found = said("VS122", conditional(f"'{condition}'"))

    assert [one.partition(": ")[2] for one in found] == ([message] if message else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (conditional("'status[\"a-b\"].failed'"), 0),
        (conditional("'status[\"a-b\"].failed'", mode="steps: DAG"), 1),
        (conditional("'context.name == \"a\"'", mode="steps: DAG"), 0),
        (
            steps(group("name: x, type: suspend", "name: q, type: suspend, if: status.x.failed")),
            1,
        ),
        (
            steps(
                group(
                    "name: x, type: suspend",
                    "name: q, type: suspend, if: status.x.failed, dependsOn: [x]",
                )
            ),
            0,
        ),
    ],
)
def test_conditions_about_what_runs_at_the_same_time(text: str, found: int) -> None:
    assert len(said("VS127", text)) == found


@pytest.mark.parametrize(
    ("value", "near"),
    [
        ("1h30m", ""),
        ("1.5h", ""),
        ("90s", ""),
        ("0", ""),
        ("1d", "24h"),
        ("30", "30s"),
        ("5 min", "1h30m"),
        ("1H", "1h30m"),
    ],
)
def test_durations(value: str, near: str) -> None:
    found = [f"'{value}': '{value}' is no time; write it as in {near}"] if near else []
    for step in (
        f"name: a, type: suspend, timeout: '{value}'",
        f"name: a, type: suspend, properties: {{duration: '{value}'}}",
        f"name: a, type: step-group, subSteps: [{{name: b, type: suspend, timeout: '{value}'}}]",
    ):
        assert said("VS123", steps(step)) == found


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("name: a, type: step-group, subSteps: [{name: b, type: suspend}]", []),
        ("name: a, type: step-group", ["step-group: a step-group without subSteps does nothing"]),
        (
            "name: a, type: suspend, subSteps: [{name: b, type: suspend}]",
            ["subSteps: subSteps of type 'suspend' never run: only a step-group has some"],
        ),
        (
            "name: a, type: step-group, subSteps: [{name: b, type: step-group}]",
            ["step-group: a step-group within another one has no steps"],
        ),
    ],
)
def test_groups(step: str, found: list[str]) -> None:
    assert said("VS124", steps(step)) == found


def test_steps_that_stand_elsewhere_are_left_alone() -> None:
    text = HEAD + COMPONENTS + "  workflow: {ref: release}\n"

    assert lint(text).findings == ()
    assert len(said("VS125", text.replace("release}", "release, steps: []}"))) == 1


@pytest.mark.parametrize(("auto", "found"), [('"true"', 1), ('"false"', 0)])
def test_annotations_that_exclude_each_other(auto: str, found: int) -> None:
    both = f'annotations: {{app.oam.dev/publishVersion: "1", app.oam.dev/autoUpdate: {auto}}}'
    text = HEAD.replace("{name: a}", f"{{name: a, {both}}}") + COMPONENTS

    assert len(said("VS126", text)) == found
