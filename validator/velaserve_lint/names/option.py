# SPDX-License-Identifier: Apache-2.0
"""One server option: its spellings, its bounds, and how a text becomes its value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = str | int | float | bool | tuple[int, ...]
Type: TypeAlias = Literal["string", "integer", "integers", "number", "boolean", "choice"]

_UNIT_WORDS = {"s": "Seconds", "ms": "Milliseconds"}
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


class OptionError(ValueError):
    """Raised when a text is not a value of an option."""

    def __init__(self, option: Option, source: str, found: str) -> None:
        super().__init__(
            f"{source}: expected {option.expected}, found {found!r}; "
            f"write for example {option.flag} {option.example}"
        )
        self.option = option
        self.source = source
        self.found = found


@dataclass(frozen=True, slots=True)
class Option:
    """A row of options.toml; bounds are inclusive and in the unit that the key names."""

    key: str
    type: Type
    help: str
    help_zh: str
    unit: str = ""
    default: Value | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """As on the command line: --drain-delay-s."""
        return "--" + self.key.replace("_", "-")

    @property
    def env(self) -> str:
        """As in a pod: VELASERVE_DRAIN_DELAY_S."""
        return "VELASERVE_" + self.key.upper()

    @property
    def parameter(self) -> str:
        """As in a definition: drainDelaySeconds."""
        first, *rest = self.key.split("_")
        tail = [word.capitalize() for word in rest]
        if rest and rest[-1] in _UNIT_WORDS:
            tail[-1] = _UNIT_WORDS[rest[-1]]
        return first + "".join(tail)

    @property
    def expected(self) -> str:
        """What a value looks like, for messages: 'an integer from 0 to 65535'."""
        match self.type:
            case "choice":
                return "one of " + ", ".join(self.choices)
            case "boolean":
                return "true or false"
            case "string":
                return "a non-empty text"
            case "integers":
                return f"integers{self._bounds()}, separated by commas"
            case "integer" | "number":
                return _article(self.type) + self._bounds()

    @property
    def example(self) -> str:
        """A value that parses, preferably the default."""
        if self.default is not None:
            return str(self.default).lower() if self.type == "boolean" else str(self.default)
        if self.choices:
            return self.choices[0]
        return self.unit.upper() or "TEXT" if self.minimum is None else str(self.minimum)

    def parse(self, text: str, source: str | None = None) -> Value:
        """The value that a flag's or a variable's text stands for.

        `source` is how the caller's user wrote the option; without it, the flag.

        Raises:
            OptionError: the text is of another type, out of bounds or no choice.
        """
        value = _PARSERS[self.type](text.strip())
        if value is None or not self._allows(value):
            raise OptionError(self, source or self.flag, text)
        return value

    def _allows(self, value: Value) -> bool:
        if isinstance(value, str):
            return value in self.choices if self.choices else value != ""
        low = -math.inf if self.minimum is None else self.minimum
        high = math.inf if self.maximum is None else self.maximum
        numbers = value if isinstance(value, tuple) else (value,)
        return all(low <= each <= high for each in numbers)

    def _bounds(self) -> str:
        if self.minimum is not None and self.minimum == self.maximum:
            return f" equal to {self.minimum}"
        low = "" if self.minimum is None else f" from {self.minimum}"
        return low if self.maximum is None else f"{low} to {self.maximum}"


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _integer(text: str) -> int | None:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None


def _integers(text: str) -> tuple[int, ...] | None:
    numbers = [_integer(each.strip()) for each in text.split(",")]
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _boolean(text: str) -> bool | None:
    word = text.lower()
    return True if word in _TRUE else False if word in _FALSE else None


_PARSERS: dict[Type, Callable[[str], Value | None]] = {
    "string": str,
    "choice": str,
    "integer": _integer,
    "integers": _integers,
    "number": _number,
    "boolean": _boolean,
}
