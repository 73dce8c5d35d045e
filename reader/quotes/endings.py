"""Where reported words end: at a second report, at what the speaker does besides, where the writer speaks again."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.content import finite
from reader.quotes.cues import CORE, CUES, NOUNISH
from reader.quotes.phrases import left_phrase, skip_adverbs_left
from reader.quotes.tokens import Tokens
from reader.quotes.verbs import Verb

_WITHHOLD = lex.words("say provide comment elaborate give specify name identify disclose know confirm explain reveal")
_REMARKS = lex.words("claim charge allegation assertion accusation statement remark view sentiment warning suggestion")
_ABOUT_REMARK = lex.words("that which he she they the echoed shared denied rejected repeated disputed made")
_TURNS = (["but"], ["and"], ["although"], ["though"], ["while"])
_JOINING = frozenset(("and", "but", "while"))
_AGAIN = (["he"], ["she"], ["they"])
_ACTS = lex.words(
    "declined refused apologized apologised thanked referred cited defended urged vowed pledged promised cautioned",
    "called accused criticized criticised praised blamed condemned encouraged invited pointed denounced",
    "slammed blasted mocked hailed rejected dismissed",
)
_WITHOUT_SUBJECT = lex.words("didn't didn’t did doesn't doesn’t does gave offered declined refused stopped")
_REPORTED_TOO = lex.words("claim report state note promise estimate allege suggest recommend vow pledge")
_ACTED_ON = lex.DETERMINERS | lex.OBJECTS | lex.GROUPS | lex.words("to for on out that against")


def content_end(t: Tokens, k: int, stop: int, verb: Verb, fronted: bool) -> int:
    """Where content that began at `k` ends: at a second report joined by "and", at ', adding', at a semicolon."""
    depth = 0
    for m in range(k, stop):
        if t.quoted[m] or t.mark[m]:
            continue
        word, low = t.words[m], t.low[m]
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
            if depth < 0:
                return m
        if m < k + 3:
            continue
        if t.mark[m - 1] and t.words[m - 2] == "," and low in _JOINING and t.low[m + 1 : m + 2] in _AGAIN:
            return m
        if word == "," and t.low[m + 1 : m + 3] == ["according", "to"] and "," not in t.words[m + 1 : stop]:
            return m
        if word == "," and t.low[m + 1 : m + 2] in _TURNS and _declines(t, m + 2, stop):
            return m
        if (
            word == ","
            and t.low[m + 1 : m + 2] in (["a"], ["an"])
            and t.low[m + 2 : m + 3][0:1]
            and (t.low[m + 2] in _REMARKS and m + 3 < stop and t.low[m + 3] in _ABOUT_REMARK)
        ):
            return m
        if word == ":" and m + 2 < stop and t.mark[m + 1] and _reported_again(t, m + 2, stop):
            return m
        if word == ";" or (fronted and word == ","):
            return m
        if low == "but" and t.mark[m - 1] and t.low[m + 1 : m + 2] and t.low[m + 1] in _WITHOUT_SUBJECT:
            return m
        if low in _ACTS and t.low[m - 1] in ("and", "but") and _own_act(t, m, stop):
            return m - 1
        if low not in CUES:
            continue
        if low.endswith("ing"):
            if t.mark[m - 1] and m - 2 > k and t.words[m - 2] == ",":
                return m
            if t.words[m - 1] == "," or (t.low[m - 1] in ("and", "while") and t.words[m - 2] == ","):
                return m - 1
            continue
        if low in NOUNISH and t.low[m - 1] in ("and", "but") and _same_form(t, m, verb) and _clause(t, m + 1, stop):
            return m - 1
        if low in NOUNISH:
            continue
        if CUES[low] not in CORE:
            if low.endswith("ed") and (contrast := _contrasted(t, m, k)):
                return contrast
            continue
        if low == CUES[low] != t.low[verb.at] and t.low[m - 1] in ("and", "but"):
            continue  # "lets them read and write mail" is no second report
        z = skip_adverbs_left(t, m, k)
        if t.low[z - 1] in ("but", "and") and not any(t.low[x] in lex.BE for x in range(z, m)):
            if z < m and t.low[z] in lex.AUXILIARIES and t.low[z] in ("would", "will", "could", "may", "might", "can"):
                continue
            return z - 1
        phrase = left_phrase(t, m, k + 1)
        joined = phrase is not None and phrase.start - 3 > k and t.low[phrase.start - 1] in _JOINING
        if phrase is not None and joined and t.mark[phrase.start - 2] and t.words[phrase.start - 3] == ",":
            return phrase.start - 1
        if phrase is not None and phrase.start - 2 > k and t.low[phrase.start - 1] in (
            "but", "and", "while", "though", "although", "as", "whereas", "when",
        ) and t.words[phrase.start - 2] == ",":  # fmt: skip
            return phrase.start - 1
    return stop


def _contrasted(t: Tokens, m: int, k: int) -> int:
    """Where ', while Example condemned …' begins, whose verb stands at `m`: the writer goes on. 0 if it is none."""
    for x in range(m - 1, max(k + 3, m - 9), -1):
        if t.low[x] in ("while", "whereas"):
            named = any(w[0].isupper() for w in t.words[x + 1 : m])
            return x - 1 if named and t.words[x - 1] == "," and not t.quoted[x] else 0
        if t.words[x] in ",;:" or t.mark[x] or t.low[x] in lex.VERBAL:
            return 0
    return 0


def _declines(t: Tokens, k: int, stop: int) -> bool:
    """'…, but he could not say …': the writer speaks again."""
    for m in range(k, min(k + 13, stop)):
        if t.low[m] in lex.NEGATIONS:
            return any(t.low[x] in _WITHHOLD for x in range(m + 1, min(m + 4, stop)))
    return False


def _same_form(t: Tokens, m: int, verb: Verb) -> bool:
    """'says A and claims B', 'said A and claimed B': a form that may be a noun goes with the verb before it."""
    return t.low[m].endswith("s") == t.low[verb.at].endswith("s") and CUES[t.low[m]] in _REPORTED_TOO


def _clause(t: Tokens, k: int, stop: int) -> bool:
    return k < stop and (t.low[k] == "that" or finite(t, k, stop, strict=True))


def _reported_again(t: Tokens, k: int, stop: int) -> bool:
    """Whether the quotation that begins at `k` has an attribution of its own behind it: ': "…," he wrote'."""
    m = k
    while m < stop and t.quoted[m] == t.quoted[k]:
        m += 1
    return m - k > 4 and any(t.low[x] in CUES and CUES[t.low[x]] in CORE for x in range(m + 1, min(m + 5, stop)))


def _own_act(t: Tokens, k: int, stop: int) -> bool:
    """Whether the speaker does something else in '… and declined to comment', '… but urged people to wait'."""
    return k + 1 < stop and (t.low[k + 1] in _ACTED_ON or t.words[k + 1][0].isupper() or t.low[k + 1].endswith("s"))
