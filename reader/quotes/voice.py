"""On whose behalf a speaker speaks: expert, official, company, adversary or other."""

from __future__ import annotations

import re

from reader.model import SpeakerType, Voice
from reader.quotes import lexicon as lex
from reader.quotes.descriptions import (
    SECURITY,
    accused,
    adversary,
    news_medium,
    own_matter,
    public_body,
    security_firm,
    victim,
)
from reader.quotes.gazetteer import is_place
from reader.quotes.resolved import Resolved
from reader.quotes.speakers import Cast

_WORD = re.compile(r"[\w.'’&/-]+")
_ACADEMIC = lex.words("university college institute school academy polytechnic eth mit")
_PRESS = lex.words("reporter journalist correspondent columnist blogger broadcaster")
_SCHOLARS = lex.words(
    "fellow professor lecturer academic scholar scientist economist criminologist researcher analyst expert"
)
_ADVOCATES = lex.words(
    "league association institute foundation coalition alliance consumers consumer business businesses union"
)
_STAFF = lex.words("employee worker executive staff insider company firm vendor maker")
_STUDIES = lex.words("study survey research analysis studies poll findings paper")
_REPORTS = lex.words("report story article media account")
# Titles that companies have too: only with a state, a party or a court beside them do they make an official.
_SHARED = lex.words(
    "president secretary inspector agent administration captain premier chancellor judge senate watchdog"
)
_PRIVATE = lex.words(
    "hospital medical health care practice university college school bank company inc corp clinic airline utility",
    "hotel store church museum club",
)
_RANKS = lex.words(
    "sen sen. rep rep. gov gov. sgt sgt. lt lt. capt capt. det det. insp insp. gen. col. mp mep coun coun. cllr cllr."
)
# Titles that tell of an office where the article says nothing else of somebody.
_TITLED = lex.RANKS | lex.words(
    "general senator governor colonel sergeant captain major detective inspector superintendent supt judge minister",
    "mayor pc dc ds di dci constable commander adm admiral brigadier ambassador baroness trooper commissioner",
)
_MANAGEMENT = lex.words(
    "chief executive president vice-president vice provost chancellor registrar spokesperson spokesman spokeswoman",
    "superintendent communications operating",
)
_SERVICES = lex.words("services police transport statistics health border highways parks revenue customs tax")
_GOVERNING = lex.words("treasurer auditor comptroller manager administrator chief officer director")
_OF_PLACES = lex.words("county city town municipal village borough")
_CHAMBERS = lex.words("house parliament assembly commons")
_PARLIAMENTARY = lex.words("select affairs intelligence accounts oversight judiciary parliamentary congressional")
_CRIME = lex.words("crime crimes fraud")
_SQUADS = lex.words("unit squad command taskforce force agency bureau centre center")
_UNIFORMED = lex.words("officer trooper constable sergeant")
_CORPORATE = lex.words("executive chief privacy compliance security information financial operating bank company")
_CHARGES = lex.words("complaint lawsuit indictment affidavit charge charges filing filings warrant papers")
_REALMS = lex.words("national federal state royal u.s. uk eu european")
_HOUSES = tuple(
    lex.words(name)
    for name in (
        "white house",
        "joint chiefs",
        "no 10",
        "home office",
        "foreign office",
        "cabinet office",
        "downing street",
    )
)
_SEATS = lex.words("office centre center directorate bureau council agency authority service")
_STATE = lex.words("ministry department federal")
_PROSECUTING = lex.words("general district assistant u.s. deputy u.s")
_OF_THE_STATE = (lex.OFFICIALS | _RANKS | lex.words("ministerial presidential")) - lex.words("official officials")
_COURT_PAPERS = lex.words("indictment affidavit ruling verdict warrant subpoena judgment")
_ELECTED = lex.words("peer peers secretary minister lawmaker justice majority minority whip")
_TRADES = lex.words(
    "nurse teacher driver mechanic plumber builder farmer pastor retiree worker tourist passenger singer actor"
)
_FOUNDERS = lex.words("ceo founder")
_NOT_PRESS = lex.EXPERTS - {"journalist"}
_CHANNELS = ("cbs", "nbc", "abc", "fox", "cnn", "wxia")
# "Grey Fox Labs" and "Vice Systems" publish no news.
_NAMESAKES = lex.words("fox vice fortune wired")
_MAKERS = lex.words("labs lab security research software systems technologies networks group bank analytics consulting")
_OFFICES = lex.OFFICIALS | _RANKS
_LOCAL = lex.words("county city state council board office house district school")


