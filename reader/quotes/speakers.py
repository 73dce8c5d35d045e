"""The speaker model of an article: who each mention means, with role and organisation, built once per article.

`Cast.resolve` turns the noun phrase of an attribution into a `Resolved` speaker; what it cannot tell stays None.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from reader.model import SpeakerType
from reader.quotes import lexicon as lex
from reader.quotes.companies import Companies
from reader.quotes.context import around, behind, merge
from reader.quotes.findings import Finding
from reader.quotes.mentions import Kind, Mention, mention
from reader.quotes.names import Names, Person, bare, split_person
from reader.quotes.phrases import Phrase
from reader.quotes.roles import NOTHING, Affiliation, apposition, organization, premodifier
from reader.quotes.tokens import Tokens


# Documents an organisation writes about its own matters: the one the text is about has issued them.
_OWN_PAPERS = lex.words(
    "statement email e-mail notice advisory notification announcement webpage website page faq post tweet memo letter"
)


class Resolved(NamedTuple):
    """A speaker as far as the article tells; `evidence` names how the mention was resolved."""

    name: str
    mention: str
    type: SpeakerType
    evidence: str
    role: str | None = None
    organization: str | None = None
    noun: str = ""
    at: int = 0


class Cast:
    """Everybody who speaks or is named in one article. Call `resolve` in text order: pronouns look back."""

    def __init__(self, t: Tokens) -> None:
        self.t = t
        self.names = Names(t)
        self.history: list[Resolved] = []
        self.companies = Companies(self.names)
        self._positions: list[tuple[int, Person]] = []

    def introduce(self, findings: list[Finding]) -> None:
        """Learn the persons that attributions name before anything is resolved."""
        for f in findings:
            if f.phrase is None or f.source is not None:
                continue
            m = mention(self.t, f.phrase)
            if m.kind is Kind.NAME:
                self._introduce(m, f.phrase)
        for people in self.names.persons.values():
            for person in people:
                self._positions += [(at, person) for at in person.at if not self.t.quoted[at]]
        self._positions.sort(key=lambda x: x[0])

    def _introduce(self, m: Mention, phrase: Phrase) -> None:
        words = split_person(m.name)
        if words is None or self.names.person(words) is not None:
            return
        titled = bool(m.before) and (
            m.before[-1].lower().rstrip(".") in lex.TITLES or m.before[-1].lower() in lex.ROLES
        )
        if len(words) == 1:
            aside = self.t.low[phrase.head + 1 : min(phrase.end, phrase.head + 6)]
            roled = (
                bool(aside) and any(w in lex.ROLES for w in aside) and not any(w in lex.COMPANIES for w in aside[:1])
            )
            if (titled or roled or words[0].lower() in lex.FIRST_NAMES) and not self._organizational(m.name):
                self.names.add_person(words[0], phrase.head - 1)
            return
        if self._organizational(m.name) or (m.definite and not titled):
            return
        if 2 <= len(words) <= 4:
            self.names.add_person(" ".join(words), phrase.head - 1)

    def _organizational(self, words: tuple[str, ...]) -> bool:
        lows = [w.lower() for w in words]
        if any(
            w in lex.ORG_WORDS or w in lex.OFFICIAL_PHRASES or w in lex.OUTLETS or w in lex.SECURITY_VENDORS
            for w in lows
        ):
            return lows[0] not in lex.FIRST_NAMES or lows[-1] in lex.ORG_WORDS
        if lows[-1] in lex.ORG_NOUNS and lows[0] not in lex.FIRST_NAMES and len(words) > 1:
            return True
        if lows[0] in lex.NATIONS or lows[0] == "the":
            return True
        return any(any(c.isdigit() for c in w) or (len(w) > 2 and w.isupper() and "." not in w) or "/" in w for w in words) or any(
            sum(c.isupper() for c in w) > 1 and w[0].isupper() and not w.startswith(("Mc", "Mac", "O’", "O'", "De", "Di", "La", "Le", "Fitz", "Van"))
            and "-" not in w and "." not in w for w in words
        )  # fmt: skip

    # --- resolution --------------------------------------------------------------------------------------------------

    def resolve(self, f: Finding) -> Resolved | None:
        """Who the attribution of a finding names; None if the article does not tell."""
        if f.phrase is None:
            return None
        found = self._resolve(f.phrase)
        if found is not None:
            self.history.append(found)
            self.companies.heard(found.name, found.organization)
        return found

    def _resolve(self, phrase: Phrase) -> Resolved | None:
        t = self.t
        m = mention(t, phrase)
        text = t.slice(phrase.start, phrase.head)
        at = phrase.start
        aside = [t.words[x] for x in range(phrase.head, phrase.end) if not t.mark[x]]
        if m.kind is Kind.PRONOUN:
            return self._pronoun(m.noun, at, text)
        if m.kind is Kind.NAME:
            person = self._person_of(m)
            if person is not None:
                return self._named(person, m, phrase, text)
            return self._organization(m, at, text)
        named = self._named_in_aside(m, phrase, aside, text)
        if named is not None:
            return named
        if m.kind is Kind.DOCUMENT:
            author = self._author(m)
            if author is not None:
                role, org = self._affiliation(author, NOTHING, at)
                return Resolved(author.name, text, SpeakerType.PERSON, "document-author", role, org, "", at)
            return self._document(m, at, text)
        if m.kind is Kind.COMPANY:
            return self._described_company(m, at, text)
        if m.kind is Kind.GROUP:
            return self._group(m, at, text)
        return self._unnamed(m, at, text)

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

    def _named(self, person: Person, m: Mention, phrase: Phrase, text: str) -> Resolved:
        t = self.t
        i = phrase.start + max(0, len(m.words) - len(m.after) - len(m.name))
        j = i + len(m.name)
        here = NOTHING
        if phrase.end > phrase.head or m.before or m.after or len(m.name) > 1:
            here = merge(self._before_name(m), behind(t, j))
            if not here:
                here = around(t, i, j)
        role, org = self._affiliation(person, here, phrase.start)
        words = person.name.split()
        shown = " ".join(m.name[-len(words) :]) if len(m.name) > 1 else m.name[-1]
        evidence = "full-name" if len(m.name) > 1 else "last-name" if len(words) > 1 else "single-name"
        return Resolved(person.name, shown, SpeakerType.PERSON, evidence, role, org, "", phrase.start)

    def _before_name(self, m: Mention) -> Affiliation:
        extra = len(m.name) - len(split_person(m.name) or m.name)
        before = [*m.before, *m.name[:extra]]
        if not before:
            return NOTHING
        last = before[-1]
        if last.lower() == "general" and len(before) > 1:
            return premodifier(before)
        if last.lower().rstrip(".") in lex.TITLES and last.lower() not in lex.ROLES:
            return NOTHING
        if last.endswith(("'s", "’s", "s'", "s’")):
            found = organization(before)
            return Affiliation(None, *found) if found else NOTHING
        return premodifier(before) if last.lower() in lex.ROLES else NOTHING

    def _affiliation(self, person: Person, here: Affiliation, at: int) -> tuple[str | None, str | None]:
        """Role and organisation of a person: from this mention first, then from the article's other mentions."""
        if not person.searched:
            person.searched = True
            known = NOTHING
            for position in person.at[:40]:
                if self.t.quoted[position]:
                    continue
                start = position - len(person.name.split()) + 1
                if start < 0 or self.t.words[start] != person.name.split()[0]:
                    start = position
                known = merge(known, self._settle(around(self.t, start, position + 1), position))
                if known.role and known.organization:
                    break
            person.role, person.organization = known.role, known.organization
        here = self._settle(here, at)
        if here.role and (person.role is None or len(person.role) < len(here.role)):
            person.role = here.role
        if here.organization and person.organization is None:
            person.organization = here.organization
        return here.role or person.role, here.organization or person.organization

    def _settle(self, found: Affiliation, at: int) -> Affiliation:
        """Look a generic organisation ("the company") up, and give any other its fullest name."""
        if found.organization is None:
            return found
        if found.generic:
            return Affiliation(found.role, self.companies.before(at))
        return Affiliation(found.role, self.names.organization(found.organization))

    def _named_in_aside(self, m: Mention, phrase: Phrase, aside: list[str], text: str) -> Resolved | None:
        """'The company's chief executive, Jane Roe, said': the name stands in the apposition."""
        if m.kind not in (Kind.ROLE, Kind.OTHER, Kind.GROUP, Kind.COMPANY) or len(aside) < 2 or aside[0] not in ",—–":
            return None
        name: list[str] = []
        for word in aside[1:]:
            if not (word[0].isupper() or word.lower() in lex.PARTICLES):
                break
            name.append(word)
        if not name:
            return None
        words = split_person(tuple(name))
        person = self.names.person(words) if words and len(words) > 1 else None
        if (
            person is None
            and m.kind is Kind.ROLE
            and words
            and 2 <= len(words) <= 4
            and not self._organizational(words)
        ):
            person = self.names.add_person(" ".join(words), phrase.start)
        if person is not None:
            here = apposition(m.words)
            role, org = self._affiliation(person, here, phrase.start)
            return Resolved(person.name, person.name, SpeakerType.PERSON, "full-name", role, org, "", phrase.start)
        if m.kind is Kind.COMPANY:
            full = self.names.organization(" ".join(name))
            return Resolved(full, text, SpeakerType.ORGANIZATION, "company-name", None, full, "", phrase.start)
        return None

    # --- pronouns ----------------------------------------------------------------------------------------------------

    def _pronoun(self, low: str, at: int, text: str) -> Resolved | None:
        if low in lex.PERSONAL:
            person = self.person_before(at)
            if person is not None:
                role, org = self._affiliation(person, NOTHING, at)
                return Resolved(person.name, text, SpeakerType.PERSON, "pronoun", role, org, "", at)
            last = self.history[-1] if self.history else None
            if last is not None and last.type is SpeakerType.ANONYMOUS:
                return last._replace(mention=text, evidence="pronoun-unnamed", at=at)
            return None
        if low == "they":
            for last in reversed(self.history[-4:]):
                if last.type in (SpeakerType.GROUP, SpeakerType.ORGANIZATION):
                    return last._replace(mention=text, evidence="pronoun-group", at=at)
            return None
        if low == "it":
            for last in reversed(self.history[-3:]):
                if last.type is SpeakerType.ORGANIZATION:
                    return last._replace(mention=text, evidence="pronoun-it", at=at)
            name = self.companies.before(at)
            if name:
                return Resolved(name, text, SpeakerType.ORGANIZATION, "pronoun-it-far", None, name, "", at)
        return None

    def person_before(self, at: int) -> Person | None:
        """The person "he" or "she" means at token `at`: the latest one mentioned as a subject, else the latest one."""
        last = next((r for r in reversed(self.history[-40:]) if r.type is not SpeakerType.ORGANIZATION), None)
        spoken = self._by_name(last) if last is not None and last.type is SpeakerType.PERSON else None
        index = bisect_left(self._positions, at, key=lambda x: x[0])
        latest: Person | None = None
        for position, person in reversed(self._positions[max(0, index - 8) : index]):
            if last is not None and position <= last.at:
                return spoken if spoken is not None else latest
            if self._subject_like(position, person):
                return person
            latest = latest or person
        return spoken or latest

    def _holder(self, noun: str, at: int) -> Person | None:
        """The one person named before token `at` who holds the role that "the mayor", "the researcher" asks for."""
        index = bisect_left(self._positions, at, key=lambda x: x[0])
        found: Person | None = None
        for _, person in reversed(self._positions[max(0, index - 30) : index]):
            if person is found:
                continue
            role, _org = self._affiliation(person, NOTHING, at)
            if role and noun in role.lower().split():
                if found is not None:
                    return None
                found = person
        return found

    def _by_name(self, r: Resolved) -> Person | None:
        return self.names.person(tuple(r.name.split()))

    def _subject_like(self, position: int, person: Person) -> bool:
        t = self.t
        start = position - len(person.name.split()) + 1
        k = max(0, min(start, position))
        before = t.low[k - 1] if k else ""
        if before in lex.PREPOSITIONS or t.words[position].endswith(("'s", "’s")):
            return False
        return True

    # --- organisations -----------------------------------------------------------------------------------------------

    def _organization(self, m: Mention, at: int, text: str) -> Resolved:
        name = " ".join(m.name)
        if (
            m.after
            and m.after[0] in ("of", "for")
            and (m.name[-1].lower() in lex.ORG_WORDS or m.name[-1].lower() in lex.OFFICIAL_PHRASES)
        ):
            name = " ".join([*m.name, *m.after])
        full = self.names.organization(name)
        if m.before and m.before[-1].endswith(("'s", "’s")) and len(m.name) == 1 and m.name[0][0].isupper():
            owner = " ".join(m.before)
            full = f"{owner} {full}" if m.name[0].lower() in lex.ORG_WORDS else full
        return Resolved(full, text, SpeakerType.ORGANIZATION, "organization-name", None, full, "", at)

    def _described_company(self, m: Mention, at: int, text: str) -> Resolved:
        core = [*m.before, m.noun]
        proper = [w for w in core if w[0].isupper() and w.lower() not in lex.DETERMINERS]
        if m.definite and not proper:
            name = self.companies.before(at, m.noun)
            if name is not None:
                return Resolved(name, text, SpeakerType.ORGANIZATION, "the-company", None, name, "", at)
        return Resolved(text, text, SpeakerType.ORGANIZATION, "described-company", None, text, m.noun, at)

    def _document(self, m: Mention, at: int, text: str) -> Resolved:
        """A document speaks for its issuer if the article names one, else for itself."""
        issuer = self._issuer(m, at)
        if issuer is not None:
            return Resolved(issuer, text, SpeakerType.ORGANIZATION, "document-issuer", None, issuer, m.noun, at)
        if m.definite:
            for last in reversed(self.history[-3:]):
                if last.type is SpeakerType.ORGANIZATION:
                    return last._replace(mention=text, evidence="document-again", at=at)
        issuer = self._issuer_elsewhere(m, at)
        if issuer is not None:
            return Resolved(issuer, text, SpeakerType.ORGANIZATION, "document-issuer-far", None, issuer, m.noun, at)
        return Resolved(text, text, SpeakerType.ORGANIZATION, "document", None, None, m.noun, at)

    def _issuer_elsewhere(self, m: Mention, at: int) -> str | None:
        """The issuer that the article names where it mentions such a document before ("a report from Example")."""
        t = self.t
        if m.noun in _OWN_PAPERS:
            return self.companies.before(at)
        for x in range(at - 1, max(-1, at - 600), -1):
            if t.low[x] != m.noun or t.quoted[x]:
                continue
            k = x
            while k > 0 and x - k < 6 and t.low[k - 1] not in lex.PREPOSITIONS and t.words[k - 1][0].isalnum():
                k -= 1
                if t.low[k] in lex.DETERMINERS:
                    break
            end = min(len(t.words), x + 9)
            for y in range(x + 1, end):
                if t.mark[y] or t.words[y] in ",.;:":
                    end = y
                    break
            there = mention(t, Phrase(k, end, end))
            if there.kind is Kind.DOCUMENT and there.noun == m.noun:
                issuer = self._issuer(there, x)
                if issuer is not None:
                    return issuer
        return None

    def _author(self, m: Mention) -> Person | None:
        """The person of 'Roe's report'."""
        owner = next(
            (x for x, w in enumerate(m.before) if w.endswith(("'s", "’s", "s'", "s’")) and w[0].isupper()), None
        )
        if owner is None:
            return None
        words = [w for w in m.before[: owner + 1] if w[0].isupper()]
        words[-1] = bare(words[-1])
        return self.names.person(tuple(words[-2:])) or self.names.person(tuple(words[-1:]))

    def _issuer(self, m: Mention, at: int) -> str | None:
        after = list(m.after)
        if (after and after[0] in ("from", "by", "of", "at")) or (
            len(after) > 1 and after[0] in ("published", "released", "conducted")
        ):
            k = 1 if after[0] in ("from", "by", "of", "at") else 2
            found = organization(after[k:])
            if found is not None and not found[1]:
                return self.names.organization(found[0])
            if found is not None:
                return self.companies.before(at)
        before = [w for w in m.before]
        if before and before[0].lower() in ("its", "their"):
            return self.companies.before(at)
        name: list[str] = []
        for word in before:
            if word[0].isupper() and word.lower() not in lex.DETERMINERS and word.lower() not in lex.TIMES:
                name.append(word)
                if word.endswith(("'s", "’s")):
                    break
            elif name:
                break
            elif word.endswith(("'s", "’s")) and m.definite:
                return self.companies.before(at)
        if name:
            full = " ".join(name)
            full = full[:-2] if full.endswith(("'s", "’s")) else full
            return self.names.organization(full)
        return None

    # --- groups and unnamed speakers ---------------------------------------------------------------------------------

    def _group(self, m: Mention, at: int, text: str) -> Resolved:
        role, org = self._descriptive(m, at)
        bare_group = not m.after and all(w.lower() in lex.DETERMINERS for w in m.before)
        if m.noun in lex.ADVERSARIES and (m.definite or bare_group):
            gang = self.companies.gang_before(at)
            if gang is not None:
                return Resolved(gang, text, SpeakerType.ORGANIZATION, "the-gang", None, gang, "", at)
        if bare_group:
            for last in reversed(self.history[-40:]):
                if last.type is SpeakerType.GROUP and last.noun == m.noun:
                    return last._replace(mention=text, evidence="group-again", at=at)
            fuller = self._group_elsewhere(m, at)
            if fuller is not None:
                role, org = self._descriptive(fuller, at)
                full = " ".join(fuller.words)
                return Resolved(full, text, SpeakerType.GROUP, "group-elsewhere", role, org, m.noun, at)
        return Resolved(text, text, SpeakerType.GROUP, "group", role, org, m.noun, at)

    def _group_elsewhere(self, m: Mention, at: int) -> Mention | None:
        """A fuller form of a bare group: 'Example officials' where "officials" alone speak."""
        t = self.t
        for x in [*range(at - 1, max(0, at - 900), -1), *range(at + 2, min(len(t.words), at + 300))]:
            if t.low[x] != m.noun or t.quoted[x]:
                continue
            if t.words[x - 1][0].isupper() and not t.common(x - 1) and t.low[x - 1] not in lex.DETERMINERS:
                k = x - 1
                while k > 0 and t.words[k - 1][0].isupper() and x - k < 4 and not t.common(k - 1):
                    k -= 1
                return mention(t, Phrase(k, x + 1, x + 1))
            if (
                t.low[x + 1 : x + 2] in (["at"], ["from"], ["with"])
                and t.words[x + 2 : x + 3]
                and t.words[x + 2][0].isupper()
            ):
                end = x + 3
                while end < len(t.words) and t.words[end][0].isupper():
                    end += 1
                return mention(t, Phrase(x, end, end))
        return None

    def _unnamed(self, m: Mention, at: int, text: str) -> Resolved:
        role, org = self._descriptive(m, at)
        if m.definite and not m.after:
            for last in reversed(self.history[-40:]):
                if last.type is SpeakerType.ANONYMOUS and last.noun == m.noun:
                    return last._replace(mention=text, evidence="unnamed-again", at=at)
                if last.type is SpeakerType.PERSON and last.role and m.noun in last.role.lower().split():
                    return last._replace(mention=text, evidence="role-again", at=at)
            person = self._holder(m.noun, at)
            if person is not None:
                role, org = self._affiliation(person, NOTHING, at)
                return Resolved(person.name, text, SpeakerType.PERSON, "role-again", role, org, "", at)
        return Resolved(text, text, SpeakerType.ANONYMOUS, "unnamed", role, org, m.noun, at)

    def _descriptive(self, m: Mention, at: int) -> tuple[str | None, str | None]:
        """Role and organisation in 'an Example spokesperson', 'researchers at Example Labs', 'a company official'."""
        core = [*m.before, m.noun]
        found = premodifier(core)
        role, org, generic = found.role, found.organization, found.generic
        if not _human(m.noun):
            role = None
        if org is None and m.after and m.after[0] in ("at", "from", "with", "for", "of"):
            named = organization(list(m.after[1:]))
            if named is not None:
                org, generic = named
        words = role.split() if role else []
        if (
            org is None
            and len(words) > 1
            and words[0].lower() in lex.COMPANIES
            and words[-1].lower() in lex.SPOKESPEOPLE | lex.GROUPS | lex.ROLES
        ):
            org, generic = words[0], True
            role = " ".join(words[1:])
        if generic:
            org = self.companies.before(at)
        elif org is not None:
            org = self.names.organization(org)
        if role is not None:
            while words and words[0].lower() in lex.DETERMINERS:
                words = words[1:]
        return role, org


def _human(noun: str) -> bool:
    """Whether a noun is a role somebody can hold: "researchers", "spokesman", not "firms" or "people"."""
    single = noun[:-1] if noun.endswith("s") else noun
    return single in lex.ROLES or noun in lex.SPOKESPEOPLE or noun in ("authorities", "police", "staff")
