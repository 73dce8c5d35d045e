"""Which tokens of a sentence are reporting verbs, and in which form."""

from __future__ import annotations

from bisect import bisect_left

from reader.quotes import lexicon as lex
from reader.quotes.cues import (
    ADDRESSING,
    CORE,
    CUES,
    NEEDS_THAT,
    NOUNISH,
    PHRASAL,
    PLAIN,
)  # fmt: skip
from reader.quotes.phrases import skip_adverbs_left
from reader.quotes.tokens import Sentence, Tokens

_IRREGULAR_PAST = frozenset(
    [
        "said",
        "told",
        "wrote",
        "found",
        "showed",
        "put",
        "thought",
        "knew",
        "heard",
        "began",
        "went",
        "felt",
        "saw",
        "swore",
        "ran",
    ]
)
_PARTICLE_VERBS = frozenset(("sum", "go", "chime", "weigh"))
_EAGER = lex.words("quick keen eager on careful fair continued wants wanted")
_CLAIMED = "victory responsibility credit asylum damages benefits success compensation ownership lives headlines"
# "adding to a series of problems", "claimed responsibility"
_OTHER_SENSES = frozenset([("add", "to"), ("add", "up"), *(("claim", noun) for noun in _CLAIMED.split())])
_AUX_S = lex.words("has was is does")


class Verb:
    """The reporting verb at tokens `at:end` (with its particle); its verb group begins at `group`."""

    __slots__ = ("at", "end", "group", "lemma", "negated", "open", "participle", "passive")

    def __init__(
        self, at: int, end: int, group: int, lemma: str, participle: bool = False, passive: bool = False,
        negated: bool = False, opened: bool = False,
    ) -> None:  # fmt: skip
        self.at = at
        self.end = end
        self.group = group
        self.lemma = lemma
        self.participle = participle
        self.passive = passive
        self.negated = negated
        self.open = opened

    @property
    def core(self) -> bool:
        return self.lemma in CORE

    @property
    def needs_that(self) -> bool:
        return self.lemma in NEEDS_THAT

    @property
    def only_quoted(self) -> bool:
        return self.lemma not in PLAIN

    @property
    def addressing(self) -> bool:
        return self.lemma in ADDRESSING


def verbs(t: Tokens, s: Sentence) -> list[Verb]:
    """All reporting verbs of a sentence that stand outside quotation marks, left to right."""
    found = []
    for i in t.cues[bisect_left(t.cues, s.start) : bisect_left(t.cues, s.stop)]:
        low = t.low[i]
        if t.quoted[i]:
            continue
        if low in CUES:
            if low in ("quoted", "cited") and t.low[i + 1 : i + 3] == ["as", "saying"]:
                continue
            verb = _quoted_as_saying(t, s, i) or _verb(t, s, i, CUES[low])
            if verb is not None:
                found.append(verb)
        elif i > s.start and t.quoted[i - 1]:
            verb = _open_verb(t, s, i + 1)
            if verb is not None:
                found.append(verb)
    return found


def _quoted_as_saying(t: Tokens, s: Sentence, i: int) -> Verb | None:
    """'X was quoted as saying': X said it."""
    if t.low[i] != "saying" or i - 3 <= s.start or t.low[i - 1] != "as" or t.low[i - 2] not in ("quoted", "cited"):
        return None
    if t.low[i - 3] not in lex.BE:
        return None
    return Verb(i, i + 1, skip_adverbs_left(t, i - 3, s.start), "say")


def _verb(t: Tokens, s: Sentence, i: int, lemma: str) -> Verb | None:
    low = t.low[i]
    if t.words[i][0].isupper() and i > s.start and t.words[i - 1] not in ".,":
        return None
    group = skip_adverbs_left(t, i, s.start)
    while group > s.start + 1 and t.low[group - 1] in lex.BE and (low != lemma):
        group = skip_adverbs_left(t, group - 1, s.start)
    before = t.low[group - 1] if group > s.start else ""
    being = any(t.low[x] in lex.BE for x in range(group, i)) or before in lex.BE
    quote_near = _quote_near(t, s, group, i)
    end = i + 1
    if PHRASAL.get(lemma) == (t.low[end] if end < s.stop else ""):
        end += 1
    elif (
        lemma in _PARTICLE_VERBS
        or (lemma == "cry" and not quote_near)
        or (lemma == "point" and t.low[end : end + 1] != ["that"])
    ):
        return None
    if end < s.stop and (lemma, t.low[end]) in _OTHER_SENSES and (low.endswith("ing") or lemma != "add"):
        return None
    eager = before == "to" and group - 2 > s.start and t.low[group - 2] in _EAGER
    if low in NOUNISH and not eager and _noun(t, s, i, group, end, quote_near):
        return None
    if before == "to" and not eager and not (t.mark[end : end + 2].count(1) or t.words[end : end + 1] == [":"]):
        return None
    after = t.low[end] if end < s.stop else ""
    passive = being and not low.endswith("ing") and low != lemma
    if after == "by" and not quote_near and not passive:
        return None
    by_saying = before == "by" and low.endswith("ing") and (lemma == "say" or after == "that" or quote_near)
    if (
        not passive
        and not by_saying
        and before in ("of", "the", "a", "an", "its", "their", "in", "for", "by", "our", "your")
    ):
        return None
    if (
        low.endswith("ed")
        and before in lex.DETERMINERS
        and group - 2 >= s.start
        and t.low[group - 2] in lex.PREPOSITIONS
    ):
        return None  # "in some confirmed cases"
    if (
        low.endswith("ed")
        and group == i
        and not quote_near
        and before.endswith(("'s", "’s"))
        and before not in lex.VERBAL
    ):
        return None  # "the firm's stated aims"
    negated = any(t.low[x] in lex.NEGATIONS for x in range(max(s.start, group - 2), i))
    participle = low.endswith("ing") and not being and low not in ("bring",)
    return Verb(i, end, group, lemma, participle, passive, negated)


