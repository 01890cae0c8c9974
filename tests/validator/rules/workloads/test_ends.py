# SPDX-License-Identifier: Apache-2.0
"""VS329 and VS330: what a pod does in its grace period."""

from __future__ import annotations

import pytest

from support.findings import an, messages, pod

OURS = "image: registry.example.com/velaserve:0.1.0"
GRACE = "terminationGracePeriodSeconds: {}"


def hook(action: str, more: str = "") -> str:
    return f"lifecycle: {{preStop: {{{action}}}}}, {more}"


def shell(script: str) -> str:
    return hook(f'exec: {{command: [sh, -c, "{script}"]}}')


def ours(grace: int, env: str = "") -> str:
    spec = f"spec: {{{GRACE.format(grace)}, containers: [{{name: c, {OURS}, env: [{env}]}}]}}"
    return an("v1", "Pod", spec)


@pytest.mark.parametrize(
    ("seconds", "spec", "message"),
    [
        (31, "", "the hook sleeps 31 s, but the pod has 30 s to end"),
        (61, GRACE.format(60), "the hook sleeps 61 s, but the pod has 60 s to end"),
        (-1, "", "the hook cannot sleep -1 s"),
    ],
)
def test_a_sleep_that_is_refused(seconds: int, spec: str, message: str) -> None:
    text = pod(spec, hook(f"sleep: {{seconds: {seconds}}}"))

    assert messages("VS329", text) == [message]
    assert messages("VS330", text) == []


@pytest.mark.parametrize("seconds", [0, 15, 30])
def test_a_sleep_that_is_taken(seconds: int) -> None:
    assert messages("VS329", pod(container=hook(f"sleep: {{seconds: {seconds}}}"))) == []


@pytest.mark.parametrize(
    ("text", "wait", "grace"),
    [
        (pod(container=hook("sleep: {seconds: 30}")), "30", 30),
        (pod(container=shell("sleep 30")), "30", 30),
        (pod(container=shell("sleep 20; kill -s TERM 1; sleep 15s")), "35", 30),
        (pod(GRACE.format(10), hook('exec: {command: [/bin/sleep, "10"]}')), "10", 10),
        (ours(10), "10", 10),
        (ours(20, '{name: VELASERVE_DRAIN_DELAY_S, value: "20.5"}'), "20.5", 20),
        (ours(60, '{name: VELASERVE_GRACE_PERIOD_S, value: "90"}'), "90", 60),
    ],
)
def test_nothing_is_left(text: str, wait: str, grace: int) -> None:
    assert messages("VS330", text) == [
        f"{wait} s pass before the container ends, but the pod has {grace} s"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pod(container=shell("sleep 29")),
        pod(container=shell("nosleep 60; sleeper 60; sleep $DELAY")),
        pod(GRACE.format(60), shell("sleep 30")),
        ours(11),
        ours(10, '{name: VELASERVE_DRAIN_DELAY_S, value: "1"}'),
        ours(10, "{name: VELASERVE_DRAIN_DELAY_S, valueFrom: {}}"),
        ours(60, '{name: VELASERVE_GRACE_PERIOD_S, value: "50"}'),
        ours(10, "{name: VELASERVE_DRAIN_DELAY_S, value: soon}"),
    ],
)
def test_something_is_left(text: str) -> None:
    assert messages("VS330", text) == []
