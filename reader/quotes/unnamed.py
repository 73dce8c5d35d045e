"""Groups and unnamed speakers: "researchers at Example Labs", "an Example spokesman", "a person close to the case"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import SpeakerType
from reader.quotes import lexicon as lex
from reader.quotes.bodies import organization
from reader.quotes.gazetteer import is_place
from reader.quotes.mentions import Mention, mention
from reader.quotes.names import bare, split_person
from reader.quotes.phrases import Phrase
from reader.quotes.pronouns import aged, holder
from reader.quotes.resolved import Resolved
from reader.quotes.roles import premodifier

if TYPE_CHECKING:
    from reader.quotes.speakers import Cast

_LOOK_BACK, _LOOK_AHEAD = 900, 300
_RANKING = lex.words("former vice deputy shadow assistant lieutenant")
_MENTIONS = 12
_SEATED = lex.words(
    "official officials police authorities spokesman spokeswoman spokesperson mayor governor council government",
    "administrators councillors employees leaders lawmakers officers firefighters",
)
_RELATED = lex.words(
    "family families father mother parents wife husband son daughter brother sister friend friends relatives neighbour",
    "neighbours neighbor neighbors supporter supporters fans critics opponents allies % percent",
)
_COMPANIONS = lex.words("colleagues team co-authors coauthors co-workers collaborators researchers partners")


def group(cast: Cast, m: Mention, at: int, text: str) -> Resolved:
    """The speaker behind a plural like "officials" or "the hackers", in its fullest form in the article."""
    partitive = len(m.words) > len(m.before) + 1 + len(m.after)  # "a team of researchers"
    alone = not partitive and not m.after and all(w.lower() in lex.DETERMINERS for w in m.before)
    if m.noun in lex.ADVERSARIES and (m.definite or alone):
        gang = cast.companies.gang_before(at)
        if gang is not None:
            return Resolved(gang, text, SpeakerType.ORGANIZATION, "the-gang", None, gang, "", at)
    if m.noun == "police" and m.before and m.before[-1][0].isupper() and not partitive:
        force = " ".join(w for w in m.words if w.lower() not in lex.DETERMINERS)
        return Resolved(force, text, SpeakerType.ORGANIZATION, "organization-name", None, force, "", at)
    full, evidence = m, "group"
    if alone:
        for last in reversed(cast.history[-40:]):
            if last.type is SpeakerType.GROUP and last.noun == m.noun:
                return last._replace(mention=text, evidence="group-again", at=at)
        elsewhere = _elsewhere(cast, m, at)
        if elsewhere is not None:
            full, evidence = elsewhere, "group-elsewhere"
    role, org = _colleagues(cast, m, at) or _descriptive(cast, full, at)
    name = " ".join(full.words) if full is not m else text
    return Resolved(name, text, SpeakerType.GROUP, evidence, role, org, m.noun, at)


def _colleagues(cast: Cast, m: Mention, at: int) -> tuple[str | None, str | None] | None:
    """The organisation of 'Roe and colleagues', 'Roe and her team': Roe's; None if the phrase is no such one."""
    if "and" not in m.before or m.noun not in _COMPANIONS:
        return None
    named = cast.names.person(tuple(m.before[: m.before.index("and")])[-1:])
    return (None, cast.affiliation(named, at)[1]) if named is not None else None


def unnamed(cast: Cast, m: Mention, at: int, text: str) -> Resolved:
    """The speaker behind a singular like "a spokesman"; with "the", a person named before may be meant."""
    if m.definite and m.noun.endswith("-year-old"):
        known = aged(cast, at, text)
        if known is not None:
            return known
    if (m.definite or any(w.endswith(("'s", "’s")) for w in m.before)) and not m.after:
        owner = tuple(bare(w) for w in m.before if w.endswith(("'s", "’s")) and w[0].isupper())
        if owner and cast.names.person(owner[-1:]) is not None:
            known = None  # "Roe's lawyer" is not just any lawyer
        else:
            known = holder(cast, m.noun, at, text, owned=not m.definite)
        if known is not None and _same_rank(m, known) and _same_office(m, known):
            return known
        fuller = _elsewhere(cast, m, at)
        office = m.noun in ("secretary", "minister") and len(m.before) > 1
        if fuller is not None and not office and not any(w[0].isupper() for w in m.before[1:]):
            role, org = _descriptive(cast, fuller, at)
            name = " ".join(fuller.words)
            return Resolved(name, text, SpeakerType.ANONYMOUS, "unnamed-again", role, org, m.noun, at)
    role, org = _descriptive(cast, m, at)
    return Resolved(text, text, SpeakerType.ANONYMOUS, "unnamed", role, org, m.noun, at)


