# SPDX-License-Identifier: Apache-2.0
"""Composes documents from the parser's events, within limits.

Not PyYAML's own composer: that one follows nesting on the C stack and can be made to overflow it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, cast

import yaml

from velaserve_lint import scalars
from velaserve_lint.document import Ambiguous, Document
from velaserve_lint.layout import Entry, Layout, Node
from velaserve_lint.place import Place
from velaserve_lint.rules.syntax.vs001_yaml_syntax import YamlSyntax
from velaserve_lint.rules.syntax.vs002_duplicate_key import DuplicateKey
from velaserve_lint.rules.syntax.vs004_too_large import TooLarge
from velaserve_lint.rules.syntax.vs005_not_json import NotJson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.document import Json
    from velaserve_lint.finding import Finding
    from velaserve_lint.layout import Mark
    from velaserve_lint.text import Argument

DEEPEST = 100
_KEY = ""  # the step to a key: its place is the mapping's
MOST_ALIASED_VALUES = 100_000


class Stopped(Exception):
    """Raised when the rest of a file cannot be composed."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.id)
        self.finding = finding


class Composed(NamedTuple):
    """A value, where it stands, and how many values it is made of when aliases are followed."""

    data: Json
    node: Node
    size: int = 1


class Composer:
    """Turns the events of one file into documents; what is wrong on the way goes to `findings`."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._events = events
        self._path: list[str | int] = []
        self._anchors: dict[str, Composed] = {}
        self._ambiguous: list[Ambiguous] = []
        self._aliased_values = 0
        self._closing: yaml.Event = yaml.StreamEndEvent()

    def documents(self) -> Iterator[Document]:
        """Each document of the file.

        Raises:
            Stopped: the rest is nested too deeply, grows too large or names unknown anchors.
            yaml.YAMLError: the rest is not YAML.
        """
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors, self._ambiguous = {}, []
                composed = self._compose(self._next())
                layout = Layout.of(self._file, composed.node)
                yield Document(self._file, composed.data, layout, self._ambiguous)

    def _next(self) -> yaml.NodeEvent:
        return cast("yaml.NodeEvent", next(self._events))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.NodeEvent]:
        while not isinstance(event := next(self._events), end):
            yield cast("yaml.NodeEvent", event)
        self._closing = event

    def _compose(self, event: yaml.NodeEvent) -> Composed:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if len(self._path) >= DEEPEST:
            raise Stopped(TooLarge.finding(self._place(event), "deep", limit=DEEPEST))
        if isinstance(event, yaml.ScalarEvent):
            composed = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            composed = self._sequence(event)
        else:
            composed = self._mapping(cast("yaml.MappingStartEvent", event))
        if event.anchor is not None:
            self._anchors[event.anchor] = composed
        return composed

    def _member(self, step: str | int, event: yaml.NodeEvent) -> Composed:
        """A value inside another; most are plain scalars, which take the shortest way."""
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.implicit[0]:
            data = scalars.resolve(event.value)
            if type(data) is not float or math.isfinite(data):
                if type(data) is not str:
                    self._note(step, event, data)
                return Composed(data, _scalar_node(event))
        self._path.append(step)
        composed = self._compose(event)
        self._path.pop()
        self._check_number(event, composed)
        return composed

    def _note(self, step: str | int, event: yaml.ScalarEvent, value: scalars.Scalar) -> None:
        if scalars.is_ambiguous(event.value, value):
            path = (*self._path, step) if step != _KEY else tuple(self._path)
            place = Place(self._file, _scalar_node(event).span, path)
            self._ambiguous.append(Ambiguous(event.value, value, place))

    def _alias(self, event: yaml.AliasEvent) -> Composed:
        name = event.anchor or ""
        if (composed := self._anchors.get(name)) is None:
            raise Stopped(YamlSyntax.finding(self._place(event), "alias", name=name))
        self._aliased_values += composed.size
        if self._aliased_values > MOST_ALIASED_VALUES:
            place = self._place(event)
            raise Stopped(TooLarge.finding(place, "aliases", limit=MOST_ALIASED_VALUES))
        return composed

    def _scalar(self, event: yaml.ScalarEvent) -> Composed:
        if event.implicit[0]:
            data = scalars.resolve(event.value)
        else:
            data = event.value if event.tag is None else self._tagged(event, event.tag)
        return Composed(data, _node(event, event))

    def _tagged(self, event: yaml.ScalarEvent, tag: str) -> scalars.Scalar:
        try:
            return scalars.resolve_tagged(tag, event.value)
        except scalars.WrongTag as err:
            self._not_json(event, "tag", value=event.value, tag=str(err))
            return event.value

    def _sequence(self, start: yaml.SequenceStartEvent) -> Composed:
        members: list[Composed] = []
        for event in self._until(yaml.SequenceEndEvent):
            members.append(self._member(len(members), event))
        items = [member.node for member in members]
        node = _node(start, self._closing, items)._replace(items=items)
        return Composed([m.data for m in members], node, 1 + sum(m.size for m in members))

    def _mapping(self, start: yaml.MappingStartEvent) -> Composed:
        data: dict[str, Json] = {}
        entries: dict[str, Entry] = {}
        merged: set[str] = set()
        size = 1
        for event in self._until(yaml.MappingEndEvent):
            if _is_merge(event):
                written = entries.keys() - merged
                size += self._merge(self._next(), data, entries)
                merged |= entries.keys() - written
                continue
            name, key = self._key(event)
            member = self._member(name, self._next())
            if name in entries and name not in merged:
                self._duplicate(name, key, entries[name].key)
                key = entries[name].key
            data[name], entries[name] = member.data, Entry(key, member.node)
            merged.discard(name)
            size += 1 + member.size
        values = [entry.value for entry in entries.values()]
        node = _node(start, self._closing, values)._replace(entries=entries)
        return Composed(data, node, size)

    def _key(self, event: yaml.NodeEvent) -> tuple[str, Node]:
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.implicit[0]:
            name = scalars.resolve(event.value)
            if type(name) is str:
                return name, _scalar_node(event)
        composed = self._member(_KEY, event)
        if isinstance(composed.data, str):
            return composed.data, composed.node
        if not isinstance(composed.data, int | float):
            self._not_json(event, "key")
        return _key_text(composed.data), composed.node

    def _merge(
        self, event: yaml.NodeEvent, data: dict[str, Json], entries: dict[str, Entry]
    ) -> int:
        """As go-yaml v2: what stands later wins; in a list, what stands earlier."""
        merged = self._member("<<", event)
        listed = isinstance(merged.data, list)
        sources = merged.data if isinstance(merged.data, list) else [merged.data]
        nodes = merged.node.items if listed else [merged.node]
        for source, node in zip(reversed(sources), reversed(nodes), strict=True):
            if isinstance(source, dict):
                data.update(source)
                entries.update(node.entries)
            else:
                self._not_json(event, "merge")
        return merged.size

    def _duplicate(self, name: str, key: Node, first: Node) -> None:
        self._path.append(name)
        finding = DuplicateKey.finding(self._place(key), "duplicate", key=name)
        self.findings.append(finding.beside(self._place(first), "first"))
        self._path.pop()

    def _check_number(self, event: yaml.Event, composed: Composed) -> None:
        if type(composed.data) is float and not math.isfinite(composed.data):
            self._not_json(event, "number", value=composed.data)

    def _not_json(self, event: yaml.Event, message: str, **arguments: Argument) -> None:
        self.findings.append(NotJson.finding(self._place(event), message, **arguments))

    def _place(self, at: yaml.Event | Node) -> Place:
        node = at if isinstance(at, Node) else _node(at, at)
        return Place(self._file, node.span, tuple(self._path))


def _is_merge(event: yaml.Event) -> bool:
    return type(event) is yaml.ScalarEvent and event.value == "<<" and event.implicit[0]


def _key_text(key: Json) -> str:
    """As sigs.k8s.io/yaml: true for True, 1 for 1.0."""
    if isinstance(key, bool):
        return str(key).lower()
    if isinstance(key, float):
        return f"{key:g}"
    return str(key)


def _scalar_node(event: yaml.ScalarEvent) -> Node:
    return Node(event.start_mark, event.end_mark)  # type: ignore[arg-type]  # parsed ones have marks


def _node(start: yaml.Event, end: yaml.Event, members: Sequence[Node] = ()) -> Node:
    """libyaml ends a block collection where the next token begins; we, with its last member."""
    first = cast("Mark", start.start_mark)
    in_block = isinstance(start, yaml.CollectionStartEvent) and not start.flow_style
    return Node(first, members[-1].end if in_block and members else cast("Mark", end.end_mark))
