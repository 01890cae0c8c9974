# SPDX-License-Identifier: Apache-2.0
"""What pyproject.toml says of this project."""

import tomllib
from dataclasses import dataclass

from ci.tools.tree import ROOT


@dataclass(frozen=True, kw_only=True)
class Project:
    """The part of it that an addon says, too."""

    name: str
    version: str
    description: str
    keywords: list[str]


def project() -> Project:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Project(**{field: table[field] for field in Project.__dataclass_fields__})
