# SPDX-License-Identifier: Apache-2.0
"""What override policies and inputs add to properties, and what is found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint import describe, lint
from velaserve_lint.completion import completed, merged, path_of
from velaserve_lint.overrides import hits
from velaserve_lint.reading import read_application
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.source import read

if TYPE_CHECKING:
    from velaserve_lint.document import Json

NO_FORMAT = changed("        modelFormat: {name: onnx}\n", "")
POLICY = "  policies: [{{name: prod, type: override, properties: {{components: [{patch}]}}}}]\n"
STEP = """\
  workflow:
    steps:
      - {{name: a, type: {type}, inputs: [{{from: x, parameterKey: '{key}'}}]}}
"""


def override(patch: str) -> str:
    return POLICY.format(patch=patch)


def ids(text: str) -> list[str]:
    return [one.id for one in lint(text).findings if one.id.startswith("VS2")]


def test_without_anything_else_it_is_missing() -> None:
    assert ids(NO_FORMAT) == ["VS202"]


@pytest.mark.parametrize(
    "rest",
    [
        override("{name: digits, properties: {modelFormat: {name: onnx}}}"),
        override("{type: model-serving, properties: {modelFormat: {name: onnx}}}"),
        override("{properties: {modelFormat: {name: onnx}}}"),
        override("{name: '(digits|letters)', properties: {modelFormat: {name: onnx}}}"),
        # Which needs none.
        override("{name: digits, properties: {image: 'a:1'}}"),
        "      inputs: [{from: format, parameterKey: modelFormat}]\n",
        "      inputs: [{from: format, parameterKey: properties.modelFormat.name}]\n",
        STEP.format(type="apply-component", key="modelFormat"),
        STEP.format(type="webhook", key='modelFormat["name"]'),
    ],
)
def test_what_is_given_elsewhere_is_not_missing(rest: str) -> None:
    assert ids(NO_FORMAT + rest) == []


@pytest.mark.parametrize(
    "rest",
    [
        override("{name: letters, properties: {modelFormat: {name: onnx}}}"),
        override("{type: kfserving, properties: {modelFormat: onnx}}"),
        override("{name: digits, properties: {minReplicas: 3}}"),
        "      inputs: [{from: format, parameterKey: modelName}]\n",
        "      inputs: [{from: format}]\n",
    ],
)
def test_what_is_given_to_others_is_missing_still(rest: str) -> None:
    assert ids(NO_FORMAT + rest) == ["VS202"]


def test_a_part_that_is_given_leaves_the_rest_missing() -> None:
    text = NO_FORMAT.replace("        modelUri: pvc://models/digits/onnx\n", "")
    patch = "{name: digits, properties: {modelFormat: {name: onnx}}}"

    (finding,) = [one for one in lint(text + override(patch)).findings if one.id == "VS202"]
    assert describe(finding) == "'properties' needs 'modelUri', which is missing"


def test_a_value_that_an_override_replaces_may_be_wrong() -> None:
    text = changed("minReplicas: 2", "minReplicas: 0")

    assert ids(text) == ["VS205"]
    assert ids(text + override("{name: digits, properties: {minReplicas: 3}}")) == []
    assert ids(text + override("{name: digits, properties: {minReplicas: 0}}")) == ["VS205"] * 2


def test_a_property_too_many_stays_one_too_many() -> None:
    text = changed("minReplicas", "minReplica")

    assert ids(text + override("{name: digits, properties: {minReplicas: 3}}")) == ["VS201"]


@pytest.mark.parametrize(
    ("patch", "found"),
    [
        ("{name: digits, properties: {modelUrl: a}}", ["VS201"]),
        ("{properties: {minReplicas: 0}}", ["VS205"]),
        ("{type: model-serving, properties: {accelerator: {count: two}}}", ["VS203"]),
        ("{name: digits, traits: [{type: autoscaler, properties: {maxReplica: 4}}]}", ["VS201"]),
        ("{name: digits, propertys: {}}", ["VS201"]),
        ("{name: digits, properties: {accelerator: {gears: {}}}}", []),
        ("{name: digits, properties: {modelFormat: {version: '1'}}}", []),
        ("{name: digits, properties: []}", ["VS203"]),
        # Of which type, nobody knows.
        ("{name: letters, properties: {a: 1}}", []),
        ("{name: '(digits)', properties: {a: 1}}", []),
    ],
)
def test_what_an_override_says_is_checked_as_a_part(patch: str, found: list[str]) -> None:
    assert ids(APPLICATION + override(patch)) == found


def test_the_types_of_an_override_must_exist() -> None:
    patch = "{name: digits, type: model-servin, traits: [{type: autoscalr}, {type: acme}]}"

    found = [one.id for one in lint(APPLICATION + override(patch)).findings]
    assert [one for one in found if one in ("VS106", "VS107")] == ["VS106", "VS106", "VS107"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("llama", ["llama", "llama-canary"]),
        ("^llama$", ["llama"]),
        ("llama$", ["llama"]),
        ("l*a", ["llama", "llama-canary"]),
        ("*-canary", ["llama-canary"]),
        ("mama", []),
        ("", ["llama", "llama-canary"]),
    ],
)
def test_names_are_patterns_that_match_anywhere(name: str, found: list[str]) -> None:
    components = "  components: [{name: llama, type: worker}, {name: llama-canary, type: worker}]\n"
    (document,) = read("spec:\n" + components + override(f"{{name: '{name}'}}"), "-").documents
    application = read_application(document)
    (patch,) = application.policies[0].patches

    assert [component.name for component in hits(patch, application) or ()] == found


@pytest.mark.parametrize("pattern", ["(llama)+", "l[la]ma", "a*b*c*d*e", "llama|mama"])
def test_a_pattern_beyond_us_means_anything(pattern: str) -> None:
    text = NO_FORMAT + override(
        f"{{name: '{pattern}', properties: {{modelFormat: {{name: onnx}}}}}}"
    )

    assert ids(text) == []


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("image", ("image",)),
        ("a.b[0].c", ("a", "b", 0, "c")),
        ('env["a-b"].c', ("env", "a-b", "c")),
        ("", ()),
    ],
)
def test_the_path_of_a_key(key: str, path: tuple[str | int, ...]) -> None:
    assert path_of(key) == path


def test_mappings_are_merged_and_lists_replaced() -> None:
    base: dict[str, Json] = {"a": {"b": 1, "c": [1, 2]}, "d": 1}

    assert merged(base, {"a": {"c": [3]}}) == {"a": {"b": 1, "c": [3]}, "d": 1}
    assert base["a"] == {"b": 1, "c": [1, 2]}


def test_an_input_of_a_trait() -> None:
    text = (
        APPLICATION
        + "      traits: [{type: autoscaler, properties: {metrics: {cpuUtilization: 70}}}]\n"
        + "      inputs: [{from: most, parameterKey: 'traits[0].properties.maxReplicas'}]\n"
    )

    assert ids(text) == []
    (document,) = read(text, "-").documents
    ((path, properties),) = completed(read_application(document)).items()
    assert path == ("spec", "components", 0, "traits", 0)
    assert properties == {"metrics": {"cpuUtilization": 70}, "maxReplicas": None}
