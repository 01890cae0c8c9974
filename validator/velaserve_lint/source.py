# SPDX-License-Identifier: Apache-2.0
"""Reads what a file holds into documents; whatever it is, the answer is data and findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from velaserve_lint.composer import Composer, Stopped
from velaserve_lint.decoding import character, decode
from velaserve_lint.rules.syntax.vs001_yaml_syntax import YamlSyntax
from velaserve_lint.rules.syntax.vs003_not_text import NotText
from velaserve_lint.rules.syntax.vs005_not_json import NotJson
from velaserve_lint.rules.syntax.vs006_unrendered_template import UnrenderedTemplate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Document
    from velaserve_lint.finding import Finding

_TEMPLATE = re.compile(r"""^[^"'#\n]*?(\{[{%])""", re.MULTILINE)  # not quoted, no comment
_OF_TEMPLATES = frozenset({YamlSyntax.id, NotJson.id})  # what a template's braces look like
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source(NamedTuple):
    """What a file holds; `text` is what the spans count in."""

    text: str
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(content: str | bytes, file: str) -> Source:
    """The documents of a file, and what is wrong with it as text and as YAML."""
    text, wrong = decode(content)
    if wrong is not None:
        return Source(text, findings=(NotText.at(character(file, text, wrong), text[wrong]),))
    source = _compose(text, file)
    unreadable = any(finding.id in _OF_TEMPLATES for finding in source.findings)
    if unreadable and (template := _TEMPLATE.search(text)):
        place = character(file, text, template.start(1))
        return Source(text, findings=(UnrenderedTemplate.finding(place, "template"),))
    return source


def _compose(text: str, file: str) -> Source:
    events: Iterator[yaml.Event] = yaml.parse(text, _LOADER)
    composer = Composer(file, events)
    documents: list[Document] = []
    try:
        documents.extend(composer.documents())
    except Stopped as stopped:
        composer.findings.append(stopped.finding)
    except yaml.YAMLError as err:
        composer.findings.append(YamlSyntax.of_error(err, file, text))
    return Source(text, tuple(documents), tuple(composer.findings))