def _quote_near(t: Tokens, s: Sentence, group: int, i: int) -> bool:
    """Whether a quotation mark stands within reach of the verb: just before its subject or soon after it."""
    if 1 not in t.mark[s.start : s.end]:
        return False
    if group > s.start and t.mark[group - 1]:
        return True
    for x in range(i + 1, min(i + 8, s.end)):
        if t.mark[x] and x + 1 < len(t.words) and t.quoted[x + 1]:
            return True
    back = group - 1
    for x in range(back, max(s.start - 1, back - 12), -1):
        if t.mark[x] and x > s.start and t.quoted[x - 1]:
            return True
        if t.words[x] in ",;:":
            return t.mark[x - 1] == 1 and x - 1 > s.start
    return False


def _noun(t: Tokens, s: Sentence, i: int, group: int, end: int, quote_near: bool) -> bool:
    """Whether a form like "reports" or "claim" is a noun (or adjective) here."""
    low, before = t.low[i], t.low[i - 1] if i > s.start else ""
    after = t.low[end] if end < s.stop else ""
    if (
        not before
        or before in lex.DETERMINERS
        or before in lex.PREPOSITIONS
        or before.endswith(("'s", "’s", "s’", "s'"))
    ):
        return True
    if after == "that" and before in ("news", "media", "press"):
        return True  # "news reports that"
    if i - 2 >= s.start and t.low[i - 2] == "to" and before not in lex.COMMON_NOUNS and t.words[i - 1].islower():
        return True  # "to settle claims that"
    if after in lex.VERBAL or (after in CUES and after not in NOUNISH and after != "that"):
        return True
    if low in ("found", "put", "read", "reads", "thought", "knew", "saw"):
        return False
    if low.endswith("ed") and low != "need":
        return after not in ("that", "") and not t.words[end - 1 + 1 : end + 1] and not quote_near
    if low.endswith("ing") and after == "that" and before in lex.DOCUMENTS:
        return False  # "issued a statement warning that"
    if low.endswith("ing"):
        return before != "," and not any(t.low[x] in lex.BE for x in range(group, i))
    third = low.endswith("s")
    if third and before in ("and", "but") and i - 2 > s.start and t.words[i - 2] == "," and after in lex.PRONOUNS:
        return False  # "…, and claims it owes nothing"
    if before in lex.PERSONAL or before in ("it", "who", "which"):
        return not third
    if before in ("they", "we", "i", "you"):
        return third
    if third:
        word = t.words[i - 1]
        if after in lex.PRONOUNS or after in ("the", "there", "its", "their", "his", "her"):
            return word.islower() and before not in lex.COMMON_NOUNS
        if word == "," and after == ",":
            return True
        named = word[0].isupper() and not t.common(i - 1)
        if after == "that" and word.islower() and before not in lex.COMMON_NOUNS and before not in lex.PRIVATE:
            return i - 2 < s.start or not (t.low[i - 2] in lex.OPENERS or t.words[i - 2][0].isupper())
        return not (after == "that" or named or word in "),") and not quote_near and before not in lex.DOCUMENTS
    if any(t.low[x] in lex.VERBAL for x in range(group, i)):
        return False
    plural = before.endswith("s") or any(t.low[x] in lex.GROUPS for x in range(max(s.start, i - 6), i))
    clause = after == "that" or after in lex.PRONOUNS or after in lex.OPENERS or t.words[end : end + 1] == [":"]
    return not plural or not (clause or quote_near)


def _open_verb(t: Tokens, s: Sentence, i: int) -> Verb | None:
    """Any past form between a closing mark and its subject: '…," deadpanned Smith', '…," Smith thundered.'"""
    if i >= s.stop or t.quoted[i]:
        return None
    if t.words[i - 2] not in ",?!…—-." and not t.quoted[i - 2]:
        return None
    if i >= 2 and t.quoted[i - 2] and t.words[i - 2] not in (",", "?", "!", "…", "."):
        return None
    low = t.low[i]
    if t.words[i].islower() and _finite_form(low) and i + 1 < s.stop and low not in CUES:
        following = t.words[i + 1]
        if following[0].isupper() or t.low[i + 1] in lex.PERSONAL:
            return Verb(i, i + 1, i, low, opened=True)
        return None
    for x in range(i, min(i + 6, s.stop)):
        here = t.low[x]
        if here in CUES or t.words[x] in ",;:" or t.mark[x]:
            return None
        if x > i and t.words[x].islower() and _finite_form(here) and here not in lex.PREPOSITIONS:
            if x + 1 >= s.stop or t.words[x + 1] in ",." or t.low[x + 1] in lex.ADJUNCT_WORDS:
                return Verb(x, x + 1, skip_adverbs_left(t, x, i), here, opened=True)
            return None
    return None


def _finite_form(low: str) -> bool:
    return len(low) > 3 and low.endswith("ed") and low not in ("based", "united", "need", "aged", "speed", "indeed")
