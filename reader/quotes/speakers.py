"""The speaker model of an article: who each mention means, with role and organisation, built once per article.

`Cast.resolve` turns the noun phrase of an attribution into a `Resolved` speaker; what it cannot tell stays None.
"""

from __future__ import annotations

from bisect import bisect_left

from reader.model import SpeakerType, Voice
from reader.quotes import lexicon as lex
from reader.quotes.affiliation import NOTHING, Affiliation
from reader.quotes.bodies import organization
from reader.quotes.companies import Companies
from reader.quotes.context import around, behind, merge
from reader.quotes.documents import document
from reader.quotes.findings import Finding
from reader.quotes.gazetteer import is_place
from reader.quotes.introduction import introduce, organizational
from reader.quotes.mentions import Kind, Mention, mention
from reader.quotes.names import Names, Person, bare, split_person
from reader.quotes.phrases import Phrase
from reader.quotes.pronouns import agrees, pronoun
from reader.quotes.resolved import Resolved
from reader.quotes.roles import apposition, premodifier
from reader.quotes.tokens import Tokens
from reader.quotes.unnamed import group, unnamed

_SALUTATIONS = {"mr": "he", "sir": "he", "lord": "he", "mrs": "she", "ms": "she", "miss": "she", "lady": "she"}
_CIVIC = lex.words("city town county village state borough district province")
_FORCES = lex.words("police army navy")
_WATCHING = lex.words("regulator watchdog")
_DESCRIBING = lex.DETERMINERS | lex.NATIONS  # "the German firm"
_CIVIL_OFFICES = lex.OFFICIALS | lex.words("chief officer manager")  # what a city has
_SEATED = lex.words("senator congressman congresswoman representative lawmaker rep sen mp mep")  # for a place
_OFFICES = lex.ROLE_WORDS | lex.TITLES
_HELD_IN_A_COMPANY = lex.words("ceo cto ciso cso cio cfo coo executive principal manager founder owner")


