# SPDX-License-Identifier: Apache-2.0
"""Reads what a file holds into documents; whatever it is, the answer is data and findings."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from velaserve_lint.composer import Composer, Stopped
from velaserve_lint.decoding import character, decode, first_not_yaml
from velaserve_lint.document import Document
from velaserve_lint.layout import Layout
from velaserve_lint.rules.syntax.vs001_yaml_syntax import YamlSyntax
from velaserve_lint.rules.syntax.vs003_not_text import NotText
from velaserve_lint.rules.syntax.vs005_not_json import NotJson
from velaserve_lint.rules.syntax.vs006_unrendered_template import UnrenderedTemplate

try:
    from velaserve_lint.plain_yaml import plain_documents
except ImportError:  # PyYAML without libyaml

    def plain_documents(text: str) -> list[Json] | None:
        """Nothing is."""


if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from velaserve_lint.document import Json
    from velaserve_lint.finding import Finding
    from velaserve_lint.layout import Node

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
    if wrong is None and (plain := plain_documents(text)) is not None:
        return Source(text, tuple(_plain(plain, text, file)))
    wrong = first_not_yaml(text) if wrong is None else wrong
    if wrong is not None:
        return Source(text, findings=(NotText.at(character(file, text, wrong), text[wrong]),))
    source = _compose(text, file)
    unreadable = any(finding.id in _OF_TEMPLATES for finding in source.findings)
    if unreadable and (template := _TEMPLATE.search(text)):
        place = character(file, text, template.start(1))
        return Source(text, findings=(UnrenderedTemplate.finding(place, "template"),))
    return source


def _plain(data: list[Json], text: str, file: str) -> Iterator[Document]:
    """Composed with places when the first of the file is asked for."""
    whole = functools.cache(lambda: _compose(text, file).documents)
    for index, one in enumerate(data):
        yield Document(file, one, Layout(file, functools.partial(_root, whole, index)))


def _root(whole: Callable[[], tuple[Document, ...]], index: int) -> Node:
    return whole()[index].layout.root


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
