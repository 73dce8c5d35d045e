"""Reports inside one sentence: which verb, whose, and which words belong to it.

`attribute` looks at every reporting verb and "according to" of a sentence from left to right. The words lie behind
the attribution ("…," she said), before it (she said that …), or on both sides ("…," she said, "…").
"""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.according import according
from reader.quotes.content import Opening, content_end, content_start, finite, skip_adjuncts
from reader.quotes.cues import ADDRESSING, BELIEVING, CALLING, CORE, CUES, FINDING
from reader.quotes.findings import Finding, Notebook
from reader.quotes.phrases import Phrase, left_phrase, main_subject, right_phrase
from reader.quotes.tokens import Sentence, Tokens
from reader.quotes.verbs import Verb, verbs

_INVERTING = (CORE - frozenset(("tell",))) | frozenset(("read", "go", "continue", "ask", "recall", "remark", "observe"))


class Reading:
    """The state while a sentence is read: who spoke last in it, and up to where its words are used up."""

    __slots__ = ("begin", "last", "notes", "number", "opened", "quoted", "sentence", "subject", "t")

    def __init__(self, notes: Notebook, number: int) -> None:
        self.t: Tokens = notes.tokens
        self.notes = notes
        self.number = number
        self.sentence: Sentence = self.t.sentences[number]
        self.begin = self.sentence.start
        self.quoted = any(self.t.quoted[self.sentence.start : self.sentence.end])
        self.subject: Phrase | None = None
        self.last: Finding | None = None
        self.opened: tuple[Phrase, str, int] | None = None


def attribute(notes: Notebook, number: int) -> Reading:
    """Find the reports of sentence `number`, put them into `notes`, and tell what the next sentence needs to know."""
    r = Reading(notes, number)
    t, s = r.t, r.sentence
    found = verbs(t, s)
    position = 0
    for at in according(t, s):
        while position < len(found) and found[position].at < at.start:
            _verb(r, found[position])
            position += 1
        _according(r, at.start, at.end, at.phrase, at.cue)
    for verb in found[position:]:
        _verb(r, verb)
    return r


# --- according to ----------------------------------------------------------------------------------------------------


def _according(r: Reading, start: int, end: int, phrase: Phrase, cue: str) -> None:
    t, s = r.t, r.sentence
    if start < r.begin:
        if r.last is None or start > r.last.end:
            return
        if t.words[start - 1] != "," or not _plain_end(r, end):
            return
        return
    before = start
    while before > r.begin and (t.words[before - 1] in ",—–" or t.low[before - 1] == "and"):
        before -= 1
    left = _body(r, r.begin, before)
    after = end
    if after < s.stop and t.words[after] in ",—–":
        after += 1
    right = s.stop - after
    comma_after = end < s.stop and t.words[end] in ",—–"
    if left is None:
        stop = content_end(t, after, s.stop, _NO_VERB, False)
        r.last = _add(r, after, _with_marks(r, stop), phrase, cue, start, "according-to-before", "accord")
        r.begin = stop
    elif comma_after and right > 2 and t.words[start - 1] in ",—–" and not _tail(r, after):
        first = _add(r, left, before, phrase, cue, start, "according-to-inside", "accord")
        stop = content_end(t, after, s.stop, _NO_VERB, False)
        second = _add(r, after, _with_marks(r, stop), phrase, cue, start, "according-to-inside", "accord")
        r.notes.group(first, second)
        r.last, r.begin = second or first, stop
    else:
        r.last = _add(r, left, before, phrase, cue, start, "according-to-after", "accord")
        r.begin = end
    r.subject = phrase


def _plain_end(r: Reading, end: int) -> bool:
    return end >= r.sentence.stop


def _tail(r: Reading, k: int) -> bool:
    """Whether what follows a comma is an addition about the speaker or the occasion, not the report going on."""
    t, low = r.t, r.t.low[k]
    return low in ("who", "which", "whose", "where", "while", "though", "although", "but") or (
        low.endswith("ing") and not t.mark[k]
    )


