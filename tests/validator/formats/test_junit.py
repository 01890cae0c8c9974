# SPDX-License-Identifier: Apache-2.0
"""Well-formed XML with a failure for each finding, whatever the names and values."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from support.reports import ODD, together, with_each_report
from velaserve_lint import Report, lint
from velaserve_lint.formats import View, write
from velaserve_lint.rules.examples import APPLICATION, changed


def root(report: Report) -> Xml.Element:
    text = write(report, "junit", View("zh", colour=True))
    assert text.isascii()
    return Xml.fromstring(text)


def test_a_finding() -> None:
    report = lint(changed("modelUri", "modelUrl"), "a&b.yaml")

    assert write(report, "junit") == (
        """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="velaserve-lint" tests="1" failures="1" errors="0">
  <testsuite name="a&amp;b.yaml" tests="1" failures="1" errors="0">
    <testcase name="VS201 unknown-property 10:9" classname="a&amp;b.yaml" file="a&amp;b.yaml" \
line="10">
      <failure type="error" message="unknown property 'modelUrl'; did you mean 'modelUri'?">\
a&amp;b.yaml:10:9: spec.components[0].properties.modelUrl
fix: Rename or remove the property; the type's documentation lists all there are.</failure>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


@with_each_report
def test_the_counts_are_right(report: Report) -> None:
    found = root(report)

    assert len(list(found.iter("failure"))) == len(report.findings)
    for counted in (found, *found):
        assert counted.get("tests") == str(len(list(counted.iter("testcase"))))
        assert counted.get("failures") == str(len(list(counted.iter("failure"))))


def test_a_suite_for_each_file() -> None:
    bad = changed("modelUri", "modelUrl")

    found = root(together(("a.yaml", bad), ("b.yaml", APPLICATION), ("c.yaml", bad)))

    assert [suite.get("name") for suite in found] == ["a.yaml", "c.yaml"]


def test_no_finding_is_a_test_that_passed() -> None:
    [suite] = root(lint(APPLICATION))

    [case] = suite
    assert (case.get("name"), len(case)) == ("no findings", 0)


def test_what_xml_cannot_hold_is_escaped() -> None:
    [suite] = root(ODD)

    assert r"\u000a\u001b\udcff`@x'" in str(suite.get("name"))


def test_other_places_are_told() -> None:
    report = lint("metadata:\n  name: digits\n  name: letters\n", "app.yaml")

    [failure] = root(report).iter("failure")

    assert "app.yaml:2:3: first set here" in str(failure.text)
