"""The state while one sentence is read: who spoke last in it, and up to where its words are used up."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.findings import Finding, Notebook
from reader.quotes.phrases import Phrase
from reader.quotes.tokens import Sentence, Tokens


class Reading:
    """One sentence being read.

    `begin` is the first token not yet claimed; `subject` and `last` are the latest speaker and finding in it; `opened`
    is a speaker announced by a colon at the sentence's end, with cue and position.
    """

    __slots__ = ("begin", "last", "notes", "number", "opened", "quoted", "sentence", "subject", "t")

    def __init__(self, notes: Notebook, number: int) -> None:
        self.t: Tokens = notes.tokens
        self.notes = notes
        self.number = number
        self.sentence: Sentence = self.t.sentences[number]
        self.begin = _after_dateline(self.t, self.sentence)
        self.quoted = any(self.t.quoted[self.sentence.start : self.sentence.end])
        self.subject: Phrase | None = None
        self.last: Finding | None = None
        self.opened: tuple[Phrase, str, int] | None = None

    def add(
        self, a: int, b: int, phrase: Phrase, cue: str, at: int, pattern: str, lemma: str, least: int = 2
    ) -> Finding | None:
        """Note tokens a:b as reported; content that runs to the sentence's end takes its final marks along."""
        if b >= self.sentence.stop:
            b = self.sentence.end
        return self.notes.add(
            Finding(a, b, phrase, cue, at, pattern, self.number, self.sentence.paragraph, lemma), least
        )

    def body(self, a: int, b: int) -> int | None:
        """The first token of the reported words in a:b, a leading connective left out; None if there are no words."""
        t = self.t
        while a < b and not t.mark[a] and not t.quoted[a]:
            low = t.low[a]
            if not (low in lex.CONNECTIVES or t.words[a] in ",—–:;•*-" or t.words[a] in ("that", "because", "as")):
                break
            if t.words[a] in ("as", "because") and b - a > 3:
                break
            a += 1
        return a if b > a and any(t.words[x][0].isalnum() for x in range(a, b)) else None

    def addition(self, k: int) -> bool:
        """Whether what follows a comma at `k` tells about the speaker or the occasion: the report does not go on."""
        low = self.t.low[k]
        if low in _RELATIVES or self.t.mark[k]:
            return low != "as" or self.t.low[k + 1 : k + 2] == ["well"]
        return low in _ABOUT_SPEAKER or (low.endswith("ed") and self.t.words[k].islower())


def _after_dateline(t: Tokens, s: Sentence) -> int:
    """The first token behind 'NORWICK, Ohio (Wire) —' at the beginning of a paragraph."""
    first = t.words[s.start]
    if not (first.isupper() and len(first) > 2) or s.start != t.spans[s.paragraph][0]:
        return s.start
    for x in range(s.start + 1, min(s.start + 10, s.end)):
        if t.words[x] in "—–-" and not t.quoted[x]:
            return x + 1
        if t.words[x].islower():
            break
    return s.start


_RELATIVES = lex.words("who which whose where while though although but as")
_ABOUT_SPEAKER = lex.words(
    "referring pointing citing noting speaking describing adding calling quoting recalling warning explaining saying",
    "insisting claiming arguing urging referencing alluding echoing paraphrasing discussing responding answering",
    "conducted published released according when after before during via in at on",
)
