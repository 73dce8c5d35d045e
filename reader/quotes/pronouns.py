"""Speakers without a name of their own: he, she, it, they, "the mayor", "the woman"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from reader.model import SpeakerType
from reader.quotes import lexicon as lex
from reader.quotes.mentions import Kind, mention
from reader.quotes.names import Person
from reader.quotes.resolved import Resolved
from reader.quotes.subjects import main_subject

if TYPE_CHECKING:
    from reader.quotes.speakers import Cast

_WOMEN = lex.words(
    "woman mother wife girl widow lady spokeswoman daughter sister grandmother mom mum girlfriend aunt niece"
)
_MEN = lex.words(
    "man father husband boy widower spokesman son brother grandfather dad boyfriend uncle nephew gentleman guy"
)
_ASKED = lex.words("told tells telling asked asks asking informed assured reminded reassured with")
_LOOK_BACK = 40
_FIRST_NAMED = 100


def pronoun(cast: Cast, low: str, at: int, text: str) -> Resolved | None:
    """Who a pronoun at token `at` means; None if the article does not tell."""
    last = cast.history[-1] if cast.history else None
    if last is not None and last.at == at and text and last.mention == text:
        return last  # both halves of '…, it says, …' are the same speaker's
    if low in lex.PERSONAL:
        return _personal(cast, low, at, text)
    if low == "they":
        people = _people_before(cast, at, text)
        if people is not None:
            return people
        for last in reversed(cast.history[-4:]):
            if last.type in (SpeakerType.GROUP, SpeakerType.ORGANIZATION):
                return last._replace(mention=text, evidence="pronoun-group", at=at)
        return None
    if low == "it":
        return _it(cast, at, text)
    return None


def _personal(cast: Cast, low: str, at: int, text: str) -> Resolved | None:
    last = cast.history[-1] if cast.history else None
    described = _described_before(cast, low, at, text)
    if described is not None:
        return described
    person = _topic(cast, low, at) or _person_before(cast, low, at)
    unsure = last is not None and last.evidence == "organization-name" and cast.names.counts.get(last.name, 0) <= 2
    if last is not None and unsure and (person is None or _last_named(person, at) < last.at):
        return last._replace(mention=text, type=SpeakerType.PERSON, evidence="pronoun-name", organization=None, at=at)
    if person is not None:
        role, org = cast.affiliation(person, at)
        return Resolved(person.name, text, SpeakerType.PERSON, "pronoun", role, org, "", at)
    for spoken in reversed(cast.history[-4:]):
        if spoken.type is SpeakerType.ANONYMOUS and spoken.noun not in (_MEN if low == "she" else _WOMEN):
            return spoken._replace(mention=text, evidence="pronoun-unnamed", at=at)
    return None


def _described_before(cast: Cast, low: str, at: int, text: str) -> Resolved | None:
    """'The teacher has left town. "I had to," he said': the one the sentence before is about, named or not."""
    t = cast.t
    here = bisect_right(cast.companies.starts, at) - 1
    for number in range(here - 1, max(-1, here - 4), -1):
        s = t.sentences[number]
        spoken = bool(cast.history) and cast.history[-1].at >= s.start
        if spoken or s.paragraph != t.sentences[here].paragraph or any(t.quoted[s.start : s.stop]):
            return None
        subject = main_subject(t, s.start, s.stop)
        m = mention(t, subject) if subject is not None else None
        if subject is None or m is None or (m.kind is Kind.PRONOUN and m.noun == low):
            continue  # nobody new
        if m.kind is not Kind.ROLE or m.noun in (_MEN if low == "she" else _WOMEN) or (m.definite and m.after):
            return None
        found = cast.resolve_phrase(subject)
        return found._replace(mention=text, at=at) if found is not None else None
    return None


def _topic(cast: Cast, low: str, at: int) -> Person | None:
    """The person with whose name the sentence before begins: 'Roe sat beside Marsh. He said …' is Roe."""
    t, starts = cast.t, cast.companies.starts
    here = bisect_right(starts, at) - 1
    if here < 1 or t.sentences[here - 1].paragraph != t.sentences[here].paragraph or starts[here] != at:
        return None
    first = starts[here - 1]
    index = bisect_left(cast.positions, first, key=lambda x: x[0])
    if index == len(cast.positions):
        return None
    position, person = cast.positions[index]
    named = position - first < len(person.name.split()) + 1 and t.words[position].islower() is False
    whose = t.words[position].endswith(("'s", "’s", "s'", "s’"))
    spoken = bool(cast.history) and cast.history[-1].at >= first
    return person if named and not whose and not spoken and agrees(person, low) else None


def _in_relative(cast: Cast, position: int) -> bool:
    """Whether the name at a token is the object in 'Roe, who represents Marsh, said': the sentence is about another."""
    low, words = cast.t.low, cast.t.words
    for x in range(position - 1, max(-1, position - 6), -1):
        if words[x] in ".;:" or cast.t.mark[x]:
            return False
        if low[x] in ("who", "whether"):
            return True
    return False


def _last_named(person: Person, at: int) -> int:
    """Where the person was last named before token `at`."""
    return next((x for x in reversed(person.at[-200:]) if x < at), 0)


def _person_before(cast: Cast, low: str, at: int) -> Person | None:
    """The latest person mentioned as a subject, else the latest one who spoke, else the latest one."""
    last = next((r for r in reversed(cast.history[-_LOOK_BACK:]) if r.type is not SpeakerType.ORGANIZATION), None)
    spoken = cast.names.person(tuple(last.name.split())) if last and last.type is SpeakerType.PERSON else None
    if spoken is not None and not agrees(spoken, low):
        spoken, last = None, None
    speaking = spoken is not None or (last is not None and last.type is SpeakerType.ANONYMOUS)
    index = bisect_left(cast.positions, at, key=lambda x: x[0])
    latest: Person | None = None
    for position, person in reversed(cast.positions[max(0, index - 8) : index]):
        if not agrees(person, low) or (speaking and cast.reported[position]):
            continue
        if last is not None and position <= last.at:
            return spoken or latest
        if _subject_like(cast, position, person) and not _in_relative(cast, position):
            return person
        latest = latest or person
    return spoken or latest


def agrees(person: Person, low: str) -> bool:
    """Whether "he" or "she" can mean the person, as far as the first name tells."""
    first = person.name.split()[0].lower()
    if low == "he" and first in lex.FEMALE_NAMES - lex.NEUTRAL_NAMES:
        return False
    if len(person.name.split()) < 2 or first not in lex.FIRST_NAMES or first in lex.NEUTRAL_NAMES:
        return True
    return (low == "she") == (first in lex.FEMALE_NAMES)


def _subject_like(cast: Cast, position: int, person: Person) -> bool:
    t = cast.t
    words = person.name.split()
    start = max(0, position - len(words) + 1)
    if t.words[start] != words[0]:
        start = position
    before = t.low[start - 1] if start else ""
    return before not in lex.PREPOSITIONS and before not in _ASKED and not t.words[position].endswith(("'s", "’s"))


def _it(cast: Cast, at: int, text: str) -> Resolved | None:
    paper = _document_before(cast, at, text)
    if paper is not None:
        return paper
    last = next((r for r in reversed(cast.history[-3:]) if r.type is SpeakerType.ORGANIZATION), None)
    name = cast.companies.subject_before(at, last.at if last is not None else -1)
    if name is not None:
        return Resolved(name, text, SpeakerType.ORGANIZATION, "pronoun-it-subject", None, name, "", at)
    if last is not None:
        return last._replace(mention=text, evidence="pronoun-it", at=at)
    return None


def _people_before(cast: Cast, at: int, text: str) -> Resolved | None:
    """The people whom the sentence before is about: 'The hackers sent samples to the paper. They said …'."""
    t = cast.t
    number = bisect_right(cast.companies.starts, at) - 2
    if number < 0 or t.sentences[number + 1].paragraph != t.sentences[number].paragraph:
        return None
    s = t.sentences[number]
    subject = main_subject(t, s.start, s.stop)
    if subject is None or (cast.history and cast.history[-1].at >= subject.start) or any(t.quoted[s.start : s.stop]):
        return None
    if mention(t, subject).kind is not Kind.GROUP:
        return None
    found = cast.resolve_phrase(subject)
    return found._replace(mention=text, evidence="pronoun-group", at=at) if found is not None else None


def _document_before(cast: Cast, at: int, text: str) -> Resolved | None:
    """The letter or message that the sentence before is about: 'The message looks real. It says …'."""
    t = cast.t
    number = bisect_right(cast.companies.starts, at) - 2
    if number < 0 or t.sentences[number + 1].paragraph - t.sentences[number].paragraph > 1:
        return None
    s = t.sentences[number]
    subject = main_subject(t, s.start, s.stop)
    if subject is None or (cast.history and cast.history[-1].at >= subject.start):
        return None
    m = mention(t, subject)
    if m.kind is not Kind.DOCUMENT:
        return None
    found = cast.resolve_phrase(subject)
    return found._replace(mention=text, evidence="pronoun-document", at=at) if found is not None else None


_HEADS = lex.words("president chancellor premier governor")
_SAME_ROLE = (
    lex.words("ceo executive"),
    lex.words("lawyer attorney counsel solicitor barrister"),
    lex.words("spokesman spokeswoman spokesperson"),
    lex.words("officer detective sergeant inspector constable agent"),
    lex.words("researcher expert analyst consultant specialist engineer scientist"),
    lex.words("professor academic scholar lecturer scientist"),
    lex.words("senator lawmaker politician congressman congresswoman"),
)


def _holds(role: str | None, noun: str) -> bool:
    """Whether a role answers to a noun: an office to its abbreviation, "attorney" to "lawyer"."""
    words = set((role or "").lower().split())
    if noun == "minister" and "secretary" in words:
        return True  # British ministers
    return noun in words or any(noun in same and words & same for same in _SAME_ROLE)


def _another_heads(cast: Cast, noun: str, last: Resolved) -> bool:
    """Whether "the president" is rather a President by title than the president of something who spoke before."""
    if noun not in _HEADS or last.organization is None:
        return False
    t = cast.t
    return any(
        t.low[position - 1] == noun and t.words[position - 1][0].isupper() and person.name != last.name
        for position, person in cast.positions[:_FIRST_NAMED]
        if position
    )


def aged(cast: Cast, at: int, text: str) -> Resolved | None:
    """Whom "the 24-year-old" means: the person this or the sentence before names last."""
    here = bisect_right(cast.companies.starts, at) - 1
    first = cast.companies.starts[max(0, here - 1)]
    index = bisect_left(cast.positions, at, key=lambda x: x[0])
    if not index or cast.positions[index - 1][0] < first:
        return None
    position, person = cast.positions[index - 1]
    namesakes = cast.names.by_last.get(person.last, ())
    if any(position < run.start < at and len(run.words) > 1 for run in namesakes):
        return None
    role, org = cast.affiliation(person, at)
    return Resolved(person.name, text, SpeakerType.PERSON, "role-again", role, org, "", at)


def holder(cast: Cast, noun: str, at: int, text: str, *, owned: bool = False) -> Resolved | None:
    """The one person named before token `at` whom "the mayor", "the researcher" or "the woman" means."""
    for last in reversed(cast.history[-_LOOK_BACK:]):
        if last.type is SpeakerType.ANONYMOUS and last.noun == noun:
            return last._replace(mention=text, evidence="unnamed-again", at=at)
        if last.type is SpeakerType.PERSON and _holds(last.role, noun) and not _another_heads(cast, noun, last):
            return last._replace(mention=text, evidence="role-again", at=at)
    index = bisect_left(cast.positions, at, key=lambda x: x[0])
    near: list[Person] = []
    for _, person in reversed(cast.positions[max(0, index - 30) : index]):
        if person not in near:
            near.append(person)
    holders = [p for p in near if _holds(cast.affiliation(p, at)[0], noun)]
    if len(holders) > 1 and noun in _HEADS:
        holders = [p for p in holders if cast.affiliation(p, at)[1] is None] or holders
    evidence = "role-again"
    if not holders and noun in lex.PRIVATE and not owned:
        sex = "she" if noun in _WOMEN else "he" if noun in _MEN else ""
        holders = [p for p in near if not any(cast.affiliation(p, at)) and (not sex or agrees(p, sex))]
        evidence = "private-person"
    if len(holders) != 1:
        return None
    role, org = cast.affiliation(holders[0], at)
    return Resolved(holders[0].name, text, SpeakerType.PERSON, evidence, role, org, "", at)
