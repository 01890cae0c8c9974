# SPDX-License-Identifier: Apache-2.0
"""JSON whose differences between two versions can be read."""

import json

from ci.tools.schema import Json


def spread(value: Json, levels: int) -> str:
    """The outer mappings with one entry a line, what is in them without a space."""
    if levels == 0 or not isinstance(value, dict):
        return json.dumps(value, separators=(",", ":"), sort_keys=True)
    entries = (f"{json.dumps(key)}: {spread(value[key], levels - 1)}" for key in sorted(value))
    return "{\n" + ",\n".join(entries) + "\n}"
