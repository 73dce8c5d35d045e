"""Where reported words begin behind a reporting verb, and whether they are a clause."""

from __future__ import annotations

from enum import Enum

from reader.quotes import lexicon as lex
from reader.quotes.cues import CUES, NOUNISH
from reader.quotes.tokens import Tokens
from reader.quotes.verbs import Verb

_REACH = 16
_LISTENERS = lex.GROUPS | lex.ROLES | lex.COMPANIES | lex.OBJECTS | lex.ANONYMOUS | lex.PRIVATE | lex.words("public")
_LISTENING = (
    _LISTENERS
    | lex.ALL_OUTLETS
    | lex.ALL_OFFICIAL
    | lex.words(
        "programme program show conference inquiry hearing radio television tv rally audience meeting podcast breakfast"
    )
)
_ROUGHLY = lex.words("about around over under between")
_NUMBERS = lex.words(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty",
    "ninety half hundreds thousands dozens",
)
_TITLED = lex.DETERMINERS | lex.ROLES | lex.COMPANIES
_STOPPERS = frozenset(("that", "if", "whether", ",", ":", ";", "(", ")", "—", "–"))
_NEGATED = ("didn", "doesn", "won", "wouldn", "couldn", "isn", "wasn", "hasn", "hadn", "can’t", "can't")
_QUESTION = lex.words("if whether how why what who when where")


_AFTER_NOUNS = lex.PRONOUNS | lex.DETERMINERS | lex.PREPOSITIONS | lex.TIMES | lex.words("there")


class Opening(Enum):
    """What introduces the reported words after a verb."""

    THAT = "that"
    QUOTE = "quote"
    COLON = "colon"
    BARE = "bare"
    QUESTION = "question"
    NONE = "none"


def content_start(t: Tokens, verb: Verb, k: int, stop: int) -> tuple[int, Opening]:
    """Step over addressees and adjuncts after the verb; where the content begins (token) and what opens it."""
    if k >= stop:
        return k, Opening.NONE
    opening = _opening(t, k)
    if opening is not None:
        return opening
    if verb.lemma == "say" and t.low[k] in ("as", "with") and clause_behind_comma(t, k, stop):
        return k, Opening.BARE
    if k + 1 < stop and t.words[k][0].isdigit() and "-" in t.words[k].replace("–", "-"):
        k += 1  # "ruled 5-4 on Monday that"
    m = _find_opening(t, verb, k, stop)
    if m is not None:
        opening = _opening(t, m)
        if opening is not None:
            return opening
    m = skip_adjuncts(t, verb, k, stop)
    if m >= stop or (m > k and (t.low[m] == "to" or (t.low[m] == "that" and _relative(t, m)))):
        return stop, Opening.NONE
    opening = _opening(t, m)
    if opening is not None:
        return opening
    return m, Opening.QUESTION if t.low[m] in _QUESTION else Opening.BARE


def _opening(t: Tokens, k: int) -> tuple[int, Opening] | None:
    if k >= len(t.words):
        return None
    if t.mark[k] and k + 1 < len(t.words) and t.quoted[k + 1]:
        return k + 1, Opening.QUOTE
    if t.low[k] == "that":
        pronoun = k + 1 < len(t.low) and _auxiliary(t.low[k + 1])
        return k + (not pronoun), Opening.THAT
    if t.words[k] == ":":
        return k + 1, Opening.COLON
    return None


def _find_opening(t: Tokens, verb: Verb, k: int, stop: int) -> int | None:
    """'that', a quotation mark or a colon behind adjuncts: 'said in a statement on Monday that'."""
    low = t.low[k]
    adjunct = low in lex.PREPOSITIONS or low in lex.TIMES or t.words[k] == "," or verb.addressing
    if not adjunct and not (low in lex.ADVERBS or low.endswith("ly")):
        return None
    if low == "to" and _infinitive(t, k + 1, stop):
        return None
    aside = t.words[k] == ","
    if aside and not (
        k + 1 < stop and (t.low[k + 1] in lex.PREPOSITIONS or t.low[k + 1] in lex.TIMES or t.mark[k + 1])
    ):
        return None
    for m in range(k, min(k + _REACH, stop)):
        here = t.low[m]
        if here == "that" and m > k and _relative(t, m):
            return None
        if t.mark[m] or here == "that" or t.words[m] == ":":
            if here == "that" and not (aside or m > k):
                return None
            if t.mark[m] and _scare(t, m) and not verb.addressing:
                return None
            return m
        if here in lex.VERBAL or t.words[m] == ";":
            return None
        if here in lex.PRONOUNS and here not in ("it", "you", "us") and m > k:
            return None
    return None


def _relative(t: Tokens, k: int) -> bool:
    """Whether "that" belongs to the document before it: 'said in a report | that could end his career'."""
    return t.low[k - 1] in lex.DOCUMENTS and k + 1 < len(t.low) and _auxiliary(t.low[k + 1])


