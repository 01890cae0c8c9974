# SPDX-License-Identifier: Apache-2.0
"""Nothing is left out unseen: it is said, and with VELASERVE_REQUIRE_ALL=1 a skip is a failure."""

import os
from collections.abc import Generator, Sequence

import pytest

REQUIRE_ALL = os.environ.get("VELASERVE_REQUIRE_ALL") == "1"
LEFT_OUT = pytest.StashKey[int]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if not collector.config.getoption("markexpr"):  # else it may be a module of heavy tests
        _fail_if_skipped(report)
    return report


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if REQUIRE_ALL and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: VELASERVE_REQUIRE_ALL=1 allows no skip: {reason}"


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    heavy = [item for item in items if item.get_closest_marker("heavy")]
    if heavy:
        stash = heavy[0].config.stash
        stash[LEFT_OUT] = stash.get(LEFT_OUT, 0) + len(heavy)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"left out: {left_out} marked heavy; they need torch, kserve or scikit-learn: "
            "make test-all runs them"
        )
