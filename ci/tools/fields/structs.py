# SPDX-License-Identifier: Apache-2.0
"""Structs of a table: equal ones are kept once, under a name that a reader finds his way by."""

import json
import re
from collections import Counter
from hashlib import sha256

from ci.tools.schema import Json

Path = tuple[str, ...]  # the names of the fields, from the kind on; items and values add none

_REFERENCE = re.compile(r"#([0-9a-f]{64})")


class Structs:
    """Takes expressions whose structs stand where they are used, gives them by reference.

    A struct is named after the shortest path to it, of which the end is enough that no other path
    has: the volumes of all pods of an InferenceService are one `volumes`.
    """

    def __init__(self) -> None:
        self.by_reference: dict[str, Json] = {}
        self._paths: dict[str, Path] = {}

    def add(self, expression: Json, path: Path) -> Json:
        """The expression with references, which `readable` gives their names."""
        if isinstance(expression, list):
            return [self.add(item, path) for item in expression]
        if not isinstance(expression, dict):
            return expression
        if not isinstance(fields := expression.get("fields"), dict):
            return {key: self.add(value, path) for key, value in expression.items()}
        inner = {name: self.add(value, (*path, name)) for name, value in fields.items()}
        return self._reference(expression | {"fields": inner}, path)

    def _reference(self, struct: Json, path: Path) -> str:
        key = sha256(json.dumps(struct, sort_keys=True).encode()).hexdigest()
        self.by_reference[f"#{key}"] = struct
        self._paths[key] = min(self._paths.get(key, path), path, key=lambda one: (len(one), one))
        return f"#{key}"

    def readable(self, text: str) -> str:
        """The text with names for all references in it."""
        ends = Counter(end for path in self._paths.values() for end in _ends(path))
        names = {
            key: ".".join(next(end for end in _ends(path) if ends[end] == 1))
            for key, path in self._paths.items()
        }
        return _REFERENCE.sub(lambda found: f"#{names[found[1]]}", text)


def _ends(path: Path) -> list[Path]:
    """The shortest first."""
    return [path[start:] for start in range(len(path) - 1, -1, -1)]
