# SPDX-License-Identifier: Apache-2.0
"""README.md: its marks filled with what is known elsewhere."""

import re
from pathlib import Path

from ci.addon.project import project
from ci.install.needs import IN_CLUSTER, KUBERNETES
from ci.install.versions import show
from ci.tools.reference import KINDS
from ci.tools.schema import definitions
from ci.tools.tree import ROOT

_DESCRIPTION = re.compile(r'^\tdescription: "(.+)"$', re.MULTILINE)


def text(template: str) -> str:
    """`template` without its marks.

    Raises:
        KeyError: a mark is not known.
    """
    known = {
        "description": project().description,
        "needs": _needs(),
        "definitions": _definitions(),
        "application": _application(),
    }
    return re.sub(r"<!-- (\w+) -->", lambda mark: known[mark[1]], template)


def _needs() -> str:
    lines = [f"- Kubernetes {show(KUBERNETES.oldest)} or later"]
    for need in IN_CLUSTER:
        line = f"- {need.name} {show(need.oldest)} or later: {need.get}"
        lines.append(f"{line} ({need.optional})" if need.optional else line)
    return "\n".join(lines)


def _definitions() -> str:
    rows = [f"| {_kind(file)} | `{file.stem}` | {_description(file)} |" for file in definitions()]
    return "\n".join(["| | type | |", "|---|---|---|", *rows])


def _kind(definition: Path) -> str:
    return KINDS[definition.parent.name]


def _description(definition: Path) -> str:
    found = _DESCRIPTION.search(definition.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{definition}: expected a line 'description: \"…\"'")
    return found[1]


def _application() -> str:
    return (ROOT / "applications" / "digits.yaml").read_text(encoding="utf-8").rstrip()
