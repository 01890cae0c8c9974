# SPDX-License-Identifier: Apache-2.0
"""docs/canary.md shows an Application that is there, and every message of a release."""

import re

import pytest
import yaml

from ci.tools.tree import ROOT

ENGLISH, CHINESE = (
    (ROOT / "docs" / name).read_text("utf-8") for name in ("canary.md", "canary.zh.md")
)
BLOCKS = re.findall(r"```yaml\n(.*?)```", ENGLISH, re.DOTALL)
CASES = yaml.safe_load((ROOT / "tests/traits/steps/canary-release.yaml").read_text("utf-8"))
# What is refused says itself what to do; so does what is seldom.
MESSAGES = sorted({case["want"]["message"] for case in CASES if "deploy" in case["want"]})
RUN = re.findall(r"^ *[\d.]+ s  (?:running|succeeded): (.+)$", ENGLISH, re.MULTILINE)
SELDOM = ("digits answers nothing", "digits goes back to")


def named(text: str) -> list[str]:
    return sorted(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))


def application(name: str) -> str:
    text = (ROOT / "applications" / f"{name}.yaml").read_text("utf-8")
    return text.partition("\n")[2]


def test_blocks_are_the_applications() -> None:
    whole, part = BLOCKS
    assert whole == application("canary")
    by_hand = yaml.safe_load(application("canary-by-hand"))
    assert yaml.safe_load(part)["workflow"] == by_hand["spec"]["workflow"]


@pytest.mark.parametrize("message", MESSAGES + RUN)
def test_every_message_has_a_row(message: str) -> None:
    patterns = [re.escape(name).replace("…", ".*") for name in named(ENGLISH) if " " in name]
    rows = [one for one in patterns if re.match(one, message, re.DOTALL)]
    assert rows or message.startswith(SELDOM), f"no row of docs/canary.md is for: {message}"


def test_a_real_run_is_shown() -> None:
    assert RUN[-1].startswith("digits is as it is wanted")
    assert (ROOT / "docs" / "canary.svg").read_text("utf-8").startswith("<svg")
    assert all("](canary.svg)" in text for text in (ENGLISH, CHINESE))


def test_both_languages_show_and_name_the_same() -> None:
    fenced = re.compile(r"```.*?```", re.DOTALL)
    assert fenced.findall(CHINESE) == fenced.findall(ENGLISH)
    assert named(CHINESE) == named(ENGLISH)