def _body(r: Reading, a: int, b: int) -> int | None:
    """The first token of the reported words in a:b without a leading connective; None if there are none."""
    t = r.t
    while a < b and (t.low[a] in lex.CONNECTIVES or t.words[a] in ",—–:;•*-" or t.low[a] in ("that", "because", "as")):
        if t.mark[a] or t.quoted[a]:
            break
        if t.low[a] in ("as", "because") and b - a > 3:
            break
        a += 1
    return a if b > a and sum(t.words[x][0].isalnum() for x in range(a, b)) > 0 else None


# --- verbs -----------------------------------------------------------------------------------------------------------

_NO_VERB = Verb(0, 0, 0, "accord")


def _verb(r: Reading, verb: Verb) -> None:
    t, s = r.t, r.sentence
    if verb.at < r.begin or t.quoted[verb.at]:
        return
    if verb.passive:
        _passive(r, verb)
        return
    lo = r.begin if r.last is not None and r.begin > s.start and r.begin <= verb.group else s.start
    if _inverted(r, verb):
        return
    phrase = left_phrase(t, verb.group, lo) if not verb.participle else None
    start = phrase.start if phrase else verb.group
    if phrase is None:
        phrase = _shared_subject(r, verb)
        if phrase is None:
            return
    if not _can_speak(r, verb, phrase):
        return
    if start > r.begin and t.low[start - 1] == "as" and not verb.participle:
        start -= 1
    left_mark = start > r.begin and (t.mark[start - 1] == 1 and t.quoted[start - 2] > 0)
    k, opening = content_start(t, verb, verb.end + (1 if verb.lemma == "put" else 0), s.stop)
    if verb.lemma == "put" and not (t.low[verb.end : verb.end + 1] == ["it"] or left_mark):
        return
    _place(r, verb, phrase, start, k, opening)


def _inverted(r: Reading, verb: Verb) -> bool:
    """'…," said X' and '…, said X': true if the verb was read so."""
    t, s = r.t, r.sentence
    if verb.participle or verb.group <= r.begin:
        return False
    before = verb.group - 1
    closing = bool(t.mark[before]) and t.quoted[before - 1] > 0
    if verb.lemma in ADDRESSING and (not closing or verb.lemma == "tell"):
        return False
    if (not closing and t.words[before] not in ",—–?!") or (not closing and verb.lemma not in _INVERTING):
        return False
    if verb.end < s.stop and t.low[verb.end] == "that":
        return False
    phrase = right_phrase(t, verb.end, s.stop, closing)
    if phrase is None:
        return False
    if not closing:
        if any(
            t.low[x] in lex.VERBAL or (t.low[x] in CUES and t.low[x] not in lex.DOCUMENTS)
            for x in range(phrase.start, phrase.head)
        ):
            return False
        ends = phrase.head >= s.stop or t.words[phrase.head] in ",(—–" or t.low[phrase.head] in lex.PREPOSITIONS
        ends = ends or t.low[phrase.head] in lex.TIMES or t.low[phrase.head] in ("who", "as", "when", "while")
        if not ends or _is_object(r, verb, phrase):
            return False
    elif phrase.head < s.stop and t.low[phrase.head] == "that":
        return False
    left = _body(r, r.begin, verb.group)
    if left is None:
        return False
    cue = t.slice(verb.at, verb.end)
    pattern = "quote-verb-speaker" if closing else "report-verb-speaker"
    r.last = _add(r, left, verb.group, phrase, cue, verb.at, pattern, verb.lemma)
    r.subject = phrase
    r.begin = phrase.end
    _second_half(r, phrase, cue, verb, phrase.end)
    return True


def _is_object(r: Reading, verb: Verb, phrase: Phrase) -> bool:
    """'Smith, a lawyer, announced a plan': the noun after the verb is what was announced."""
    t = r.t
    if verb.lemma in ("say", "add", "note", "explain", "tell") or verb.open:
        return False
    return left_phrase(t, verb.group, r.sentence.start) is not None and t.low[phrase.start] in lex.DETERMINERS


