# SPDX-License-Identifier: Apache-2.0
"""Draws how the requests were shared during a release: one SVG, readable on light and on dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH, HEIGHT = 860, 330
LEFT, RIGHT, TOP, BOTTOM = 56, 844, 84, 268
PERCENTS = (0, 10, 50, 100)
STEP_S = 20
# Mid tones: the page behind may be white or black.
INK, LINE, DOTS = "#8b949e", "#3b82f6", "#f08c2e"


class Sample(NamedTuple):
    """What was seen at a time: the weight that the route had, and who answered since the last."""

    at_s: float
    weight: int
    answers: int
    by_canary: int
    """Answers of the new model, whoever of its pods gave them."""


class Event(NamedTuple):
    """Something that the user read."""

    at_s: float
    text: str


def picture(samples: Sequence[Sample], events: Iterable[Event]) -> str:
    end_s = samples[-1].at_s
    parts = (_frame(end_s), _events(events, end_s), _line(samples, end_s), _dots(samples, end_s))
    return "\n".join([_HEAD, *(line for part in parts for line in part), "</svg>\n"])


_HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" \
font-family="sans-serif" font-size="12" fill="{INK}" role="img">
<title>A release: weight of the canary, and share of the answers by the new model</title>"""


def _x(at_s: float, end_s: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * at_s / end_s, 1)


def _y(percent: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * percent / 100, 1)


def _frame(end_s: float) -> Iterator[str]:
    for percent in PERCENTS:
        y = _y(percent)
        yield f'<path d="M{LEFT} {y}H{RIGHT}" stroke="{INK}" stroke-opacity=".35"/>'
        yield _text(LEFT - 8, y + 4, f"{percent} %", "end")
    for at_s in range(0, int(end_s) + 1, STEP_S):
        yield _text(_x(at_s, end_s), BOTTOM + 18, f"{at_s} s", "middle")
    yield f'<path d="M{LEFT} {HEIGHT - 18}h24" stroke="{LINE}" stroke-width="2.5"/>'
    yield _text(LEFT + 32, HEIGHT - 14, "weight of the canary in the route")
    yield f'<circle cx="{LEFT + 262}" cy="{HEIGHT - 18}" r="3" fill="{DOTS}"/>'
    yield _text(LEFT + 274, HEIGHT - 14, "answers by the new model, REST and gRPC, of each second")


def _events(events: Iterable[Event], end_s: float) -> Iterator[str]:
    """In three rows, for they come close together."""
    for number, event in enumerate(events):
        x, y = _x(event.at_s, end_s), 18 + 20 * (number % 3)
        yield f'<path d="M{x} {y - 10}V{BOTTOM}" stroke="{INK}" stroke-dasharray="2 4"/>'
        yield _text(x - 4, y, event.text, "end") if x > 0.8 * WIDTH else _text(x + 4, y, event.text)


def _line(samples: Sequence[Sample], end_s: float) -> Iterator[str]:
    steps = "".join(f"H{_x(each.at_s, end_s)}V{_y(each.weight)}" for each in samples)
    start = f"M{LEFT} {_y(samples[0].weight)}"
    yield f'<path d="{start}{steps}V{_y(0)}H{LEFT}Z" fill="{LINE}" fill-opacity=".15"/>'
    yield f'<path d="{start}{steps}" fill="none" stroke="{LINE}" stroke-width="2.5"/>'


def _dots(samples: Sequence[Sample], end_s: float) -> Iterator[str]:
    for one, other in zip(samples[::2], samples[1::2], strict=False):
        if answers := one.answers + other.answers:
            percent = 100 * (one.by_canary + other.by_canary) / answers
            yield f'<circle cx="{_x(other.at_s, end_s)}" cy="{_y(percent)}" r="3" fill="{DOTS}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'
