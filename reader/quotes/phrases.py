"""Noun phrases before a verb: who stands before "said".

No parser: a phrase is what lies between its verb and the nearest boundary, with appositions and relative clauses
stepped over. All positions are token indices into `Tokens`.
"""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.cues import CUES, NOUNISH
from reader.quotes.tokens import Tokens

_CLOSERS = frozenset(",;:—–―-()[]…")  # a hyphen that is a word of its own is a dash
_DASHES = frozenset("—–―-")
_RELATIVE = frozenset(("who", "which", "that", "whose", "whom"))
LONGEST_NAME = 18
LONGEST_ASIDE = 45


PAST = lex.words(
    "held sent gave took made got came went saw began spoke met left lost paid sold bought found took became brought"
    " built caught chose drew fell felt flew forgot froze grew hid hit kept knew led let meant put quit ran rang rose"
    " set shut spent stole stood struck taught threw thought won wore took issued posted published has had is was were"
)


_ARTICLES = lex.words("a an the its their")
_BRIEFED = lex.words("briefed asked told informed interviewed")
_HUMANS = lex.ROLES | lex.GROUPS | lex.ANONYMOUS | lex.PRIVATE
_WHEN = lex.DAYS | lex.words("last this next today yesterday tomorrow earlier later late early recently now")


class Phrase:
    """Tokens `start:end` name a speaker, `start:head` without apposition or parenthesis."""

    __slots__ = ("end", "head", "start")

    def __init__(self, start: int, end: int, head: int) -> None:
        self.start = start
        self.end = end
        self.head = head


def skip_adverbs_left(t: Tokens, i: int, lo: int) -> int:
    """The first token of the verb group that ends before `i`: adverbs and auxiliaries are stepped over."""
    while i > lo:
        low = t.low[i - 1]
        if t.quoted[i - 1] or not t.words[i - 1].islower():
            break
        if not (
            low in lex.ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in ("family", "daily", "italy"))
        ):
            break
        i -= 1
    return i


def left_phrase(t: Tokens, i: int, lo: int, depth: int = 0) -> Phrase | None:
    """The noun phrase that ends before the verb group at token `i`, not reaching before token `lo`."""
    j = skip_adverbs_left(t, i, lo)
    if j <= lo or depth > 4:
        return None
    word, low = t.words[j - 1], t.low[j - 1]
    if word == ")":
        k = j - 2
        while k > lo and t.words[k] != "(" and j - k < 14:
            k -= 1
        inner = left_phrase(t, k, lo, depth + 1) if t.words[k] == "(" else None
        return Phrase(inner.start, j, inner.head) if inner else None
    if word == "," or word in _DASHES:
        return _before_aside(t, j, lo, depth)
    if t.mark[j - 1] or word in ";:([" or (low in lex.CONJUNCTIONS and low != "that"):
        return _through_short_quote(t, j, lo)
    if low in ("who", "which"):
        k = j - 1
        if k > lo and t.words[k - 1] in ",—–(":
            k -= 1
        return _antecedent(t, k, lo)
    if (
        low == "that"
        and j - 2 > lo
        and t.words[j - 2].isalpha()
        and (t.low[j - 2] not in CUES or (t.low[j - 2] in lex.DOCUMENTS and _opened(t, j - 3)))
    ):
        return _antecedent(t, j - 1, lo)
    if low in lex.PRONOUNS:
        return Phrase(j - 1, j, j)
    phrase = _trim(t, _walk(t, j, lo), j)
    if (
        phrase is not None
        and t.low[phrase.start] in ("which", "who")
        and phrase.start - 1 > lo
        and _verbal(t.low[phrase.start + 1])
    ):
        described = left_phrase(t, phrase.start, lo, depth + 1)  # "the body (EBA) which represents banks | said"
        return Phrase(described.start, j, described.head) if described is not None else phrase
    return _unclosed_aside(t, phrase, lo, depth) if phrase is not None else None


def _opened(t: Tokens, k: int) -> bool:
    """Whether the noun behind token `k` has an article: 'the |internal report'."""
    return t.low[k] in lex.OPENERS or (k > 0 and t.words[k].islower() and t.low[k - 1] in lex.OPENERS)