def _shared_subject(r: Reading, verb: Verb) -> Phrase | None:
    """The subject of a participle or of a verb after "and": the one before in the sentence, else its main subject."""
    t, s = r.t, r.sentence
    before = t.low[verb.group - 1] if verb.group > s.start else ""
    if verb.participle:
        if before not in (",", "and", "—", "–", "while", "by", "but") and not t.mark[verb.group - 1]:
            noun = left_phrase(t, verb.group, s.start)
            if noun is not None and any(t.low[x] in lex.DOCUMENTS for x in range(noun.start, noun.head)):
                return _innermost_document(t, noun)
            return None
        return r.subject or main_subject(t, s.start, verb.group)
    if before in ("and", "but", "then", ",") or (verb.group > s.start and t.mark[verb.group - 1]):
        return r.subject or main_subject(t, s.start, verb.group)
    return None


def _innermost_document(t: Tokens, phrase: Phrase) -> Phrase:
    """'received a message from eBay | saying': the document with what belongs to it, not the whole clause."""
    for x in range(phrase.head - 1, phrase.start - 1, -1):
        if t.low[x] in lex.DOCUMENTS:
            a = x
            while a > phrase.start and t.low[a - 1] not in lex.PREPOSITIONS and t.low[a - 1] not in lex.VERBAL:
                a -= 1
                if t.low[a] in lex.DETERMINERS:
                    break
            return Phrase(a, phrase.end, phrase.head)
    return phrase


def _can_speak(r: Reading, verb: Verb, phrase: Phrase) -> bool:
    t = r.t
    head = t.low[phrase.head - 1]
    if phrase.head - phrase.start == 1:
        if head in ("i", "we", "you") and not r.quoted:
            return False
        if head in ("that", "this", "there", "which", "what"):
            return verb.lemma == "say" and head == "which"
        if head == "it" and verb.lemma not in ("say", "add", "note", "read", "explain", "state", "warn", "report", "claim",
                                                "announce", "write", "confirm"):  # fmt: skip
            return False
    return t.words[phrase.start][0].isalnum() or t.words[phrase.start] in "'‘\"“$@#"


def _passive(r: Reading, verb: Verb) -> None:
    """A passive report names its speaker only with "by"; the one who is told never speaks."""
    t, s = r.t, r.sentence
    if verb.end + 1 >= s.stop or t.low[verb.end] != "by":
        return
    phrase = right_phrase(t, verb.end + 1, s.stop, False)
    if phrase is None:
        return
    k = phrase.head
    if k < s.stop and (t.low[k] == "that" or (t.mark[k] and t.quoted[k + 1 : k + 2] != [0])):
        cue = t.slice(verb.at, verb.end)
        r.last = _add(r, k + 1, _with_marks(r, s.stop), phrase, cue, verb.at, "passive-by", verb.lemma)
        r.subject, r.begin = phrase, s.stop


def _place(r: Reading, verb: Verb, phrase: Phrase, start: int, k: int, opening: Opening) -> None:
    """Decide on which side of 'X said' the words lie, and take them."""
    t, s = r.t, r.sentence
    cue = t.slice(verb.at, verb.end)
    closing = start > r.begin and bool(t.mark[start - 1]) and t.quoted[start - 2] > 0
    comma = start > r.begin and t.words[start - 1] in ",—–?!" and not closing
    left = _body(r, r.begin, start - (0 if closing else 1)) if closing or comma else None
    if left is not None and not closing and (not verb.core or _only_adjunct(r, left, start - 1) or verb.negated):
        left = None
    if verb.participle or (not closing and opening in (Opening.COLON, Opening.THAT)):
        left = None
    tail = s.stop - k
    if left is not None:
        nothing_after = tail <= 0 or opening is Opening.NONE
        if closing or nothing_after:
            if closing and _names_only(r, left, start):
                left = None
            else:
                r.last = _add(
                    r,
                    left,
                    start,
                    phrase,
                    cue,
                    verb.at,
                    "quote-speaker-verb" if closing else "report-speaker-verb",
                    verb.lemma,
                )
                r.subject, r.begin = phrase, max(verb.end, start)
                _second_half(r, phrase, cue, verb, verb.end)
                return
        else:
            after = skip_adjuncts(t, verb, verb.end, s.stop) if t.words[verb.end] != "," else verb.end
            inside = (
                (after < s.stop
                and t.words[after] in ",—–")
                or (k > 0
                and t.words[k - 1] == ","
                and opening is Opening.BARE)
            )
            if inside and not _tail(r, k) and not (s.stop - k < 2):
                first = _add(r, left, start - 1, phrase, cue, verb.at, "report-split", verb.lemma)
                stop = content_end(t, k, s.stop, verb, False)
                second = _add(r, k, _with_marks(r, stop), phrase, cue, verb.at, "report-split", verb.lemma)
                r.notes.group(first, second)
                r.last, r.subject, r.begin = second or first, phrase, stop
                return
            if inside or (opening is Opening.BARE and not finite(t, k, s.stop)):
                r.last = _add(r, left, start - 1, phrase, cue, verb.at, "report-speaker-verb", verb.lemma)
                r.subject, r.begin = phrase, k
                return
    _after(r, verb, phrase, start, k, opening, cue)