def _same_rank(m: Mention, known: Resolved) -> bool:
    """Whether "the former president" and the role of the one it may mean agree: former, vice, deputy or not."""
    here = {w.lower() for w in m.before} & _RANKING
    there = set((known.role or known.name).lower().split()) & _RANKING
    return here <= there and there - {"former"} <= here


def _same_office(m: Mention, known: Resolved) -> bool:
    """Whether "the home secretary" can be the one it may mean: not the foreign secretary."""
    if m.noun not in ("secretary", "minister") or known.role is None:
        return True
    what = {w.lower() for w in m.before if w.lower() not in lex.DETERMINERS}
    return what <= set(known.role.lower().split())


def _elsewhere(cast: Cast, m: Mention, at: int) -> Mention | None:
    """A fuller form of a bare group: 'Example officials' where "officials" alone speak."""
    t = cast.t
    first = max(1, at - _LOOK_BACK)
    near = [x for x, low in enumerate(t.low[first : at + _LOOK_AHEAD], first) if low == m.noun and not t.quoted[x]]
    before = [x for x in near if x < at]
    later = [] if m.noun in lex.EXPERTS and not m.definite else [x for x in near if x > at + 1]
    for x in [*reversed(before[-_MENTIONS:]), *later[:_MENTIONS]]:
        if t.words[x - 1][0].isupper() and not t.common(x - 1) and t.low[x - 1] not in lex.DETERMINERS:
            k = x - 1
            while k > 0 and t.words[k - 1][0].isupper() and x - k < 4 and not t.common(k - 1):
                k -= 1
            return mention(t, Phrase(k, x + 1, x + 1))
        if t.low[x + 1 : x + 2] in (["at"], ["from"], ["with"], ["for"]) and t.words[x + 2 : x + 3]:
            end = x + 2
            while end < min(x + 5, len(t.words)) and t.words[end].islower() and t.words[end].isalpha():
                end += 1  # "a spokesman for carmaker Example"
            described = end
            while end < len(t.words) and t.words[end][0].isupper():
                end += 1
            if end > described:
                return mention(t, Phrase(x, end, end))
    return None


def _descriptive(cast: Cast, m: Mention, at: int) -> tuple[str | None, str | None]:
    """Role and organisation in 'an Example spokesperson', 'researchers at Example Labs', 'a company official'."""
    head = m.words[len(m.before)] if len(m.words) > len(m.before) else ""
    found = premodifier(
        [*m.before, head if head.lower() == m.noun and (m.before or head.isupper()) else m.noun]
    )  # an abbreviation of an office
    role, org, generic = found.role, found.organization, found.generic
    if org is None and m.after and m.after[0] in ("at", "from", "with", "for", "of"):
        named = organization(list(m.after[1:]))
        if named is not None:
            org, generic = named
    words = role.split() if role else []
    if org is None and len(words) > 1 and words[0].lower() in lex.COMPANIES and _human(words[-1].lower()):
        org, generic = words[0], True
        role = " ".join(words[1:])
    if org is not None and not generic and _somebody(cast, org):
        org = None  # "Roe's lawyer", "a spokesman for Governor Roe": whose lawyer is no organisation
    if org is not None and not generic and m.noun not in _SEATED and is_place(org):
        org = None  # "Middle East observers", "a California transit chief"
    if m.noun in _RELATED:
        return (role if _human(m.noun) else None), None  # "Roe's family"
    if org is not None:
        org = cast.companies.before(at, org) if generic else cast.names.organization(org)
    return (role if _human(m.noun) else None), org


def _somebody(cast: Cast, name: str) -> bool:
    """Whether an owner is a person ("Governor Jane Roe") or people ("Americans")."""
    words = split_person(tuple(name.split()))
    low = name.lower()
    people = low in lex.ROLES_OR_GROUPS or low.rstrip("s") in lex.NATIONS or low[:1].isdigit() or "-" in low[:6]
    return (words is not None and cast.names.person(words) is not None) or people


def _human(noun: str) -> bool:
    """Whether a noun is a role somebody can hold: "researchers", "spokesman", not "firms" or "people"."""
    single = noun[:-1] if noun.endswith("s") else noun
    return single in lex.ROLES or noun in lex.SPOKESPEOPLE or noun in ("authorities", "police", "staff")
