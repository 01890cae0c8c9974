# SPDX-License-Identifier: Apache-2.0
"""What a rule is: its words, its examples, and how it makes findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from velaserve_lint.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.npu.demand import Demand
    from velaserve_lint.place import Place
    from velaserve_lint.pods import Pod
    from velaserve_lint.queries import Query
    from velaserve_lint.run import Run
    from velaserve_lint.text import Argument, Text
    from velaserve_lint.violations import Violation


class Rule:
    """One mistake that can be made; each rule is a subclass in a file of its own.

    `source` names the code or document that the rule follows, `since` our version that brought it.
    `bad` is a whole file in which only this rule finds something, `good` one that is clean;
    `earlier` is what both are updates of, where the rule compares (`--against`).
    """

    id: ClassVar[str]
    slug: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    since: ClassVar[str]
    source: ClassVar[str]
    title: ClassVar[Text]
    why: ClassVar[Text]
    fix: ClassVar[Text]
    messages: ClassVar[Mapping[str, Text]]
    earlier: ClassVar[str] = ""
    bad: ClassVar[str]
    good: ClassVar[str]

    @classmethod
    def finding(cls, place: Place, message: str, **arguments: Argument) -> Finding:
        return Finding(cls.id, cls.severity, message, arguments, place)

    @classmethod
    def warning(cls, place: Place, message: str, **arguments: Argument) -> Finding:
        """Of a rule about errors: what is taken, and then does not do what it says."""
        return Finding(cls.id, Severity.WARNING, message, arguments, place)


class ApplicationRule(Rule):
    """A rule that looks at a whole Application."""

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        raise NotImplementedError


class ManifestRule(Rule):
    """A rule that looks at one Kubernetes object of the `kinds`; an empty set means all."""

    kinds: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        raise NotImplementedError


class PodRule(Rule):
    """A rule that looks at the pods that an object describes, be it a Deployment or a model."""

    @classmethod
    def check(cls, pod: Pod) -> Iterator[Finding]:
        raise NotImplementedError


class QueryRule(Rule):
    """A rule that looks at a PromQL query, be it in an object or in a trait of ours."""

    @classmethod
    def check(cls, query: Query) -> Iterator[Finding]:
        raise NotImplementedError


class DemandRule(Rule):
    """A rule that looks at what pods, or components of ours, ask of accelerators."""

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        raise NotImplementedError


class RunRule(Rule):
    """A rule that compares the objects of one run with each other, or with earlier ones."""

    @classmethod
    def check(cls, run: Run) -> Iterator[Finding]:
        raise NotImplementedError


class SchemaRule(Rule):
    """A rule that says what a violated keyword of a JSON Schema means.

    `foreign_keywords` are those of schemas that KubeVela made, which say less than definitions do.
    """

    keywords: ClassVar[tuple[str, ...]] = ()
    foreign_keywords: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def check(cls, violation: Violation) -> Iterator[Finding]:
        raise NotImplementedError
