# SPDX-License-Identifier: Apache-2.0
"""An option of the server has one name and one range: in its table, in the schema, in the pod."""

import json

import pytest
import yaml

from ci.tools.schema import SCHEMAS
from ci.tools.tree import ROOT
from velaserve_lint.names import options

SCHEMA = json.loads((SCHEMAS / "model-serving.json").read_text(encoding="utf-8"))["properties"]
FIELDS = {**SCHEMA["batching"]["properties"], **SCHEMA["queue"]["properties"]}
BY_PARAMETER = {option.parameter: option for option in options().values()}
EVERYTHING = ROOT / "tests" / "components" / "model-serving" / "everything" / "want.yaml"
PREDICTOR = next(yaml.safe_load_all(EVERYTHING.read_text(encoding="utf-8")))["spec"]["predictor"]
ENV = {row["name"]: row["value"] for row in PREDICTOR["model"]["env"]}
ALWAYS = ("model_format", "model_name", "drain_delay_s", "grace_period_s")


@pytest.mark.parametrize("name", FIELDS)
def test_range_is_the_server_s(name: str) -> None:
    option = BY_PARAMETER[name]
    assert option.type == FIELDS[name]["type"]
    assert (option.minimum, option.maximum) == (FIELDS[name]["minimum"], FIELDS[name]["maximum"])


def test_formats_are_the_server_s() -> None:
    formats = SCHEMA["modelFormat"]["properties"]["name"]["enum"]
    assert formats == list(options()["model_format"].choices)


def test_every_variable_is_an_option_and_every_field_a_variable() -> None:
    rendered = {name for name in ENV if name.startswith("VELASERVE_")}
    fields = {BY_PARAMETER[name].env for name in FIELDS}
    assert rendered == fields | {options()[key].env for key in ALWAYS}


def test_pod_outlives_the_server_and_the_server_its_longest_request() -> None:
    application = yaml.safe_load(EVERYTHING.with_name("app.yaml").read_text(encoding="utf-8"))
    timeout_s = application["spec"]["components"][0]["properties"]["route"]["timeoutSeconds"]
    drain_delay_s = float(ENV[options()["drain_delay_s"].env])
    grace_period_s = float(ENV[options()["grace_period_s"].env])
    assert drain_delay_s + timeout_s <= grace_period_s < PREDICTOR["terminationGracePeriodSeconds"]