def _unclosed_aside(t: Tokens, phrase: Phrase, lo: int, depth: int) -> Phrase:
    """'Jane Roe, a fellow at Example said': the comma that should close the apposition is missing."""
    k = phrase.start - 1
    if k - 1 <= lo or t.words[k] != "," or not t.words[k - 1][0].isupper():
        return phrase
    if t.words[phrase.start][0].isupper() and t.low[phrase.start] not in lex.ROLE_WORDS:
        return phrase
    described = t.low[phrase.start] == "responsible" or any(
        t.low[x] in lex.ROLES for x in range(phrase.start, phrase.head)
    )
    if not described:
        return phrase
    head = _aside_head(t, k, lo, depth)
    return Phrase(head.start, phrase.end, head.head) if head is not None else phrase


def _through_short_quote(t: Tokens, j: int, lo: int) -> Phrase | None:
    """A name that ends in quotation marks: 'a hacker called "Neo" said'."""
    if not t.mark[j - 1] or j - 2 <= lo or not t.quoted[j - 2]:
        return None
    k = j - 2
    while k > lo and t.quoted[k]:
        k -= 1
    if j - k > 5 or t.words[j - 2] in ",.?!":
        return None
    start = _walk(t, k, lo) if k > lo else k
    return _trim(t, start, j)


def _antecedent(t: Tokens, k: int, lo: int) -> Phrase | None:
    """The noun phrase before a relative pronoun: its last name or noun, not what governs it."""
    start = _walk(t, k, lo)
    phrase = _trim(t, start, k)
    if phrase is None:
        return None
    if t.words[k : k + 1] == [","] or t.low[k : k + 1] == ["who"]:
        named = _unclosed_aside(t, phrase, lo, 1)
        if named is not phrase:
            return named
    m = phrase.head - 1
    while m > phrase.start and not (t.low[m - 1] in lex.PREPOSITIONS and t.low[m - 1] not in ("of", "at", "for")):
        low = t.low[m - 1]
        if t.low[m] in lex.OPENERS and low not in ("of", "at", "for", "and") and t.low[k : k + 1] == ["that"]:
            break  # "victims see | a message that says"
        past = low in PAST or (low.endswith("ed") and t.low[m - 2] not in lex.DETERMINERS)
        if low in lex.VERBAL or (t.words[m - 1].islower() and (low in CUES or past)):
            break
        m -= 1
    return Phrase(m, k, k)


def boundary(t: Tokens, k: int) -> bool:
    return bool(t.mark[k]) or t.words[k] in _CLOSERS or t.words[k] in '“”"«»'


def _walk(t: Tokens, j: int, lo: int) -> int:
    """The first token of the phrase that ends before token `j`."""
    k = j - 1
    while k > lo and j - k < LONGEST_NAME:
        low = t.low[k - 1]
        if t.mark[k - 1] and t.quoted[k - 2 if k > 1 else 0]:
            m = k - 2
            while m > lo and t.quoted[m]:
                m -= 1
            if k - m > 5 or t.words[k - 2] in ",.?!…":
                break
            k = m
            continue
        if boundary(t, k - 1):
            break
        if low == "be" and k - 2 > lo and t.low[k - 2] == "to":
            k -= 2
            continue
        if low in CUES and low.endswith("ing") and _modifies_noun(t, k - 1, lo):
            k -= 1  # "a man claiming to be from the bank": the man speaks
            continue
        if low in _BRIEFED and k - 2 >= lo and t.low[k - 2] in _HUMANS and t.low[k] in lex.PREPOSITIONS:
            k -= 1  # "a person briefed on the inquiry"
            continue
        adjective = k - 2 >= lo and t.low[k - 2] in _ARTICLES  # "its proposed plan", "the request for bids"
        if low in lex.VERBAL or (
            low in CUES and low not in NOUNISH and t.words[k - 1].islower() and k - 1 > lo and not adjective
        ):
            begin = _relative_before(t, k - 1, lo)
            if begin is None:
                break
            k = begin
            continue
        if low in ("i", "we", "you", "he", "she", "they") and k - 1 > lo:
            break
        if low in ("and", "or"):
            begin = _conjunct(t, k - 1, lo)
            if begin is None:
                break
            k = begin
            continue
        object_of = low in ("which", "who", "whom") and not _verbal(t.low[k])
        if object_of or (low in lex.CONJUNCTIONS and low not in ("since", "than")):
            break
        k -= 1
    return k


