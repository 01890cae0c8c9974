# SPDX-License-Identifier: Apache-2.0
"""The components that are rendered to learn what each property and trait contributes."""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from ci.tools.schema import Json
from velaserve_lint.checklist.written import steps_of

PROBES = Path(__file__).with_name("probes.yaml")
ANYTHING = "probe"

Mapping = dict[str, Json]


@dataclass(frozen=True, eq=False)
class Setting:
    """A property of the component (`of` is empty) or of a trait; a whole trait without pointer."""

    of: str
    at: str
    value: Json
    is_condition: bool


@dataclass(frozen=True, eq=False)
class Probe:
    """One line of probes.yaml; `component` is what is rendered."""

    settings: tuple[Setting, ...]
    component: Mapping

    @property
    def conditions(self) -> tuple[Setting, ...]:
        return tuple(one for one in self.settings if one.is_condition)


def probes(file: Path = PROBES) -> dict[str, list[Probe]]:
    """Those of each component type."""
    table = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        name: [
            _probe(name, rows["smallest"], line, table["traits"]) for line in _lines(rows, table)
        ]
        for name, rows in table["components"].items()
    }


def _lines(rows: Mapping, table: Mapping) -> list[Mapping]:
    """Its own, and what is tried everywhere where there is a number of pods."""
    own = cast("list[Mapping]", rows["probes"])
    everywhere = cast("list[Mapping]", table["everywhere"])
    return own + everywhere if any("/minReplicas" in line for line in own) else own


def is_anything(value: Json) -> bool:
    """Whether it stands for whatever a user writes."""
    return isinstance(value, dict | list) or (isinstance(value, str) and ANYTHING in value)


def _probe(definition: str, smallest: Mapping, line: Mapping, traits: Mapping) -> Probe:
    settings = tuple(_setting(key, value) for key, value in line.items())
    properties = deepcopy(smallest)
    used = {"": properties}
    for one in settings:
        if one.of not in used:
            used[one.of] = deepcopy(cast("Mapping", traits[one.of]))
        _set(used[one.of], steps_of(one.at), one.value)
    listed: Json = [
        {"type": name, "properties": properties} for name, properties in used.items() if name
    ]
    component: Mapping = {"type": definition, "properties": properties, "traits": listed}
    return Probe(settings, component)


def _setting(key: str, value: Json) -> Setting:
    of, slash, at = key.strip("()").partition("/")
    is_condition = not key.startswith("(") and (value is not None or not slash)
    return Setting(of, slash + at, value, is_condition)


def _set(target: Mapping, steps: tuple[str, ...], value: Json) -> None:
    """None takes away."""
    for step in steps[:-1]:
        target = cast("Mapping", target.setdefault(step, {}))
    if steps and value is None:
        target.pop(steps[-1], None)
    elif steps:
        target[steps[-1]] = value
