# SPDX-License-Identifier: Apache-2.0
"""Nothing is left out unseen: it is said, and with VELASERVE_REQUIRE_ALL=1 a skip is a failure."""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from ci.tools import programs
from ci.tools.errors import NotReady
from support import side_by_side
from support.vela_render import VERSIONS, Vela
from support.vela_schema import VelaSchema
from support.vela_step import VelaStep

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from xdist.scheduler import LoadScopeScheduling
    from xdist.workermanage import WorkerController

REQUIRE_ALL = os.environ.get("VELASERVE_REQUIRE_ALL") == "1"
LEFT_OUT = pytest.StashKey[Counter[str]]()
SAID = "said"
NEEDS = {
    "heavy": "they need torch, kserve or scikit-learn: make test-all runs them",
    "cann": "they need onnxruntime-cann, never beside onnxruntime: make test-ascend runs them",
    "e2e": "they need a cluster: make cluster e2e runs them",
}

# A machine that does something else meanwhile is no failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", params=VERSIONS)
def vela(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Vela:
    """Each version of KubeVela's program that is pinned."""
    return Vela(_built("vela", request.param), tmp_path_factory.mktemp("vela"))


@pytest.fixture(scope="session", params=VERSIONS)
def vela_schema(request: pytest.FixtureRequest) -> VelaSchema:
    """Each version of KubeVela whose code is asked for schemas."""
    return VelaSchema(_built("vela-schema", request.param))


@pytest.fixture(scope="session", params=VERSIONS)
def vela_step(request: pytest.FixtureRequest) -> VelaStep:
    """Each version of KubeVela that evaluates steps."""
    return VelaStep(_built("vela-step", request.param))


@pytest.fixture
def say(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Shows a line in the end; side by side, no test can print."""
    return partial(record_property, SAID)


def _built(name: str, version: str) -> Path:
    try:
        return programs.path(name, version)
    except NotReady as err:
        pytest.skip(str(err))


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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return side_by_side.scheduler(config, log)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        left_out = item.config.stash.setdefault(LEFT_OUT, Counter())
        left_out.update(mark for mark in NEEDS if item.get_closest_marker(mark))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist, which alone collects, tells what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash.get(LEFT_OUT, {}))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    """Each worker left out the same."""
    node.config.stash[LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == SAID:
                terminalreporter.write_line(str(text))
    for mark, count in config.stash.get(LEFT_OUT, Counter()).items():
        terminalreporter.write_line(f"left out: {count} marked {mark}; {NEEDS[mark]}")
