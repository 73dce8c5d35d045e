"""Capitalised runs of an article and what they are: persons, organisations, their short forms and acronyms."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.tokens import Tokens

_CONNECTORS = frozenset(("of", "for", "and", "the", "&", "on", "de", "du", "des", "für", "in", "to"))
_NEVER_FIRST = (
    lex.DETERMINERS | lex.PRONOUNS | lex.PREPOSITIONS | lex.CONJUNCTIONS | lex.CONNECTIVES | lex.AUXILIARIES | lex.TIMES
    | lex.ADVERBS | lex.words("whatever whenever wherever whichever")
    | lex.words("there what why how yes no ok well update editor's according asked not here let many as")
)  # fmt: skip
_CONTRACTED = frozenset(
    start + apostrophe + end
    for start in [
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "that",
        "there",
        "what",
        "here",
        "let",
        "who",
        "don",
        "didn",
        "isn",
        "can",
        "won",
        "doesn",
        "wasn",
        "aren",
    ]
    for apostrophe in "'’"
    for end in ("d", "ve", "ll", "re", "m", "s", "t")
)
_SUFFIXES = lex.words("inc inc. corp corp. ltd ltd. llc llp plc gmbh co co. limited corporation company incorporated")
_INTRODUCING = lex.ROLES | lex.words(
    "colleague nephew niece brother sister wife husband son daughter friend neighbor neighbour mother father uncle aunt"
    " cousin boss predecessor successor counterpart widow grandson granddaughter girlfriend boyfriend"
)
_BASED = ("-based", "-backed", "-owned", "-led", "-born", "-headquartered", "-held", "-listed", "-traded")
_GENERATIONS = frozenset(("Jr", "Sr", "II", "III", "IV"))
_LONGEST = 9
_MOST_NAMESAKES = 40


def bare(word: str) -> str:
    """A word without its possessive ending."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    if word.endswith(("s'", "s’")):
        return word[:-1]
    return word


class Run:
    """Tokens `start:end` are capitalised words that belong together; `words` without possessive endings."""

    __slots__ = ("end", "name", "quoted", "start", "words")

    def __init__(self, start: int, end: int, words: tuple[str, ...], quoted: bool) -> None:
        self.start = start
        self.end = end
        self.words = words
        self.quoted = quoted
        self.name = " ".join(words)


class Person:
    """Everybody's mentions under one last name and no contradicting first name."""

    __slots__ = ("at", "last", "name", "organization", "role", "searched")

    def __init__(self, name: str, last: str, at: int) -> None:
        self.name = name
        self.last = last
        self.at = [at]
        self.role: str | None = None
        self.organization: str | None = None
        self.searched = False


def runs(t: Tokens) -> list[Run]:
    """All capitalised runs of the article, in order, at most nine words long."""
    found: list[Run] = []
    words, n, j = t.words, len(t.words), 0
    for i in [x for x, (word, low) in enumerate(zip(words, t.low, strict=True)) if word != low]:
        if i < j or not (words[i][0].isupper() or _inner_capital(words[i])) or t.common(i) or t.low[i] in _CONTRACTED:
            continue
        j = _run_end(t, i, n)
        k = i
        if _adverb(t, k, j) or (k + 1 < j and t.low[k].endswith(_BASED)):
            k += 1
        while k < j and t.low[k] in _NEVER_FIRST and not (j - k == 1 and len(words[k]) > 1 and words[k].isupper()):
            if k + 1 < j and t.low[k] in ("the",):
                k += 1
                continue
            k += 1
        if k < j:
            found.append(Run(k, j, (*words[k : j - 1], bare(words[j - 1])), bool(t.quoted[k])))
    return found


def _adverb(t: Tokens, k: int, j: int) -> bool:
    """Whether a run begins with a sentence's adverb: 'Hopefully Example', not 'Emily Example'."""
    low = t.low[k]
    if k + 1 < j and low.endswith("ing") and t.low[k + 1] in lex.FIRST_NAMES and t.opens_sentence(k):
        return True  # "Hosting Jane Roe …"
    return k + 1 < j and low.endswith("ly") and len(low) > 6 and low not in lex.FIRST_NAMES and t.opens_sentence(k)


