"""Subjects that do not stand before their verb: '…," said X' and the main subject of a sentence."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.content import COMMON_THIRD
from reader.quotes.cues import CUES
from reader.quotes.phrases import LONGEST_ASIDE, LONGEST_NAME, PAST, Phrase, boundary
from reader.quotes.tokens import Tokens

_AFTER_SUBJECT = lex.words(
    "in on during after when while as to that because by before who following via through about adding and but"
    " referring noting speaking describing if since where until whose which regarding citing"
)
_NEVER_FIRST = lex.CONJUNCTIONS | lex.PREPOSITIONS
_OCCASIONS = lex.words("conference briefing hearing event summit press news time trial meeting court white rally forum")


def right_phrase(t: Tokens, i: int, hi: int, after_quote: bool) -> Phrase | None:
    """The subject that follows its verb: '…," said Jane Roe, a lawyer'. `hi`: the end of the sentence."""
    if i >= hi or t.mark[i] or t.quoted[i]:
        return None
    word, low = t.words[i], t.low[i]
    if low in lex.PRONOUNS:
        return Phrase(i, i + 1, i + 1) if low not in ("which", "who") else None
    if low in lex.DAYS or (
        word[0].islower() and (low in _NEVER_FIRST or (low in lex.TIMES and low not in ("last", "this")))
    ):
        return None
    named = word[0].isupper() or low in lex.DETERMINERS or low in lex.GROUPS
    named = named or (after_quote and (word[0].isalnum() or word[0] == "@"))
    if not named and not _title_and_name(t, i, hi):
        return None
    if low in lex.AUXILIARIES or low in ("there", "that", "not") or low in lex.ADVERBS:
        return None
    j = i + 1
    while j < hi and not boundary(t, j) and t.words[j] not in ".?!" and j - i < LONGEST_NAME:
        here = t.low[j]
        if here in ("at", "for", "with", "from"):
            if here == "at" and any(t.low[x] in _OCCASIONS for x in range(j + 1, min(j + 5, hi))):
                break
        elif (here == "and" and j + 1 < hi and t.words[j + 1][0].isupper() and t.low[j + 1] not in CUES) or (
            here == "in" and j + 1 < hi and t.words[j + 1][0].isupper() and t.low[j + 1] not in lex.MONTHS
        ):
            pass
        elif t.words[j - 1].endswith(("'s", "’s", "s'", "s’")):
            pass  # "Example's recently named chair"
        elif here in _AFTER_SUBJECT or (here in lex.TIMES and here not in lex.MONTHS):
            break
        j += 1
    head = j
    if j < hi and t.words[j] == "(":
        close = j
        while close < hi and t.words[close] != ")" and close - j < 16:
            close += 1
        if close < hi and t.words[close] == ")":
            j = close + 1
    if j < hi and t.words[j] in ",—–":
        j = _aside_end(t, j, hi)
    return Phrase(i, j, head)


def _title_and_name(t: Tokens, i: int, hi: int) -> bool:
    """'said | security researcher Jane Roe': lower-case words that lead to a role and a name."""
    for x in range(i, min(i + 6, hi - 1)):
        acts = t.low[x].endswith(("er", "or", "ist", "ian")) and t.low[x + 1] in lex.FIRST_NAMES
        if (t.low[x] in lex.COMMON_NOUNS or acts) and t.words[x + 1][0].isupper():
            return True
        if not t.words[x][0].isalpha() or t.low[x] in lex.PREPOSITIONS or t.low[x] in lex.VERBAL:
            return False
    return False


def _aside_end(t: Tokens, comma: int, hi: int) -> int:
    """Where the apposition that begins at a comma ends; `comma` itself if none follows."""
    first = comma + 1
    if first >= hi or t.mark[first] or t.quoted[first]:
        return comma
    low = t.low[first]
    if (low.endswith("ing") and low in CUES) or low in ("and", "but", "as", "while", "though", "when", "after"):
        return comma
    if low in lex.PREPOSITIONS or low in lex.CONNECTIVES or (low in lex.PRONOUNS and low not in ("who", "which")):
        return comma
    j = first
    while j < hi and not t.mark[j] and j - first < LONGEST_ASIDE:
        if t.words[j] == "," and j + 1 < hi:
            after = t.low[j + 1]
            if (after.endswith("ing") and after in CUES) or after in ("but", "while", "when", "as") or t.mark[j + 1]:
                break
        if t.words[j] in ";:":
            break
        j += 1
    return j


def main_subject(t: Tokens, lo: int, i: int) -> Phrase | None:
    """The subject of the clause that begins at `lo`, for a participle at `i`: '… confirmed this, saying'."""
    j = lo
    if t.low[j] in lex.PREPOSITIONS or t.low[j] in lex.SUBORDINATORS:
        while j < i and t.words[j] != ",":
            j += 1
        j += 1
    while j < i and (
        t.low[j] in lex.CONNECTIVES or t.words[j] == "," or (t.low[j + 1] in lex.PERSONAL and t.low[j] in lex.ADVERBS)
    ):
        j += 1
    if j >= i or t.mark[j] or t.quoted[j]:
        return None
    if t.low[j] in lex.PRONOUNS:
        return Phrase(j, j + 1, j + 1)
    z = j
    while z < i and z - j < 20:
        low = t.low[z]
        if t.words[z] == ",":
            break
        if t.mark[z] or t.words[z] in ";:—" or low in lex.VERBAL or low in lex.ADVERBS:
            break
        lower = t.words[z].islower()
        named = z > j and t.words[z - 1][0].isupper() and t.low[z - 1] not in lex.DETERMINERS
        if named and lower and low.endswith(("s", "ed")) and low not in lex.GROUPS:
            break
        if z > j and lower and low in COMMON_THIRD and t.low[z - 1] not in lex.DETERMINERS_OR_PREPOSITIONS:
            break
        past = low in PAST or (low.endswith("ed") and t.low[z - 1] not in lex.DETERMINERS)  # not "the proposed station"
        if z > j and lower and ((low in CUES and low not in lex.DOCUMENTS) or past):
            break
        z += 1
    head = z
    if z < i and t.words[z] == ",":
        end = z + 1
        while end < i and t.words[end] != ",":
            end += 1
        z = end if end < i else z
    return Phrase(j, z, head) if head > j and not all(t.low[x] in lex.TIMES for x in range(j, head)) else None
