"""Which names that attributions use are persons: learnt before anything is resolved."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.findings import Finding
from reader.quotes.firms import FIRM_ENDINGS, FIRMS_LIKE_PEOPLE, KNOWN_FIRMS
from reader.quotes.gazetteer import is_place
from reader.quotes.given_names import SURNAMES
from reader.quotes.mentions import Kind, Mention, mention
from reader.quotes.names import Names, split_person
from reader.quotes.phrases import Phrase

_NAMES = lex.FIRST_NAMES | SURNAMES
_SPEAKS = [[verb] for verb in ("said", "says", "warned", "added", "told", "noted", "wrote", "explained", "argued")]
_BRAND_WORDS = lex.words(
    "grand royal united first digital new blue red black white green golden silver open best home big little great"
    " super smart fast quick free safe pure bright clear global planet city town dark deep high old union total cloud"
)
_TRADES = lex.words(
    "productions equities advisors advisers associates ministries clinics schools fund funds foods lines pictures",
    "brothers bros sons motors properties brands securities realty builders airlines railways hospitals",
    "universities archdiocese diocese",
)
_ITSELF = lex.words("it its it’s it's")
_OWN = lex.words("its our customers clients products shareholders subscribers")  # what a firm speaks of
_CAMEL = ("Mc", "Mac", "O’", "O'", "De", "Di", "La", "Le", "Fitz", "Van", "Des", "Du", "St")


def introduce(names: Names, findings: list[Finding]) -> None:
    """Add to `names` the persons that the attributions of `findings` name."""
    for f in findings:
        if f.phrase is None or f.source is not None:
            continue
        m = mention(names.t, f.phrase)
        if m.kind is Kind.NAME:
            _one(names, m, f.phrase)
    _lone(names, findings)
    names.place_persons()


def _one(names: Names, m: Mention, phrase: Phrase) -> None:
    words = split_person(m.name)
    if words is None or names.person(words) is not None:
        return
    before = m.before[-1].lower() if m.before else ""
    titled = before.rstrip(".") in lex.TITLES or before in lex.ROLES
    if len(words) == 1 or (len(words) < 4 and words[0].lower() in lex.PARTICLES):
        full = _full_form(names, words)
        if full is not None:
            names.add_person(full, phrase.head - 1)
        elif (titled or words[0].lower() in _NAMES or _roled(names, phrase)) and not organizational(m.name):
            names.add_person(" ".join(words), phrase.head - 1)
    elif (
        not organizational(m.name)
        and (titled or not m.definite)
        and len(words) <= 4
        and not _is_body(names, phrase, words)
        and (titled or words[0].lower() in lex.FIRST_NAMES or not _of_words(names, words))
    ):
        names.add_person(" ".join(words), phrase.head - 1)


def _of_words(names: Names, words: tuple[str, ...]) -> bool:
    """Whether a name is made of words that the article also writes small: 'Quiet Concern', no person's."""
    return any(w.lower() in names.t.vocabulary and w.lower() not in lex.PARTICLES for w in words)


def _lone(names: Names, findings: list[Finding]) -> None:
    """A name of one word that the article uses for nothing but a speaker, and of no firm's words, is a person's."""
    t = names.t
    spoken: dict[str, set[int]] = {}
    direct: set[str] = set()
    firms: set[str] = set()
    last = ""
    for f in sorted(findings, key=lambda f: f.at):
        if f.phrase is None or f.source is not None:
            continue
        m = mention(t, f.phrase)
        if m.kind is Kind.PRONOUN and m.noun in lex.PERSONAL and last:
            direct.add(last)  # "Roe said … he added": somebody, no firm
        last = m.name[0] if m.kind is Kind.NAME and len(m.name) == 1 and not m.before else ""
        if m.kind is not Kind.NAME or len(m.name) > 1 or m.before or m.after or f.phrase.end > f.phrase.head:
            continue
        spoken.setdefault(m.name[0], set()).add(f.phrase.start)
        if t.quoted[f.start]:
            direct.add(m.name[0])
        elif t.low[f.start] in _ITSELF or not _OWN.isdisjoint(t.low[f.start : f.end]):
            firms.add(m.name[0])
    for word in spoken:
        if word in firms - direct:
            continue
        uses = names.by_first.get(word, ())
        if names.persons.get(word) or not _surname(word) or any(w in t.vocabulary for w in (word.lower(), word + "s")):
            continue
        if all(
            run.words == (word,)
            and (run.start in spoken.get(word, ()) or run.quoted or t.low[run.end : run.end + 1][:1] in _SPEAKS)
            for run in uses
        ):
            for at in sorted(spoken.get(word, ())):
                names.add_person(word, at)


