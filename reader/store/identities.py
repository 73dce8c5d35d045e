"""What evidence tells of who a speaker is, from the words alone; nothing here looks into the library.

A speaker has a *bucket*, within which he may be the same as others, and a *form* in it:

- a person of full name: the name, and the organisation ("" if none is stated);
- an organisation: its name without legal form, or the acronym that an article introduces ("Example Agency (EA)"), and
  the long name ("" for the acronym itself);
- everybody else (single names, initials with a last name, unnamed people, groups, "the report", "a company"): the
  article, so that nobody is ever taken for somebody in another article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.model import Speaker, SpeakerType
from reader.text.clean import clean_line

MAX_LINE = 300
MAX_WORDS = 12  # of a name; longer ones are no names


@dataclass(frozen=True, slots=True)
class Identity:
    """Who speaks, as far as words can tell.

    `key` is unique; `stem` is what the article calls the speaker, whatever else it says; `kind` is that of the expert;
    `lasting` if the same may come in other articles.
    """

    key: str
    stem: str
    bucket: str
    form: str
    name: str
    kind: SpeakerType
    lasting: bool = True


def of(speaker: Speaker, article_id: int, text: str) -> Identity:
    """The identity of a speaker in an article with this text."""
    name, kind = clean_line(speaker.name, MAX_LINE), speaker.type
    if kind is SpeakerType.PERSON and is_full(name):
        bucket, form = f"person {' '.join(_person(name))}", organization_key(speaker.organization)
        return Identity(f"{bucket} / {form}", bucket, bucket, form, name, kind)
    if kind is SpeakerType.ORGANIZATION and not is_described(name) and (long := organization_key(name)):
        key = f"organization {long}"
        if _ACRONYM.fullmatch(name):
            return Identity(key, key, key, "", name, kind)
        short = acronym_in(name, text).lower()
        return Identity(key, key, f"organization {short}" if short else key, long, name, kind)
    key = f"article {article_id} {kind.value} {' '.join(tokens(name))}"
    return Identity(key, key, key, "", name, kind, lasting=False)


def told_apart(one: Identity, form: str) -> Identity:
    """The identity that the reader has made of this one in some articles."""
    return replace(one, key=f"{one.stem} / {form}", form=form)


def is_full(name: str) -> bool:
    """Whether a person's name has at least a first and a last name, neither of them an initial."""
    parts = _person(name)
    return 2 <= len(parts) <= MAX_WORDS and len(parts[0]) > 1 and len(parts[-1]) > 1


def is_described(name: str) -> bool:
    """Whether this is no name but a description: "the report", "a trade body", "The company"."""
    first, _, rest = name.partition(" ")
    told = rest if first.lower() in _ARTICLES else name
    return told == told.lower() and not any(char.isdigit() or char in ".@" for char in told)


def organization_key(name: str | None) -> str:
    """An organisation's name for comparing: words in lower case without article and legal form."""
    words = tokens(name or "")
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


def acronym_in(name: str, text: str) -> str:
    """The acronym that `text` introduces in brackets right behind the name, if it is made of its initials; else ""."""
    bare = name[4:] if name[:4].lower() == "the " else name
    place = -1
    for _ in range(3):
        place = text.find(bare, place + 1)
        if place < 0:
            return ""
        end = place + len(bare)
        found = _INTRODUCED.match(text, end, end + 24)
        if found and found[1].lower() in initials(tokens(bare)):
            return found[1]
    return ""


def initials(words: Sequence[str]) -> set[str]:
    """What the acronym of these words may be: with and without the little words."""
    if not 2 <= len(words) <= MAX_WORDS:
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _LITTLE)}


def agreeing(forms: Iterable[str]) -> dict[str, str]:
    """Organisations (as `organization_key` gives them) that do not contradict each other: each with one of its group.

    "Example" agrees with "Example Labs" (one begins with the other) and "ea" with "Example Agency" (its initials).
    Linear in the number of words.
    """
    group = {form: form for form in forms if form}

    def root(form: str) -> str:
        while group[form] != form:
            group[form] = group[group[form]]
            form = group[form]
        return form

    for form in sorted(group):
        words = form.split(" ")[:MAX_WORDS]
        others = [" ".join(words[:count]) for count in range(1, len(words))]
        for other in (*others, *sorted(initials(words))):
            if other in group:
                first, second = sorted((root(form), root(other)))
                group[second] = first
    return {form: root(form) for form in group}


def tokens(text: str) -> list[str]:
    """Words in lower case without accents and punctuation."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in plain if not unicodedata.combining(char))
    return _TOKEN.findall(_INNER.sub("", text.casefold()))


def _person(name: str) -> list[str]:
    words = tokens(name)
    while len(words) > 1 and words[0] in _HONORIFICS:
        words = words[1:]
    return words


_TOKEN = re.compile(r"[^\W_]+")
_INNER = re.compile(r"(?<=\w)['’.&](?=\w)")  # O'Neil, U.S., AT&T are one word each
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.]{1,7}")
_INTRODUCED = re.compile(r"(?:['’]s)?\s?\(([A-Z][A-Za-z0-9&]{1,9})\)")
_LITTLE = frozenset(("a", "an", "and", "at", "de", "des", "du", "for", "für", "in", "of", "on", "the", "to", "und"))
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "its", "their", "one", "another", "some"))
_LEGAL = frozenset(
    ("ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "kk",
     "limited", "llc", "llp", "ltd", "nv", "oy", "oyj", "plc", "pty", "pte", "sa", "sarl", "sas", "se", "spa", "srl")
)  # fmt: skip
_HONORIFICS = frozenset(
    ("dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev", "hon", "herr",
     "frau", "mme", "mlle")
)  # fmt: skip
