# SPDX-License-Identifier: Apache-2.0
"""Reports that every format has to cope with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from velaserve_lint import Report, lint
from velaserve_lint.pipeline import Linter
from velaserve_lint.rules import every
from velaserve_lint.rules.examples import APPLICATION, changed

GOLDEN = sorted((Path(__file__).parents[1] / "validator" / "golden").glob("*/app.yaml"))
# No name of a file and nothing that a value holds may lead a format astray.
ODD_NAME = "a b%:,|<é>\n\x1b\udcff`@x'\"&#.yaml"
ODD_VALUE = "|`<b>*_[a](b)::error::%0A\u202e\x00@all]]>&amp;🤖\n"

ODD_TEXT = changed("name: onnx", f"name: {json.dumps(ODD_VALUE, ensure_ascii=False)}")


def together(*files: tuple[str, str]) -> Report:
    """One report on several files, each a name and what it holds."""
    linter = Linter()
    for name, text in files:
        linter.add(text, name)
    return linter.report()


ODD = together((ODD_NAME, ODD_TEXT))
REPORTS = {
    "clean": lint(APPLICATION, "app.yaml"),
    "nothing": Report(),
    "odd": together(("good.yaml", APPLICATION), (ODD_NAME, ODD_TEXT)),
    **{file.parent.name: lint(file.read_bytes(), f"{file.parent.name}.yaml") for file in GOLDEN},
    **{rule.id: lint(rule.bad, "bad.yaml") for rule in every()},
}

with_each_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
