"""Reports, letters, statements as speakers: a document speaks for its author or issuer if the article names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import SpeakerType
from reader.quotes import lexicon as lex
from reader.quotes.bodies import organization
from reader.quotes.gazetteer import is_place
from reader.quotes.mentions import Kind, Mention, mention
from reader.quotes.names import Person, bare
from reader.quotes.phrases import Phrase
from reader.quotes.pronouns import pronoun
from reader.quotes.resolved import Resolved

if TYPE_CHECKING:
    from reader.quotes.speakers import Cast

# Documents an organisation writes about its own matters: the one the text is about has issued them.
_OWN_PAPERS = lex.words(
    "statement email e-mail notice advisory notification announcement webpage website page faq post tweet memo letter"
)
# Words of attackers, where attackers have just spoken: not those of the organisation that spoke last.
_LEFT_BEHIND = lex.words("note notes message messages")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_PLACES = lex.words("website site page account blog twitter facebook homepage feed channel portal")
_DATES = lex.TIMES | lex.CALENDAR
_LOOK_BACK = 600
_MENTIONS = 6


def document(cast: Cast, m: Mention, at: int, text: str) -> Resolved:
    """The speaker behind the document mention `m` that stands at token `at`."""
    if any(w.lower() in lex.FAKES for w in m.before):
        return Resolved(text, text, SpeakerType.ANONYMOUS, "document", None, None, m.noun, at)
    author = _author(cast, m, at)
    if author is not None:
        role, org = cast.affiliation(author, at)
        return Resolved(author.name, text, SpeakerType.PERSON, "document-author", role, org, "", at)
    issuer = _issuer(cast, m, at)
    if issuer is None and m.definite and (fake := _fake(cast, m, at)):
        return Resolved(fake, text, SpeakerType.ANONYMOUS, "document", None, None, m.noun, at)
    evidence = "document-issuer"
    if issuer is None:
        issuer, evidence = _issuer_elsewhere(cast, m, at), "document-issuer-far"
    left_behind = m.noun in _LEFT_BEHIND and any(h.noun in lex.ADVERSARIES for h in cast.history[-3:])
    theirs = m.before[:1] in (("their",), ("Their",))  # of people; a single organisation writes "its" papers
    if issuer is None and m.definite and not left_behind and not theirs:
        for last in reversed(cast.history[-3:]):
            if last.type is SpeakerType.ORGANIZATION:
                return last._replace(mention=text, evidence="document-again", at=at)
    if (
        issuer is None
        and not theirs
        and m.noun in _OWN_PAPERS
        and m.definite  # whose "a letter" is, the article has to say
        and not (m.before and m.before[0].lower() in ("one", "another"))
    ):
        issuer = cast.companies.before(at)
    if issuer is None:
        return Resolved(text, text, SpeakerType.ORGANIZATION, "document", None, None, m.noun, at)
    return Resolved(issuer, text, SpeakerType.ORGANIZATION, evidence, None, issuer, m.noun, at)


def _fake(cast: Cast, m: Mention, at: int) -> str | None:
    """'ransom note' if "the note" is one that the article has called so before."""
    low = cast.t.low
    for x in range(at - 1, max(0, at - _LOOK_BACK), -1):
        if low[x] == m.noun and low[x - 1] in lex.FAKES:
            return f"{low[x - 1]} {m.noun}"
        if low[x] == m.noun and low[x - 1] in ("a", "an", "another"):
            return None
    return None


def _author(cast: Cast, m: Mention, at: int) -> Person | None:
    """The person of 'Roe's report'."""
    if m.before and m.before[0].lower() in ("his", "her"):
        owner = pronoun(cast, "he" if m.before[0].lower() == "his" else "she", at, "")
        return cast.names.person(tuple(owner.name.split())) if owner is not None else None
    if m.after and m.after[0] in ("by", "from", "of"):
        run: list[str] = []
        for word in m.after[1:]:
            run = [*run, bare(word)] if word[0].isupper() else []
            if len(run) > 1 and (person := cast.names.person(tuple(run[-2:]))) is not None:
                return person
    place = next((x for x, w in enumerate(m.before) if w.endswith(_POSSESSIVE) and w[0].isupper()), None)
    if place is None:
        return None
    words = [w for w in m.before[: place + 1] if w[0].isupper()]
    words[-1] = bare(words[-1])
    return cast.names.person(tuple(words[-2:])) or cast.names.person(tuple(words[-1:]))


def _issuer(cast: Cast, m: Mention, at: int) -> str | None:
    """The organisation in 'a report by Example', 'the Example report', "the company's statement", 'its letter'."""
    after = list(m.after)
    direct = bool(after) and after[0] in ("from", "by", "at")
    by = 0 if direct else next((x for x, w in enumerate(after[:5]) if w in ("by", "from")), -1)
    if by >= 0:
        found = organization(after[by + 1 :])
        if found is not None and not is_place(found[0]):
            return cast.companies.before(at, found[0]) if found[1] else cast.names.organization(found[0])
    if after and after[0] == "on" and any(w.lower() in _PLACES for w in after):
        owner = next((x for x, w in enumerate(after) if w.endswith(_POSSESSIVE)), None)
        if owner is not None and after[owner][0].isupper():
            return cast.names.organization(bare(" ".join(w for w in after[1 : owner + 1] if w[0].isupper())))
        if owner is not None or "its" in after:
            return cast.companies.before(at)
    if m.before and m.before[0].lower() == "its":
        return cast.companies.before(at)
    name: list[str] = []
    for word in m.before:
        if word[0].isupper() and word.lower() not in lex.DETERMINERS and word.lower() not in _DATES:
            name.append(word)
            if word.endswith(("'s", "’s")):
                break
        elif name:
            break
        elif word.endswith(("'s", "’s")) and m.definite:
            return cast.companies.before(at, bare(word).lower())
        elif word in lex.COMPANY_ONLY and m.noun in _OWN_PAPERS:
            return cast.companies.before(at, word)  # "a company statement"
    issuer = bare(" ".join(name))
    if not name or is_place(issuer) or issuer.lower() in lex.ROLES_OR_GROUPS:
        return None
    return cast.names.organization(issuer)


def _issuer_elsewhere(cast: Cast, m: Mention, at: int) -> str | None:
    """The issuer that the article names where it mentions such a document before ("a report from Example")."""
    t = cast.t
    first = max(0, at - _LOOK_BACK)
    here = [x for x, low in enumerate(t.low[first:at], first) if low == m.noun and not t.quoted[x]]
    for x in reversed(here[-_MENTIONS:]):
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
            issuer = _issuer(cast, there, x)
            if issuer is not None:
                return issuer
    return None
