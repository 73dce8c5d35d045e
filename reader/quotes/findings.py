"""What the attribution rules hand on: token spans with who said them, and the notebook they are collected in."""

from __future__ import annotations

import re

from reader.quotes.phrases import Phrase
from reader.quotes.tokens import Tokens

_EDGE = frozenset(",;:—–―-.…*•|")
# What stands before a quotation mark in code: the bracket of a call or an index, an assignment, a command's option.
_CODE = re.compile(r"(?:[\w\])][(\[{=]|[(\[{,]\s?\w+=|(?:^|\s)--?[A-Za-z][\w-]*[ =])[\"'`]$", re.MULTILINE)
_CODE_BEFORE = 40  # characters


class Finding:
    """Tokens `start:end` are somebody's reported words.

    `phrase` names the speaker where the attribution stands; `source` is the finding whose speaker this one shares
    (continuations). `cue` holds the reporting words, `at` the token position from which pronouns are resolved.
    """

    __slots__ = ("at", "cue", "end", "group", "lemma", "paragraph", "pattern", "phrase", "sentence", "source", "start")

    def __init__(
        self, start: int, end: int, phrase: Phrase | None, cue: str | None, at: int, pattern: str, sentence: int,
        paragraph: int, lemma: str = "", source: Finding | None = None,
    ) -> None:  # fmt: skip
        self.start = start
        self.end = end
        self.phrase = phrase
        self.cue = cue
        self.at = at
        self.pattern = pattern
        self.sentence = sentence
        self.paragraph = paragraph
        self.lemma = lemma
        self.source = source.root if source is not None else None
        self.group: int | None = None

    @property
    def root(self) -> Finding:
        """The finding that carries the attribution."""
        return self.source or self


class Notebook:
    """All findings of an article so far, with the tokens they cover (each token belongs to one quote at most)."""

    __slots__ = ("findings", "groups", "taken", "tokens")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.findings: list[Finding] = []
        self.taken = bytearray(len(tokens.words))
        self.groups = 0

    def add(self, finding: Finding, least: int = 2) -> Finding | None:
        """Keep a finding after trimming punctuation; None if it has fewer than `least` words, overlaps another, is an
        argument in code or the first half of a compound."""
        t, a, b = self.tokens, finding.start, finding.end
        while a < b and (t.mark[a] or (t.words[a] in _EDGE and not t.quoted[a])):
            a += 1
        while b > a and (t.mark[b - 1] or (t.words[b - 1] in ",;:—–―-.?!" and not t.quoted[b - 1])):
            b -= 1
        while a < b and self.taken[a]:
            a += 1
        if a >= b or any(self.taken[a:b]) or sum(t.words[x][0].isalnum() for x in range(a, b)) < least:
            return None
        if _is_argument(t, a) or _is_compound(t, b):
            return None
        a, b = _shed_quote_edges(t, a, b)
        finding.start, finding.end = a, b
        self.taken[a:b] = b"\1" * (b - a)
        self.findings.append(finding)
        return finding

    def group(self, *findings: Finding | None) -> None:
        """Tie pieces of one utterance together."""
        kept = [f for f in findings if f is not None]
        if len(kept) < 2:
            return
        number = next((f.group for f in kept if f.group is not None), None)
        if number is None:
            self.groups += 1
            number = self.groups
        for f in kept:
            f.group = number


def _is_argument(t: Tokens, a: int) -> bool:
    """Whether the words from `a` stand in quotation marks as code has them: `open("…`, `name="…`, `--path "…`."""
    at = t.starts[a]
    return t.text[at - 1 : at] in ("'", '"', "`") and _CODE.search(t.text, max(0, at - _CODE_BEFORE), at) is not None


def _is_compound(t: Tokens, b: int) -> bool:
    """Whether the words before token `b` are glued to what follows their closing mark: `“Night Kitten”-style`."""
    if b >= len(t.words) or not t.mark[b]:
        return False
    at = t.ends[b]
    return t.text[at : at + 1] == "-" and t.text[at + 1 : at + 2].isalpha()


def _shed_quote_edges(t: Tokens, a: int, b: int) -> tuple[int, int]:
    """Nested marks at both edges of a quotation belong to the marks, not to the words."""
    while a < b and t.words[a] in "'‘“\"":
        a += 1
    while b > a and t.words[b - 1] in "“‘":
        b -= 1
    return a, b
