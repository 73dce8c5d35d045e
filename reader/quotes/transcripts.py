"""Interviews printed as a dialogue: paragraphs that begin with a name and a colon, or with Q: and A:."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.findings import Finding, Notebook
from reader.quotes.phrases import Phrase
from reader.quotes.tokens import Tokens

_ASKING = lex.words("q question interviewer")
_ANSWERING = lex.words("a answer")
_LONGEST_LABEL = 5
_MOST_PARTS = 6
_LONGEST_TURN = 4  # paragraphs


def claim_transcript(notes: Notebook) -> set[int]:
    """Take the answers of a dialogue as quotes; the numbers of all its paragraphs (empty if the text is none).

    A dialogue needs two labels that both come back; the one that mostly asks is the interviewer and is not quoted.
    """
    t = notes.tokens
    labels = {number: label for number in range(len(t.spans)) if (label := _label(t, number))}
    turns: dict[str, list[int]] = {}
    for number, (_, _, name) in labels.items():
        turns.setdefault(name, []).append(number)
    parts = {name: numbers for name, numbers in turns.items() if len(numbers) > 1}
    inside = sorted(number for numbers in parts.values() for number in numbers)
    if not 2 <= len(parts) <= _MOST_PARTS or 2 * len(inside) <= inside[-1] - inside[0] or not _people(parts):
        return set()
    asking = {name for name, numbers in parts.items() if _asks(t, name, numbers)}
    first, last = inside[0], inside[-1]
    speaker: tuple[Phrase | None, int] | None = None
    turn = first
    for number in range(first, last + 1):
        start, end = t.spans[number]
        if number in labels:
            a, b, name = labels[number]
            speaker = None if name in asking or name not in parts else (_who(t, a, b, name, t.spans[first][0]), a)
            start, turn = b + 1, number
        if speaker is not None and end > start and number - turn <= _LONGEST_TURN:
            phrase, at = speaker
            notes.add(Finding(start, end, phrase, None, at, "transcript", -1, number), 3)
    return set(range(first, last + 1))


def _people(parts: dict[str, list[int]]) -> bool:
    """Whether the labels are people (or Q and A) and not "Note:" and "Table:"."""
    if _ASKING & parts.keys() and _ANSWERING & parts.keys():
        return True
    named = [name for name in parts if name.split()[0] in lex.FIRST_NAMES or name.split()[0].rstrip(".") in lex.TITLES]
    outlets = [name for name in parts if any(word in lex.ALL_OUTLETS for word in name.split())]
    return len(named) >= 2 or (bool(named) and bool(outlets)) or (bool(outlets) and len(parts) == 2)


def _label(t: Tokens, number: int) -> tuple[int, int, str] | None:
    """The tokens of 'Ada Quill' in a paragraph 'Ada Quill: …', and the label in lower case."""
    first, last = t.spans[number]
    for x in range(first, min(first + _LONGEST_LABEL, last - 1)):
        if t.words[x] == ":":
            return (first, x, " ".join(t.low[first:x])) if x > first else None
        if not t.words[x][0].isupper() or t.quoted[x]:
            return None
    return None


def _asks(t: Tokens, name: str, numbers: list[int]) -> bool:
    if name in _ASKING or any(word in lex.ALL_OUTLETS for word in name.split()):
        return True
    questions = sum(t.words[t.spans[number][1] - 1] == "?" for number in numbers)
    return name not in _ANSWERING and questions * 2 > len(numbers)


def _who(t: Tokens, a: int, b: int, name: str, before: int) -> Phrase | None:
    """Who a label means: the name itself, the one whose initials it is, or for "A:" the one person introduced."""
    short = t.words[a] if b - a == 1 and t.words[a].isupper() and len(t.words[a]) <= 3 else ""
    if not short:
        return Phrase(a, b, b)
    found: dict[str, Phrase] = {}
    for x in range(before - 1):
        if t.low[x] not in lex.FIRST_NAMES or not t.words[x][0].isupper():
            continue
        end = x + 1
        while end < before and t.words[end][0].isupper() and end - x < 4:
            end += 1
        initials = "".join(word[0] for word in t.words[x:end])
        if end - x > 1 and (name in _ANSWERING or initials == short):
            found.setdefault(t.slice(x, end), Phrase(x, end, end))
    return next(iter(found.values())) if len(found) == 1 else None
