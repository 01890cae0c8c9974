# SPDX-License-Identifier: Apache-2.0
"""Reads what --definitions names: files and folders that say which types a cluster has."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.declared import KIND_OF_PREFIX, SCHEMA_NAME, declared_in
from velaserve_lint.definitions import Definition
from velaserve_lint.finding import Severity
from velaserve_lint.messages import describe
from velaserve_lint.openapi import from_json_schema, from_openapi
from velaserve_lint.source import read
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.definitions import Kind
    from velaserve_lint.document import Json
    from velaserve_lint.finding import Finding
    from velaserve_lint.text import Argument

_ENDINGS = frozenset({".cue", ".json", ".yaml", ".yml"})
_KIND_OF_FOLDER: Mapping[str, Kind] = {
    "component": "component",
    "components": "component",
    "policies": "policy",
    "policy": "policy",
    "steps": "workflow-step",
    "trait": "trait",
    "traits": "trait",
    "workflowstep": "workflow-step",
    "workflowsteps": "workflow-step",
}
# `vela def` files: the name, then the type, before the template.
_CUE_NAME = re.compile(r'^"?([a-z0-9][-.a-z0-9]*)"?:\s*{', re.MULTILINE)
_CUE_TYPE = re.compile(r'^\s+type:\s*"(\S+)"', re.MULTILINE)
_KIND_OF_TYPE: Mapping[str, Kind] = {
    "component": "component",
    "policy": "policy",
    "trait": "trait",
    "workflow-step": "workflow-step",
}
_REVISION = re.compile(r"-v\d+$")

_EXPECTED = Text(
    "expected schemas (kubectl get cm -A -l definition.oam.dev=schema -o yaml), X-Definitions "
    "(YAML or CUE) or JSON Schemas named component-schema-<type>.json",
    "应为 schema（kubectl get cm -A -l definition.oam.dev=schema -o yaml）、X-Definition"
    "（YAML 或 CUE），或名为 component-schema-<类型>.json 的 JSON Schema",
)
_UNREADABLE = Text("cannot read '{path}': {reason}", "无法读取 '{path}'：{reason}")
_NOTHING = Text("no definitions in '{path}': {expected}", "'{path}' 中没有定义：{expected}")


class UnreadableDefinitions(Exception):
    """Raised for a path that holds no definitions; says what was expected."""

    def __init__(self, text: Text, **arguments: Argument) -> None:
        super().__init__(text.to("en", arguments))
        self.text = text
        self.arguments = arguments


def definitions_of(path: str | os.PathLike[str]) -> list[Definition]:
    """What a file, or all files of a folder, say about types; a revision of a type is none.

    Raises:
        UnreadableDefinitions: it cannot be read, or says nothing.
    """
    found = [one for file in _files(Path(path)) for one in _read(file)]
    if not found:
        raise UnreadableDefinitions(_NOTHING, path=os.fspath(path), expected=_EXPECTED)
    keys = {one.key for one in found}
    return [one for one in found if (one.kind, _base(one.name)) not in keys]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix in _ENDINGS and file.is_file():
            yield file


def _read(file: Path) -> Iterator[Definition]:
    try:
        content = file.read_bytes()
    except OSError as err:
        reason = err.strerror or str(err)
        raise UnreadableDefinitions(_UNREADABLE, path=file.as_posix(), reason=reason) from err
    if file.suffix == ".cue":
        yield from _from_cue(content.decode("utf-8", "replace"))
        return
    source = read(content, file.as_posix())
    for finding in source.findings:
        if finding.severity is Severity.ERROR:
            raise UnreadableDefinitions(_UNREADABLE, path=file.as_posix(), reason=_reason(finding))
    for document in source.documents:
        yield from declared_in(document)
        yield from _from_schema(file, document.data)


def _from_cue(text: str) -> Iterator[Definition]:
    """The head of a file that `vela def apply` takes; what the template asks for is not known."""
    head, found, _ = text.partition("\ntemplate:")
    name, kind = _CUE_NAME.search(head), _CUE_TYPE.search(head)
    if found and name and kind and kind[1] in _KIND_OF_TYPE:
        yield Definition(_KIND_OF_TYPE[kind[1]], name[1])


def _from_schema(file: Path, data: Json) -> Iterator[Definition]:
    """A JSON Schema says by its file's name, or its folder's, what it is of."""
    if not isinstance(data, dict) or not data.keys() & {"properties", "$schema"} or "kind" in data:
        return
    named = SCHEMA_NAME.fullmatch(file.stem)
    kind = KIND_OF_PREFIX[named[1]] if named else _KIND_OF_FOLDER.get(file.parent.name)
    if kind is not None:
        convert = from_json_schema if "$schema" in data else from_openapi
        yield Definition(kind, named[2] if named else file.stem, schema=convert(data))


def _base(name: str) -> str:
    """KubeVela stores a schema for each revision, too: of webservice-v1 it is webservice."""
    return _REVISION.sub("", name) if _REVISION.search(name) else ""


def _reason(finding: Finding) -> Text:
    said = (describe(finding, language) for language in ("en", "zh"))
    return Text(*(text.replace("{", "{{").replace("}", "}}") for text in said))
