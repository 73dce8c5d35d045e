"""What an article calls an organisation: a security firm, a gang of hackers."""

from __future__ import annotations

from collections.abc import Iterator

from reader.quotes import lexicon as lex
from reader.quotes.names import Names, Person, Run, bare

SECURITY = lex.words(
    "security cybersecurity cyber-security cyber infosec malware antivirus anti-virus threat intelligence forensics",
    "anti-fraud anti-spam anti-malware filtering encryption vulnerability",
)
_GANG_WORDS = lex.ADVERSARIES | lex.words("hacking leaked extortion ransomware")
_GANG_NOUNS = lex.words("group gang collective crew hackers outfit")
_FILLERS = lex.words(
    "it they calls call which researchers known as called dubbed named the calling itself themselves self-",
    "styled so-called by name",
)
_VENDORS = (
    "trend micro",
    "palo alto",
    "check point",
    "digital shadows",
    "recorded future",
    "arctic wolf",
    "red canary",
)
_FIRMS = lex.COMPANIES | lex.words("researcher researchers analyst analysts expert specialists consultancy")
_GANGS_PROPER = lex.words("gang hackers attackers crew criminals extortionists")
_LEAKING = lex.words("extortion leak leaks data-leak dark darknet")
_SITES = lex.words("site sites website blog web page portal")
_PUBLIC_BODIES = lex.words("watchdog regulator ombudsman ministry prosecutor prosecutors")
_NEWS_MEDIA = lex.words("newspaper magazine tabloid broadsheet broadcaster broadcasters weekly daily")
_NEWS_SITES = lex.words("site website outlet agency portal channel station service organisation organization")
_GUILTY = lex.words("arrested convicted sentenced indicted jailed imprisoned extradited charged detained")
_FOUND = (["pleaded", "guilty"], ["pled", "guilty"], ["confessed", "to"])
_BEGINNING = 150  # tokens
_HARMED = lex.words("hacked breached attacked compromised hit targeted infiltrated")
_SUFFERING = lex.words(
    "suffers suffered suffer discloses disclosed confirms confirmed admits admitted reports reported"
)
_HARM = lex.words("breach breaches hack intrusion attack incident cyberattack leak theft compromise outage")
_APPOSED = (["a"], ["an"], ["the"], ["which"], ["one"])
_LABS = lex.words("lab labs researchers")


def security_firm(name: str, names: Names) -> bool:
    """Whether an organisation sells security: known, so named, or so described near its name."""
    words = frozenset(name.lower().split())
    if words & lex.SECURITY_VENDORS or words & SECURITY or words & _LABS:
        return True
    if any(known in name.lower() for known in _VENDORS):
        return True
    return _described(name, names)


def adversary(name: str, names: Names) -> bool:
    """Whether the article calls an organisation a gang of hackers."""
    t = names.t
    for run in names.by_first.get(bare(name.split(" ", 1)[0]), ())[:40]:
        if not _stands_for(run, name):
            continue
        after = t.low[run.end : run.end + 2]
        if after and (
            (after[0] in _GANG_NOUNS and after[0] != "group") or (after[0] in _GANG_WORDS and after[-1] in _GANG_NOUNS)
        ):
            return True
        if after and after[0] in _LEAKING and (after[0] == "extortion" or after[-1] in _SITES):
            return True
        if t.low[max(0, run.start - 2) : run.start] in (["known", "as"], ["itself", "the"], ["called", "the"]):
            before = t.low[max(0, run.start - 12) : run.start]
            if any(w in _GANGS_PROPER for w in before):
                return True
        k = run.start
        while k > 0 and run.start - k < 6 and (t.low[k - 1] in _FILLERS or t.words[k - 1] in ',“"('):
            k -= 1
        if (
            k > 1
            and t.low[k - 1] in _GANG_NOUNS
            and (t.low[k - 2] in _GANG_WORDS or t.low[k - 1] in ("hackers", "gang"))
        ):
            return True
    return False


def _stands_for(run: Run, name: str) -> bool:
    """Whether a run is the name or a short form of it; "US" is none of "US Example Commission"."""
    return name.startswith(run.name) and (run.name == name or run.name.lower() not in lex.NATIONS)


def own_matter(name: str, names: Names) -> bool:
    """Whether the article is about the organisation: named in its first two paragraphs, or again and again."""
    first = bare(name.split(" ", 1)[0])
    seen = names.by_first.get(first, ())
    if len(seen) >= 4:
        return True
    t = names.t
    head = t.spans[min(1, len(t.spans) - 1)][1] if t.spans else 0
    return any(run.start < head for run in seen)


def public_body(name: str, names: Names) -> bool:
    """Whether the article calls an organisation a watchdog, a regulator, a ministry."""
    return any(not _PUBLIC_BODIES.isdisjoint(words) for words in _called(name, names))


def news_medium(name: str, names: Names) -> bool:
    """Whether the article calls an organisation a newspaper, a broadcaster, a news site."""
    for words in _called(name, names):
        if not _NEWS_MEDIA.isdisjoint(words) or ("news" in words and not _NEWS_SITES.isdisjoint(words)):
            return True
    return False


def accused(person: Person, names: Names) -> bool:
    """Whether the article says that somebody was arrested, charged or convicted, or pleaded guilty."""
    t = names.t
    for at in person.at[:20]:
        after = t.low[at + 1 : at + 4]
        if after[:2] in _FOUND or (len(after) > 1 and after[0] in lex.BE and not _GUILTY.isdisjoint(after[1:])):
            return True
    return False


def victim(name: str, names: Names) -> bool:
    """Whether the beginning of the article says that an organisation was hacked or has lost data."""
    t = names.t
    for run in names.by_first.get(bare(name.split(" ", 1)[0]), ())[:6]:
        if not _stands_for(run, name) or run.start > _BEGINNING:
            continue
        after = t.low[run.end : run.end + 7]
        hit = any(after[x] in _HARMED and after[x - 1] in lex.BE for x in range(1, len(after)))
        if hit or (after and after[0] in _SUFFERING and not _HARM.isdisjoint(after)):
            return True
    return False


def _described(name: str, names: Names) -> bool:
    """'security firm Example', 'Example, a maker of security software,' anywhere in the article."""
    return any(not SECURITY.isdisjoint(words) and not _FIRMS.isdisjoint(words) for words in _called(name, names))


def _called(name: str, names: Names) -> Iterator[list[str]]:
    """What the article calls a name: the words right before it, and those of ', a/the/which …' behind it."""
    t = names.t
    for run in names.by_first.get(bare(name.split(" ", 1)[0]), ())[:40]:
        if not _stands_for(run, name):
            continue
        k = run.start
        while k > 0 and run.start - k < 3 and t.low[k - 1] in _FILLERS:
            k -= 1
        if k > 1 and t.words[k - 1].islower():
            yield t.low[max(0, k - 4) : k]
        if t.words[run.end : run.end + 1] == [","] and t.low[run.end + 1 : run.end + 2] in _APPOSED:
            window = t.low[run.end + 2 : run.end + 12]
            yield window[: next((x for x, w in enumerate(window) if w in ",.;"), len(window))]
