# SPDX-License-Identifier: Apache-2.0
"""Values that nobody else should read, as far as their names or their looks tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.placeholders import has_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor

_SECRET_WORDS = frozenset(
    {
        *("apikey", "credential", "credentials", "passphrase", "passwd", "password", "pwd"),
        *("secret", "secretkey", "token"),
    }
)
_SECRET_PAIRS = frozenset({("access", "key"), ("api", "key"), ("private", "key"), ("auth", "key")})
# What only tells where a secret is, or how one has to be.
_ABOUT_ONE = frozenset(
    {
        *("count", "dir", "enabled", "endpoint", "expiry", "file", "folder", "format", "header"),
        *("id", "key", "length", "limit", "lifetime", "mount", "name", "namespace", "path"),
        *("policy", "ref", "size", "store", "ttl", "type", "uri", "url", "version"),
    }
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECRET_VALUE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\b(?:ghp|gho|ghs)_[0-9A-Za-z]{36}\b|\bgithub_pat_\w{22,}|\bglpat-[-\w]{20,}"
    r"|\bhf_[0-9A-Za-z]{30,}\b|\bsk-[-\w]{32,}|\bxox[abps]-[-0-9A-Za-z]{10,}"
    r"|\beyJ[-\w]{10,2000}\.eyJ[-\w]{10,}\."
    r"|(?<![-+.a-z0-9])[a-z][-+.a-z0-9]{0,30}://[^\s/:@]{0,200}:[^\s/@]{1,200}@"
)
_NO_SECRET = re.compile(r"|true|false|yes|no|on|off|none|null|\d+|/.*", re.IGNORECASE)
_ARGUMENT = re.compile(r"--?([A-Za-z][-\w.]*)=(.*)", re.DOTALL)


def secrets(container: Container) -> Iterator[tuple[str, Cursor]]:
    """Each variable or argument that holds one, with its name; a reference to a Secret is none."""
    for name, item in container.env.items():
        value = item.at("value")
        if _is_secret(name, value.text):
            yield name, value
    for argument in (*container.at.at("command").items(), *container.at.at("args").items()):
        if (found := _ARGUMENT.fullmatch(argument.text)) and _is_secret(found[1], found[2]):
            yield found[1], argument


def _is_secret(name: str, value: str) -> bool:
    if has_placeholder(value) or _NO_SECRET.fullmatch(value):
        return False
    return bool(_SECRET_VALUE.search(value)) or _names_one(name)


def _names_one(name: str) -> bool:
    """DB_PASSWORD and hfToken do; TOKENIZER, MAX_TOKENS and PASSWORD_FILE do not."""
    words = [word.lower() for word in _WORD.findall(name)]
    if words and (words[-1] in _SECRET_WORDS or tuple(words[-2:]) in _SECRET_PAIRS):
        return True
    return bool(_SECRET_WORDS.intersection(words)) and words[-1] not in _ABOUT_ONE
