# SPDX-License-Identifier: Apache-2.0
"""What the linter would put together for a probe, by the rows that are there so far."""

from typing import Any, NamedTuple

import yaml

from ci.tools.checklist.probes import Probe, Setting
from ci.tools.schema import Json
from velaserve_lint.application import Application
from velaserve_lint.checklist.contribution import COMPONENT
from velaserve_lint.checklist.contributions import sketched
from velaserve_lint.checklist.written import steps_of
from velaserve_lint.defaults import with_defaults
from velaserve_lint.definitions import Kind, schema_of
from velaserve_lint.reading import read_application
from velaserve_lint.source import read

Rows = list[dict[str, Any]]  # Any: it is written as JSON


class Written(NamedTuple):
    """A probe as the linter reads it; what each of its conditions would else be."""

    application: Application
    defaults: list[Json]


def written(probe: Probe) -> Written:
    component = {"name": COMPONENT, **probe.component}
    text = yaml.safe_dump({"metadata": {"name": "probe"}, "spec": {"components": [component]}})
    [document] = read(text, "probe").documents
    definition = str(probe.component["type"])
    defaults = [property_schema(definition, one).get("default") for one in probe.conditions]
    return Written(with_defaults(read_application(document)), defaults)


def foretell(rows: Rows, component: Written) -> Json:
    """The objects by kind and name, with keyed lists."""
    [only] = component.application.components
    return sketched(rows, only, component.application).value()


def property_schema(definition: str, setting: Setting) -> dict[str, Json]:
    """What the definition says of a property."""
    kind: Kind = "trait" if setting.of else "component"
    root: Any = schema_of(kind, setting.of or definition)  # Any: a JSON Schema
    schema = root
    for step in steps_of(setting.at):
        schema = _resolved(schema, root).get("properties", {}).get(step, {})
    resolved: dict[str, Json] = _resolved(schema, root)
    return resolved


def _resolved(schema: Any, root: Any) -> Any:  # Any: JSON Schemas
    reference = schema.get("$ref")
    return root["$defs"][reference.removeprefix("#/$defs/")] if reference else schema
