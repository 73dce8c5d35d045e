"""Which organisation a description means: "the company", "the bank", "the group", "the hackers"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reader.quotes import lexicon as lex
from reader.quotes.cues import CUES
from reader.quotes.descriptions import adversary
from reader.quotes.firms import FIRM_ENDINGS, KNOWN_FIRMS
from reader.quotes.gazetteer import is_place
from reader.quotes.introduction import unlike_a_name
from reader.quotes.names import Names, Run, bare

_GANGS = lex.words("group gang collective crew outfit hackers attackers")
_KINDS = {
    "bank": lex.words("bank banks banking"), "university": lex.words("university college"),
    "school": lex.words("school schools academy university college"), "college": lex.words("college"),
    "hospital": lex.words("hospital medical health clinic"), "city": lex.words("city"), "county": lex.words("county"),
    "agency": lex.words("agency administration bureau service commission authority nsa cia fbi dhs nasa irs"),
    "department": lex.words("department"), "bureau": lex.words("bureau fbi"), "ministry": lex.words("ministry"),
    "police": lex.words("police"), "commission": lex.words("commission ftc sec fcc"), "council": lex.words("council"),
    "airline": lex.words("airlines airways air"), "newspaper": lex.ALL_OUTLETS, "magazine": lex.ALL_OUTLETS,
    "outlet": lex.ALL_OUTLETS, "blog": lex.ALL_OUTLETS, "paper": lex.ALL_OUTLETS, "court": lex.words("court"),
    "group": lex.words("group"), "gang": lex.words("gang"), "collective": lex.words("collective"),
    "crew": lex.words("crew"), "government": lex.words("government"), "foundation": lex.words("foundation"),
}  # fmt: skip
# Descriptions that any organisation may answer to; others ("the bank", "the embassy") ask for a name that fits.
_ACRONYMIC = lex.words(
    "agency department bureau ministry commission council authority administration service regulator watchdog"
)
_COMMERCIAL = lex.words(
    "city county town village district state practice board campus",
    "company firm vendor startup start-up manufacturer maker giant provider retailer business corporation",
    "developer insurer broker publisher chain store service site website platform network organisation",
    "organization outfit operator group consultancy carrier lender exchange brand unit subsidiary parent division",
    "supplier processor association union charity nonprofit non-profit team lab laboratory bank airline hotel",
    "utility school hospital university college institute institution foundation",
    "society club",
)
_CIVIC = lex.words("city town county village state borough district province")
_LOOK_BACK = 600  # tokens
_SHORT_WHILE = 150
_PRIVATE_KINDS = lex.words("school university college hospital bank airline hotel store retailer utility chain")
_PRESS = lex.words("newspaper magazine outlet blog publisher site website")
_NEVER_COMPANIES = lex.words(
    "ddos dos vpn rce cve api ics iot ai ml saas mfa 2fa dns http https url usb ram cpu gpu os pc ip ssl tls sql xss",
    "ssh sms gdpr hipaa covid covid-19 pii pdf html json xml sdk raas apt bec edr siem nft defi trojan",
    "ransomware malware",
    "vulnerability botnet spyware backdoor worm virus android windows linux bitcoin ethereum monero ps4 ps5",
)
_NAMING = lex.words("dubbed dub dubs codenamed nicknamed christened")
_THINGS = lex.words(
    "attack attacks exploit exploits vulnerability vulnerabilities bug flaw flaws malware trojan botnet worm virus",
    "spyware backdoor technique injection scam campaign ransomware strain app apps",
)
_OF_SOMEBODY = lex.SPOKESPEOPLE | lex.words(
    "ceo cto ciso cfo coo general officer"
)  # nobody is one of a field or a trade
_EMPLOYING = lex.words("at by joined left company firm startup vendor group")
_TOLD_TO = lex.words("told to by from via tells in for")
_REPORTING = (["reports"], ["reported"], ["writes"], ["wrote"], ["notes"], ["cites"], ["cited"])
_PAPERS = lex.words("times post journal herald tribune gazette magazine newspaper press news")
_NOT_COMPANIES = lex.words(
    "university college department ministry bureau agency police commission council court city county"
)


class Companies:
    """The organisations of an article as antecedents. Tell it who has spoken (`heard`) as the article goes on."""

    def __init__(self, names: Names) -> None:
        self.t = names.t
        self.names = names
        self.spoken: set[str] = set()
        self._latest: str | None = None
        self._heard: list[str] = []
        self._gangs: dict[str, bool] = {}
        self._things: dict[str, bool] = {}
        self._first_named: dict[str, int] | None = None
        self.starts = [s.start for s in self.t.sentences]
        self._abbreviated = frozenset(names.acronyms.values())
        self._meant: dict[str, tuple[str, int]] = {}

    def heard(self, name: str, organization: str | None) -> None:
        """Note that somebody spoke: their organisation is what "the company" may mean from now on."""
        self.spoken.update((name, organization or name))
        self._latest = organization or self._latest
        if organization and (not self._heard or self._heard[-1] != organization):
            self._heard = [*self._heard[-11:], organization]

    def again(self, at: int, noun: str) -> str | None:
        """What "the group" meant a short while before token `at`; None if another one has opened a sentence since."""
        name, since = self._meant.get(noun, ("", -1))
        if noun not in _GANGS or not name or at - since > _SHORT_WHILE:
            return None
        index = bisect_left(self.names.runs, since, key=lambda r: r.start)
        for run in self.names.runs[index : index + 40]:
            if run.start >= at:
                break
            other = self.names.organization(run.name)
            if other != name and self._prominence(run) >= 2.0 and self._possible(run):
                return None
        return name

    def meant(self, at: int, noun: str, name: str) -> None:
        """Note that "the group" at token `at` was taken for the organisation `name`."""
        self._meant[noun] = (name, at)

    def before(self, at: int, noun: str = "company") -> str | None:
        """The organisation that "the company" (or "the bank", "the group" …) means at token `at`; None if none fits."""
        index = bisect_left(self.names.runs, at, key=lambda r: r.start)
        if noun.endswith("maker"):
            noun = "maker"
        if noun in _CIVIC:
            named = self._civic(at, noun)
            if named is not None:
                return named
        here = bisect_right(self.starts, at)
        best, score, t = None, 0.0, self.t
        for run in reversed(self.names.runs[max(0, index - 40) : index]):
            name = self.names.organization(run.name)
            if name == best or not self._possible(run) or (noun in _COMMERCIAL and self._only_reports(run.name, noun)):
                continue
            back = here - bisect_right(self.starts, run.start)
            if back > 14:
                break
            if noun in _GANGS and not (self.is_gang(run) or noun in name.lower().split()):
                continue
            if noun in _PRIVATE_KINDS and set(name.lower().split()) & lex.ALL_OFFICIAL:
                continue
            if noun not in _COMMERCIAL and noun not in _GANGS and not self._fits(name, noun):
                continue
            near = 1.5 if t.sentences[here - back - 1].paragraph == t.sentences[here - 1].paragraph else 0.0
            points = near + 4.0 - 0.6 * back + self._fit(name, noun)
            points += 0.4 * min(5, self.names.counts.get(run.name, 0)) + 1.5 * (
                name in self.spoken or run.name in self.spoken
            )
            prominence = self._prominence(run)
            points += prominence + (1.5 if near and back == 1 and prominence >= 2.0 else 0.0)
            if points > score:
                best, score = name, points
        if best is None and noun in _GANGS and noun in _COMMERCIAL:
            return self.before(at)  # "the group" of companies, not of hackers
        if best is None and noun not in _COMMERCIAL:
            return next((name for name in reversed(self._heard) if noun in name.lower().split()), None)
        if best is None and self._latest is not None and self._only_reports(self._latest, noun):
            return None
        return best or self._latest

    def _civic(self, at: int, noun: str) -> str | None:
        """'city of Example' if the article names the city so before token `at`."""
        low, words = self.t.low, self.t.words
        for x in range(at - 3, max(-1, at - _LOOK_BACK), -1):
            if low[x] == noun and low[x + 1] == "of" and words[x + 2][0].isupper():
                return f"{words[x]} of {bare(words[x + 2])}"
        return None

    def subject_before(self, at: int, since: int) -> str | None:
        """The organisation that opens the sentence before token `at` (or its own), if it stands after token `since`."""
        here = bisect_right(self.starts, at) - 1
        first = self.starts[max(0, here - 1)]
        index = bisect_left(self.names.runs, at, key=lambda r: r.start)
        for run in reversed(self.names.runs[max(0, index - 12) : index]):
            if run.start < first or run.start <= since:
                break
            outlet = run.start == first and run.words[-1].lower() in lex.OUTLETS
            if outlet or (self._prominence(run) >= 2.0 and self._possible(run)):
                return self.names.organization(run.name)
        return None

    def _prominence(self, run: Run) -> float:
        """How much the place of a run in its sentence makes it what the text is about."""
        t = self.t
        start = self.starts[bisect_right(self.starts, run.start) - 1]
        before = t.low[run.start - 1] if run.start else ""
        if before in ("(", "by", "like", "including") or t.quoted[run.start]:
            return -1.5
        headed = 1.0 if self._headed(run.name) else 0.0
        fronted = before == "," and run.start - start <= 8 and t.low[start] in lex.PREPOSITIONS  # "In a statement, X"
        if run.start - start <= 2 or fronted:
            return 2.0 + headed
        return headed + (0.5 if before not in lex.PREPOSITIONS else 0.0)

    def _headed(self, name: str) -> bool:
        """Whether the headline or the first paragraph names the organisation: the article is about it."""
        t = self.t
        end = t.spans[min(1, len(t.spans) - 1)][1]
        return any(r.start < end for r in self.names.by_first.get(name.split(" ", 1)[0], ())[:1])

    def _only_reports(self, name: str, noun: str) -> bool:
        """Whether a name is a news outlet that the article quotes from, and not what it is about."""
        words = set(name.lower().split())
        if noun in _PRESS or not (words & lex.OUTLETS or (words & _PAPERS and len(words) > 1)):
            return False
        t, uses = self.t, [r for r in self.names.by_first.get(name.split(" ", 1)[0], ())[:40] if r.name == name]
        if len(uses) < 4 and not self._headed(name):
            return True
        for use in uses[:8]:
            before = next((t.low[x] for x in range(use.start - 1, max(-1, use.start - 3), -1) if t.low[x] != "the"), "")
            if before not in _TOLD_TO and t.low[use.end : use.end + 1] not in _REPORTING:
                return False
        return True

    def _fits(self, name: str, noun: str) -> bool:
        """Whether a name can be an agency, a ministry, a court … at all: by its words, or as an acronym."""
        return (
            bool(set(name.lower().split()) & _KINDS.get(noun, frozenset((noun,))))
            or (noun in _ACRONYMIC and (name in self._abbreviated or (name.isupper() and len(name) <= 6)))
            or self._fit(name, noun) > 0
        )

    def _fit(self, name: str, noun: str) -> float:
        """Whether the name itself tells the kind of organisation a noun asks for."""
        words = set(name.lower().split())
        kinds = _KINDS.get(noun)
        if kinds is not None:
            return 4.0 if words & kinds else 4.0 if noun in _GANGS and adversary(name, self.names) else -3.0
        outlet = bool(words & (lex.ALL_OUTLETS))
        latest = 1.5 if name == self._latest else 0.0
        return latest - (3.0 if words & _NOT_COMPANIES else 2.5 if outlet else 0.0)

    def _possible(self, run: Run) -> bool:
        """Whether a capitalised run can be what "the company" refers to."""
        if run.quoted or self.names.person(run.words) is not None:
            return False
        lows = [w.lower() for w in run.words]
        first = lows[0]
        if (run.name[0] == "i" and run.name[1:2].isupper()) or lows[-1] in _NEVER_COMPANIES:
            return False  # a product, a technical term
        if "-" in run.words[-1] and run.words[-1].rsplit("-", 1)[1] in (
            "language",
            "based",
            "style",
            "speaking",
            "day",
        ):
            return False
        if self.is_gang(run) or run.name in self._abbreviated:
            return True
        if (len(lows) == 1 and first in lex.PLACES) or (len(lows) > 1 and is_place(run.name)):
            return False
        if (
            (first in lex.NATIONS and not any(w in lex.BODIES for w in lows[1:]))
            or first in lex.DAYS
            or first in lex.MONTHS
            or lows[-1] in lex.ROLES
            or first in lex.TITLES
        ):
            return False
        if any(w in lex.ORG_WORDS or w in lex.SECURITY_VENDORS or w in lex.OFFICIALS for w in lows):
            return True
        if self._is_thing(run.name):
            return False
        if run.name in self.spoken or (len(lows) > 1 and lows[-1] in lex.ORG_NOUNS and lows[-1] not in lex.ENTERPRISES):
            return True
        t = self.t
        if run.end < len(t.words):
            after = t.low[run.end]
            if after in lex.VERBAL or after in CUES or after in ("released", "issued", "patched"):
                return len(run.words) <= 3
            if t.words[run.end - 1].endswith(("'s", "’s")):
                return self.names.counts.get(run.name, 0) > 1
        before = t.low[run.start - 1] if run.start else ""
        return before not in ("in", "near", "around") and self.names.counts.get(run.name, 0) > 2 and len(run.words) <= 3

    def _is_thing(self, name: str) -> bool:
        """Whether the article calls an attack, a bug or a program so: 'dubbed Example', 'the Example exploit'."""
        known = self._things.get(name)
        if known is None:
            t, known = self.t, False
            for run in self.names.by_first.get(name.split(" ", 1)[0], ())[:20]:
                before, after = t.low[max(0, run.start - 2) : run.start], t.low[run.end : run.end + 1]
                if run.name == name and (not _NAMING.isdisjoint(before) or (after and after[0] in _THINGS)):
                    known = True
                    break
            self._things[name] = known
        return known

    def established(self, word: str, role: list[str]) -> bool:
        """Whether one capitalised word before a role is an organisation, by what is known of it, by the kind of role,
        or by another place in the article.

        In front of a title it may also be a quality, a line of business, a product or a place.
        """
        low = word.lower()
        if low in KNOWN_FIRMS or low in lex.ALL_OFFICIAL or low in lex.ALL_OUTLETS or low in lex.ORG_WORDS:
            return True
        if low in _NEVER_COMPANIES or low in lex.NATIONS or is_place(word) or low in lex.ROLE_WORDS:
            return False
        if not _OF_SOMEBODY.isdisjoint(role) or unlike_a_name(word):
            return True
        if self.names.organization(word) != word:
            return True
        if word in self.spoken or low.endswith(FIRM_ENDINGS):
            return True
        t = self.t
        for run in self.names.by_first.get(word, ())[:20]:
            if len(run.words) > 1:
                continue
            if t.words[run.end - 1] != word:
                return True  # "Norwell's"
            before = t.low[run.start - 1] if run.start else ""
            after = t.low[run.end] if run.end < len(t.words) else ""
            if before in _EMPLOYING or after in lex.VERBAL or after in CUES:
                return True
        return False

    def gang_before(self, at: int) -> str | None:
        """The one named gang of hackers of the article, if it stands before token `at`."""
        if self._first_named is None:
            self._first_named = {}
            for run in self.names.runs:
                if self.is_gang(run):
                    self._first_named.setdefault(self.names.organization(run.name), run.start)
        names = list(self._first_named)[:2]
        return names[0] if len(names) == 1 and self._first_named[names[0]] < at else None

    def is_gang(self, run: Run) -> bool:
        """Whether a run names a group that the article calls hackers, attackers or the like."""
        if run.name not in self._gangs:
            person = self.names.person(run.words) is not None
            self._gangs[run.name] = not person and adversary(run.name, self.names)
        return self._gangs[run.name]