def _inner_capital(word: str) -> bool:
    """eBay, iPhone, 3Com."""
    return not word.islower() and not word.isupper() and not word[0].isupper() and any(c.isupper() for c in word)


def _run_end(t: Tokens, i: int, n: int) -> int:
    words = t.words
    j = i + 1
    while j < n and j - i < _LONGEST:
        if words[j - 1].endswith(("'s", "’s", "s'", "s’")):
            break
        gap = t.text[t.ends[j - 1] : t.starts[j]]
        if gap and gap not in " \xa0":
            break
        word = words[j]
        if word[0].isupper() or (word[0].isdigit() and j > i and len(word) < 4 and gap):
            j += 1
        elif t.low[j] in lex.PARTICLES and _after_particles(t, j, n):
            j = _after_particles(t, j, n)
        elif word == "&" and j + 1 < n and words[j + 1][0].isupper():
            j += 2
        elif word in ("of", "for") and j + 1 < n and _org_head(words[j - 1]):
            k = j + 1
            if t.low[k] == "the" and k + 1 < n:
                k += 1
            if not words[k][0].isupper():
                break
            j = k + 1
        elif (
            word in ("and", "on")
            and j + 1 < n
            and words[j + 1][0].isupper()
            and t.low[j + 1] not in lex.CALENDAR
            and _inside_org(t, i, j)
        ):
            j += 2
        else:
            break
    return j


def _after_particles(t: Tokens, j: int, n: int) -> int:
    """The token after 'van der Meer' from its first particle on; 0 if no name follows."""
    k = j
    while k < n and k - j < 3 and t.low[k] in lex.PARTICLES:
        k += 1
    return k + 1 if k < n and t.words[k][0].isupper() else 0


def _org_head(word: str) -> bool:
    low = word.lower()
    return (
        low in lex.ORG_WORDS
        or low in lex.OFFICIAL_PHRASES
        or low in ("ministry", "academy", "league", "centers", "centres")
    )


def _inside_org(t: Tokens, i: int, j: int) -> bool:
    """Whether "and" or "on" at `j` is part of a name: 'Council on Foreign Trade', 'Trade and Industry Commission'."""
    if t.low[j] == "on":
        return _org_head(t.words[j - 1])
    if any(_org_head(t.words[x]) for x in range(i, j)):
        return any(t.words[x] in ("of", "for") for x in range(i, j))
    k = j + 1
    while k < len(t.words) and t.words[k][0].isupper() and k - j < 5:
        if _org_head(t.words[k]) and k > j + 1:
            return t.low[i] not in lex.FIRST_NAMES
        k += 1
    return False


