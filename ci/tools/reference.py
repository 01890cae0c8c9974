# SPDX-License-Identifier: Apache-2.0
"""Writes docs/reference, a page for each definition and one for the metrics.

python -m ci.tools.reference [--check]

Parameters come from the linter's schemas, the example from the golden case `minimal`, what is
refused from the tests of refusals: all of it is true of the definition, or a test fails.
"""

import html
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from ci.tools import ascend_errors
from ci.tools.made import settle
from ci.tools.reference_tables import Row, Table, tables
from ci.tools.schema import SCHEMAS, definitions
from ci.tools.tree import ROOT
from velaserve_lint.names import metrics, paths, ports

PAGES = ROOT / "docs" / "reference"
APPLICATIONS = sorted((ROOT / "applications").glob("*.yaml"))
HEAD = "<!-- Made from {source} by ci/tools/reference.py; not for editing. -->"
KINDS = {"components": "component", "traits": "trait", "steps": "workflow step"}
"""Of a definition by its folder."""
RESTARTS = "[what restarts pods](../operations.md#what-restarts-pods)"


def files() -> dict[Path, str]:
    """Each page with what it holds."""
    pages = {PAGES / f"{each.stem}.md": "\n".join(_page(each)) for each in definitions()}
    others = {"metrics": _metrics(), "ascend-errors": ascend_errors.page(), "README": _index()}
    return pages | {PAGES / f"{name}.md": "\n".join(lines) for name, lines in others.items()}


def _page(definition: Path) -> Iterator[str]:
    yield HEAD.format(source=definition.relative_to(ROOT).as_posix())
    yield f"# {definition.stem}\n\n{_description(definition)}\n\n{_restarts(definition)}\n"
    yield f"## Example\n\n```yaml\n{_example(definition)}```\n"
    yield "## Parameters\n"
    schema = json.loads((SCHEMAS / f"{definition.stem}.json").read_text(encoding="utf-8"))
    for table in tables(schema):
        yield from _table(table)
    if refusals := _refusals(definition):
        yield "## What does not go together\n"
        yield "Refused, with the way out; names and numbers are examples:\n"
        yield "".join(f"- {_escaped(message)}\n" for message in refusals)
    if used := [file for file in APPLICATIONS if _uses(file, definition)]:
        yield f"## Applications with it\n\n{_list(used)}\n"


def _metrics() -> Iterator[str]:
    yield HEAD.format(source="validator/velaserve_lint/names/metrics.toml")
    path, port = paths()["metrics"], ports()["rest"].container
    yield f"# Metrics\n\nWhat `{path}` on port {port} of the server has, for Prometheus.\n"
    yield "Names are Triton's where Triton has one.\n"
    yield "| metric | type | unit | labels | meaning |\n| --- | --- | --- | --- | --- |"
    for metric in metrics().values():
        labels = ", ".join(f"`{label}`" for label in metric.labels)
        yield f"| `{metric.name}` | {metric.type} | {metric.unit} | {labels} | {metric.help} |"
    yield ""


def _index() -> Iterator[str]:
    yield HEAD.format(source="components, traits and applications")
    yield "# Reference\n\nWhat an Application can say, and examples to copy.\n"
    for folder, kind in KINDS.items():
        yield f"| {kind} | what it is |\n| --- | --- |"
        for each in definitions():
            if each.parent.name == folder:
                yield f"| [{each.stem}]({each.stem}.md) | {_escaped(_description(each))} |"
        yield ""
    yield "What the server counts: [metrics](metrics.md).\n"
    yield "What Ascend devices fail with: [error codes](ascend-errors.md).\n"
    yield f"## Applications\n\n{_list(APPLICATIONS)}\n"


def _list(applications: Iterable[Path]) -> str:
    links = (
        f"[{file.stem}](../../applications/{file.name}): {_shows(file)}" for file in applications
    )
    return "\n".join(f"- {link}" for link in links)


def _shows(application: Path) -> str:
    return application.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def _description(definition: Path) -> str:
    text = definition.read_text(encoding="utf-8")
    [found] = re.findall(r'^\tdescription: +(".*")$', text, re.MULTILINE)
    return str(json.loads(found))


def _restarts(definition: Path) -> str:
    if definition.parent.name == "steps":
        return f"What it deploys can replace pods: {RESTARTS}."
    if definition.parent.name == "components":
        return f"Whether a change replaces its pods: {RESTARTS}."
    if "podDisruptive: true" in definition.read_text(encoding="utf-8"):
        return f"It can replace the model's pods: {RESTARTS}."
    return f"Added, changed or taken away, it leaves the model's pods as they are: {RESTARTS}."


def _example(definition: Path) -> str:
    return (_tests(definition) / definition.stem / "minimal" / "app.yaml").read_text("utf-8")


def _tests(definition: Path) -> Path:
    return ROOT / "tests" / definition.parent.relative_to(ROOT)


def _refusals(definition: Path) -> list[str]:
    file = _tests(definition) / "refusals.yaml"
    found = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else []
    messages = {case["message"]: None for case in found if _definition_of(case) == definition.stem}
    return [each for each in messages if not _is_begun_by(each, messages)]


def _is_begun_by(message: str, messages: Iterable[str]) -> bool:
    """Whether it is only the beginning of another one, which says the same."""
    return any(each != message and each.startswith(message) for each in messages)


def _definition_of(case: dict[str, Any]) -> str:  # Any: YAML
    return str(case.get("trait") or case.get("type", "model-serving"))


def _uses(application: Path, definition: Path) -> bool:
    text = application.read_text(encoding="utf-8")
    return re.search(rf"\btype: {definition.stem}(?![-\w])", text) is not None


def _table(table: Table) -> Iterator[str]:
    if table.paths != [""]:
        first, *others = (f"`{path}`" for path in table.paths)
        yield f"### {first}\n"
        if others:
            yield f"The same at {', '.join(others)}.\n"
    yield "| parameter | type | default | meaning |\n| --- | --- | --- | --- |"
    yield from map(_row, table.rows)
    yield ""


def _row(row: Row) -> str:
    return f"| `{row.name}` | {row.type} | {row.default} | {_escaped(row.meaning)} |"


def _escaped(text: str) -> str:
    """Text whose marks are no Markdown; what stands between backticks stays code."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [html.escape(re.sub(r"([|*])", r"\\\1", each), quote=False) for each in parts[::2]]
    return "".join(parts)


def main(check: bool) -> int:
    return settle(files().items(), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
