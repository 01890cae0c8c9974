# SPDX-License-Identifier: Apache-2.0
"""The golden cases of the components."""

from ci.tools.schema import Json
from ci.tools.tree import ROOT

COMPONENTS = sorted(file.stem for file in (ROOT / "components").glob("*.cue"))
CASES = sorted(file.parent for file in (ROOT / "tests" / "components").glob("*/*/app.yaml"))


def application(name: str, definition: str, properties: dict[str, Json]) -> dict[str, Json]:
    """An Application of one component."""
    component: Json = {"name": name, "type": definition, "properties": properties}
    return {
        "apiVersion": "core.oam.dev/v1beta1",
        "kind": "Application",
        "metadata": {"name": "digits"},
        "spec": {"components": [component]},
    }
