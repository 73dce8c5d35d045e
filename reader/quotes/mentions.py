"""What kind of speaker a noun phrase names: a person, an organisation, a document, an unnamed one or a group."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from reader.quotes import lexicon as lex
from reader.quotes.gazetteer import is_place
from reader.quotes.names import bare
from reader.quotes.phrases import Phrase
from reader.quotes.tokens import Tokens

_TAILS = lex.words(
    "of at from with for in on who which that behind to about by familiar close working investigating claiming",
    "calling across inside outside throughout identified named involved known via based responsible tracking conducted",
    "published",
)
_NAMES_OF = lex.BODIES | lex.words("minister secretary director borough chamber diocese archdiocese")
_PARTICIPLES = lex.words("drawn written made sent seen given taken known put set drafted won led held run built")
_BANDS = lex.words(
    "group team number majority handful pair couple dozen host panel trio duo crowd bunch coalition series"
)
_STATE_OFFICES = lex.words(
    "secretary minister chancellor commissioner ambassador"
)  # "the Trade and Industry Secretary"
_BEFORE_NAMES = lex.words("the a an but and as when this that most many some several other all few earlier")
_COMPOUNDS = lex.words("based held ranked seeded born owned led backed listed headquartered affiliated funded run old")
_NOUNS = lex.DOCUMENTS | lex.GROUPS | lex.COMPANIES | lex.ROLES | lex.ANONYMOUS


class Kind(Enum):
    """The form of a mention."""

    PRONOUN = "pronoun"
    NAME = "name"
    DOCUMENT = "document"
    GROUP = "group"
    COMPANY = "company"
    ROLE = "role"
    OTHER = "other"


class Mention(NamedTuple):
    """A noun phrase taken apart: `before` the name, the `name` itself, the head `noun`, the words `after`."""

    kind: Kind
    words: list[str]
    name: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    noun: str = ""
    definite: bool = False


def mention(t: Tokens, phrase: Phrase) -> Mention:
    """Take the head of a phrase apart (its apposition is not looked at)."""
    key = (phrase.start, phrase.head)
    known: Mention | None = t.memo.get(key)
    if known is None:
        known = t.memo[key] = _taken_apart(t, phrase)
    return known


def _taken_apart(t: Tokens, phrase: Phrase) -> Mention:
    words = [t.words[x] for x in range(phrase.start, phrase.head) if not t.mark[x]]
    if words and (len(words) > 1 or words[0].endswith("s")) and t.common(phrase.start):
        words[0] = words[0].lower()
    while words and words[0] in "\"“'‘,":
        words = words[1:]
    if not words:
        return Mention(Kind.OTHER, [])
    if len(words) == 1 and words[0] != "WHO" and words[0].lower() in lex.ANY_PRONOUN:
        return Mention(Kind.PRONOUN, words, noun=words[0].lower())
    cut = _core_end(words)
    core, after = words[:cut], tuple(words[cut:])
    moved = _name_behind_office(core, list(after))
    if moved:
        core, after = [*core, *after], ()
        return Mention(Kind.NAME, words, tuple(core[-moved:]), tuple(core[:-moved]), ())
    if len(core) == 3 and core[2] in lex.BEHIND_NAMES and core[0].lower() in lex.FIRST_NAMES:
        return Mention(Kind.NAME, words, tuple(core[:2]), (core[2],) if core[2].lower() in lex.ROLES else (), after)
    definite = core[0].lower() in ("the", "that", "this", "those", "these", "its", "his", "her", "their")
    last = core[-1]
    office = _office(core)
    if office:
        return Mention(
            Kind.ROLE,
            words,
            (),
            tuple(core[: office - 1]),
            (*core[office:], *after),
            core[office - 1].lower(),
            definite,
        )
    if definite and len(core) > 2 and last.lower() in _STATE_OFFICES and not core[-2].endswith(("'s", "’s")):
        return Mention(Kind.ROLE, words, (), tuple(core[:-1]), after, last.lower(), definite)
    if _proper(core, len(core) - 1) and not (last.isupper() and last.lower() in lex.ROLES):  # "its CFO"
        name, before = _name(core)
        plain = all(w.lower() in lex.OPENERS for w in before)
        if name and not (len(name) == 1 and name[0].lower() in lex.ROLES_OR_GROUPS and plain):
            return Mention(Kind.NAME, words, name, before, after, definite=definite)
    noun = last.lower()
    kind = _common(core, noun)
    if noun in _BANDS and after[:1] == ("of",) and not (definite and noun == "number"):
        inner = mention_words(list(after[1:]))
        if inner is not None and inner.kind is Kind.GROUP:
            return Mention(Kind.GROUP, words, (), inner.before, inner.after, inner.noun)
    return Mention(kind, words, (), tuple(core[:-1]), after, noun, definite)


def _office(core: list[str]) -> int:
    """Behind which word of 'The Director of Example Television' the office ends; 0 if the phrase is no bare office."""
    first = 1 if core[0].lower() in lex.DETERMINERS else 0
    for x in range(first, min(first + 3, len(core) - 2)):
        if core[x].lower() in lex.ROLES and core[x + 1] == "of":
            return 0 if any(w.lower() in lex.FIRST_NAMES for w in core[x + 2 :]) else x + 1
        if core[x].lower() not in lex.ROLE_WORDS:
            return 0
    return 0


def mention_words(words: list[str]) -> Mention | None:
    """A plural without an article taken apart: ['students', 'at', 'Example']; None if it is none."""
    if not words or not words[0].islower():
        return None
    cut = _core_end(words)
    noun = words[cut - 1].lower()
    return Mention(_common(words[:cut], noun), words, (), tuple(words[: cut - 1]), tuple(words[cut:]), noun)


def _name_behind_office(core: list[str], after: list[str]) -> int:
    """How many words at the end of 'Special Agent in Charge Jane Roe' are the name; 0 if there is none."""
    if not (core[-1][0].isupper() and core[-1].lower() in lex.ROLES) or not after or not after[-1][0].isupper():
        return 0
    for x in range(len(after) - 2, max(-1, len(after) - 4), -1):
        if not after[x][0].isupper():
            return 0
        if after[x].lower() in lex.FIRST_NAMES:
            return len(after) - x
    return 0


def _proper(core: list[str], x: int) -> bool:
    word = core[x]
    if x and word.isdigit() and len(word) < 4 and core[x - 1].lower() in ("unit", "area", "channel", "team"):
        return core[x - 1][0].isupper()  # "Unit 9"
    if not (word[0].isupper() or (word[0].isdigit() and any(c.isupper() for c in word)) or word[0] == "@"):
        return ("." in word[1:-1] and word.islower()) or (word[0].isalpha() and any(c.isupper() for c in word[1:]))
    if x == 0 and len(core) == 1:
        low = word.lower()
        return low not in lex.GROUPS and low not in lex.DOCUMENTS and low not in lex.OPENERS
    return True


def _core_end(words: list[str]) -> int:
    for x in range(1, len(words)):
        low = words[x].lower()
        if low == "named" and words[x - 1].endswith("ly"):
            continue  # "its recently named chief, Jane Roe"
        if low.endswith("ing") and words[x + 1 : x + 2] and words[x + 1].lower() in lex.COMPANIES:
            continue  # "web tracking company Example"
        if low in _TAILS or words[x] in "(,":
            head = words[x - 1]
            goes_on = (
                low in ("of", "for", "on") and head[0].isupper() and head.lower() in _NAMES_OF and x + 1 < len(words)
            )
            if goes_on and (words[x + 1][0].isupper() or words[x + 1] == "the"):
                continue
            return x
        if (
            (low.endswith(("ed", "ing")) or low in _PARTICIPLES)
            and words[x].islower()
            and words[x - 1].lower() in _NOUNS
        ):
            return x
    return len(words)


def _name(core: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a core that ends in a proper name into (name, what stands before it)."""
    last = len(core)
    k = last - 1
    while k > 0:
        word = core[k - 1]
        if word.endswith(("'s", "’s", "s'", "s’")):
            following = core[k].lower()
            if following in lex.ORG_WORDS and k == last - 1 and len(core) - k == 1:
                k -= 1
                continue
            break
        low = word.lower()
        titled = low.rstrip(".") in lex.TITLES and core[k].lower() not in lex.BODIES  # not "Justice Department"
        if titled or (low in lex.ROLES and not (low in lex.FIRST_NAMES and k == last - 1)):
            break
        if word[0].isupper() or low in lex.PARTICLES or word == "&" or word[0].isdigit():
            k -= 1
            continue
        if low in ("of", "for", "and", "on", "the") and k - 2 >= 0 and core[k - 2][0].isupper():
            k -= 1
            continue
        break
    name = list(core[k:])
    while len(name) > 1 and name[0].lower() in _BEFORE_NAMES:
        name = name[1:]
        k += 1
    if len(name) > 1 and len(name[0]) == 4 and name[0].isdigit():
        name, k = name[1:], k + 1  # "in 2004 Example said"
    while len(name) > 1 and "-" in name[0] and name[0].rsplit("-", 1)[1] in _COMPOUNDS:
        name = name[1:]  # "London-based Example"
        k += 1
    while len(name) > 2 and name[0].islower() and name[0] not in lex.PARTICLES:
        given = next((x for x in range(1, len(name) - 1) if name[x].lower() in lex.FIRST_NAMES), 0)
        moved = given or (3 if len(name) > 4 and is_place(" ".join(name[1:3])) else 2 if len(name) > 3 else 1)
        name = name[moved:]
        k += moved
    name[-1] = bare(name[-1])
    return tuple(name), tuple(core[:k])


def _common(core: list[str], noun: str) -> Kind:
    if noun in lex.DOCUMENTS and noun not in ("official",):
        return Kind.DOCUMENT
    if noun in lex.GROUPS:
        return Kind.GROUP
    if noun in lex.ROLES or noun in lex.ANONYMOUS or noun in lex.SPOKESPEOPLE or noun in lex.PRIVATE:
        return Kind.ROLE
    if noun in lex.COMPANIES or (noun.endswith("maker") and len(noun) > 6):
        return Kind.COMPANY
    if noun in ("%", "percent"):
        return Kind.GROUP
    if noun in (
        "pair",
        "duo",
        "trio",
        "colleagues",
        "couple",
        "family",
        "majority",
        "industry",
        "opposition",
        "public",
    ):
        return Kind.GROUP
    if noun.endswith(("ers", "ors", "ists", "ians", "men", "women")) and len(noun) > 5 and core[-1].islower():
        return Kind.GROUP  # "the carmakers", "lobbyists"
    if noun.endswith("s") and (noun[:-1] in lex.ROLES or noun[:-1] in lex.ANONYMOUS or noun[:-1] in lex.COMPANIES):
        return Kind.GROUP
    return Kind.OTHER