def _verbal(low: str) -> bool:
    third = low.endswith("s") and low not in lex.GROUPS and low not in lex.DOCUMENTS and low.isalpha()
    return third or low in lex.VERBAL or low in CUES or low in PAST or low.endswith("ed")


def _modifies_noun(t: Tokens, k: int, lo: int) -> bool:
    return k - 1 >= lo and t.words[k - 1].isalpha() and t.low[k - 1] not in lex.BE


def _relative_before(t: Tokens, k: int, lo: int) -> int | None:
    """If the verb at `k` stands in a relative clause, the token of its relative pronoun."""
    for m in range(k - 1, max(lo, k - 8), -1):
        if t.low[m] in _RELATIVE:
            before = t.low[m - 1]
            return m if before not in CUES and not boundary(t, m - 1) and before not in lex.CONJUNCTIONS else None
        if boundary(t, m):
            return None
    return None


def _conjunct(t: Tokens, k: int, lo: int) -> int | None:
    """If "and" at `k` joins two noun phrases, where the first one begins; None if it joins clauses."""
    m = k
    while m > lo and k - m < 9 and not boundary(t, m - 1) and t.low[m - 1] not in lex.CONJUNCTIONS:
        low = t.low[m - 1]
        if low in lex.VERBAL or (low in CUES and low not in NOUNISH) or low in lex.OBJECTS:
            return None
        if t.words[m - 1].islower() and ((low.endswith("ed") and low not in ("united",)) or low in PAST):
            return None
        m -= 1
    if m == k:
        return None
    low = t.low[k - 1]  # the head of the first of the two
    people = t.words[k - 1][0].isupper() or low in lex.COMMON_NOUNS or low in lex.PRIVATE or low.endswith("s")
    return m if people or t.low[k + 1] not in lex.DETERMINERS else None


def _trim(t: Tokens, k: int, j: int) -> Phrase | None:
    """Cut what cannot begin a subject: prepositions with their nouns, times, auxiliaries."""
    start = k
    while k < j and (t.low[k] in lex.PREPOSITIONS or t.low[k] in lex.CONNECTIVES or t.low[k] in lex.AUXILIARIES):
        k += 1
    if k > start and k < j:
        k = _after_fronted(t, k, j)
    if k < j - 2 and t.low[k] in ("this", "last", "next", "earlier", "late", "early") and t.low[k + 1] in lex.TIMES:
        k += 2
    while (
        k < j - 1
        and (t.low[k] in _WHEN or (t.low[k] in lex.TIMES and t.words[k].islower()))
        and not (t.low[k] == "this" or (t.words[k].islower() and k > start and t.low[k + 1] not in lex.OPENERS))
    ):
        k += 1
    if k >= j or all(t.low[x] in lex.TIMES for x in range(k, j)):
        return None
    return Phrase(k, j, j)


def _after_fronted(t: Tokens, k: int, j: int) -> int:
    """After a fronted preposition, where the subject begins: 'in a statement | the company'."""
    for m in range(j - 2, max(k, j - 5), -1):
        if t.low[m].rstrip(".") in lex.TITLES and all(t.words[x][0].isupper() for x in range(m, j)):
            return m
    for m in range(k + 1, j):
        low, before = t.low[m], t.low[m - 1]
        if before in lex.DETERMINERS or before in lex.PREPOSITIONS or low in lex.PREPOSITIONS:
            continue
        if low in lex.PRONOUNS or (low in lex.DETERMINERS and before not in lex.DETERMINERS):
            return m
        if t.words[m][0].isupper() and (t.words[m - 1].islower() or before in lex.TIMES):
            return m
    return k


