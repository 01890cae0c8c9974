# SPDX-License-Identifier: Apache-2.0
"""Things with labels, and which of them a selector selects."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from velaserve_lint.near import may_be_same, nearest
from velaserve_lint.suggest import digits_of, is_slip_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.selectors import Requirement, Selector

Thing = TypeVar("Thing")


class Label(NamedTuple):
    """A label's value, and where it is written, or what it is made from."""

    value: str
    at: Cursor


class Labelled(NamedTuple, Generic[Thing]):
    """A thing with its labels, whoever gives them."""

    thing: Thing
    labels: Mapping[str, Label]
    namespace: str
    file: str

    @property
    def has_texts(self) -> bool:
        """Whether each label is one; another rule reports what is not."""
        return all(isinstance(label.at.value, str) for label in self.labels.values())


def written(labels: Mapping[str, Cursor]) -> dict[str, Label]:
    """A number is compared as the text that was meant: somebody else reports it."""
    return {key: Label(str(at.value), at) for key, at in labels.items()}


class Miss(NamedTuple, Generic[Thing]):
    """A thing that is not selected only because a label is not what is required."""

    thing: Thing
    requirement: Requirement
    key: str
    label: Label


class LabelIndex(Generic[Thing]):
    """Finds by the rarest label, so that a thousand selectors over a thousand pods stay cheap."""

    def __init__(self, things: Iterable[Labelled[Thing]]) -> None:
        self._things = tuple(things)
        self._by_label: dict[str, dict[str, list[Labelled[Thing]]]] = {}
        for one in self._things:
            for key, label in one.labels.items():
                self._by_label.setdefault(key, {}).setdefault(label.value, []).append(one)
        self._selected: dict[object, tuple[Labelled[Thing], ...]] = {}

    def __iter__(self) -> Iterator[Labelled[Thing]]:
        return iter(self._things)

    def selected(
        self, selector: Selector, namespaces: Sequence[str], file: str
    ) -> tuple[Labelled[Thing], ...]:
        """The selected things nearest to a file; no namespaces are all of them.

        The same tuple for all who ask for the same.
        """
        asked = selector.meaning, tuple(namespaces), file
        if asked not in self._selected:
            found = (
                one
                for one in self._candidates(selector.requirements)
                if _is_in(one, namespaces) and selector.selects(_values(one))
            )
            self._selected[asked] = nearest(found, file, lambda one: one.file)
        return self._selected[asked]

    def near_miss(
        self, selector: Selector, namespaces: Sequence[str], file: str
    ) -> Miss[Thing] | None:
        """The nearest thing in which a label is a slip away from what the selector wants."""
        misses = (
            (one.file, Miss(one.thing, requirement, key, one.labels[key]))
            for requirement in selector.requirements
            for key, one in self._similar(requirement)
            if _is_in(one, namespaces) and _hold_but(requirement, selector, one)
        )
        found = nearest(misses, file, lambda miss: miss[0])
        return found[0][1] if found else None

    def _candidates(self, requirements: Sequence[Requirement]) -> Sequence[Labelled[Thing]]:
        found = [
            [one for value in each.wanted for one in self._with(each.key, value)]
            for each in requirements
            if each.wanted
        ]
        return min(found, key=len, default=self._things)

    def _similar(self, requirement: Requirement) -> Iterator[tuple[str, Labelled[Thing]]]:
        """What has a label with a misspelt value, or with a misspelt key, and the label's key."""
        meant = requirement.key
        for wanted in requirement.wanted:
            for value in self._by_digits.get((meant, digits_of(wanted)), ()):
                if is_slip_of_name(value, wanted):
                    yield from ((meant, one) for one in self._with(meant, value))
            for key in self._by_label:
                if is_slip_of_name(key, meant):
                    yield from ((key, one) for one in self._with(key, wanted))

    @cached_property
    def _by_digits(self) -> dict[tuple[str, str], list[str]]:
        """The values of each key; a slip of the hand has the same digits."""
        found: dict[tuple[str, str], list[str]] = {}
        for key, values in self._by_label.items():
            for value in values:
                found.setdefault((key, digits_of(value)), []).append(value)
        return found

    def _with(self, key: str, value: str) -> Sequence[Labelled[Thing]]:
        return self._by_label.get(key, {}).get(value, ())


def _is_in(one: Labelled[Thing], namespaces: Sequence[str]) -> bool:
    return not namespaces or any(may_be_same(one.namespace, name) for name in namespaces)


def _hold_but(requirement: Requirement, selector: Selector, one: Labelled[Thing]) -> bool:
    """Whether all other requirements hold."""
    values = _values(one)
    return all(other.holds(values) for other in selector.requirements if other is not requirement)


def _values(one: Labelled[Thing]) -> dict[str, str]:
    return {key: label.value for key, label in one.labels.items()}
