"""Words, marks and sentences of an article, as parallel lists: one pass, then everything is an index."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from reader.quotes.cues import CORE, CUES, NOUNISH
from reader.quotes.lexicon import ADJUNCT_WORDS, BODIES, COMMON
from reader.quotes.regions import LONGEST, Paragraph, Region, paragraphs

_TOKEN = re.compile(
    r"[a-z]\w*(?:[-'’&.@/]\w+)*"  # most words, tried first for speed
    r"|''|``|’’|‘‘|@\w+|(?:[A-Z]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Det|Insp|Supt|Jr|Sr|St|Inc|Corp|Ltd|Co|Prof|Rev|Hon|No"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Atty|[A-Z])\.(?!\w)"
    r"|\d+(?:,\d{3})+(?:\.\d+)?|\w+(?:[-'’&.@/]\w+)*|[^\w\s]"
)
_COMPANY_DOT = frozenset(("Inc.", "Corp.", "Ltd.", "Co.", "Jr.", "Sr."))
_STARTERS = frozenset(
    [
        "The",
        "A",
        "An",
        "It",
        "He",
        "She",
        "They",
        "We",
        "In",
        "On",
        "At",
        "But",
        "And",
        "If",
        "As",
        "When",
        "While",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "For",
        "However",
        "After",
        "Before",
        "According",
        "I",
        "You",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
    ]
)
_NAMES_TOO = frozenset(("Will", "May", "WHO"))
_STOPS = frozenset('.?!:“"”…')
_LONGEST_SENTENCE = 500


class Sentence:
    """Tokens `start` to `end` (exclusive) of paragraph number `paragraph`; `stop` leaves out final punctuation."""

    __slots__ = ("end", "paragraph", "start", "stop")

    def __init__(self, start: int, end: int, paragraph: int, stop: int) -> None:
        self.start = start
        self.end = end
        self.paragraph = paragraph
        self.stop = stop


class Tokens:
    """The token lists of one article.

    `words[i]` stands at `starts[i]:ends[i]`; `low` is lower case with straight apostrophes kept as written;
    `quoted[i]` is the number (from 1) of the quotation region around token i, 0 outside; `mark[i]` says that the token
    is itself the mark at the edge of a region.
    """

    __slots__ = (
        "cues",
        "ends",
        "low",
        "mark",
        "memo",
        "paragraphs",
        "quoted",
        "regions",
        "sentences",
        "spans",
        "starts",
        "text",
        "vocabulary",
        "words",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs: list[Paragraph] = paragraphs(text)
        matches: list[re.Match[str]] = []
        self.spans: list[tuple[int, int]] = []
        self.regions: list[Region] = []
        for paragraph in self.paragraphs:
            first = len(matches)
            if paragraph.end - paragraph.start <= LONGEST:
                matches += _TOKEN.finditer(text, paragraph.start, paragraph.end)
            self.spans.append((first, len(matches)))
            self.regions += paragraph.regions
        self.words: list[str] = [m[0] for m in matches]
        self.starts: list[int] = [m.start() for m in matches]
        self.ends: list[int] = [m.end() for m in matches]
        self.low = list(map(str.lower, self.words))
        self.vocabulary = frozenset(self.words)
        self.memo: dict[tuple[int, int], Any] = {}
        if not self.vocabulary.isdisjoint(_NAMES_TOO):
            self._tell_names()
        self.quoted = [0] * len(self.words)
        self.mark = bytearray(len(self.words))
        self._flag()
        self.cues = [i for i, low in enumerate(self.low) if low in CUES or self.mark[i]]
        self.sentences: list[Sentence] = []
        stops = [i for i, word in enumerate(self.words) if word[-1] in ".?!…" or self.mark[i]]
        for number in range(len(self.paragraphs)):
            self._split(number, stops)

    def _tell_names(self) -> None:
        """Let "Will Roe" be a name and no auxiliary, "May Roe" no month, "WHO" no pronoun."""
        words = self.words
        for i in [x for x, word in enumerate(words) if word in _NAMES_TOO]:
            if words[i] == "WHO":
                self.low[i] = "w.h.o"
            elif 0 < i < len(words) - 1 and words[i + 1][0].isupper() and words[i - 1] not in _STOPS:
                self.low[i] = words[i]

    def _flag(self) -> None:
        for number, region in enumerate(self.regions, 1):
            first = bisect_left(self.starts, region.start)
            last = bisect_left(self.starts, region.end, first)
            self.quoted[first:last] = [number] * (last - first)
            if region.opened and first:
                self.mark[first - 1] = 1
            if region.closed and last < len(self.words):
                self.mark[last] = 1

    def _split(self, number: int, stops: list[int]) -> None:
        first, last = self.spans[number]
        begin = first
        words, quoted, mark = self.words, self.quoted, self.mark
        for i in stops[bisect_left(stops, first) : bisect_left(stops, last - 1)]:
            if quoted[i]:
                continue
            word = words[i]
            ends = word in ".?!…" or (
                (word in _COMPANY_DOT or (len(word) > 3 and word[1] == ".")) and words[i + 1] in _STARTERS
            )
            if not ends and mark[i] and i > begin and quoted[i - 1]:
                ends = words[i - 1] in ".?!…" and not self.attributes(i + 1, last)
            if ends and self._begins(i + 1):
                self._add(begin, i + 1, number)
                begin = i + 1
        if begin < last:
            self._add(begin, last, number)

    def _begins(self, i: int) -> bool:
        word = self.words[i]
        return (
            word[0].isupper()
            or word[0].isdigit()
            or bool(self.mark[i])
            or word in "“\"‘'([—–-•*`''"
            or word[0] in "$€£@#"
        )

    def attributes(self, i: int, last: int) -> bool:
        """Whether the words after a closing mark are a reporting clause: '… ?" Jones said.'"""
        stopped = self.words[i - 2] == "."  # after a full stop only plain verbs of saying report
        for k in range(i, min(i + 7, last)):
            low = self.low[k]
            if low in CUES and low not in NOUNISH:
                return not stopped or (CUES[low] in CORE and self._short_clause(i, k, last))
            if low in '.,;:“"' or self.mark[k]:
                return False
        return False

    def _short_clause(self, i: int, k: int, last: int) -> bool:
        """Whether a clause with its verb at `k` only attributes: '." Jones said in May.', not 'Jones said it …'."""
        if k == i:
            return not self.low[k].endswith("ing")
        after = k + 1
        if after >= last or self.words[after][0] in ".,;:—–(" or self.mark[after]:
            return True
        end = next(
            (x for x in range(after, min(after + 30, last)) if self.words[x] in ".;" or self.mark[x]), after + 30
        )
        if "that" in self.low[after:end]:
            return False
        return end - after <= 3 or self.low[after] in ADJUNCT_WORDS

    def _add(self, start: int, end: int, paragraph: int) -> None:
        stop = end
        while stop > start and self.words[stop - 1] in ".?!…" and not self.quoted[stop - 1]:
            stop -= 1
        if end - start <= _LONGEST_SENTENCE:
            self.sentences.append(Sentence(start, end, paragraph, stop))

    def opens_sentence(self, i: int) -> bool:
        """Whether token `i` is the first word of its paragraph or stands behind a full stop or a mark."""
        return (
            i == 0 or self.starts[i] - self.ends[i - 1] > 1 or self.words[i - 1] in '.?!:”“"' or bool(self.mark[i - 1])
        )

    def common(self, i: int) -> bool:
        """Whether token `i` is capitalised only because it begins a sentence: the article also writes it small."""
        low = self.low[i]
        if not (self.words[i][0].isupper() and (low in self.vocabulary or low in COMMON) and self.opens_sentence(i)):
            return False
        if low in BODIES and self.low[i + 1 : i + 2] == ["of"] and i + 2 < len(self.words):
            return not self.words[i + 2][0].isupper()  # "University of Example"
        return i + 1 == len(self.words) or not self.words[i + 1][0].isupper() or self.starts[i + 1] - self.ends[i] > 1

    def slice(self, start: int, end: int) -> str:
        """The text from token `start` up to token `end` (exclusive)."""
        return self.text[self.starts[start] : self.ends[end - 1]] if end > start else ""
