# SPDX-License-Identifier: Apache-2.0
"""What --definitions can name, and what becomes known by it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from velaserve_lint import Severity, lint
from velaserve_lint.catalogue import SHIPPED
from velaserve_lint.definition_files import UnreadableDefinitions, definitions_of
from velaserve_lint.rules.examples import FOREIGN
from velaserve_lint.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from velaserve_lint.definitions import Definition
    from velaserve_lint.document import Json

OBJECT: dict[str, Json] = {"type": "object", "properties": {"bean": {"type": "string"}}}


def config_map(name: str, schema: str = json.dumps(OBJECT)) -> dict[str, Json]:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name, "labels": {"definition.oam.dev": "schema"}},
        "data": {"openapi-v3-json-schema": schema},
    }


def x_definition(kind: str, name: str, **spec: Json) -> dict[str, Json]:
    return {
        "apiVersion": "core.oam.dev/v1beta1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": {**spec},
    }


def one_of(path: Path) -> Definition:
    (definition,) = definitions_of(path)
    return definition


def test_a_dump_of_the_schemas(tmp_path: Path) -> None:
    names = ["component-schema-coffee", "trait-schema-hot", "workflowstep-schema-stir"]
    names += ["policy-schema-cup", "component-uischema-coffee", "component-schema-coffee-v2"]
    dump = {"apiVersion": "v1", "kind": "List", "items": [config_map(name) for name in names]}
    (tmp_path / "dump.yaml").write_text(json.dumps(dump), encoding="utf-8")

    assert {one.key for one in definitions_of(tmp_path / "dump.yaml")} == {
        ("component", "coffee"),
        ("trait", "hot"),
        ("workflow-step", "stir"),
        ("policy", "cup"),
    }


def test_a_schema_that_is_no_json_makes_its_name_known(tmp_path: Path) -> None:
    for text in ("{", "[]", "[" * 100_000):
        file = tmp_path / "dump.json"
        file.write_text(json.dumps(config_map("trait-schema-hot", text)), encoding="utf-8")

        assert (one_of(file).key, one_of(file).schema) == (("trait", "hot"), None)


@pytest.mark.parametrize(
    ("spec", "workload"),
    [
        ({"workload": {"type": "deployments.apps"}}, "deployments.apps"),
        (
            {"workload": {"definition": {"apiVersion": "apps/v1", "kind": "Deployment"}}},
            "deployments.apps",
        ),
        ({"workload": {"definition": {"apiVersion": "v1", "kind": "Pod"}}}, "pods"),
        ({"workload": {"type": "autodetects.core.oam.dev"}}, ""),
        ({}, ""),
    ],
)
def test_a_component_definition(tmp_path: Path, spec: dict[str, Json], workload: str) -> None:
    file = tmp_path / "coffee.yaml"
    file.write_text(json.dumps(x_definition("ComponentDefinition", "coffee", **spec)), "utf-8")

    assert (one_of(file).key, one_of(file).workload) == (("component", "coffee"), workload)


def test_a_trait_definition(tmp_path: Path) -> None:
    spec: dict[str, Json] = {"appliesToWorkloads": ["deployments.apps"], "conflictsWith": ["cold"]}
    file = tmp_path / "hot.yaml"
    file.write_text(json.dumps(x_definition("TraitDefinition", "hot", **spec)), "utf-8")

    assert one_of(file).applies_to == ("deployments.apps",)
    assert one_of(file).conflicts_with == ("cold",)


CUE = """\
import "strings"

"stir": {
	type:        "workflow-step"
	description: "Stirs."
}
template: {
	parameter: cups: int
}
"""


def test_a_file_of_vela_def(tmp_path: Path) -> None:
    (tmp_path / "stir.cue").write_text(CUE, "utf-8")
    (tmp_path / "part.cue").write_text('package a\n\n"b": {}\n', "utf-8")

    assert one_of(tmp_path).key == ("workflow-step", "stir")


@pytest.mark.parametrize("name", ["trait-schema-hot.json", "traits/hot.json", "trait/hot.yaml"])
def test_a_json_schema_is_named_by_its_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(json.dumps(OBJECT), "utf-8")

    definition = one_of(tmp_path)
    assert definition.key == ("trait", "hot")
    assert definition.schema == OBJECT | {"additionalProperties": False}


def test_a_schema_of_a_built_in_type_serves() -> None:
    def findings(*definitions: Definition) -> list[str]:
        text = FOREIGN.partition("---\n")[2].replace("type: coffee", "type: webservice")
        settings = Settings(catalogue=SHIPPED.plus(definitions))
        return [one.id for one in lint(text, settings=settings).findings]

    assert findings() == []
    assert findings(schema_of("component-schema-webservice", OBJECT)) == ["VS206"]


def schema_of(name: str, schema: dict[str, Json]) -> Definition:
    from velaserve_lint.declared import declared_in
    from velaserve_lint.source import read

    (document,) = read(json.dumps(config_map(name, json.dumps(schema))), "-").documents
    (definition,) = declared_in(document)
    return definition


def test_what_the_cluster_says_of_our_types_is_less_than_we_know() -> None:
    ours = SHIPPED.find("component", "model-serving")
    catalogue = SHIPPED.plus([schema_of("component-schema-model-serving", OBJECT)])

    assert catalogue.find("component", "model-serving") is ours


def test_the_schema_and_the_definition_of_a_type_add_up() -> None:
    from velaserve_lint.definitions import Definition

    both = [
        schema_of("component-schema-coffee", OBJECT),
        Definition("component", "coffee", workload="deployments.apps"),
    ]
    for definitions in (both, both[::-1]):
        found = SHIPPED.plus(definitions).find("component", "coffee")
        assert found is not None
        assert (found.schema is None, found.workload) == (False, "deployments.apps")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("dump.yaml", "a: b\n", "no definitions in '{path}': expected schemas (kubectl get cm "),
        ("dump.yaml", "a: [", "cannot read '{path}': "),
        ("dump.yaml", "a: {{ .Values.b }}", "cannot read '{path}': this looks like a Helm or"),
        ("other.txt", "", "no definitions in "),
    ],
)
def test_what_defines_nothing_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")

    with pytest.raises(UnreadableDefinitions) as refused:
        definitions_of(file)
    assert str(refused.value).startswith(said.format(path=file))
    refused.value.text.to("zh", refused.value.arguments)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDefinitions, match="No such file or directory"):
        definitions_of(tmp_path / "none.yaml")


def test_definitions_among_the_linted_files_are_known_wherever_they_stand() -> None:
    application = FOREIGN.partition("---\n")[2].replace("coffee", "tea")
    definition = json.dumps(x_definition("ComponentDefinition", "tea"))

    assert [one.id for one in lint(application).findings] == ["VS107"]
    report = lint(f"{application}---\n{definition}\n")
    assert report.findings == ()
    assert (report.coverage.unknown, report.coverage.without_schema) == (0, 1)


def test_an_allowed_name_is_no_finding() -> None:
    application = FOREIGN.partition("---\n")[2].replace("type: coffee", "type: wobservice")
    allowed = Settings(catalogue=SHIPPED.allowing(["wobservice"]))

    assert [one.id for one in lint(application).findings] == ["VS106"]
    report = lint(application, settings=allowed)
    assert not report.fails(Severity.INFO)
    assert report.coverage.without_schema == 1
