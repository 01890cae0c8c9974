# SPDX-License-Identifier: Apache-2.0
"""Rules that a YAML file declares: where to look, and what has to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from velaserve_lint.acceptance import acceptance_of
from velaserve_lint.cursor import Cursor
from velaserve_lint.finding import Severity
from velaserve_lint.rule import ApplicationRule, ManifestRule
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.acceptance import Check
    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.rule import Rule

_EACH = "*"
_FIX = Text("See the rule's own description.", "请见该规则自己的说明。")


class Declared(NamedTuple):
    """What a rule asks for at a pointer, in which `*` stands for each member."""

    steps: tuple[str, ...]
    accepts: Check
    is_optional: bool

    def wrong(self, cursor: Cursor) -> Iterator[Cursor]:
        """The places that are not as they have to be."""
        for found in _follow(cursor, self.steps):
            missing = found.value is None
            if not (self.is_optional if missing else self.accepts(found.value)):
                yield found


def rule_of(entry: Mapping[str, Any], file: str) -> type[Rule]:  # Any: as the schema says
    """The class of one entry of a file that its schema accepts."""
    declared = Declared(
        tuple(entry["pointer"].split("/")[1:]),
        acceptance_of(entry.get("schema", {})),
        entry.get("optional", False),
    )
    base = _on_types(declared, entry) if "types" in entry else _on_kinds(declared, entry)
    words = {key: _text(entry[key]) for key in ("message", "why", "fix") if key in entry}
    described = {
        "id": entry["id"],
        "slug": entry["id"].lower(),
        "severity": Severity[entry.get("severity", "error").upper()],
        "since": "",
        "source": file,
        "title": words["message"],
        "why": words.get("why", words["message"]),
        "fix": words.get("fix", _FIX),
        "messages": sentences(declared=words["message"]),
        "bad": "",
        "good": "",
    }
    return type(entry["id"], (base,), described)


def _on_types(declared: Declared, entry: Mapping[str, Any]) -> type[Rule]:
    types = frozenset(entry["types"])

    class OnTypes(ApplicationRule):
        """Looks at the properties of components, traits, policies and steps of some types."""

        @classmethod
        def check(cls, application: Application) -> Iterator[Finding]:
            for typed in application.typed():
                if typed.definition in types:
                    path = (*typed.path, "properties")
                    cursor = Cursor(application.document, path, typed.properties)
                    yield from _findings(cls, declared, cursor)

    return OnTypes


def _on_kinds(declared: Declared, entry: Mapping[str, Any]) -> type[Rule]:
    class OnKinds(ManifestRule):
        """Looks at whole objects of some kinds."""

        kinds = frozenset(entry["kinds"])

        @classmethod
        def check(cls, manifest: Manifest) -> Iterator[Finding]:
            yield from _findings(cls, declared, manifest.root)

    return OnKinds


def _findings(rule: type[Rule], declared: Declared, cursor: Cursor) -> Iterator[Finding]:
    for wrong in declared.wrong(cursor):
        yield rule.finding(wrong.key if wrong.value is None else wrong.place, "declared")


def _follow(cursor: Cursor, steps: tuple[str, ...]) -> Iterator[Cursor]:
    if not steps:
        yield cursor
    elif steps[0] == _EACH:
        members = [*cursor.items(), *(value for _, value in cursor.entries())]
        for member in members:
            yield from _follow(member, steps[1:])
    else:
        yield from _follow(cursor.at(_step(cursor, steps[0])), steps[1:])


def _step(cursor: Cursor, step: str) -> str | int:
    if isinstance(cursor.value, list) and step.isdecimal():
        return int(step)
    return step.replace("~1", "/").replace("~0", "~")


def _text(words: str | Mapping[str, str]) -> Text:
    """Braces are the user's own, not places for arguments."""
    english, chinese = (words, words) if isinstance(words, str) else (words["en"], words["zh"])
    return Text(*(one.replace("{", "{{").replace("}", "}}") for one in (english, chinese)))
