# SPDX-License-Identifier: Apache-2.0
"""What somebody meant to write."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Where more keys than that are unknown, another kind of mapping was meant.
COMPARED = 100
_ALIKE = 0.7
_SHORTEST_WORD = 4
_FURTHEST = 5
_LONGEST, _MOST = 300, 1000
# Words are misspelt alike again and again, and the same ones are known.
_REMEMBERED = 1024


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like the word, if one does: for "did you mean".

    Two letters swapped come first: they are half of a short word, and IP4v means IPv4, not IPv6.
    Among very many candidates nothing is guessed.
    """
    among = frozenset(candidates)
    if len(word) > _LONGEST or len(among) > _MOST:
        return None
    return _suggested(word, among)


@functools.lru_cache(_REMEMBERED)
def _suggested(word: str, candidates: frozenset[str]) -> str | None:
    from difflib import get_close_matches

    letters = _letters(word)
    by_letters = {_letters(candidate): candidate for candidate in sorted(candidates)}
    same = (one for one in by_letters if sorted(one) == sorted(letters))
    close = [one for one in same if _slips(letters, one, 1) <= 1]
    close = close or get_close_matches(letters, by_letters, n=1, cutoff=_ALIKE)
    return by_letters[close[0]] if close else None


def misspelt(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate of which the word is a slip of the hand: sure enough for an error.

    One letter too many, missing, wrong or swapped, two in a long word; `worker2` is no slip.
    """
    return _misspelt(word, frozenset(candidates)) if len(word) <= _LONGEST else None


@functools.lru_cache(_REMEMBERED)
def _misspelt(word: str, candidates: frozenset[str]) -> str | None:
    letters, digits = _letters(word), digits_of(word)
    for candidate in sorted(candidates):
        allowed = 2 if len(candidate) > 8 else 1 if len(candidate) > 3 else 0
        other = _letters(candidate)
        if len(set(letters) ^ set(other)) > 2 * allowed or digits != digits_of(candidate):
            continue  # most end here: it is cheap
        if _slips(letters, other, allowed) <= allowed:
            return candidate
    return None


def is_slip(word: str, candidate: str) -> bool:
    """Whether the candidate alone can have been meant: a slip of the hand, or other letters' case.

    Short words never are: `cpu` is no `gpu`.
    """
    return _letters(word) == _letters(candidate) or misspelt(word, [candidate]) is not None


def is_slip_of_name(name: str, other: str) -> bool:
    """Whether one name was meant to be the other: at most one part of it is misspelt.

    `cache-a` and `cache-b`, `zone-east` and `zone-west` are two names, not a slip.
    """
    if abs(len(name) - len(other)) > _FURTHEST or len(set(name) ^ set(other)) > _FURTHEST:
        return False  # most pairs end here: it is cheap
    if name == other or digits_of(name) != digits_of(other):
        return False
    if _letters(name) == _letters(other):
        return True
    parts, others = _parts(name), _parts(other)
    different = [pair for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
    return len(parts) == len(others) and len(different) == 1 and _is_misspelt(*different[0])


def _parts(name: str) -> list[str]:
    return re.split("[-._/:]", name)


def _is_misspelt(part: str, meant: str) -> bool:
    """Another letter makes another word of a short one, a letter too many or swapped does not."""
    shortest, longest = sorted((part, meant), key=len)
    if len(shortest) >= _SHORTEST_WORD:
        return misspelt(part, [meant]) is not None
    missing = (longest[:at] + longest[at + 1 :] for at in range(len(longest)))
    swapped = (part[:at] + part[at + 1] + part[at] + part[at + 2 :] for at in range(len(part) - 1))
    return len(shortest) > 1 and (shortest in missing or meant in swapped)


def _letters(word: str) -> str:
    """modelUri, model_uri and ModelURI are the same word."""
    return re.sub("[-_. ]", "", word).lower()


def digits_of(word: str) -> str:
    """What two words must have in common for one to be a slip of the other."""
    return re.sub("[^0-9]", "", word)


def _slips(word: str, other: str, most: int) -> int:
    """Edit distance with swaps of neighbours; beyond `most`, any larger number."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before, above, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