def _auxiliary(low: str) -> bool:
    """Whether a word is "is", "could", "wasn't", not "it's", "they've", which have a subject of their own."""
    return low in lex.VERBAL and (low.isalpha() or low.startswith(_NEGATED))


def _scare(t: Tokens, m: int) -> bool:
    """A short quotation in the middle of a clause rather than an utterance: 'in the "internal" report'."""
    if m + 1 >= len(t.words) or not t.quoted[m + 1]:
        return False
    region = t.regions[t.quoted[m + 1] - 1]
    return region.end - region.start < 25 and t.low[m - 1] in lex.DETERMINERS_OR_PREPOSITIONS


def skip_adjuncts(t: Tokens, verb: Verb, k: int, stop: int) -> int:
    """Past addressee, times and prepositional phrases: 'told the paper on Tuesday | it was'."""
    clause = k + 1 < stop and t.low[k] in ("it", "there") and t.low[k + 1] in lex.VERBAL  # "warn it could"
    if verb.addressing and k < stop and t.words[k] != "," and t.low[k] not in lex.PREPOSITIONS and not clause:
        told = _noun_phrase_end(t, k, stop)
        if verb.lemma == "tell" or ((told >= stop or t.low[told] not in lex.VERBAL) and _somebody(t, told)):
            k = told  # not in "studies have shown | symptoms can begin"
    for _ in range(5):
        if k >= stop:
            return k
        low = t.low[k]
        if low in lex.TIMES and low != "this":
            k += 1
            while k < stop and (t.low[k] in lex.TIMES or t.words[k].isdigit()):
                k += 1
        elif low == "to" and _infinitive(t, k + 1, stop):
            return stop
        elif quantity(t, k):
            break
        elif low in lex.PREPOSITIONS and low not in ("like",):
            k = _noun_phrase_end(t, k + 1, stop)
        elif t.words[k] == "," and k + 1 < stop and _closed_aside(t, k, stop):
            k = _closed_aside(t, k, stop)
        elif t.words[k] == ",":
            k += 1
        else:
            break
    return k


def quantity(t: Tokens, k: int) -> bool:
    """Whether 'about three million people', 'over 40 firms' begins at token `k`: a subject, not an adjunct."""
    if t.low[k] not in _ROUGHLY or k + 1 >= len(t.words):
        return False
    return t.words[k + 1][0].isdigit() or t.words[k + 1][0] in "$£€" or t.low[k + 1] in _NUMBERS


def _somebody(t: Tokens, end: int) -> bool:
    """Whether the noun phrase that ends before token `end` can be told something: people or a name, not "demand"."""
    low = t.low[end - 1]
    return low in _LISTENERS or t.words[end - 1][0].isupper() or low.endswith(("ers", "ors", "ists", "ians", "men"))


def clause_behind_comma(t: Tokens, k: int, stop: int) -> bool:
    """Whether a main clause follows: 'said | as both had lost, they should try again'."""
    comma = next((x for x in range(k + 3, min(k + 26, stop - 3)) if t.words[x] == ","), 0)
    if not comma or not (t.low[comma + 1] in lex.PRONOUNS_OR_DETERMINERS or t.words[comma + 1][0].isupper()):
        return False
    return any(low in lex.VERBAL for low in t.low[comma + 2 : comma + 6])


def _infinitive(t: Tokens, k: int, stop: int) -> bool:
    """Whether "to" is followed by a verb ("claimed to have access") and not by somebody ("said to reporters")."""
    if k >= stop or not t.words[k].islower() or t.low[k] in lex.OPENERS or t.low[k] in lex.OBJECTS:
        return False
    return t.low[k] not in lex.GROUPS and t.mark[k] == 0


def _closed_aside(t: Tokens, comma: int, stop: int) -> int:
    """The token after ', in an interview,'; 0 if the comma opens no adjunct."""
    if t.low[comma + 1] not in lex.PREPOSITIONS and t.low[comma + 1] not in lex.TIMES:
        return 0
    for m in range(comma + 1, min(comma + 14, stop)):
        if t.words[m] == ",":
            return m + 1
        if t.low[m] in lex.VERBAL:
            return 0
    return 0


def _noun_phrase_end(t: Tokens, k: int, stop: int) -> int:
    start = k
    while k < stop and t.low[k] in lex.OPENERS:
        k += 1
    while k < stop and k - start < 10:
        low = t.low[k]
        if low in _STOPPERS or t.mark[k] or low in lex.VERBAL:
            break
        if k > start and (low in _AFTER_NOUNS or t.low[k - 1] in lex.DAYS):
            break
        if k > start and t.words[k].islower() and t.words[k - 1][0].isupper() and _new_subject(t, k, stop):
            break
        names_begin = k > start and t.words[k][0].isupper() and t.words[k - 1][0].islower()
        described = t.low[k - 1] in _TITLED and not (t.low[start] in lex.DETERMINERS and t.low[k - 1] in lex.COMPANIES)
        if names_begin and not described:
            break
        k += 1
    return k


