"""What an article calls an organisation: a security firm, a gang of hackers."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.names import Names

SECURITY = lex.words(
    "security cybersecurity cyber-security cyber infosec malware antivirus anti-virus threat intelligence forensics privacy",
    "anti-fraud",
)
_GANG_WORDS = lex.ADVERSARIES | lex.words("hacking leaked extortion")
_GANG_NOUNS = lex.words("group gang collective crew hackers outfit")
_LABS = lex.words("lab labs researchers")


def security_firm(name: str, names: Names) -> bool:
    """Whether an organisation sells security: known, so named, or so described near its name."""
    words = frozenset(name.lower().split())
    if words & lex.SECURITY_VENDORS or words & SECURITY or words & _LABS:
        return True
    return _near(name, names, SECURITY, lex.COMPANIES | lex.EXPERTS)


def adversary(name: str, names: Names) -> bool:
    """Whether the article calls an organisation a gang of hackers."""
    return _near(name, names, _GANG_WORDS, _GANG_NOUNS)


def _near(name: str, names: Names, these: frozenset[str], those: frozenset[str]) -> bool:
    t = names.t
    for run in names.by_first.get(name.split(" ", 1)[0], ())[:40]:
        if not name.startswith(run.name):
            continue
        before = t.low[max(0, run.start - 7) : run.start]
        reach = 9 if t.words[run.end : run.end + 1] == [","] else 3
        for words in (before, t.low[run.end : run.end + reach]):
            if any(w in these for w in words) and any(w in those for w in words):
                return True
    return False
