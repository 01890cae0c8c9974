# SPDX-License-Identifier: Apache-2.0
"""An option of the server has one name and one range: in its table, in the schema, in the pod."""

import json

import pytest
import yaml

from ci.tools.schema import SCHEMAS
from ci.tools.tree import ROOT
from velaserve_lint.names import options

SCHEMA = json.loads((SCHEMAS / "model-serving.json").read_text(encoding="utf-8"))
BY_PARAMETER = {option.parameter: option for option in options().values()}
TOP = ("drainDelaySeconds", "logLevel", "accessLog")
LISTS = {
    "gearsBatch": SCHEMA["$defs"]["Gears"]["properties"]["batch"],
    "warmupBatchSizes": SCHEMA["$defs"]["Warmup"]["properties"]["batchSizes"],
}
NUMBERS = {**SCHEMA["$defs"]["Batching"]["properties"], **SCHEMA["$defs"]["Queue"]["properties"]}
FIELDS = {
    **NUMBERS,
    **LISTS,
    **{name: SCHEMA["properties"][name] for name in TOP},
    "fallbackPolicy": SCHEMA["$defs"]["Accelerator"]["properties"]["fallbackPolicy"],
}
EVERYTHING = ROOT / "tests" / "components" / "model-serving" / "everything" / "want.yaml"
PREDICTOR = next(yaml.safe_load_all(EVERYTHING.read_text(encoding="utf-8")))["spec"]["predictor"]
ENV = {row["name"]: row.get("value", "") for row in PREDICTOR["model"]["env"]}
ALWAYS = ("model_format", "model_name", "grace_period_s")
FOR_A_CARD = ("device",)


@pytest.mark.parametrize("name", NUMBERS)
def test_range_is_the_server_s(name: str) -> None:
    option = BY_PARAMETER[name]
    assert option.type == FIELDS[name]["type"]
    assert (option.minimum, option.maximum) == (FIELDS[name]["minimum"], FIELDS[name]["maximum"])


@pytest.mark.parametrize("name", LISTS)
def test_range_of_a_list_s_items_is_the_server_s(name: str) -> None:
    option, items = BY_PARAMETER[name], FIELDS[name]["items"]
    assert (option.type, items["type"]) == ("integers", "integer")
    assert (option.minimum, option.maximum) == (items["minimum"], items["maximum"])


def test_drain_delay_is_the_server_s_in_whole_seconds() -> None:
    option, field = BY_PARAMETER["drainDelaySeconds"], FIELDS["drainDelaySeconds"]
    found = (field["default"], field["minimum"], field["maximum"])
    assert found == (option.default, option.minimum, option.maximum)


def test_choices_are_the_server_s() -> None:
    formats = SCHEMA["allOf"][-1]["then"]["properties"]["modelFormat"]["properties"]["name"]
    assert formats["enum"] == list(options()["model_format"].choices)
    assert FIELDS["logLevel"]["enum"] == list(options()["log_level"].choices)
    assert FIELDS["fallbackPolicy"]["enum"] == list(options()["fallback_policy"].choices)
    assert FIELDS["accessLog"]["type"] == options()["access_log"].type


def test_every_variable_is_an_option_and_every_field_a_variable() -> None:
    rendered = {name for name in ENV if name.startswith("VELASERVE_")}
    fields = {BY_PARAMETER[name].env for name in FIELDS}
    assert rendered == fields | {options()[key].env for key in (*ALWAYS, *FOR_A_CARD)}


def test_pod_outlives_the_server_and_the_server_its_longest_request() -> None:
    application = yaml.safe_load(EVERYTHING.with_name("app.yaml").read_text(encoding="utf-8"))
    timeout_s = application["spec"]["components"][0]["properties"]["route"]["timeoutSeconds"]
    drain_delay_s = float(ENV[options()["drain_delay_s"].env])
    grace_period_s = float(ENV[options()["grace_period_s"].env])
    assert drain_delay_s + timeout_s <= grace_period_s < PREDICTOR["terminationGracePeriodSeconds"]
