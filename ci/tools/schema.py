# SPDX-License-Identifier: Apache-2.0
"""Makes the linter's JSON Schemas from the definitions: python -m ci.tools.schema [--check].

No CUE program writes the whole schema: 0.17.1 keeps what is closed, required, a pattern or a choice
and loses the default of `*1 | (int & >=1)` with its bounds; 0.14.1 keeps just those. So the first
is filled in from the second. What one parameter asks of another, CUE says in no schema: it stands
in `conditions.json` beside the definition's parts.

What a definition says of itself stands beside the schema: `x-workload` is the kind that a component
renders, `x-applies-to` and `x-conflicts-with` are a trait's own words.
"""

import json
import re
import sys
from pathlib import Path
from typing import cast

from ci.tools.cue import NEW, OLD, cue
from ci.tools.made import settle
from ci.tools.tree import ROOT

Json = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
Schema = dict[str, Json]

SCHEMAS = ROOT / "validator" / "velaserve_lint" / "schemas"
FILLED_IN = ("default", "minimum", "maximum")
SAID = {"x-applies-to": "appliesToWorkloads", "x-conflicts-with": "conflictsWith"}
OUTPUT = re.compile(r'^\t+output: \{\n\t+apiVersion: *"(\S+)"\n\t+kind: *"(\w+)"\n', re.MULTILINE)


def definitions() -> list[Path]:
    kinds = ("components", "traits", "traits/steps")
    return sorted(file for kind in kinds for file in ROOT.glob(f"{kind}/*.cue"))


def schema_text(definition: Path) -> str:
    """The schema file of a definition.

    Raises:
        CueError: CUE cannot make one of its `#Params`.
        ValueError: the definition has no `#Params`, or a bound that would be lost.
    """
    params = parameters(definition)
    closed = _loads(cue(NEW, "def", "--out", "jsonschema", "-e", "#Params", "-", source=params))
    bounded = _loads(cue(OLD, "def", "--out", "openapi", "-", source=params))
    sources = _struct(_struct(bounded, "components"), "schemas")
    _fill_in(closed, _struct(sources, "Params"))
    for name in _struct(closed, "$defs"):
        _fill_in(_struct(_struct(closed, "$defs"), name), _struct(sources, name))
    source = definition.relative_to(ROOT).as_posix()
    schema = (
        _tidy(closed)
        | _conditions(definition)
        | _facts(definition)
        | {
            "$comment": f"Made from {source} by ci/tools/schema.py; not for editing.",
            "title": definition.stem,
        }
    )
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _conditions(definition: Path) -> Schema:
    file = definition.with_suffix("") / "conditions.json"
    return _loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _facts(definition: Path) -> Schema:
    text = definition.read_text(encoding="utf-8")
    metadata, _, template = text.partition("\ntemplate: {\n")
    said = _struct(_loads(cue(NEW, "export", "-", source=_body(metadata))), definition.stem)
    attributes = _struct(said, "attributes")
    facts = {key: attributes[name] for key, name in SAID.items() if name in attributes}
    rendered = OUTPUT.search(template)
    return facts | ({"x-workload": _workload(*rendered.groups())} if rendered else {})


def _body(metadata: str) -> str:
    """Without the template's imports, which are unused here."""
    return re.sub(r"^import (\([^)]*\)|\S+)\n", "", metadata, flags=re.MULTILINE)


def _workload(api_version: str, kind: str) -> str:
    """As KubeVela writes it: deployments.apps."""
    return f"{kind.lower()}s.{api_version.rpartition('/')[0]}"


def parameters(definition: Path) -> str:
    """The end of the template as it is rendered: CUE wants it without the `context` above."""
    _, found, after = definition.read_text(encoding="utf-8").partition("\n\t#Params: {\n")
    if not found:
        raise ValueError(f"{definition}: the template ends with no '#Params: {{'")
    return "_shown: false\n#Params: {\n" + after.rstrip().removesuffix("}")


def _loads(text: str) -> Schema:
    """CUE writes 60000000 as 6E+7."""
    return cast("Schema", json.loads(text, parse_float=_number))


def _number(text: str) -> float:
    return int(float(text)) if float(text).is_integer() else float(text)


def _struct(schema: Schema, key: str) -> dict[str, Json]:
    return cast("dict[str, Json]", schema.get(key, {}))


def _fill_in(schema: Schema, source: Schema) -> None:
    if "exclusiveMinimum" in source or "exclusiveMaximum" in source:
        raise ValueError(f"write >= and <=, not > and <, at '{source.get('description')}'")
    schema |= {key: source[key] for key in FILLED_IN if key in source}
    for name in _struct(schema, "properties"):
        field = _struct(_struct(schema, "properties"), name)
        _fill_in(field, _struct(_struct(source, "properties"), name))
    if "items" in schema:
        _fill_in(_struct(schema, "items"), _struct(source, "items"))


def _tidy(schema: Schema) -> Schema:
    """Without the marks of KubeVela's comments and `allOf: [number, integer]`."""
    tidy = {key: _tidy_value(value) for key, value in schema.items()}
    if isinstance(text := tidy.get("description"), str):
        tidy["description"] = re.sub(r"^\+usage=", "", text)
    match tidy.get("allOf"):
        case [{"type": "number"}, dict(bounded)] if bounded.get("type") == "integer":
            del tidy["allOf"]
            tidy |= bounded
    return tidy


def _tidy_value(value: Json) -> Json:
    if isinstance(value, dict):
        return _tidy(value)
    return [_tidy_value(item) for item in value] if isinstance(value, list) else value


def main(check: bool) -> int:
    made = ((SCHEMAS / f"{each.stem}.json", schema_text(each)) for each in definitions())
    return settle(made, check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