def _names_only(r: Reading, a: int, b: int) -> bool:
    """A closing mark before the subject that ends a name or term, not an utterance: 'The maker of "Foo" said'."""
    t = r.t
    last = b - 2
    inside = t.words[last]
    first = last
    while first > a and t.quoted[first - 1]:
        first -= 1
    count = sum(t.words[x][0].isalnum() for x in range(first, last + 1))
    return inside not in ",.?!…—" and count <= 3 and first - 1 > a


def _only_adjunct(r: Reading, a: int, b: int) -> bool:
    """Whether a:b is a fronted adjunct ('In a statement', 'On Tuesday', 'Although …') and not reported words."""
    t = r.t
    low = t.low[a]
    if all(
        t.low[x] in lex.TIMES or t.low[x] in lex.PREPOSITIONS or t.words[x].isdigit() or t.words[x] in ",."
        for x in range(a, b)
    ):
        return True
    if low in lex.PREPOSITIONS or low in ("asked", "speaking", "according", "given"):
        return (not finite(t, a, b) and b - a < 14) or low == "asked" or low == "speaking"
    if low.endswith("ing") and t.low[a] not in ("nothing", "everything", "something", "anything", "during"):
        return not any(t.low[x] in lex.VERBAL for x in range(a, b))
    if low in lex.SUBORDINATORS:
        return "," not in t.words[a:b]
    return b - a < 3


def _second_half(r: Reading, phrase: Phrase, cue: str, verb: Verb, k: int) -> None:
    """The rest of an interrupted quotation in the same sentence: '"A," he said, "B."'"""
    t, s = r.t, r.sentence
    first = r.last
    m = k
    while m < s.stop and m - k < 30 and not (t.mark[m] and t.quoted[m + 1 : m + 2] not in ([], [0])):
        low = t.low[m]
        if low in CUES and m > k and (low.endswith("ing") or t.low[m - 1] in ("and", "but", "then")):
            return
        if low in lex.VERBAL and m > k + 3:
            return
        m += 1
    if m >= s.stop or not t.mark[m]:
        return
    if m > k and t.words[m - 1] not in ",:—–-" and t.low[m - 1] != "that" and _scare_at(t, m):
        return
    second = _add(r, m + 1, _with_marks(r, s.stop), phrase, cue, verb.at, "quote-split", verb.lemma)
    r.notes.group(first, second)
    if second is not None:
        r.begin = s.stop


def _scare_at(t: Tokens, m: int) -> bool:
    region = t.regions[t.quoted[m + 1] - 1]
    return region.end - region.start < 60


