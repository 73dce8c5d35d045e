"""Names of organisations at the beginning of a list of words: 'security firm Example Labs', "the company"."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.affiliation import NOTHING, Affiliation
from reader.quotes.names import bare

ARTICLES = frozenset(
    ("a", "an", "the", "its", "their", "his", "her", "our", "one", "another", "and", "as", "now", "then")
)
JOINERS = frozenset(("of", "for", "and", "the", "&", "on", "de", "du"))
ENDS = lex.words("who which that said says told and specializing specialising where when while but")
_SUFFIXES = lex.words("inc inc. llc ltd ltd. plc corp corp. co co.")
_MINISTRIES = lex.words("department ministry committee")
_INSIDE_BODIES = lex.ORG_WORDS | lex.words("inspector attorney home supreme high central justice treasury foreign")
_SMALL_BODIES = lex.words(
    "police government council court committee commission union party department ministry authority administration"
)
# In front of a "for" that is part of the name: 'Center for Example Studies'.
_FOR = lex.BODIES - lex.words("solutions systems services software platform research head team")


def proper(word: str) -> bool:
    if word[0].isupper() or word == "&":
        return True
    return not word.islower() and word.isalnum() if word[0].isalnum() else False


def of_body(words: list[str], k: int) -> bool:
    """Whether a nation before `k` begins a name: 'European Space Agency', not 'Finnish firm' or 'Chinese Huawei'."""
    end = k
    while end < len(words) and end - k < 5 and (proper(words[end]) or words[end].lower() in JOINERS):
        if words[end].lower() in lex.BODIES:
            return True
        end += 1
    return False


def _joins(words: list[str], k: int, comma: bool) -> bool:
    """Whether the small word at `k` holds a name together: 'Health and Human Services', not 'Example and Jane Roe'."""
    low, after = words[k].lower(), words[k + 1].lower()
    if after in lex.CALENDAR or (low in ("and", "&") and (comma or after in lex.FIRST_NAMES)):
        return False
    if low == "for":
        return any(w.lower() in _FOR for w in words[max(0, k - 4) : k] if proper(w))
    if low != "and":
        return True
    return any(w.lower() in lex.BODIES for w in words[k + 1 : k + 4] if proper(w))


def org_like(name: str) -> bool:
    return any(w.lower() in lex.ORG_WORDS or w.lower() in lex.OFFICIAL_PHRASES for w in name.split())


def organization(words: list[str], *, comma: bool = False) -> tuple[str, bool] | None:
    """The organisation a list of words begins with, after articles and descriptions: 'security firm Example Labs'.

    The flag says that it is only a description ("the company"), to be looked up in the article.
    """
    if comma and words and words[0].lower() in _SUFFIXES:
        return None
    k = 0
    descriptive: str | None = None
    while k < len(words) and k < 9:
        word, low = words[k], words[k].lower()
        if low in ("the", "a", "an", "its", "their", "his", "her", "our", "and", "both", "nonprofit", "non-profit"):
            if comma and low in ("and", "his", "her"):
                return None
        elif low.endswith("-based") or (low in lex.NATIONS and k + 1 < len(words)):
            if low in lex.NATIONS and proper(words[k + 1]) and of_body(words, k + 1):
                break
        elif proper(word):
            based = next((x for x in range(k, min(k + 4, len(words))) if words[x].lower().endswith("-based")), None)
            if based is None or not all(proper(w) for w in words[k:based]):
                break
            k = based
        elif comma and low not in lex.COMPANIES and k < 1:
            return None
        elif word in ',.;:()—–“”"' or low in lex.VERBAL or low in lex.PREPOSITIONS or low in ENDS:
            break
        if low in lex.COMPANIES:
            descriptive = low
        k += 1
    if (k >= len(words) or not proper(words[k])) and descriptive in ("police", "government", "court", "army", "navy"):
        plain = [w for w in words[:k] if w.lower() not in ARTICLES]
        return (" ".join(plain), False) if plain else None
    if k >= len(words) or not proper(words[k]):
        return (
            (descriptive, True) if descriptive and words[0].lower() in ("the", "its", "their") and not comma else None
        )
    start = k
    while k < len(words) and k - start < 10:
        word = words[k]
        if proper(word):
            k += 1
            if word.endswith(("'s", "’s")) and not (
                k < len(words) and words[k].lower() in _INSIDE_BODIES and words[k][0].isupper()
            ):
                break
        elif word.lower() in JOINERS and k + 1 < len(words) and proper(words[k + 1]):
            if not _joins(words, k, comma) and (comma or words[start].lower() not in _MINISTRIES):
                break
            k += 1
        elif (
            word.lower() in ("of", "for")
            and k + 2 < len(words)
            and words[k + 1].lower() == "the"
            and proper(words[k + 2])
        ):
            k += 2
        else:
            break
    if not words[k - 1].endswith(("'s", "’s")):
        k = _small_end(words, k)
    name = [*words[start : k - 1], bare(words[k - 1])]
    if not name or name[0].lower() in lex.CALENDAR or all(w.lower() in lex.ROLE_WORDS for w in name):
        return None
    if comma and (len(name) < 1 or (name[0].lower() in lex.NATIONS and len(name) == 1)):
        return None
    if len(name) == 1 and name[0].lower() in lex.NATIONS and not comma:
        return (name[0], False)
    return (" ".join(name), False)


def _small_end(words: list[str], k: int) -> int:
    """Past the small words that end a name: 'Commons |public accounts committee', 'Norwick |police'; else `k`."""
    for x in range(k, min(k + 3, len(words))):
        if words[x] in _SMALL_BODIES:
            return x + 1
        if not words[x].isalpha() or not words[x].islower() or words[x] in lex.PREPOSITIONS or words[x] in lex.ROLES:
            return k
    return k


def bare_organization(words: list[str]) -> Affiliation:
    """An apposition that is only an organisation: 'Jane Roe, The Example Times, had reported'."""
    end = 0
    while end < len(words) and (proper(words[end]) or words[end] in JOINERS):
        end += 1
    if not 1 <= end <= 5 or (end < len(words) and words[end] not in ",)"):
        return NOTHING
    lows = [w.lower() for w in words[:end]]
    if lows[0] in lex.FIRST_NAMES or not any(
        w in lex.ORG_WORDS or w in lex.OUTLETS or w in lex.OUTLET_WORDS for w in lows
    ):
        return NOTHING
    return Affiliation(None, " ".join(words[:end]))