class Names:
    """The persons and organisations of an article, looked up by any form they appear in."""

    def __init__(self, t: Tokens) -> None:
        self.t = t
        self.runs = runs(t)
        self.persons: dict[str, list[Person]] = {}
        self.acronyms: dict[str, str] = {}
        self.counts: dict[str, int] = {}
        self._heads: dict[str, str] = {}
        self._initials: dict[str, str] = {}
        self.suffixes: dict[str, str] = {}
        self._firsts: dict[str, list[Person]] = {}
        self.by_first: dict[str, list[Run]] = {}
        self.by_last: dict[str, list[Run]] = {}
        for run in self.runs:
            self.counts[run.name] = self.counts.get(run.name, 0) + 1
            self.by_first.setdefault(run.words[0], []).append(run)
            self.by_last.setdefault(run.words[-1], []).append(run)
        self._collect()

    def _collect(self) -> None:
        for run in self.runs:
            split = split_person(run.words) if len(run.words) > 1 else None
            if split is not None and len(split) == 3 and split[0].lower() not in lex.FIRST_NAMES:
                shorter = split[1:]  # "Join Jane Roe", where others are "Jane Roe"
                if any(other.words == shorter for other in self.by_first.get(split[1], ())[:20]):
                    split = shorter
            if split is not None and self.looks_personal(split, run):
                self.add_person(" ".join(split), run.end - 1)
                junior = run.words[-1].rstrip(".") in _GENERATIONS
                self.suffixes.setdefault(" ".join(split), run.words[-1] if junior else "")
        for run in self.runs:
            if len(run.words) > 1:
                self._acronym(run)
                if self.person(run.words) is not None or any(w.lower() in lex.ROLES for w in run.words):
                    continue
                for size in range(1, len(run.words)):
                    key = " ".join(run.words[:size])
                    if key.lower() in lex.PLACES or key.lower() in lex.NATIONS:
                        continue  # "Washington" is not the "Washington Post"
                    if any(w.lower() in lex.ENTERPRISES for w in run.words[size:]):
                        break  # "Example Play Reward Program" is something that Example has
                    ending = run.words[size].lower()
                    if ending not in lex.ORG_WORDS and self.by_first[run.words[0]][0].name == key:
                        continue  # the article has "Example" first: "Example Grid" is something of its
                    final = ending in lex.ORG_NOUNS and size == len(run.words) - 1
                    if final or ending in lex.ORG_WORDS or ending in _SUFFIXES:
                        best = self._heads.get(key)
                        if best is None or (len(run.name) > len(best) and len(run.words) <= 5):
                            self._heads[key] = run.name
            last = run.words[-1]
            if len(run.words) <= 2 and len(self.persons.get(last, ())) == 1:
                self.persons[last][0].at.append(run.end - 1)

    def _acronym(self, run: Run) -> None:
        initials = "".join(w[0] for w in run.words if w[0].isupper())
        if len(initials) > 2:
            self._initials.setdefault(initials, run.name)
            if "-" in run.name:  # "Hi-Tech" may count for two
                parts = run.name.replace("-", " ").split()
                self._initials.setdefault("".join(w[0] for w in parts if w[0].isupper()), run.name)
        t, j = self.t, run.end
        if j + 2 < len(t.words) and t.words[j] == "(" and t.words[j + 2] == ")" and t.words[j + 1][0].isupper():
            short = t.words[j + 1]
            if (2 <= len(short) <= 8 and short.upper() == short) or short[0] == run.words[0][0]:
                self.acronyms.setdefault(short, run.name)

    def add_person(self, name: str, at: int) -> Person:
        """The person of that name; a longer form of the same name replaces a shorter one."""
        words = name.split()
        last = words[-1]
        known = self.persons.setdefault(last, [])
        for person in known:
            mine = person.name.split()
            if len(words) == 1 or len(mine) == 1 or (mine[0][0] == words[0][0] and same_first(mine[0], words[0])):
                if len(words) > len(mine) or (len(words) == len(mine) and len(name) > len(person.name)):
                    person.name = name
                person.at.append(at)
                return person
            if len(words) < len(mine) and mine[-len(words) :] == words:
                person.at.append(at)  # "Roe Marsh" behind "Jane Roe Marsh"
                return person
        person = Person(name, last, at)
        if len(known) < _MOST_NAMESAKES:
            known.append(person)
            self._firsts.setdefault(words[0], []).append(person)
        return person

    def place_persons(self) -> None:
        """Note for every person all places where a run can only mean them: the full name or the last name alone."""
        for last, known in self.persons.items():
            for run in self.by_last.get(last, ()):
                split = split_person(run.words)
                person = self.person(split) if split is not None and len(split) <= 4 else None
                if person in known and person is not None:
                    person.at.append(run.end - 1)
            for person in known:
                person.at = sorted(set(person.at))

    def looks_personal(self, words: tuple[str, ...], run: Run) -> bool:
        """Whether a run of two or more words names a person, from its own words and what stands around it."""
        t = self.t
        lows = [w.lower() for w in words]
        first = lows[0].rstrip(".")
        if len(words) < 2 or any(w in lex.ORG_WORDS or w in lex.OFFICIAL_PHRASES for w in lows[1:]):
            return False
        if first not in lex.FIRST_NAMES and lows[-1] in lex.ORG_NOUNS:
            return False
        if any(any(c.isdigit() for c in w) or (len(w) > 3 and w.isupper()) for w in words):
            return False
        if first in lex.FIRST_NAMES or (len(words[0]) == 2 and words[0][1] == "."):
            return True
        if lows[0] in lex.NATIONS or lows[0] in lex.ORG_WORDS or ("-" in words[0] and len(words) < 2):
            return False
        before = t.low[run.start - 1] if run.start else ""
        if len(run.words) > len(words) or before in _INTRODUCING or before.rstrip(".") in lex.TITLES:
            return before != "the"
        j = run.end
        if j + 1 < len(t.words) and t.words[j] in ",—–(":
            if t.words[j + 1].isdigit() and len(t.words[j + 1]) == 2:
                return True
            limit = min(j + 9, len(t.words))
            for x in range(j + 1, limit):
                if t.low[x] in lex.ROLES:
                    return True
                if t.words[x] in ",.;" or t.low[x] in lex.VERBAL:
                    break
        return False

    def person(self, words: tuple[str, ...]) -> Person | None:
        """The person these words (full or last name) mean; None if nobody or more than one fits."""
        known = self.persons.get(words[-1])
        if not known:
            return self._by_first_name(words[0]) if len(words) == 1 else None
        if len(words) == 1 or words[0].lower() in lex.PARTICLES:
            return known[0] if len(known) == 1 else None
        for person in known:
            mine = tuple(person.name.split())
            if same_first(mine[0], words[0]) or mine[-len(words) :] == words:
                return person
        return None

    def _by_first_name(self, first: str) -> Person | None:
        """The one person with this first name, for stories that say "Tove said"."""
        found = self._firsts.get(first, []) if first.lower() in lex.FIRST_NAMES else []
        return found[0] if len(found) == 1 and found[0].name.split()[0] == first else None

    def organization(self, name: str) -> str:
        """The fullest form of an organisation's name in this article."""
        if name in self.acronyms:
            return self.acronyms[name]
        if name.isupper() and 3 <= len(name) <= 6 and name in self._initials:
            return self._initials[name]
        return self._heads.get(name, name)


