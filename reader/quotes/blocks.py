"""Unmarked blocks: paragraphs without quotation marks that a line ending in a colon has announced."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.findings import Finding, Notebook
from reader.quotes.phrases import Phrase
from reader.quotes.reading import Reading
from reader.quotes.subjects import main_subject

_FIRST_PERSON = lex.words("we our us i my we’re we're we’ve we've we’ll we'll i’m i'm i’ve i've ours")
_ANNOUNCING = lex.words(
    "statement message email e-mail letter response note post tweet comment comments reply advisory announcement words"
    " this notice"
)
_SENDING = lex.words(
    "issued issues sent sends released releases posted posts provided provides gave gives published publishes made had"
    " has offered shared wrote left"
)
_LONGEST_ITEM = 45
_MOST = 8


def announced(r: Reading) -> tuple[Phrase, str, int] | None:
    """The speaker of a sentence that ends in a colon without a reporting verb: 'X issued this statement:'."""
    t, s = r.t, r.sentence
    if t.words[s.end - 1] != ":" or r.opened is not None:
        return None
    words = set(t.low[s.start : s.end])
    if not words & _ANNOUNCING or not words & _SENDING:
        return None
    subject = r.subject or main_subject(t, s.start, s.end - 1)
    if subject is None or t.low[subject.start] in ("it", "this", "that", "there", "i", "you"):
        return None
    if not t.words[subject.start][0].isupper() and t.low[subject.start] not in lex.PRONOUNS_OR_DETERMINERS:
        return None
    return subject, "", subject.start


def claim_block(notes: Notebook, opened: tuple[Phrase, str, int], paragraph: int) -> int:
    """Take the unmarked paragraphs after `paragraph` as the announced speaker's words; how many were taken."""
    t = notes.tokens
    phrase, cue, at = opened
    made: list[Finding | None] = []
    personal = False
    for number in range(paragraph + 1, min(len(t.spans), paragraph + 1 + _MOST)):
        first, last = t.spans[number]
        if t.paragraphs[number].regions and t.quoted[first : first + 2].count(0) < 2:
            break
        if t.mark[first] or last - first < 5 or t.words[first].islower():
            break
        speaks = any(low in _FIRST_PERSON for low in t.low[first:last])
        if number == paragraph + 1:
            personal = speaks
        elif personal and not speaks:
            break
        if not personal and (last - first > _LONGEST_ITEM or t.words[last - 1] == ":" or _title(t.words[first:last])):
            break
        kept = notes.add(Finding(first, last, phrase, cue or None, at, "colon-block", -1, number), 4)
        made.append(kept)
    notes.group(*made)
    return len(made)


def _title(words: list[str]) -> bool:
    long = [w for w in words if len(w) > 3]
    return words[-1] not in ".?!;" and sum(w[0].isupper() for w in long) >= 0.7 * len(long)