_PARTIES = lex.words(
    "labour tory tories conservative conservatives democrat democrats democratic republican republicans gop ukip snp",
    "dem dems dup",
)
_MOVEMENTS = lex.words("taliban isis isil hamas hezbollah al-qaeda al-qaida al-shabaab houthis boko")
# Who speaks for a state or for states.
_POWERS = lex.NATIONS | frozenset(
    (
        "united nations",
        "european union",
        "nato",
        "arab league",
        "african union",
        "world bank",
        "u.n.",
        "ec",
        "who",
        "imf",
        "wto",
        "un",
        "european commission",
        "international monetary fund",
        "world health organization",
    )
)


def voice(r: Resolved, cast: Cast) -> Voice:
    """The voice of a resolved speaker, from role, organisation, kind of mention and the article around it."""
    key = (r.name, r.role, r.organization, r.noun, r.type)
    known = cast.voices.get(key)
    if known is None:
        known = cast.voices[key] = _judge(r, cast)
    return known


def _judge(r: Resolved, cast: Cast) -> Voice:
    role, org, own = _words(r.role), _words(r.organization), _words(r.name)
    if r.type is SpeakerType.PERSON:
        return _person(role, org, r, cast)
    if r.type is SpeakerType.ORGANIZATION:
        return _organization(own | org, r, cast)
    return _unnamed(own, role, org, r, cast)


def _words(text: str | None) -> frozenset[str]:
    """The words of a phrase in lower case, without possessive endings, plurals also as singulars."""
    found: set[str] = set()
    for word in _WORD.findall((text or "").lower()):
        plain = word[:-2] if word.endswith(("'s", "’s")) else word.rstrip(".") if len(word) > 4 else word
        found.add(plain)
        if plain.endswith("s") and len(plain) > 4:
            found.add(plain[:-1])
    return frozenset(found)


def _official(words: frozenset[str]) -> bool:
    if words & _ADVOCATES and not words & _STATE:
        return False
    if (words & _REALMS and words & _SEATS) or any(name <= words for name in _HOUSES):
        return True
    if (words & _CRIME and words & _SQUADS) or ("committee" in words and words & _PARLIAMENTARY):
        return True
    return bool(words & (lex.ALL_OFFICIAL))


def _outlet(words: frozenset[str]) -> bool:
    made = words & _MAKERS
    if (words & lex.OUTLETS) - (_NAMESAKES if made else frozenset()):
        return True
    if any(len(w) > 6 and w.endswith(("news", "newspaper", "times")) for w in words):
        return True
    if not made and any(len(w) <= 5 and w.startswith(_CHANNELS) for w in words):
        return True
    return bool(words & lex.OUTLET_WORDS) and not words & (SECURITY | lex.OFFICIALS)


def _person(role: frozenset[str], org: frozenset[str], r: Resolved, cast: Cast) -> Voice:
    official_body = _public(org, r.organization, cast)
    if role & _PRESS or (_outlet(org) and not role & (_NOT_PRESS)):
        return Voice.OTHER
    shared = role & _SHARED and ("vice" in role or (org and not official_body and not is_place(r.organization or "")))
    if ("attorney" in role and role & _PROSECUTING) or ("speaker" in role and (role | org) & _CHAMBERS):
        return Voice.OFFICIAL
    if role & _OF_PLACES and not org and not role & _SCHOLARS:
        return Voice.OFFICIAL  # "County Manager Jane Roe"
    if org & _PARTIES and not role & _SCHOLARS:
        return Voice.OFFICIAL
    if (role & _OFFICES and not shared) or org & lex.OFFICIALS or (role & _ELECTED and not shared):
        return Voice.OFFICIAL if not (role & _SCHOLARS and not official_body) else Voice.EXPERT
    if role & _SCHOLARS and not org & lex.OFFICIALS:
        return Voice.EXPERT
    if official_body and "former" in role:
        return Voice.EXPERT
    if r.organization and is_place(r.organization) and role & _GOVERNING:
        return Voice.OFFICIAL  # places are kept for offices only
    if official_body and not (org & _LOCAL and role & _FOUNDERS):
        return Voice.OFFICIAL
    if ("principal" in role and org & _ACADEMIC) or ({"general", "counsel"} <= role and org):
        return Voice.COMPANY
    if adversary(r.organization or "", cast.names) or org & _MOVEMENTS:
        return Voice.ADVERSARY
    if role & lex.SPOKESPEOPLE:
        return Voice.OFFICIAL if role & _OF_THE_STATE or ("official" in role and not org) else Voice.COMPANY
    if role & lex.ADVERSARIES:
        return Voice.ADVERSARY
    if role & lex.EXPERTS or org & _ADVOCATES:
        return Voice.EXPERT
    if org:
        if security_firm(r.organization or "", cast.names):
            return Voice.COMPANY if victim(r.organization or "", cast.names) else Voice.EXPERT
        if org & _ACADEMIC:
            return Voice.COMPANY if role & _MANAGEMENT else Voice.EXPERT
        return Voice.COMPANY if own_matter(r.organization or "", cast.names) else Voice.EXPERT
    if role & lex.PRIVATE or role & _TRADES:
        return Voice.OTHER
    if not role:
        return _private_person(r, cast)
    learned = any(w.endswith(("ologist", "author", "modeler", "physicist")) for w in role)
    return Voice.EXPERT if role & SECURITY or learned else Voice.COMPANY