def same_first(a: str, b: str) -> bool:
    """Whether two first names can belong to one person: equal, an initial, or a short form."""
    a, b = a.rstrip(".").lower(), b.rstrip(".").lower()
    return a == b or (len(min(a, b, key=len)) == 1 and a[0] == b[0]) or a[:3] == b[:3]


def _leads_in(words: tuple[str, ...]) -> bool:
    """Whether 'State' or 'Ukraine' in front of 'Jane Roe' is left over from an office: '… of State Jane Roe'."""
    low = words[0].lower()
    return words[1].lower() in lex.FIRST_NAMES and (low in lex.PLACES or low in lex.OFFICIAL_PHRASES)


def split_person(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """The personal name at the end of a run like 'Product Manager Scott Dickens'; None if nothing is left."""
    k = 0
    for x, word in enumerate(words[:-1]):
        low = word.lower().rstrip(".")
        if (low in lex.ROLES or low in lex.TITLES) and not (low in lex.FIRST_NAMES and x == k and len(words) - x < 4):
            k = x + 1
    rest = words[k:]
    while len(rest) > 2 and (rest[0].lower() in lex.NATIONS or _leads_in(rest)):
        rest = rest[1:]
    while len(rest) > 2 and rest[-1].rstrip(".") in lex.BEHIND_NAMES:
        rest = rest[:-1]
    if len(rest) > 3 and not any(w.lower() in lex.PARTICLES for w in rest):
        for x in range(1, len(rest) - 1):
            if rest[x].lower() in lex.FIRST_NAMES and rest[0].lower() not in lex.FIRST_NAMES:
                return rest[x:]
    if not rest or "of" in rest or "and" in rest or "for" in rest or "&" in rest:
        for x in range(len(rest) - 1, 0, -1):
            if rest[x - 1] in ("of", "for", "and", "&"):
                tail = rest[x:]
                for y in range(len(tail) - 1):
                    if tail[y].lower() in lex.FIRST_NAMES:
                        return tail[y:]
                return None
    return rest or None