def _surname(word: str) -> bool:
    low = word.lower()
    return (
        3 < len(word) < 15
        and word[0].isupper()
        and word[1:].islower()
        and "-" not in word
        and not organizational((word,))
        and low not in KNOWN_FIRMS | lex.NATIONS | lex.PLACES | lex.CALENDAR | lex.ROLES_OR_GROUPS | lex.COMPANIES
        and low not in lex.ADVERSARIES | lex.ALL_OFFICIAL | lex.ALL_OUTLETS | lex.ADVERBS
        and not low.endswith("ly")
        and not is_place(word)
        and not low.endswith(FIRM_ENDINGS)
    )


def _roled(names: Names, phrase: Phrase) -> bool:
    """Whether the apposition after a name gives a role: 'Quill, a spokeswoman for …'."""
    aside = names.t.low[phrase.head + 1 : min(phrase.end, phrase.head + 6)]
    return any(w in lex.ROLES for w in aside) and not any(w in lex.COMPANY_ONLY for w in aside[:2])


def _is_body(names: Names, phrase: Phrase, words: tuple[str, ...]) -> bool:
    """Whether the apposition tells that a name is an organisation's: 'Quiet Sea, a nonprofit that …'."""
    if words[0].lower() in lex.FIRST_NAMES:
        return False
    aside = names.t.low[phrase.head + 1 : min(phrase.end, phrase.head + 7)]
    end = next((x for x, w in enumerate(aside) if w in lex.PREPOSITIONS or w in ("that", "which", ",")), len(aside))
    return end > 1 and aside[0] in ("a", "an", "the") and aside[end - 1] in lex.COMPANY_ONLY


def _full_form(names: Names, words: tuple[str, ...]) -> str | None:
    """A longer name in the article that ends in these words and can be a person's: "Quill" → "Ada Quill"."""
    if organizational(words):
        return None
    given = words[0].lower() in lex.FIRST_NAMES  # "Ada said" may be short for "Ada Quill"
    for run in [*names.by_last.get(words[-1], ())[:20], *(names.by_first.get(words[0], ())[:20] if given else ())]:
        longer = split_person(run.words)
        if longer is None or not len(words) < len(longer) <= 4:
            continue
        if not organizational(longer) and longer[0].lower() not in lex.ROLES_OR_TITLES:
            return " ".join(longer)
    return None


def organizational(words: tuple[str, ...]) -> bool:
    """Whether a name's own words tell that it is no person's: 'Labs', an acronym, CamelCase, digits."""
    lows = [w.lower() for w in words]
    given = lows[0] in lex.FIRST_NAMES
    if any(
        w in lex.ORG_WORDS or w in lex.OFFICIAL_PHRASES or w in lex.OUTLETS or w in lex.SECURITY_VENDORS for w in lows
    ):
        return not given or lows[-1] in lex.ORG_WORDS
    if " ".join(lows) in FIRMS_LIKE_PEOPLE:
        return True
    if len(lows) > 1 and (lows[-1] in _TRADES or (not given and lows[-1] in lex.OUTLET_WORDS)):
        return True
    if lows[-1] in lex.ORG_NOUNS and not given and len(words) > 1:
        return True
    if lows[0] in lex.NATIONS or lows[0] == "the" or (len(words) > 1 and lows[0] in _BRAND_WORDS):
        return True
    return any(unlike_a_name(w) for w in words)


def unlike_a_name(word: str) -> bool:
    """Whether a word has digits, a slash, capitals only, or capitals inside: no last name."""
    if any(c.isdigit() for c in word) or "/" in word or (len(word) > 2 and word.isupper() and "." not in word):
        return True
    camel = sum(c.isupper() for c in word) > 1 and word[0].isupper() and "-" not in word and "." not in word
    return camel and not word.startswith(_CAMEL)