def _new_subject(t: Tokens, k: int, stop: int) -> bool:
    """Whether a small word behind a name begins a clause: 'told Example Radio | lessons were being learned'."""
    if t.low[k] in _LISTENING or t.low[k] in ("and", "of", "&"):
        return False
    near = t.low[k + 1 : min(k + 3, stop)]
    return any(low in lex.VERBAL for low in near)


def finite(t: Tokens, k: int, stop: int, *, strict: bool = False) -> bool:
    """Whether a clause with a finite verb of its own begins at token `k`.

    `strict` wants a verb that can be nothing else: "used by", "based in" may only modify a noun.
    """
    relative = False
    chain = -1  # up to where the verb group of a relative clause reaches: "books which | have criticized | …"
    if strict and t.low[k] in _SUBJECTS:
        return True
    for m in range(k, min(stop, k + 40)):
        low = t.low[m]
        if m > k and low in ("who", "which", "that"):
            relative = True
            continue
        if strict and t.words[m] == "," and t.low[m + 1 : m + 2] in (["and"], ["but"]) and not t.words[k][0].isdigit():
            return False
        if strict and m > k and (low in lex.SUBORDINATORS or t.words[m] in "—–:;(") and not t.mark[m]:
            return False
        verbal = low in lex.VERBAL or (low.endswith(("n't", "n’t")))
        if strict and verbal and m > k and t.low[m - 1] in ("and", "but"):
            return False  # "has confirmed the bug and is now tracking it"
        if not verbal and m > k and t.words[m].islower():
            before = t.low[m - 1]
            if before in lex.PREPOSITIONS and before != "to":
                continue
            if strict and before == "," and low.endswith("ing"):
                return False
            if strict and before in ("and", "but") and low in CUES:
                return False
            if strict and (before == "and" or "-" in low):
                continue
            verbal = (
                (low.endswith("ed") and before not in lex.DETERMINERS and not (strict and _modifies(t, m, stop)))
                or (before in lex.PRONOUNS or before == "there")
                or (low.endswith("s") and not low.endswith("ss") and _third_person(t, m, k, strict))
                or (
                    low in CUES
                    and low not in NOUNISH
                    and not low.endswith("ing")
                    and not (strict and _modifies(t, m, stop))
                )
                or (low in _PAST and not (strict and _modifies(t, m, stop)))
            )
        if verbal and m > chain:
            if not relative:
                return True
            relative = False
            chain = m + 1 + (t.low[m + 1 : m + 2] != [] and t.low[m + 1] in lex.ADVERBS) if low in lex.VERBAL else m
        if t.words[m] in ";:":
            return False
    return False


_SUBJECTS = lex.words("it they he she there we nobody everyone someone i")
_PAST = lex.words(
    "held sent gave took got came went saw began spoke left lost paid sold bought became brought caught chose fell felt"
    " grew hit kept knew led meant ran rose shut stole stood struck threw won wore spent fell broke drove hid"
)


def verb_like(t: Tokens, k: int) -> bool:
    """Whether token `k` is an auxiliary or a common verb form: the predicate of a subject that stands farther left."""
    low = t.low[k]
    return low in lex.VERBAL or low in COMMON_THIRD or low in _PAST or (low.endswith("ed") and t.words[k].islower())


def _modifies(t: Tokens, m: int, stop: int) -> bool:
    """Whether a past form may be a participle after its noun: 'the data used by', 'a firm based in'."""
    following = t.low[m + 1] if m + 1 < stop else ""
    return following in lex.PREPOSITIONS or following in (",", "", "to", "by") or t.low[m - 1] in (",", "and", "or")


COMMON_THIRD = lex.words(
    "has is was uses makes takes gives gets needs wants works runs allows lets seems appears comes goes includes",
    "affects contains remains means requires faces plans expects believes keeps knows helps leads offers provides",
    "continues owns holds targets relies involves exists happens looks does poses becomes begins represents serves",
    "sells stores depends supports shows plays puts sends starts stands lacks costs tries brings turns hopes feels",
    "thinks belongs",
)


_PLURALS = lex.words(
    "plans needs works runs uses faces shows plays starts stands turns hopes targets supports offers costs leads stores"
)


def _third_person(t: Tokens, m: int, k: int, strict: bool) -> bool:
    """Whether a word in -s can be a verb: a known one, or (not strictly) any behind a noun that is not plural."""
    before = t.low[m - 1]
    if before in lex.PREPOSITIONS or (before in lex.DETERMINERS and before != "that"):
        return False
    if strict and m == k + 1 and t.low[m] in _PLURALS and t.words[k].islower() and before not in lex.PRONOUNS:
        return False  # "revealed lofty plans"
    if t.low[m] in COMMON_THIRD:
        return True
    after = t.low[m + 1] if m + 1 < len(t.low) else ""
    return (
        not strict
        and m >= k + 2
        and not before.endswith("s")
        and (
            after in lex.PREPOSITIONS
            or after in lex.DETERMINERS
            or after.endswith(("self", "ly"))
            or after in lex.POSSESSIVES
        )
    )
