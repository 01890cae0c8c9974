# SPDX-License-Identifier: Apache-2.0
"""OASIS's JSON Schema of SARIF 2.1.0, as a pinned Go module carries it."""

from __future__ import annotations

import json
import os
import re
from functools import cache

import pytest
from jsonschema import Draft4Validator

from ci.tools.errors import NotReady
from ci.tools.gomod import module_dir

_MODULE = "github.com/owenrumney/go-sarif/v3"
_FILE = "pkg/report/v210/sarif/schema.go"


def problems(log: object) -> list[str]:
    """What the standard's schema has against a log, each with its path."""
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(log)]


@cache
def _validator() -> Draft4Validator:
    try:
        folder = module_dir(_MODULE, offline=os.environ.get("VELASERVE_REQUIRE_ALL") != "1")
    except NotReady as err:
        pytest.skip(str(err))
    [text] = re.findall("`(.*)`", (folder / _FILE).read_text(encoding="utf-8"), re.DOTALL)
    return Draft4Validator(json.loads(text))
