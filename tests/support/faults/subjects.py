# SPDX-License-Identifier: Apache-2.0
"""The clean objects that faults are injected into: other projects' samples, and our own files."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

import yaml

from ci.tools.tree import ROOT
from support.samples import samples
from velaserve_lint import Severity, describe, lint
from velaserve_lint.kinds import is_application
from velaserve_lint.manifest import manifests_in
from velaserve_lint.rules import every
from velaserve_lint.scalars import resolve
from velaserve_lint.source import read
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.faults.fault import Object
    from velaserve_lint import Report

APPLICATION = "Application"
OURS = (
    *("applications/*.yaml", "tests/components/**/app.yaml", "tests/traits/**/app.yaml"),
    *("tests/components/**/want.yaml", "tests/traits/**/want.yaml"),
)


class Subject(NamedTuple):
    """An object in which there is no error; `before`: what is said about it nevertheless."""

    name: str
    kind: str
    data: Object
    before: Counter[tuple[str, str]]


@cache
def subjects() -> tuple[Subject, ...]:
    """All of them; what is said in several files, once.

    Raises:
        NotReady: there is no Go, or a module is not to be had.
    """
    found: dict[str, Subject] = {}
    for name, kind, data in objects():
        text = dumped(data)
        if text not in found and not (report := lint(text)).count(Severity.ERROR):
            found[text] = Subject(f"{name} {kind}", kind, data, said(report))
    return tuple(found.values())


def objects() -> Iterator[tuple[str, str, Object]]:
    """File, kind and data of each object, clean or not.

    Raises:
        NotReady: there is no Go, or a module is not to be had.
    """
    sources: Iterator[tuple[str, str | bytes]] = chain(_ours(), _examples(), samples())
    for name, content in sources:
        for kind, data in _objects(content, name):
            yield name, kind, data


def said(report: Report) -> Counter[tuple[str, str]]:
    """The findings by rule and message."""
    return Counter((one.id, describe(one)) for one in report.findings)


def dumped(data: Object) -> str:
    """As YAML that the cluster reads as the same data."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # of either
    """Quotes what the cluster would not read as a text: PyYAML resolves by another table."""

    def ignore_aliases(self, _: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.ScalarNode:
    style = None if isinstance(resolve(data), str) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_Dumper.add_representer(str, _text)


def _objects(content: str | bytes, name: str) -> Iterator[tuple[str, Object]]:
    for document in read(content, name).documents:
        if is_application(document):
            yield APPLICATION, cast("Object", document.data)
        for manifest in manifests_in(document, DEFAULT):
            yield manifest.kind, cast("Object", manifest.root.value)


def _ours() -> Iterator[tuple[str, bytes]]:
    for pattern in OURS:
        for file in sorted(ROOT.glob(pattern)):
            yield file.relative_to(ROOT).as_posix(), file.read_bytes()


def _examples() -> Iterator[tuple[str, str]]:
    for rule in every():
        yield f"the good example of {rule.id}", rule.good
