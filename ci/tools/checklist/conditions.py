# SPDX-License-Identifier: Apache-2.0
"""When a row of the table applies."""

from ci.tools.checklist.foretold import property_schema
from ci.tools.checklist.probes import Probe, Setting, is_anything
from ci.tools.schema import Json

Condition = dict[str, Json]


class Conditions:
    """Of the probes of one component type, which know of each other what they try."""

    def __init__(self, probes: list[Probe]) -> None:
        self._named: dict[tuple[str, str], list[Json]] = {}
        for setting in (one for probe in probes for one in probe.conditions):
            others = self._named.setdefault((setting.of, setting.at), [])
            if isinstance(setting.value, str) and not is_anything(setting.value):
                others.extend([setting.value] if setting.value not in others else [])

    def of(self, probe: Probe, source: Setting | None) -> list[Condition]:
        """Those of the probe; of a property whose value is found again, any value will do."""
        definition = str(probe.component["type"])
        return [self._of(one, one == source, definition) for one in probe.conditions]

    def _of(self, setting: Setting, is_source: bool, definition: str) -> Condition:
        of, at, value = setting.of, setting.at, setting.value
        condition: Condition = {"of": of, "at": at}
        if at and is_anything(value):
            named = self._named[of, at]
            return condition | ({"not": named} if named else {})
        if not at or is_source:
            return condition
        least = property_schema(definition, setting).get("minimum")
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return condition | {"atLeast" if is_number and value != least else "equals": value}
