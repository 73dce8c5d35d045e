"""What the article says about a name wherever it stands: the words before it and the apposition after it."""

from __future__ import annotations

from bisect import bisect_right

from reader.quotes import lexicon as lex
from reader.quotes.affiliation import NOTHING, Affiliation
from reader.quotes.bodies import organization
from reader.quotes.content import COMMON_THIRD
from reader.quotes.cues import CUES
from reader.quotes.gazetteer import is_place
from reader.quotes.names import bare
from reader.quotes.phrases import PAST
from reader.quotes.roles import apposition, premodifier
from reader.quotes.tokens import Tokens

_PARTIES = frozenset(("R", "D", "I", "Republican", "Democrat", "Labour", "Conservative"))
_INSIDE_TITLES = lex.ROLE_WORDS | lex.COMPANIES | lex.NATIONS | lex.DETERMINERS | lex.TIMES | lex.words("of for and")
_STOPS = lex.words("told said says how what why when where whether if that")
_REACH = 34
_BEFORE_SUBJECTS = lex.CONJUNCTIONS | lex.ROLES | lex.TITLES | lex.words("said says by from")
_OPENING = frozenset(("a", "an", "the", "its", "their"))


def around(t: Tokens, i: int, j: int) -> Affiliation:
    """Role and organisation from the words right before and right after the name at tokens i:j."""
    after = behind(t, j)
    if i and t.low[j : j + 1] == ["at"] and t.words[i - 1].isalpha() and t.low[i - 1] not in _BEFORE_SUBJECTS:
        after = NOTHING  # "hosting Roe at the summit"
    if i and t.low[i - 1] in lex.PREPOSITIONS and t.low[j : j + 1] and t.low[j] in ("at", "with", "from", "in"):
        after = NOTHING  # "met with Roe at the White House": a place, not an office
    if after.role and after.organization:
        return after
    before = ahead(t, i)
    if not before and i > 2 and t.words[i - 1] == "," and t.low[i - 2] in lex.ROLES and t.words[j : j + 1] == [","]:
        before = ahead(t, i - 1)  # "a new treasurer, Jane Roe, noticed"
    if not before and i > 3 and t.words[i - 1] == "," and t.words[j : j + 1] == [","]:
        before = _announced(t, i - 1)
    return merge(before, after)


def _announced(t: Tokens, comma: int) -> Affiliation:
    """'A spokesman for the company, |Jane Roe, declined': the description in front of the comma."""
    k = comma
    while k > 1 and comma - k < 12 and t.words[k - 1][0].isalnum() and not t.quoted[k - 1]:
        if t.low[k - 1] in _OPENING and t.low[k - 2] not in lex.PREPOSITIONS:
            break
        k -= 1
        if t.low[k] in lex.VERBAL or t.low[k] in CUES:
            return NOTHING
    if k < 1 or t.low[k - 1] not in _OPENING or t.low[k] not in lex.ROLE_WORDS:
        return NOTHING
    return apposition(t.words[k:comma])


def merge(first: Affiliation, second: Affiliation) -> Affiliation:
    """`first` completed by `second`."""
    if first.role is None:
        role, source = second.role, second
    else:
        role, source = first.role, first
    if source.organization is not None:
        return Affiliation(role, source.organization, source.generic, source.lone)
    other = second if source is first else first
    return Affiliation(role, other.organization, other.generic, other.lone)


def ahead(t: Tokens, i: int) -> Affiliation:
    """The title before a name: 'Example Labs security researcher |Jane Roe', 'Example's |Jane Roe'."""
    k = i
    while k > 0 and i - k < 14 and t.starts[k] - t.ends[k - 1] <= 1 and not t.mark[k - 1] and not t.quoted[k - 1]:
        word, low = t.words[k - 1], t.low[k - 1]
        if word in ",;:.()—–?!" or low in lex.VERBAL or low in lex.PRONOUNS or low in _STOPS:
            break
        if low in lex.CONJUNCTIONS and low != "and":
            break
        if low in lex.PREPOSITIONS and not (
            low in ("of", "for") and any(t.low[x] in lex.ROLES for x in range(max(0, k - 4), k - 1))
        ):
            break
        if word.islower() and low not in lex.ROLES and (low in CUES or low in PAST or low.endswith("ed")):
            break
        if word.islower() and (low in COMMON_THIRD or (t.words[k][0].isupper() and k < i and not _modifier(low))):
            break  # "includes singer Roe", "join Home Secretary Roe"
        k -= 1
        if low in ("the", "a", "an"):
            break
    words = t.words[k:i]
    if not words:
        return NOTHING
    opening = t.low[k] in lex.COMPANIES or t.low[k] in lex.COMMON
    if len(words) > 1 and opening and t.opens_sentence(k) and words[1].islower():
        words[0] = t.low[k]  # "Charity boss Jane Roe"
    if words[-1].endswith(("'s", "’s", "s'", "s’")) and words[-1][0].isupper():
        start = len(words) - 1
        while start > 0 and words[start - 1][0].isupper() and words[start - 1] != "The":
            start -= 1
        return Affiliation(None, " ".join([*words[start:-1], bare(words[-1])]))
    roles = [x for x, w in enumerate(words) if w.lower() in lex.ROLES or w.lower().rstrip(".") in lex.RANKS]
    if not roles:
        return NOTHING
    if roles[-1] == len(words) - 1:
        return premodifier(words)
    tail = words[roles[-1] + 1 :]
    if tail and tail[0].lower() in ("of", "for") and len(tail) < 6:
        return apposition(words)
    return NOTHING