class Cast:
    """Everybody who speaks or is named in one article. Call `resolve` in text order: pronouns look back.

    `history` holds who has spoken so far, `positions` where persons are named outside quotation marks;
    `reported` marks the tokens that are somebody's reported words.
    """

    def __init__(self, t: Tokens, findings: list[Finding]) -> None:
        self.t = t
        self.names = Names(t)
        introduce(self.names, findings)
        self.history: list[Resolved] = []
        self.voices: dict[tuple[str, str | None, str | None, str, SpeakerType], Voice] = {}
        self.companies = Companies(self.names)
        self.reported = bytearray(len(t.words))
        for f in findings:
            self.reported[f.start : f.end] = b"\1" * (f.end - f.start)
        self.positions: list[tuple[int, Person]] = sorted(
            (
                (at, person)
                for people in self.names.persons.values()
                for person in people
                for at in person.at
                if not t.quoted[at]
            ),
            key=lambda pair: pair[0],
        )

    def resolve(self, f: Finding) -> Resolved | None:
        """Who the attribution of a finding names; None if the article does not tell."""
        if f.phrase is None:
            return None
        found = self.resolve_phrase(f.phrase)
        if found is not None:
            self.history.append(found)
            self.companies.heard(found.name, found.organization)
        return found

    def full_name(self, who: Resolved) -> str:
        """The name of a speaker as the article first gives it, "Jr." and the like included, in single spaces."""
        suffix = self.names.suffixes.get(who.name, "") if who.type is SpeakerType.PERSON else ""
        return " ".join([*who.name.split(), *([suffix] if suffix else [])])

    def resolve_phrase(self, phrase: Phrase) -> Resolved | None:
        """Who a noun phrase means, without taking note of it."""
        t = self.t
        m = mention(t, phrase)
        text = t.slice(phrase.start, phrase.head)
        at = phrase.start
        aside = [t.words[x] for x in range(phrase.head, phrase.end) if not t.mark[x]]
        if m.kind is Kind.PRONOUN:
            return pronoun(self, m.noun, at, text)
        if m.kind is Kind.NAME:
            if "and" in m.name:
                return self._pair(m.name, at, text) or self._organization(m, at, text)
            if "and" in m.before and (both := self._pair((*m.before, *m.name), at, text)) is not None:
                return both  # "President Roe and Vice President Doe"
            person = self._person_of(m) or self._namesake(m, at)
            return self._named(person, m, phrase) if person is not None else self._organization(m, at, text)
        called = self._called(m, phrase)
        if called is not None:
            return called
        named = self._named_in_aside(m, phrase, aside, text) or self._named_behind(m, phrase)
        if named is not None:
            return named
        if m.kind is Kind.DOCUMENT:
            return document(self, m, at, text)
        if m.kind is Kind.ROLE and m.noun in _WATCHING and m.definite and not m.after:
            body = self.companies.before(at, m.noun)
            if body is not None:
                return Resolved(body, text, SpeakerType.ORGANIZATION, "the-company", None, body, "", at)
        if m.kind is Kind.COMPANY:
            return self._described_company(m, at, text)
        if m.kind is Kind.GROUP:
            return group(self, m, at, text)
        if m.kind is Kind.OTHER and m.noun in lex.THINGS:
            return None
        return unnamed(self, m, at, text)

    def _pair(self, words: tuple[str, ...], at: int, text: str) -> Resolved | None:
        """'Jane Roe and John Doe': two persons are a group."""
        cut = words.index("and")
        if words[cut - 1].lower() in lex.ROLES:
            return None  # "Vice President and Chief Operating Officer Jane Roe"
        first, second = split_person(words[:cut]), split_person(words[cut + 1 :])
        one = self.names.person(first) if first else None
        two = self.names.person(second) if second else None
        if one is None and two is None and (len(first or ()) < 2 or len(second or ()) < 2 or organizational(words)):
            return None
        if one is None and (first is None or first[0].lower() not in lex.FIRST_NAMES) and not words[0].isalpha():
            return None
        known = one or two
        name = " and ".join(
            person.name if person is not None else " ".join(part)
            for person, part in ((one, first or ()), (two, second or ()))
        )
        role, org = self.affiliation(known, at) if known is not None else (None, None)
        return Resolved(name, text, SpeakerType.GROUP, "group", role, org, "", at)

    def _person_of(self, m: Mention) -> Person | None:
        words = split_person(m.name)
        if words is None:
            return None
        person = self.names.person(words)
        if person is None and len(words) > 1:
            person = self.names.person(words[-1:])
            if person is not None and len(person.name.split()) > 1:
                person = None
        return person

    def _namesake(self, m: Mention, at: int) -> Person | None:
        """Of several persons with this last name the one who spoke last, else the one named last, before token `at`."""
        words = split_person(m.name)
        known = self.names.persons.get(words[-1], []) if words is not None and len(words) == 1 else []
        if len(known) < 2:
            return None
        title = m.before[-1].lower().rstrip(".") if m.before else ""
        fitting = [p for p in known if title not in _SALUTATIONS or agrees(p, _SALUTATIONS[title])] or known
        for last in reversed(self.history[-40:]):
            for person in fitting:
                if last.name == person.name:
                    return person
        before = [(p.at[bisect_left(p.at, at) - 1] if p.at[0] < at else -1, k) for k, p in enumerate(fitting)]
        return fitting[max(before)[1]]

    def _named(self, person: Person, m: Mention, phrase: Phrase) -> Resolved:
        t = self.t
        i = phrase.start + max(0, len(m.words) - len(m.after) - len(m.name))
        j = i + len(m.name)
        here = NOTHING
        if phrase.end > phrase.head or m.before or m.after or len(m.name) > 1:
            here = merge(self._before_name(m), behind(t, j))
            if not here:
                here = around(t, i, j)
        role, org = self.affiliation(person, phrase.start, here)
        if org is None and role is not None and _speaks_for_somebody(role):
            noun = next((w for w in role.lower().split() if w in _CIVIC), "company")
            noun = "school" if "principal" in role.lower() else noun
            org = person.organization = self.companies.before(phrase.start, noun)
        words = person.name.split()
        shown = " ".join(m.name[-len(words) :]) if len(m.name) > 1 else m.name[-1]
        evidence = "full-name" if len(m.name) > 1 else "last-name" if len(words) > 1 else "single-name"
        if evidence == "last-name" and len(self.names.persons.get(person.last, ())) > 1:
            evidence = "namesake"
        return Resolved(person.name, shown, SpeakerType.PERSON, evidence, role, org, "", phrase.start)

    def _before_name(self, m: Mention) -> Affiliation:
        extra = len(m.name) - len(split_person(m.name) or m.name)
        before = [*m.before, *m.name[:extra]]
        if not before:
            return NOTHING
        last = before[-1]
        if last.lower() == "general" and len(before) > 1:
            return premodifier(before)
        if last.lower().rstrip(".") in lex.RANKS:
            return premodifier(before)
        if last.lower().rstrip(".") in lex.TITLES and last.lower() not in lex.ROLES:
            if len(before) == 1 or before[-2].lower() not in lex.ROLES:
                return NOTHING
            return premodifier(before[:-1])  # "Foreign Office minister Lord Roe"
        if last.endswith(("'s", "’s", "s'", "s’")):
            found = organization(before)
            return Affiliation(None, *found) if found else NOTHING
        return premodifier(before) if last.lower() in lex.ROLES else NOTHING

    def affiliation(self, person: Person, at: int, here: Affiliation = NOTHING) -> tuple[str | None, str | None]:
        """Role and organisation of a person: from this mention first, then from the article's other mentions."""
        if not person.searched:
            person.searched = True
            known = NOTHING
            places = person.at[:40]
            for position in sorted(places, key=lambda x: (self.t.quoted[x] > 0, x)):
                if self.t.quoted[position] and known.role:
                    break  # what is said of somebody in a quotation only counts where the article says nothing
                start = position - len(person.name.split()) + 1
                if start < 0 or self.t.words[start] != person.name.split()[0]:
                    start = position
                known = merge(known, self._settle(around(self.t, start, position + 1), position))
                if known.role and known.organization:
                    break
            person.role, person.organization = known.role, known.organization
        here = self._settle(here, at)
        if here.role and person.role and person.organization and here.role.lower().startswith(("former", "ex-")):
            here = NOTHING  # what somebody was says less than what the article says somebody is
        if here.role and (person.role is None or len(person.role) < len(here.role)):
            person.role = here.role
        if here.organization and person.organization is None:
            person.organization = here.organization
        return here.role or person.role, here.organization or person.organization

    def _settle(self, found: Affiliation, at: int) -> Affiliation:
        """Look a generic organisation ("the company") up, and give any other its fullest name."""
        if found.organization is None:
            return found
        owner = split_person(tuple(found.organization.split())) or ("",)
        if self.names.person(owner) is not None and not organizational(owner):
            return Affiliation(found.role)  # "President Roe's lawyer": whose lawyer is no organisation
        if found.generic:
            noun = found.organization.lower()
            return Affiliation(found.role, self.companies.before(at, noun) or (noun if noun in _FORCES else None))
        role = (found.role or "").lower().split()
        office = any(w in _CIVIL_OFFICES for w in role) and _SEATED.isdisjoint(role)
        if found.lone and not (
            (office and is_place(found.organization)) or self.companies.established(found.organization, role)
        ):
            return Affiliation(found.role)  # "Wellness researcher Jane Roe": nothing tells that it is anybody
        if not office and _place(found.organization):
            return Affiliation(found.role)  # "of Norwick": where Roe lives
        return Affiliation(found.role, self.names.organization(found.organization))

    def _called(self, m: Mention, phrase: Phrase) -> Resolved | None:
        """A person whose last name is also an office or a time: 'Doctor says' of Jane Doctor."""
        word = self.t.words[phrase.start]
        if phrase.head - phrase.start > 1 or not word[0].isupper():
            return None
        person = self.names.person((word,)) if word in self.names.persons else None
        if person is None or len(person.name.split()) < 2:
            return None
        role, org = self.affiliation(person, phrase.start)
        return Resolved(person.name, word, SpeakerType.PERSON, "last-name", role, org, "", phrase.start)

    def _named_in_aside(self, m: Mention, phrase: Phrase, aside: list[str], text: str) -> Resolved | None:
        """'The company's chief executive, Jane Roe, said': the name stands in the apposition."""
        if m.kind not in (Kind.ROLE, Kind.OTHER, Kind.GROUP, Kind.COMPANY) or len(aside) < 2 or aside[0] not in ",—–":
            return None
        name: list[str] = []
        for word in aside[1:]:
            if word == "," and name and all(w.lower().rstrip(".") in _OFFICES for w in name):
                name = []  # ", Acting Chief Superintendent, Jane Roe,"
            elif word[0].isupper() or word.lower() in lex.PARTICLES:
                name.append(word)
            else:
                break
        if not name:
            return None
        words = split_person(tuple(name))
        person = self.names.person(words) if words and len(words) > 1 else None
        if (
            person is None
            and m.kind in (Kind.ROLE, Kind.OTHER)
            and words
            and 2 <= len(words) <= 4
            and not organizational(words)
        ):
            person = self.names.add_person(" ".join(words), phrase.start)
        if person is not None:
            here = apposition(m.words)
            role, org = self.affiliation(person, phrase.start, here)
            if org is None and role is not None and m.words[0].lower() == "its":
                org = person.organization = self.companies.before(phrase.start)
            return Resolved(person.name, person.name, SpeakerType.PERSON, "full-name", role, org, "", phrase.start)
        if m.kind is Kind.COMPANY or m.noun in lex.COMPANIES:
            full = self.names.organization(" ".join(name))
            self.companies.meant(phrase.start, m.noun, full)
            return Resolved(full, text, SpeakerType.ORGANIZATION, "company-name", None, full, "", phrase.start)
        return None

    def _named_behind(self, m: Mention, phrase: Phrase) -> Resolved | None:
        """'a researcher named Jane Roe', 'the head of research Jane Roe': the name ends the phrase."""
        run: list[str] = []
        for word in reversed(m.after):
            if not (word[0].isupper() or word.lower() in lex.PARTICLES):
                break
            run.insert(0, word)
        if m.kind is not Kind.ROLE or not 2 <= len(run) <= 4 or len(run) == len(m.after):
            return None
        link = m.after[len(m.after) - len(run) - 1].lower()
        if link != "named" and (link in lex.PREPOSITIONS or link in lex.DETERMINERS or organizational(tuple(run))):
            return None
        person = self.names.person(tuple(run)) or self.names.add_person(" ".join(run), phrase.start)
        middle = [] if link == "named" else list(m.after[: len(m.after) - len(run)])
        role, org = self.affiliation(person, phrase.start, apposition([*m.before, m.noun, *middle]))
        return Resolved(person.name, person.name, SpeakerType.PERSON, "full-name", role, org, "", phrase.start)

    def _organization(self, m: Mention, at: int, text: str) -> Resolved:
        name = " ".join(m.name)
        if (
            m.after
            and m.after[0] in ("of", "for")
            and (m.name[-1].lower() in lex.ORG_WORDS or m.name[-1].lower() in lex.OFFICIAL_PHRASES)
        ):
            name = " ".join([*m.name, *m.after])
        if name.startswith("@"):  # somebody's name in a network
            return Resolved(name, text, SpeakerType.PERSON, "single-name", None, None, "", at)
        full = self.names.organization(name)
        if m.before and m.before[-1].endswith(("'s", "’s")) and len(m.name) == 1 and m.name[0][0].isupper():
            owner = " ".join(m.before)
            full = f"{owner} {full}" if m.name[0].lower() in lex.ORG_WORDS else full
        return Resolved(full, text, SpeakerType.ORGANIZATION, "organization-name", None, full, "", at)

    def _described_company(self, m: Mention, at: int, text: str) -> Resolved:
        core = [*m.before, m.noun]
        based = next((x + 1 for x, w in enumerate(core) if w.lower().endswith("-based")), 0)
        proper = [w for w in core[based:] if w[0].isupper() and w.lower() not in _DESCRIBING]
        if m.after[:1] == ("of",) and m.noun in _CIVIC and len(m.after) > 1 and m.after[1][0].isupper():
            named = " ".join([m.noun, *m.after])
            return Resolved(named, text, SpeakerType.ORGANIZATION, "organization-name", None, named, "", at)
        if m.definite and not proper:
            owner = next((bare(w).lower() for w in m.before if w.endswith(("'s", "’s"))), m.noun)
            name = self.companies.again(at, owner) or self.companies.before(at, owner)
            if name is not None:
                self.companies.meant(at, owner, name)
                return Resolved(name, text, SpeakerType.ORGANIZATION, "the-company", None, name, "", at)
        owned = m.noun == "office" and any(w.lower() in ("his", "her") or w.endswith(("'s", "’s")) for w in m.before)
        evidence = "organization-name" if proper else "described-company"
        return Resolved(text, text, SpeakerType.ORGANIZATION, evidence, None, None if owned else text, m.noun, at)


def _speaks_for_somebody(role: str) -> bool:
    """Whether a role is held in an organisation that the text has just named: "spokeswoman", "chief executive"."""
    words = role.lower().split()
    if "of" in words and not any(w in lex.SPOKESPEOPLE for w in words):
        return False  # "owner of the phone"
    return "former" not in words and any(w in lex.SPOKESPEOPLE or w in _HELD_IN_A_COMPANY for w in words)


def _place(name: str) -> bool:
    return is_place(name) or all(w in lex.NATIONS for w in name.lower().split())