def _before_aside(t: Tokens, j: int, lo: int, depth: int) -> Phrase | None:
    """The head of 'NP, aside, VERB' (or with dashes): the farthest one whose aside holds no clause of its own."""
    closer = t.words[j - 1]
    best: Phrase | None = None
    k = j - 2
    while k > lo and j - k < LONGEST_ASIDE:
        if t.mark[k] and closer == "," and not _inside_short(t, k):
            break
        word = t.words[k]
        if word == closer or (closer != "," and word in _DASHES) or (k == lo + 1 and word == ","):
            head = _aside_head(t, k, lo, depth)
            if head is not None and _is_aside(t, k + 1, j - 1) and not (best and _clause_before_name(t, head, best)):
                best = Phrase(head.start, j, head.head)
                if closer != ",":
                    break
        if word in ";:":
            break
        k -= 1
    return best


def _clause_before_name(t: Tokens, head: Phrase, best: Phrase) -> bool:
    """Whether a farther head is a long stretch of small words while the nearer one is a plain name."""
    named = all(t.words[x][0].isupper() or t.low[x] in lex.PARTICLES for x in range(best.start, best.head))
    return named and head.head - head.start > 6 and sum(t.words[x].islower() for x in range(head.start, head.head)) > 4


def _inside_short(t: Tokens, k: int) -> bool:
    near = [x for x in (k - 1, k + 1) if 0 <= x < len(t.words) and t.quoted[x]]
    if not near:
        return False
    region = t.regions[t.quoted[near[0]] - 1]
    return region.end - region.start < 30


def _aside_head(t: Tokens, k: int, lo: int, depth: int) -> Phrase | None:
    if t.words[k - 1] == ")":
        head = left_phrase(t, k, lo, depth + 1)
    elif t.words[k - 1].isdigit() and len(t.words[k - 1]) <= 2 and k - 2 > lo and t.words[k - 2] == ",":
        return None
    else:
        if t.low[k - 1] in lex.CONJUNCTIONS or t.low[k - 1] in lex.PRONOUNS or t.mark[k - 1]:
            return None
        head = _trim(t, _walk(t, k, lo), k)
    if head is None:
        return None
    if t.words[head.start].islower() and t.low[head.start] not in lex.DETERMINERS and t.words[k - 1][0].isupper():
        start = k - 1
        while start > head.start and (t.words[start - 1][0].isupper() or t.low[start - 1] in lex.PARTICLES):
            start -= 1
        if t.low[start - 1] == "to" and t.low[start - 2] == "according":
            return Phrase(start, k, k)
    first = t.words[head.start]
    if head.start > lo:
        before = t.low[head.start - 1]
        if before != "as" and before in lex.PREPOSITIONS:
            return None
        if not (before in lex.CONJUNCTIONS or t.words[head.start - 1] in ",—–―:;(" or t.mark[head.start - 1]):
            return None
    if t.low[head.start] in lex.CONNECTIVES:
        return None
    named = (
        head.start > lo and t.mark[head.start - 1] and t.words[head.head - 1][0].isupper()
    )  # '…," baker Jane Roe, 45,'
    if not (first[0].isupper() or t.low[head.start] in lex.DETERMINERS or t.low[head.head - 1] in lex.GROUPS or named):
        return None
    for x in range(head.start, head.head):
        if t.words[x].islower() and (t.low[x] in lex.VERBAL or (t.low[x] in CUES and t.low[x] not in NOUNISH)):
            return None
    return head


def _is_aside(t: Tokens, a: int, b: int) -> bool:
    """Whether tokens a:b can stand between commas as an apposition: no main clause in it."""
    relative = False
    for x in range(a, b):
        low = t.low[x]
        if low in _RELATIVE or low in ("whose", "where"):
            relative = True
        elif (low in lex.PRONOUNS and low not in ("it", "you") and not relative) or (
            not relative and not t.quoted[x] and (low in lex.VERBAL or _reporting(low))
        ):
            return False
    return a < b


def _reporting(low: str) -> bool:
    return low in CUES and low not in NOUNISH and not low.endswith("ing")
