"""'According to X', 'in the words of X', 'as per X': sources named without a verb."""

from __future__ import annotations

from typing import NamedTuple

from reader.quotes import lexicon as lex
from reader.quotes.mentions import Kind, mention
from reader.quotes.phrases import Phrase
from reader.quotes.tokens import Sentence, Tokens

_INSIDE = lex.PREPOSITIONS | lex.words("and or both")
_DESCRIBING = lex.ROLES | lex.COMPANIES | lex.OUTLET_WORDS | lex.words("arm branch maker body think-tank tank")
_NEXT_SUBJECT = lex.words("the a an it they there its their most many some several all nearly")
_LONGEST = 40
_MEASURES = lex.words(
    "plan plans schedule schedules law custom tradition script need needs ability abilities size age taste tastes rank",
    "preference preferences circumstance circumstances standards terms protocol weight height income method type merit",
    "timetable timetables rota order seniority wish wishes",
)
_AS_SAID = lex.words(
    "described noted reported stated explained detailed outlined revealed mentioned documented announced"
)


class According(NamedTuple):
    """Tokens `start:end` are the attribution; `phrase` its source with any apposition."""

    start: int
    end: int
    phrase: Phrase
    cue: str


def according(t: Tokens, s: Sentence) -> list[According]:
    """Every "according to" of a sentence outside quotation marks, left to right."""
    found: list[According] = []
    low = t.low
    sentence = low[s.start : s.stop]
    if "according" not in sentence and "as" not in sentence:
        return found
    for i in range(s.start, s.stop - 1):
        if t.quoted[i] or (found and i < found[-1].end):
            continue
        if low[i] == "according" and low[i + 1] == "to":
            phrase = source(t, i + 2, s.stop, fronted=_fronted(t, s.start, i))
            if phrase is not None and _can_be_source(t, phrase):
                found.append(According(i, phrase.end, phrase, t.slice(i, i + 2)))
        elif low[i] == "as" and low[i + 1] in _AS_SAID and low[i + 2 : i + 3] in (["in"], ["by"]):
            phrase = source(t, i + 3, s.stop)
            if phrase is not None and _can_be_source(t, phrase):
                found.append(According(i, phrase.end, phrase, t.words[i + 1]))
    return found


def _fronted(t: Tokens, lo: int, i: int) -> bool:
    """Whether nothing that could be reported stands before token `i` in its clause."""
    while i > lo and (t.low[i - 1] in lex.CONNECTIVES or t.words[i - 1] in ",—–"):
        i -= 1
    return i == lo


def _can_be_source(t: Tokens, phrase: Phrase) -> bool:
    """Not 'according to plan', 'according to how …', 'according to her needs'."""
    if t.low[phrase.start] in ("how", "what", "whether", "when", "where", "which", "why"):
        return False
    m = mention(t, phrase)
    return m.noun not in lex.PARTS_OF_TEXTS and (m.kind is not Kind.OTHER or m.noun not in _MEASURES)


def source(t: Tokens, i: int, stop: int, *, fronted: bool = False) -> Phrase | None:
    """The noun phrase that begins at `i`, with the apposition after its comma.

    In a `fronted` attribution another comma closes the apposition, and words of the report follow.
    """
    j = i
    while j < stop and j - i < _LONGEST and t.words[j] not in ",;:—–()" and not t.mark[j]:
        low = t.low[j]
        if j > i and (low in ("who", "which", "that", "while", "but", "because", "when", "where")):
            break
        if (
            j > i + 1
            and (low in _NEXT_SUBJECT or (t.words[j][0].isdigit() and t.low[j + 1 : j + 2] in (["%"], ["percent"])))
            and t.low[j - 1] not in _INSIDE
        ):
            return Phrase(i, j, j)
        if j > i + 1 and low in lex.VERBAL and t.low[j - 1] not in lex.PREPOSITIONS:
            return None if j - i > 12 else Phrase(i, j, j)
        j += 1
    if j == i:
        return None
    head = j
    if j < stop and t.words[j] == "(":
        k = j
        while k < stop and t.words[k] != ")" and k - j < 16:
            k += 1
        if k < stop and t.words[k] == ")":
            j = k + 1
    if (j < stop and t.low[j] in ("who", "which", "whose")) or (
        j < stop and t.words[j] == "," and _apposed(t, i, j, stop) and (not fronted or _closes(t, j, stop))
    ):
        k = j + 1
        while k < stop and t.words[k] not in ",—–" and not t.mark[k] and k - j < _LONGEST:
            k += 1
        after = k
        while after < stop and t.words[after] == "," and after + 1 < stop and _still_apposed(t, j, after, stop):
            nxt = after + 1
            while nxt < stop and t.words[nxt] not in ",—–" and not t.mark[nxt] and nxt - j < _LONGEST:
                nxt += 1
            after = nxt
        j = after
    return Phrase(i, j, head)


def _closes(t: Tokens, comma: int, stop: int) -> bool:
    """Whether the aside that begins at a comma ends at another one, with words after it."""
    k = comma + 1
    while k < stop and t.words[k] not in ",—–" and not t.mark[k]:
        k += 1
    return k < stop - 1


def _apposed(t: Tokens, first: int, comma: int, stop: int) -> bool:
    """Whether ', a researcher at Y' follows; or ', Jane Roe,' behind 'his aunt'."""
    k = comma + 1
    if k >= stop or t.mark[k]:
        return False
    low = t.low[k]
    if low in ("a", "an", "the", "who", "which", "whose", "one"):
        limit = k
        relative = low in ("who", "which", "whose")
        while limit < stop and t.words[limit] not in ",—–" and not t.mark[limit]:
            if t.low[limit] in ("who", "which", "that"):
                relative = True
            if t.low[limit] in lex.VERBAL and not relative:
                return False
            limit += 1
        return relative or low == "one" or any(w in _DESCRIBING for w in t.low[k : min(limit, k + 9)])
    described = t.words[comma - 1].islower() and not any(x in lex.DOCUMENTS for x in t.low[first:comma])
    if (described or t.low[comma - 1] in lex.ROLES) and t.words[k][0].isupper():
        end = k
        while end < stop and t.words[end][0].isupper():
            end += 1
        if 2 <= end - k <= 4 and (t.low[comma - 1] in lex.ROLES or end >= stop or t.words[end] in ",—–"):
            return True
    for x in range(k, min(k + 7, stop)):
        if t.words[x] in ",—–" or t.low[x] in lex.VERBAL:
            return False
        if t.low[x] in lex.ROLES:
            return t.words[k][0].islower() or t.words[k][0].isupper()
        if t.low[x] in lex.DETERMINERS or t.low[x] in lex.PRONOUNS:
            return False
    return False


def _still_apposed(t: Tokens, first: int, comma: int, stop: int) -> bool:
    """A second part of the apposition: ', head of research, Example Labs,'."""
    k = comma + 1
    if not t.words[k][0].isupper():
        return False
    end = k
    while end < stop and t.words[end] not in ",—–" and not t.mark[end]:
        if t.low[end] in lex.VERBAL or (t.words[end].islower() and t.low[end] not in ("of", "for", "and", "the")):
            return False
        end += 1
    return end < stop and end - k <= 5
