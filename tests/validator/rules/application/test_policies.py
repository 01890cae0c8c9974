# SPDX-License-Identifier: Apache-2.0
"""Rules about policies: which a workflow uses, and what an override means."""

from __future__ import annotations

import pytest

from support.linted import HEAD, said
from velaserve_lint import lint
from velaserve_lint.rules.examples import OVERRIDE

TWO = """\
  components:
    - {name: llama, type: webservice, properties: {image: a}}
    - {name: llama-canary, type: worker, properties: {image: a}}
"""
EXTERNAL = """\
apiVersion: core.oam.dev/v1alpha1
kind: Policy
metadata: {name: remote}
type: topology
properties: {clusters: [remote]}
"""


def override(patch: str) -> str:
    policy = f"{{name: o, type: override, properties: {{components: [{patch}]}}}}"
    return f"{HEAD}{TWO}  policies: [{policy}]\n"


def policies(*each: str, step: str = "") -> str:
    listed = "".join(f"    - {{{policy}}}\n" for policy in each)
    workflow = f"  workflow: {{steps: [{{name: s, {step}}}]}}\n" if step else ""
    return f"{HEAD}{TWO}  policies:\n{listed}{workflow}"


TOPOLOGY = "name: here, type: topology, properties: {clusters: [local]}"
DEPLOY = "type: deploy, properties: {policies: [%s]}"


@pytest.mark.parametrize(
    ("used", "misspelt", "undefined"),
    [
        ("here", [], []),
        ("hera", ["hera: there is no policy 'hera'; did you mean 'here'?"], []),
        (
            "remote",
            [],
            ["remote: policy 'remote' is not defined here, nor by a Policy in these files"],
        ),
    ],
)
def test_policies_that_are_not_there(used: str, misspelt: list[str], undefined: list[str]) -> None:
    text = policies(TOPOLOGY, step=DEPLOY % used)

    assert said("VS113", text) == misspelt
    assert said("VS114", text) == undefined


def test_policies_of_one_component_of_a_step() -> None:
    step = "type: deploy-components, properties: {components: [{name: llama, policies: [hera]}]}"

    assert said("VS113", policies(TOPOLOGY, step=step)) == [
        "hera: there is no policy 'hera'; did you mean 'here'?"
    ]


def test_a_policy_may_be_an_object_of_its_own() -> None:
    text = policies(TOPOLOGY, step=DEPLOY % "here, remote")

    assert [one.id for one in lint(f"{text}---\n{EXTERNAL}").findings] == []
    assert [one.id for one in lint(f"{EXTERNAL}---\n{text}").findings] == []


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (DEPLOY % "here", 0),
        (DEPLOY % "", 1),
        (DEPLOY % "hera", 0),  # said already
        ("type: deploy-components, properties: {components: [{policies: [here]}]}", 0),
        ("type: deploy-components, properties: {components: [{name: llama}]}", 1),
        ("type: export-data, properties: {topology: here}", 0),
        ("type: apply-component, properties: {component: llama}", 1),
        ("type: acme", 0),  # which may use it
        ("", 0),  # KubeVela deploys with all
    ],
)
def test_policies_that_no_step_uses(step: str, found: int) -> None:
    assert len(said("VS115", policies(TOPOLOGY, step=step))) == found


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("name: p, type: override", ["name: policy 'p' has no properties"]),
        (
            "name: p, type: apply-once, properties: null",
            ["properties: policy 'p' has no properties"],
        ),
        ("name: p, type: apply-once, properties: {}", []),
        ("name: p, type: debug", []),
        ("name: p, type: apply-once, propertys: {}", []),  # said already
    ],
)
def test_policies_without_properties(policy: str, found: list[str]) -> None:
    assert said("VS116", policies(policy)) == found


@pytest.mark.parametrize(
    ("patch", "rule", "message"),
    [
        (
            "{name: llama}",
            "VS117",
            "llama: 'llama' also changes llama-canary; write ^llama$ for this one alone",
        ),
        ("{name: llama-canary}", "VS117", ""),
        ("{name: ^llama$}", "VS117", ""),
        ("{name: 'llama*'}", "VS117", ""),
        ("{name: lla}", "VS117", ""),
        ("{properties: {}}", "VS117", ""),
        (
            "{name: llamma}",
            "VS118",
            "llamma: no component matches 'llamma'; did you mean 'llama'?",
        ),
        (
            "{name: bert}",
            "VS118",
            "bert: no component matches 'bert'; there is llama, llama-canary",
        ),
        ("{name: '(bert)'}", "VS118", ""),
        (
            "{name: bert, type: worker}",
            "VS119",
            "bert: no component matches 'bert', so one of type worker is added",
        ),
        ("{name: bert, type: worker}", "VS118", ""),
        ("{type: worker}", "VS119", ""),
        (
            "{name: ^llama$, type: worker}",
            "VS120",
            "worker: type worker replaces all of component 'llama', whose type is webservice",
        ),
        ("{name: ^llama$, type: webservice}", "VS120", ""),
        ("{type: worker}", "VS120", ""),
    ],
)
def test_what_an_override_means(patch: str, rule: str, message: str) -> None:
    assert said(rule, override(patch)) == ([message] if message else [])


def test_an_override_is_read_strictly() -> None:
    found = lint(OVERRIDE.replace("            properties:", "            propertis:")).findings

    assert [one.id for one in found] == ["VS201"]
