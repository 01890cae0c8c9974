# SPDX-License-Identifier: Apache-2.0
"""The picture of a release shows what was measured."""

import re
from xml.etree import ElementTree

from ci.bench.canary_svg import BOTTOM, LEFT, RIGHT, TOP, Event, Sample, picture

SEEN = [(0, 20, 0), (50, 20, 10), (100, 20, 15), (100, 20, 20)]
SAMPLES = [Sample(at_s, *seen) for at_s, seen in enumerate(SEEN, 1)]
HALF = (BOTTOM + TOP) / 2


def drawn(kind: str) -> list[dict[str, str]]:
    text = picture(SAMPLES, [Event(2, "50 %")])
    found = ElementTree.fromstring(text).iter(f"{{http://www.w3.org/2000/svg}}{kind}")
    return [each.attrib for each in found]


def test_weight_is_a_line_that_steps() -> None:
    [path] = [each["d"] for each in drawn("path") if each.get("fill") == "none"]
    heights = [float(y) for y in re.findall(r"V([\d.]+)", path)]
    assert heights == [BOTTOM, HALF, TOP, TOP]
    assert path.endswith(f"H{float(RIGHT)}V{float(TOP)}")


def test_answers_are_dots_of_two_samples_each() -> None:
    *_, before, after = [(each["cx"], each["cy"]) for each in drawn("circle")]
    assert before == (str((LEFT + RIGHT) / 2), str(BOTTOM - (BOTTOM - TOP) / 4))
    assert after == (str(float(RIGHT)), str(round(BOTTOM - (BOTTOM - TOP) * 7 / 8, 1)))
