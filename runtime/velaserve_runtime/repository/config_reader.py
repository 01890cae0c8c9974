# SPDX-License-Identifier: Apache-2.0
"""Typed access to a YAML document; what does not fit is a ConfigError with file:line:column.

The reader of velaserve_lint resolves scalars as the cluster does, where a plain y, no or off is a
boolean. A tensor may well be called y: where a text is expected, what is written counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.messages import describe
from velaserve_lint.names import OptionError
from velaserve_lint.place import dotted
from velaserve_lint.source import read
from velaserve_lint.suggest import suggest
from velaserve_runtime.protocol.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

    from velaserve_lint.document import Document, Json
    from velaserve_lint.finding import Finding
    from velaserve_lint.names import Option
    from velaserve_lint.names.option import Value
    from velaserve_lint.place import Path, Place

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "choice": (str,),
    "integer": (int,),
    "integers": (list,),
    "number": (int, float),
    "boolean": (bool,),
}


class ConfigReader:
    """Each method takes a path into the document and returns a value of its type."""

    def __init__(self, document: Document, text: str) -> None:
        self._document = document
        self._lines = text.splitlines()

    @classmethod
    def of(cls, content: bytes, file: str) -> Self | None:
        """None for a file without content.

        Raises:
            ConfigError: it is not one YAML document.
        """
        source = read(content, file)
        for finding in source.findings:
            raise ConfigError(_in_words(finding))
        if len(source.documents) > 1:
            raise cls(source.documents[1], source.text).error(
                (), "expected one YAML document, found another"
            )
        if not source.documents or source.documents[0].data is None:
            return None
        return cls(source.documents[0], source.text)

    def error(self, path: Path, text: str, *, at_key: bool = False) -> ConfigError:
        """An error at the value (or its key); the text follows the position and the path."""
        place = self._document.key(path) if at_key else self._document.value(path)
        where = f"{place.file}:{place.span.line}:{place.span.column}"
        return ConfigError(f"{where}: {dotted(path)}{': ' if path else ''}{text}")

    def value(self, path: Path) -> Json:
        """Raises: ConfigError when it is missing."""
        value: Json = self._document.data
        for step in path:
            if isinstance(step, int) and isinstance(value, list):
                value = value[step]
                continue
            if not isinstance(value, dict) or step not in value:
                raise self.error(path, "is missing")
            value = value[step]
        return value

    def mapping(self, path: Path, allowed: Sequence[str]) -> Mapping[str, Json]:
        """A mapping with no keys but the allowed ones."""
        value = self._mapping(path)
        for key in value:
            if key not in allowed:
                raise self.error((*path, key), _unknown(allowed, key), at_key=True)
        return value

    def members(self, path: Path) -> dict[str, Path]:
        """Key -> path of its value, for a mapping with keys of any name."""
        paths = [(*path, key) for key in self._mapping(path)]
        return {self._written(self._document.key(at), str(at[-1])): at for at in paths}

    def items(self, path: Path) -> list[Path]:
        """The paths of a list's items."""
        value = self.value(path)
        if not isinstance(value, list):
            raise self.error(path, f"expected a list, found {_shown(value)}")
        return [(*path, number) for number in range(len(value))]

    def text(self, path: Path) -> str:
        text = self._text(path)
        if not text:
            raise self.error(path, f"expected a non-empty text, found {_shown(self.value(path))}")
        return text

    def choice(self, path: Path, choices: Sequence[str]) -> str:
        text = self._text(path)
        if text not in choices:
            found = repr(text) if text else _shown(self.value(path))
            raise self.error(path, f"expected one of {', '.join(choices)}, found {found}")
        return text

    def integer(self, path: Path, smallest: int, largest: int) -> int:
        value = self.value(path)
        if type(value) is not int or not smallest <= value <= largest:
            expected = f"an integer from {smallest} to {largest}"
            raise self.error(path, f"expected {expected}, found {_shown(value)}")
        return value

    def option(self, path: Path, option: Option) -> Value:
        """A value of a server option, within its bounds."""
        value = self.value(path)
        wrong = self.error(path, f"expected {option.expected}, found {_shown(value)}")
        if type(value) not in _PYTHON_TYPES[option.type]:
            raise wrong
        try:
            return option.parse(_as_text(value))
        except OptionError as err:
            raise wrong from err

    def _mapping(self, path: Path) -> Mapping[str, Json]:
        value = self.value(path)
        if not isinstance(value, dict):
            raise self.error(path, f"expected a mapping, found {_shown(value)}")
        return value

    def _text(self, path: Path) -> str:
        """Empty when there is no scalar."""
        value = self.value(path)
        if value is None or isinstance(value, list | dict):
            return ""
        if isinstance(value, str):
            return value
        return self._written(self._document.value(path), str(value))

    def _written(self, place: Place, resolved: str) -> str:
        """A plain scalar as it is written; a quoted one as it was resolved."""
        span = place.span
        written = self._lines[span.line - 1][span.column - 1 : span.end_column - 1]
        quoted = span.line != span.end_line or written[:1] in {'"', "'", ""}
        return resolved if quoted else written


def _in_words(finding: Finding) -> str:
    span = finding.span
    return f"{finding.file}:{span.line}:{span.column}: {describe(finding, 'en')}"


def _as_text(value: Json) -> str:
    """As a variable has it; what is no integer in a list stays what it is not."""
    if isinstance(value, list):
        return ",".join(repr(each) for each in value)
    return str(value)


def _unknown(allowed: Sequence[str], key: str) -> str:
    meant = suggest(key, allowed)
    if meant is not None:
        return f"unknown key; did you mean {meant}?"
    return f"unknown key; known here: {', '.join(allowed) or 'none'}"


def _shown(value: Json) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else repr(value)