def _modifier(low: str) -> bool:
    """Whether a small word can stand inside a title in front of a capital: 'former', 'firm', 'Norwick-based', 'of'."""
    return low in _INSIDE_TITLES or "-" in low or low.endswith(("'s", "’s"))


def behind(t: Tokens, j: int) -> Affiliation:
    """The apposition after a name: ', a fellow at Example', ' (Example Labs)', ' of Example', ', who leads …'."""
    n = len(t.words)
    if j >= n or t.mark[j] or t.quoted[j]:
        return NOTHING
    s = t.sentences[max(0, bisect_right(t.sentences, j, key=lambda s: s.start) - 1)] if t.sentences else None
    stop = min(s.stop if s and s.start <= j < s.end else n, j + _REACH)
    word, low = t.words[j], t.low[j]
    if word in ",—–-":
        k = j + 1
        aged = k + 1 < stop and t.words[k].isdigit()
        if (
            k + 1 < stop
            and (aged or t.words[k] in ("PhD", "MD", "Ph.D.", "CISSP", "Jr.", "Sr."))
            and t.words[k + 1] in ",—–"
        ):
            k += 2
        words = _until_mark(t, k, stop)
        if not words or (words[0].lower().endswith("ing") and not any(w.lower() in lex.ROLES for w in words[1:4])):
            return NOTHING
        if words[0].lower() in ("of", "from", "with") and not aged:
            named = organization(words[1:])
            return Affiliation(None, *named) if named and not _place(named[0]) else NOTHING
        return apposition(words)
    if word == "(":
        close = j
        while close < n and t.words[close] != ")" and close - j < 12:
            close += 1
        inside = t.words[j + 1 : close]
        found = apposition(inside)
        if found or not inside:
            return found
        if _party(inside):
            return NOTHING
        named = organization(inside)
        return Affiliation(None, named[0]) if named and not named[1] and not inside[0].startswith("@") else NOTHING
    if low == "in" and j + 1 < n and _outlet(t.words[j + 1 : j + 4]):
        found_org = organization(_until_mark(t, j + 1, stop))
        return Affiliation(None, *found_org) if found_org else NOTHING
    if low in ("of", "from", "at", "with"):
        words = _until_mark(t, j + 1, stop)
        found_org = organization(words)
        return Affiliation(None, *found_org) if found_org and not _place(found_org[0]) else NOTHING
    if low in ("is", "was") and j + 1 < stop and t.low[j + 1] in ("a", "an", "the"):
        return apposition(_until_mark(t, j + 1, stop))
    if low in ("teaches", "leads", "heads", "runs", "directs", "who", "studies"):
        return apposition(["who", *_until_mark(t, j + (low == "who"), stop)])
    return NOTHING


def _party(inside: list[str]) -> bool:
    """'(R-Texas)', '(D)', '(D-N.Y.)': a party and a state, not an employer."""
    return inside[0] in _PARTIES or inside[0][:2] in ("R-", "D-", "I-") or inside[0].startswith(("R–", "D–"))


def _outlet(words: list[str]) -> bool:
    lows = [w.lower() for w in words]
    return bool(lows) and (lows[0] in lex.OUTLETS or (lows[0] == "the" and any(w in lex.ALL_OUTLETS for w in lows)))


def _place(name: str) -> bool:
    return is_place(name) or all(w in lex.NATIONS for w in name.lower().split())


def _until_mark(t: Tokens, k: int, stop: int) -> list[str]:
    words: list[str] = []
    while k < stop and not t.mark[k] and not t.quoted[k]:
        words.append(t.words[k])
        k += 1
    return words
