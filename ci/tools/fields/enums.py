# SPDX-License-Identifier: Apache-2.0
"""The choices of Kubernetes' fields: its OpenAPI, as published in its module, leaves them out."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from ci.tools.schema import Json

FILE = "pkg/generated/openapi/zz_generated.openapi.go"

Choices = dict[str, list[Json]]  # by the name of the field; of a list, those of its items

_STRUCT = re.compile(r"func schema_k8sio_api_(\w+?)_(v\d\w*?)_(\w+)\(ref ")
_FIELD = re.compile(r'\t{5}"([^"]+)": \{')
_ENUM = re.compile(r"\t+Enum: +\[\]interface\{\}\{(.*)\},")


def choices(module: Path) -> Mapping[str, Choices]:
    """The choices by the struct, `#core.v1.PodSpec`."""
    found: dict[str, Choices] = {}
    struct = field = ""
    for line in (module / FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("func "):
            match = _STRUCT.match(line)
            struct = f"#{'.'.join(match.groups())}" if match else ""
        elif match := _FIELD.fullmatch(line):
            field = match[1]
        elif struct and (match := _ENUM.fullmatch(line)):
            found.setdefault(struct, {})[field] = json.loads(f"[{match[1]}]")
    return found