def _public(words: frozenset[str], name: str | None, cast: Cast) -> bool:
    """Whether an organisation is a state's: by its words, or because the article calls it a watchdog, a regulator."""
    return _official(words) or (name or "").lower() in _POWERS or bool(name and public_body(name, cast.names))


def _private_person(r: Resolved, cast: Cast) -> Voice:
    """The voice of somebody of whom the article tells no role: a rank or a crime, or else nothing."""
    person = cast.names.person(tuple(r.name.split()))
    if person is None:
        return Voice.OTHER
    t, length = cast.t, len(person.name.split())
    for at in person.at[:8]:
        before = {t.low[x].rstrip(".") for x in (at - 1, at - length) if x >= 0}
        if before & _TITLED:
            return Voice.OFFICIAL
    return Voice.ADVERSARY if accused(person, cast.names) else Voice.OTHER


def _organization(words: frozenset[str], r: Resolved, cast: Cast) -> Voice:
    if r.noun in _CHARGES and r.organization is None:
        return Voice.OFFICIAL
    if words & lex.ADVERSARIES and not words & lex.EXPERTS and not words & lex.OFFICIALS:
        return Voice.ADVERSARY
    if adversary(r.name, cast.names) or words & _MOVEMENTS:
        return Voice.ADVERSARY
    if (_outlet(words) and not words & lex.SECURITY_VENDORS) or news_medium(r.name, cast.names):
        return Voice.OTHER
    last = r.name.split()[-1]
    if is_place(last) and not words.isdisjoint(_SERVICES):
        return Voice.OFFICIAL  # "Services Norwick", "Police Scotland"
    if (words & _REALMS and words & _SEATS) or is_place(r.name) or r.name.lower() in _POWERS:
        return Voice.OFFICIAL
    if security_firm(r.name, cast.names):
        return Voice.COMPANY if victim(r.name, cast.names) else Voice.EXPERT
    if _official(words) or words & _PARTIES or public_body(r.name, cast.names):
        return Voice.OFFICIAL
    if r.noun in _STUDIES:
        return Voice.EXPERT
    if r.organization is None and (r.noun in _COURT_PAPERS or r.noun == "office"):
        return Voice.OFFICIAL
    if r.organization is None and r.noun:
        return Voice.EXPERT if r.noun in _STUDIES else Voice.OTHER
    if words & _ADVOCATES:
        return Voice.EXPERT
    return Voice.COMPANY


def _unnamed(own: frozenset[str], role: frozenset[str], org: frozenset[str], r: Resolved, cast: Cast) -> Voice:
    words = own | role
    if (words & lex.ADVERSARIES or words & lex.FAKES or org & _MOVEMENTS) and not words & lex.EXPERTS:
        return Voice.ADVERSARY
    if words & lex.SPOKESPEOPLE:
        state = own & _OF_THE_STATE or org & _PARTIES or ("official" in role and not org)
        return Voice.OFFICIAL if state or _public(org, r.organization, cast) else Voice.COMPANY
    public = _public(org, r.organization, cast)
    if words & lex.OFFICIALS or public:
        firm = bool(org) and not public and not is_place(r.organization or "") and not org & lex.NATIONS
        private = "official" in words and ((words | org) & _PRIVATE or firm)
        return Voice.COMPANY if private else Voice.OFFICIAL
    if words & _UNIFORMED and not words & _CORPORATE:
        return Voice.OFFICIAL
    if words & lex.EXPERTS or words & SECURITY:
        return Voice.EXPERT
    if words & _REPORTS:
        return Voice.OTHER
    if org and (org & _ACADEMIC or security_firm(r.organization or "", cast.names)):
        return Voice.EXPERT
    return Voice.COMPANY if words & _STAFF or org else Voice.OTHER
