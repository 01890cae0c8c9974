# SPDX-License-Identifier: Apache-2.0
"""Package data: our schemas, and the names of KubeVela's built-in types."""

from __future__ import annotations

import json
import os
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from ci.tools.builtins import TARGET, builtins_text, folders
from ci.tools.errors import NotReady
from velaserve_lint.catalogue import SHIPPED
from velaserve_lint.definitions import is_built_in, schema_of, shipped
from velaserve_lint.rules import schema_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = resources.files("velaserve_lint")
OURS = [file for file in DATA.joinpath("schemas").iterdir() if file.name.endswith(".json")]
ANNOTATIONS = {"$comment", "$defs", "$ref", "$schema", "default", "description", "title"}
FACTS = {"x-applies-to", "x-conflicts-with", "x-workload"}
STRUCTURE = {"allOf", "if", "items", "patternProperties", "properties", "then"}


def keywords(schema: Any) -> Iterator[str]:  # Any: JSON
    for key, value in schema.items():
        yield key
        inner = value.values() if key in {"$defs", "properties", "patternProperties"} else [value]
        for one in inner if key not in {"allOf", "anyOf"} else value:
            if isinstance(one, dict) and key not in {"default", "enum", "const", "if"}:
                yield from keywords(one)


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_keyword_of_our_schemas_has_a_rule(file: Any) -> None:  # Any: a Traversable
    used = set(keywords(json.loads(file.read_text("utf-8"))))

    assert used - ANNOTATIONS - FACTS - STRUCTURE - schema_rules("2").keys() == set()


def test_every_keyword_of_the_envelope_has_a_rule() -> None:
    used = set(keywords(json.loads(DATA.joinpath("envelope/application.json").read_text("utf-8"))))

    assert used - ANNOTATIONS - STRUCTURE - schema_rules("1").keys() == set()


def test_types_are_ours_or_built_in() -> None:
    assert schema_of("component", "model-serving") is not None
    assert schema_of("trait", "model-serving") is None
    assert is_built_in("component", "webservice")
    assert is_built_in("policy", "topology")
    assert is_built_in("workflow-step", "deploy")
    assert not is_built_in("trait", "webservice")
    assert {"model-serving", "webservice"} <= set(SHIPPED.names("component"))


def test_what_a_type_is_made_for_is_known() -> None:
    def workload(name: str) -> str:
        return shipped()["component", name].workload

    assert workload("webservice") == "deployments.apps"
    assert workload("kfserving") == "inferenceservices.serving.kserve.io"
    assert workload("inference-graph") == "inferencegraphs.serving.kserve.io"
    assert workload("k8s-objects") == ""
    assert shipped()["trait", "scaler"].applies_to == ("deployments.apps", "statefulsets.apps")
    assert shipped()["trait", "labels"].applies_to == ()
    assert shipped()["trait", "autoscaler"].conflicts_with == ("hpa", "cpuscaler", "scaler")


def test_no_definition_of_ours_bears_the_name_of_a_built_in() -> None:
    for file in OURS:
        name = file.name.removesuffix(".json")
        assert not any(is_built_in(kind, name) for kind in ("component", "trait", "policy"))


def test_the_names_are_those_of_the_pinned_kubevela() -> None:
    try:
        offline = os.environ.get("VELASERVE_REQUIRE_ALL") != "1"
        of_both = folders(offline=offline)
    except NotReady as err:
        pytest.skip(str(err))

    assert TARGET.read_text(encoding="utf-8") == builtins_text(of_both)
