"""On whose behalf a speaker speaks: expert, official, company, adversary or other."""

from __future__ import annotations

import re

from reader.model import SpeakerType, Voice
from reader.quotes import lexicon as lex
from reader.quotes.descriptions import SECURITY, adversary, security_firm
from reader.quotes.speakers import Cast, Resolved

_WORD = re.compile(r"[\w.'’&/-]+")
_ACADEMIC = lex.words("university college institute school academy polytechnic eth mit")
_SCHOLARS = lex.words("fellow professor lecturer academic scholar scientist economist criminologist")
_PRESS = lex.words("reporter journalist correspondent columnist blogger broadcaster")
_STAFF = lex.words("employee employees worker workers executives staff insiders executive engineers company")
_STUDIES = lex.words("study survey research analysis studies poll findings researchers paper investigation")


def voice(r: Resolved, cast: Cast) -> Voice:
    """The voice of a resolved speaker, from role, organisation, kind of mention and the article around it."""
    role = _words(r.role)
    org = _words(r.organization)
    own = _words(r.name)
    if r.type is SpeakerType.PERSON:
        return _person(role, org, r, cast)
    if r.type is SpeakerType.ORGANIZATION:
        return _organization(own | org, r, cast)
    return _unnamed(own, role, org, r, cast)


def _words(text: str | None) -> frozenset[str]:
    if not text:
        return frozenset()
    return frozenset(
        w[:-2] if w.endswith(("'s", "’s")) else w.rstrip(".") if len(w) > 4 else w for w in _WORD.findall(text.lower())
    )


def _official(words: frozenset[str]) -> bool:
    return bool(words & lex.OFFICIALS) or bool(words & lex.OFFICIAL_PHRASES)


def _outlet(words: frozenset[str]) -> bool:
    return bool(words & lex.OUTLETS) or (bool(words & lex.OUTLET_WORDS) and not words & SECURITY)


def _person(role: frozenset[str], org: frozenset[str], r: Resolved, cast: Cast) -> Voice:
    if role & lex.ADVERSARIES:
        return Voice.ADVERSARY
    if role & _PRESS or (_outlet(org) and not role & (lex.EXPERTS - {"journalist"})):
        return Voice.OTHER
    if role & lex.OFFICIALS or org & lex.OFFICIALS:
        return Voice.OFFICIAL
    if role & _SCHOLARS:
        return Voice.EXPERT
    if _official(org):
        return Voice.OFFICIAL
    if role & lex.SPOKESPEOPLE:
        return Voice.COMPANY
    if role & lex.EXPERTS or (role & SECURITY and not role & lex.words("chief head")):
        return Voice.EXPERT
    if org:
        if security_firm(r.organization or "", cast.names) or org & _ACADEMIC:
            return Voice.EXPERT
        return Voice.COMPANY
    return Voice.COMPANY if role else Voice.OTHER


def _organization(words: frozenset[str], r: Resolved, cast: Cast) -> Voice:
    if words & lex.ADVERSARIES or adversary(r.name, cast.names):
        return Voice.ADVERSARY
    if _outlet(words):
        return Voice.OTHER
    if _official(words):
        return Voice.OFFICIAL
    if security_firm(r.name, cast.names) or r.noun in _STUDIES:
        return Voice.EXPERT
    return Voice.COMPANY


def _unnamed(own: frozenset[str], role: frozenset[str], org: frozenset[str], r: Resolved, cast: Cast) -> Voice:
    words = own | role
    if words & lex.ADVERSARIES and not words & lex.EXPERTS:
        return Voice.ADVERSARY
    if words & lex.SPOKESPEOPLE:
        return Voice.OFFICIAL if _official(org) else Voice.COMPANY
    if words & lex.OFFICIALS or _official(org):
        return Voice.OFFICIAL if not (org and not _official(org) and "officials" in words) else Voice.COMPANY
    if words & lex.EXPERTS or words & SECURITY:
        return Voice.EXPERT
    if words & _STAFF or org:
        return Voice.COMPANY
    return Voice.OTHER
