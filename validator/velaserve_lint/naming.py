# SPDX-License-Identifier: Apache-2.0
"""What names, labels and keys of Kubernetes may look like."""

from __future__ import annotations

import re
from typing import NamedTuple

from velaserve_lint.text import Text

# k8s.io/apimachinery v0.34.4 pkg/util/validation/validation.go
_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
_QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
_SUBDOMAIN = rf"{_LABEL}(\.{_LABEL})*"


class Format(NamedTuple):
    """A pattern that a whole text must fit, its greatest length, and both in words."""

    pattern: re.Pattern[str]
    longest: int
    words: Text

    def fits(self, text: str) -> bool:
        return len(text) <= self.longest and self.pattern.fullmatch(text) is not None

    def mended(self, text: str) -> str:
        """The text with what is wrong replaced; empty where that leads nowhere."""
        words = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[: self.longest].rstrip("-")
        return words if self.fits(words) else ""


LABEL = Format(
    re.compile(_LABEL),
    63,
    Text(
        "at most 63 lower-case letters, digits and '-', with a letter or digit at both ends",
        "最多 63 个小写字母、数字和 '-'，首尾须为字母或数字",
    ),
)
LETTER_FIRST = Format(
    re.compile("[a-z]([-a-z0-9]*[a-z0-9])?"),
    63,
    Text(
        "at most 63 lower-case letters, digits and '-', first a letter, last a letter or digit",
        "最多 63 个小写字母、数字和 '-'，首字符须为字母，末尾须为字母或数字",
    ),
)


def subdomain(longest: int = 253) -> Format:
    """Labels with dots between them; some kinds leave room for what is put behind the name."""
    words = Text(
        f"at most {longest} lower-case letters, digits, '-' and '.', "
        "with a letter or digit at both ends of each part",
        f"最多 {longest} 个小写字母、数字、'-' 和 '.'，每一段首尾须为字母或数字",
    )
    return Format(re.compile(_SUBDOMAIN), longest, words)


SUBDOMAIN = subdomain()
PORT_NAME = Format(
    re.compile("(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?"),
    15,
    Text(
        "at most 15 lower-case letters, digits and single '-' between them, at least one letter",
        "最多 15 个小写字母、数字和其间单个的 '-'，至少一个字母",
    ),
)
SEGMENT = Format(
    re.compile(r"(?!\.{1,2}$)[^/%]+", re.DOTALL),
    253,
    Text("a text without '/' and '%'", "不含 '/' 和 '%' 的文本"),
)
VARIABLE = Format(
    re.compile("[ -<>-~]+"),
    2**20,
    Text("printable ASCII without '='", "不含 '=' 的可打印 ASCII 字符"),
)
DATA_KEY = Format(
    re.compile(r"(?!\.\.)(?!\.$)[-._a-zA-Z0-9]+"),
    253,
    Text("at most 253 letters, digits, '-', '_' and '.'", "最多 253 个字母、数字、'-'、'_' 和 '.'"),
)
LABEL_VALUE = Format(
    re.compile(f"({_QUALIFIED})?"),
    63,
    Text(
        "at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
        "最多 63 个字母、数字、'-'、'_' 和 '.'，首尾须为字母或数字",
    ),
)
KEY = Format(
    re.compile(rf"((?=[^/]{{1,253}}/){_SUBDOMAIN}/)?(?=[^/]{{1,63}}$){_QUALIFIED}"),
    253 + 1 + 63,
    Text(
        "a name of at most 63 letters, digits, '-', '_' and '.', "
        "before which a domain and '/' may stand",
        "最多 63 个字母、数字、'-'、'_' 和 '.' 的名称，前面可有域名和 '/'",
    ),
)