def _after(r: Reading, verb: Verb, phrase: Phrase, start: int, k: int, opening: Opening, cue: str) -> None:
    """The words follow the attribution: 'X said that …', 'X said: "…"', 'X said it was'."""
    t, s = r.t, r.sentence
    if (opening is Opening.COLON and k >= s.stop) or (k >= s.end - 1 and t.words[s.end - 1] == ":"):
        r.opened = (phrase, cue, verb.at)
        r.subject = phrase
        return
    if opening is Opening.NONE or k >= s.stop:
        return
    quoted_content = any(t.quoted[k : s.stop])
    if verb.negated and opening is not Opening.QUOTE:
        return
    if verb.lemma in FINDING and not _document(t, phrase) and opening is not Opening.QUOTE and verb.lemma not in (
        "suggest", "reveal", "indicate", "outline", "detail", "find", "show", "demonstrate"):  # fmt: skip
        return
    if verb.lemma in BELIEVING and opening is not Opening.QUOTE:
        return
    if opening is Opening.QUOTE:
        if not _utterance(t, k, verb):
            return
    elif opening is Opening.THAT:
        if verb.only_quoted and verb.lemma not in (
            "conclude",
            "read",
            "worry",
            "joke",
            "caution",
            "argue",
            "elaborate",
            "repeat",
        ):
            return
    elif opening is Opening.QUESTION:
        if verb.lemma not in (
            "explain",
            "say",
            "tell",
            "describe",
            "ask",
            "note",
            "reveal",
            "disclose",
            "show",
        ) or not finite(t, k + 1, s.stop):
            return
        if verb.lemma in ("show", "ask", "reveal", "describe"):
            return
    elif opening is Opening.BARE:
        if verb.lemma in CALLING or verb.lemma == "call":
            if not _calling(r, verb, k):
                return
        elif not _bare(r, verb, phrase, k, quoted_content):
            return
    fronted = start > s.start and t.low[start - 1] in lex.SUBORDINATORS and opening is not Opening.QUOTE
    stop = content_end(t, k, s.stop, verb, fronted)
    pattern = {
        Opening.QUOTE: "speaker-verb-quote",
        Opening.COLON: "speaker-verb-colon",
        Opening.THAT: "speaker-verb-that",
    }
    kind = pattern.get(opening, "speaker-verb-clause")
    if verb.participle:
        kind = kind.replace("speaker-verb", "participle")
    made = _add(
        r, k, _with_marks(r, stop), phrase, cue, verb.at, kind, verb.lemma, 2 if opening is Opening.QUOTE else 3
    )
    if made is not None:
        r.last, r.subject, r.begin = made, phrase, stop


def _utterance(t: Tokens, k: int, verb: Verb) -> bool:
    region = t.regions[t.quoted[k] - 1] if t.quoted[k] else None
    if region is None:
        return False
    count = 0
    for x in range(k, len(t.words)):
        if t.quoted[x] != t.quoted[k]:
            break
        count += t.words[x][0].isalnum()
    if verb.lemma in CALLING or (verb.only_quoted and verb.lemma not in ("ask", "read", "continue", "conclude", "put")):
        return count >= 4
    if (
        t.words[k - 2] in ",:"
        or t.low[k - 2] in ("that",)
        or verb.lemma in ("say", "add", "tell", "write", "tweet", "ask", "read")
    ):
        return count >= 2
    return count >= 3


def _calling(r: Reading, verb: Verb, k: int) -> bool:
    """'called it "a reckless act"': counts with at least four quoted words."""
    t, s = r.t, r.sentence
    return sum(1 for x in range(k, s.stop) if t.quoted[x] and t.words[x][0].isalnum()) >= 4 and verb.end < s.stop


def _document(t: Tokens, phrase: Phrase) -> bool:
    return any(t.low[x] in lex.DOCUMENTS for x in range(phrase.start, phrase.head))


def _bare(r: Reading, verb: Verb, phrase: Phrase, k: int, quoted: bool) -> bool:
    """A clause without "that": only after plain verbs of saying, and only if it has a finite verb."""
    t, s = r.t, r.sentence
    if verb.only_quoted or verb.open:
        return False
    if verb.addressing and t.low[verb.end] == "to":
        return False
    low = t.low[k]
    if low in ("to", "of", "about", "against", "and", "or", "by", "as", "nothing"):
        return False
    if not finite(t, k, s.stop):
        return False
    if verb.needs_that and not (_document(t, phrase) or low in lex.PRONOUNS or low in ("there", "the", "its", "their")):
        return quoted and verb.lemma in ("report", "note", "confirm", "suggest")
    if verb.lemma in ADDRESSING and verb.lemma not in ("tell", "warn") and k == verb.end:
        return False
    return True


# --- shared ----------------------------------------------------------------------------------------------------------


def _with_marks(r: Reading, stop: int) -> int:
    """The end of content that runs to the sentence's end, with a final mark inside a quotation."""
    return r.sentence.end if stop >= r.sentence.stop else stop


def _add(
    r: Reading, a: int, b: int, phrase: Phrase, cue: str, at: int, pattern: str, lemma: str, least: int = 2
) -> Finding | None:
    return r.notes.add(Finding(a, b, phrase, cue, at, pattern, r.number, r.sentence.paragraph, lemma), least)
