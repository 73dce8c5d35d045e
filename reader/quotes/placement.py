"""On which side of a reporting verb the words lie: '"…," X said', '… , said X', 'X said that …', 'A, X said, B'."""

from __future__ import annotations

from reader.quotes import admission as may
from reader.quotes import lexicon as lex
from reader.quotes.content import Opening, content_start, finite, skip_adjuncts, verb_like
from reader.quotes.cues import ADDRESSING, CALLING, CORE, CUES, POSTPOSED
from reader.quotes.endings import content_end
from reader.quotes.findings import Finding
from reader.quotes.phrases import PAST, Phrase, left_phrase
from reader.quotes.reading import Reading
from reader.quotes.sharing import shared_subject
from reader.quotes.subjects import right_phrase
from reader.quotes.tokens import Tokens
from reader.quotes.verbs import Verb

_INVERTING = (CORE | lex.words("read go continue ask recall remark observe advise caution warn")) - frozenset(("tell",))
_MEANWHILE = lex.words("while when after before as")
_PATTERNS = {
    Opening.QUOTE: "speaker-verb-quote", Opening.COLON: "speaker-verb-colon", Opening.THAT: "speaker-verb-that",
}  # fmt: skip


def place(r: Reading, verb: Verb) -> None:
    """Read one reporting verb of the sentence: find its subject and take the words that belong to it."""
    t, s = r.t, r.sentence
    if verb.at < r.begin or t.quoted[verb.at]:
        return
    if verb.passive:
        _passive(r, verb)
        return
    if _inverted(r, verb):
        return
    lo = r.begin if r.last is not None and s.start < r.begin <= verb.group else s.start
    infinitive = verb.group > s.start and t.low[verb.group - 1] == "to"
    phrase = left_phrase(t, verb.group, lo) if not verb.participle and not infinitive else None
    start = phrase.start if phrase else verb.group
    if phrase is None:
        phrase = shared_subject(r, verb)
        if phrase is None:
            return
    if verb.lemma == "post" and phrase.start > lo and t.low[phrase.start - 1] in lex.PREPOSITIONS:
        return  # "in a blog posted on Monday"
    if phrase.head - phrase.start > 1 and t.low[phrase.start] in ("which", "who") and verb_like(t, phrase.start + 1):
        return  # "which featured fabricated quotes"
    if verb.lemma == "put" and t.low[verb.end : verb.end + 1] != ["it"]:
        return
    k, opening = content_start(t, verb, verb.end + (verb.lemma == "put"), s.stop)
    closing = start > r.begin and bool(t.mark[start - 1]) and t.quoted[start - 2] > 0
    if not may.can_speak(r, verb, phrase, opening, closing):
        return
    if start > r.begin and t.low[start - 1] == "as" and not verb.participle:
        start -= 1
        closing = start > r.begin and bool(t.mark[start - 1]) and t.quoted[start - 2] > 0
    relative = verb.group > s.start and t.low[verb.group - 1] in ("who", "which", "that")
    shared = start == verb.group and verb.group > s.start and t.words[verb.group - 1] == ","
    if verb.participle or relative or shared or not _before(r, verb, phrase, start, k, opening, closing):
        _after(r, verb, phrase, start, k, opening)


# --- '… , said X' ----------------------------------------------------------------------------------------------------


def _inverted(r: Reading, verb: Verb) -> bool:
    """'…," said X' and '…, said X': true if the verb was read so."""
    t, s = r.t, r.sentence
    if verb.participle or verb.group <= r.begin or t.low[verb.at] == "add":
        return False
    before = verb.group - 1
    closing = bool(t.mark[before]) and t.quoted[before - 1] > 0
    if verb.lemma == "tell" or (verb.lemma in ADDRESSING and not closing and verb.lemma not in _INVERTING):
        return False
    if not closing and verb.lemma == "read":
        return False
    if not closing and (t.words[before] not in ",—–?!" or verb.lemma not in _INVERTING):
        return False
    if verb.end < s.stop and t.low[verb.end] == "that":
        return False
    if not closing and verb.lemma == "ask" and t.words[before] != "?":
        return False
    phrase = right_phrase(t, verb.end, s.stop, closing)
    if phrase is None or (phrase.head < s.stop and t.low[phrase.head] == "that"):
        return False
    if not closing and not _can_follow(r, verb, phrase):
        return False
    if closing and not t.mark[r.begin] and any(t.low[x] in lex.VERBAL for x in range(phrase.start + 1, phrase.head)):
        return False  # 'Quill, once of "Grid Weekly," said the plant had burnt'
    left = r.body(r.begin, verb.group)
    cue = t.slice(verb.at, verb.end)
    comma = phrase.head < s.stop and t.words[phrase.head] == ","
    if (
        not closing
        and comma
        and verb.group - r.begin <= 5
        and (left is None or may.only_adjunct(t, left, before))
        and finite(t, phrase.head + 1, s.stop)
        and not r.addition(phrase.head + 1)
    ):  # 'In particular, said the report, it targeted …'
        r.last = r.add(phrase.head + 1, s.stop, phrase, cue, verb.at, "report-verb-speaker", verb.lemma)
        r.subject, r.begin = phrase, s.stop
        return True
    if left is None:
        return False
    if closing:
        left = _after_colon(t, left, verb.group)
    pattern = "quote-verb-speaker" if closing else "report-verb-speaker"
    r.last = r.add(left, verb.group, phrase, cue, verb.at, pattern, verb.lemma)
    r.subject, r.begin = phrase, phrase.end
    _second_half(r, phrase, cue, verb, phrase.end)
    return True


def _can_follow(r: Reading, verb: Verb, phrase: Phrase) -> bool:
    """Whether the phrase after a comma and a verb is its subject, not its object or a clause."""
    t, s = r.t, r.sentence
    if not may.nameable(t, verb, phrase):
        return False
    for x in range(phrase.start, phrase.head):
        qualified = x == phrase.start and t.low[x].endswith("ed")  # "certified planner Jane Roe"
        if t.low[x] in lex.VERBAL or (t.low[x] in CUES and t.low[x] not in lex.DOCUMENTS and not qualified):
            return False
    owned = any(t.words[x].endswith(("'s", "’s")) for x in range(phrase.start, phrase.head))
    if phrase.head - phrase.start > 1 and not owned and finite(t, phrase.start, phrase.head):
        return False
    head = phrase.head
    ends = head >= s.stop or t.words[head] in ",(—–" or t.low[head] in lex.PREPOSITIONS or t.low[head] in lex.TIMES
    if not ends and t.low[head] not in ("who", "as", "when", "while"):
        return False
    return not may.object_follows(t, verb, phrase, s.start)


# --- '"…," X said' and 'A, X said, B' --------------------------------------------------------------------------------


def _before(r: Reading, verb: Verb, phrase: Phrase, start: int, k: int, opening: Opening, closing: bool) -> bool:
    """The words stand before the subject (and perhaps after the verb too): true if they were taken."""
    t, s = r.t, r.sentence
    comma = start > r.begin and t.words[start - 1] in ",—–?!" and not closing
    if not closing and not comma:
        return False
    left = r.body(r.begin, start - (not closing))
    if left is not None and closing:
        left = _after_colon(t, left, start)
    if left is None or (closing and may.names_only(t, left, start)):
        return False
    if closing and start == verb.group and not t.quoted[left] and opening is Opening.BARE:
        return False  # 'Quill, once of "Grid Weekly," said the plant had burnt'
    cue = t.slice(verb.at, verb.end)
    if closing:
        r.last = r.add(left, start, phrase, cue, verb.at, "quote-speaker-verb", verb.lemma)
        r.subject, r.begin = phrase, max(verb.end, start)
        _second_half(r, phrase, cue, verb, verb.end)
        if r.last is not None and not t.quoted[left]:
            _second_clause(r, r.last, phrase, cue, verb)
        return True
    if (
        verb.lemma not in POSTPOSED
        or verb.negated
        or opening in (Opening.COLON, Opening.THAT)
        or (opening is Opening.QUOTE and t.words[k][0].isupper() and may.only_adjunct(t, left, start - 1))
        or may.hypothetical(r, verb)
    ):
        return False
    adjunct = may.only_adjunct(t, left, start - 1)
    if k >= s.stop or opening is Opening.NONE:
        if adjunct:
            return False
        r.last = r.add(left, start - 1, phrase, cue, verb.at, "report-speaker-verb", verb.lemma)
        r.subject, r.begin = phrase, k
        return True
    after = verb.end if t.words[verb.end] == "," else skip_adjuncts(t, verb, verb.end, s.stop)
    inside = (after < s.stop and t.words[after] in ",—–") or (t.words[k - 1] == "," and opening is Opening.BARE)
    clause = opening is Opening.QUOTE and t.words[k].islower() and finite(t, left, start - 1)
    if adjunct and inside and (clause or verb_like(t, k)):
        adjunct = False
    if adjunct and (
        not inside or verb.end - start > 6 or start - 1 - left < 4 or may.circumstantial(t, left, start - 1)
    ):
        return False
    if inside and (verb_like(t, k) or not r.addition(k)) and s.stop - k >= 2:
        first = r.add(left, start - 1, phrase, cue, verb.at, "report-split", verb.lemma)
        stop = content_end(t, k, s.stop, verb, False)
        second = r.add(k, stop, phrase, cue, verb.at, "report-split", verb.lemma)
        r.notes.group(first, second)
        r.last, r.subject, r.begin = second or first, phrase, stop
        return True
    behind = t.low[verb.end]
    adjoined = verb.lemma == "tell" or behind in lex.ADJUNCT_WORDS or behind in lex.ADVERBS or behind in _MEANWHILE
    if inside or (adjoined and (opening is Opening.QUESTION or (opening is Opening.BARE and not finite(t, k, s.stop)))):
        r.last = r.add(left, start - 1, phrase, cue, verb.at, "report-speaker-verb", verb.lemma)
        r.subject, r.begin = phrase, k
        return True
    return False


def _second_clause(r: Reading, first: Finding, phrase: Phrase, cue: str, verb: Verb) -> None:
    """The rest of a sentence interrupted behind a quotation: 'It may be "all we have," she said, but it is little'."""
    t, s = r.t, r.sentence
    k = verb.end + 1
    if r.begin != verb.end or s.stop - k < 4 or t.words[verb.end] != "," or r.addition(k) or any(t.quoted[k : s.stop]):
        return
    if finite(t, k, s.stop, strict=True):
        stop = content_end(t, k, s.stop, verb, False)
        second = r.add(k, stop, phrase, cue, verb.at, "report-split", verb.lemma)
        r.notes.group(first, second)
        r.last, r.begin = second or first, stop


def _after_colon(t: Tokens, left: int, end: int) -> int:
    """'Quill has advice: "Get a dog," she said': what stands before the colon is the writer's."""
    k = end - 2
    while k > left and t.quoted[k]:
        k -= 1
    return k + 1 if k > left and t.mark[k] and t.words[k - 1] == ":" else left


def _second_half(r: Reading, phrase: Phrase, cue: str, verb: Verb, k: int) -> None:
    """The rest of an interrupted quotation in the same sentence: '"A," he said, "B."'"""
    t, s = r.t, r.sentence
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
    before = t.low[m - 1]  # "of" in 'Ada Quill, author of "The Long Game"'
    if (m > k or before in lex.PREPOSITIONS) and before not in ",:—–-" and before != "that" and _short(t, m + 1):
        return
    second = r.add(m + 1, s.stop, phrase, cue, verb.at, "quote-split", verb.lemma)
    r.notes.group(r.last, second)
    if second is not None:
        r.begin = s.stop


def _short(t: Tokens, k: int) -> bool:
    region = t.regions[t.quoted[k] - 1]
    return region.end - region.start < 60


# --- 'X said that …' -------------------------------------------------------------------------------------------------


def _after(r: Reading, verb: Verb, phrase: Phrase, start: int, k: int, opening: Opening) -> None:
    t, s = r.t, r.sentence
    cue = t.slice(verb.at, verb.end)
    if (opening is Opening.COLON and k >= s.stop) or (k >= s.end - 1 and t.words[s.end - 1] == ":"):
        if not verb.negated and not may.hypothetical(r, verb):
            r.opened = (phrase, cue, verb.at)
            r.subject = phrase
        return
    if opening is Opening.QUOTE and _one_term(r, verb, k):
        opening = Opening.BARE
    if opening is Opening.NONE or k >= s.stop or not may.admitted(r, verb, phrase, start, k, opening):
        return
    if verb.lemma in CALLING and opening is Opening.BARE:
        k = _quoted_description(t, k, s.stop)
    fronted = start > s.start and t.low[start - 1] in lex.SUBORDINATORS and opening is not Opening.QUOTE
    stop = content_end(t, k, s.stop, verb, fronted)
    if start > s.start + 1 and t.low[start - 1] == "which" and t.words[start - 2] == "," and not t.quoted[k]:
        comma = (x for x in range(k, stop) if t.words[x] == "," and not t.quoted[x])
        stop = next(comma, stop)  # "…, which Roe said would close, …"
    if fronted and opening is Opening.BARE and verb.lemma not in CALLING and not finite(t, k, stop):
        return
    if t.quoted[k]:
        stop = min(stop, _described_to(t, verb, k, s.stop))
    kind = _PATTERNS.get(opening, "speaker-verb-clause")
    if verb.participle:
        kind = kind.replace("speaker-verb", "participle")
    made = r.add(k, stop, phrase, cue, verb.at, kind, verb.lemma, 2 if any(t.quoted[k : k + 2]) else 4)
    if made is not None:
        r.last, r.subject, r.begin = made, phrase, stop


def _quoted_description(t: Tokens, k: int, stop: int) -> int:
    """'called the attack "cowardly, costly and careless"': the words in marks, if they are the whole description."""
    for m in range(k, stop):
        if t.words[m] == "," and m + 1 < stop and t.low[m + 1] in CUES and t.low[m + 1].endswith("ing"):
            return k  # 'criticized the ruling, saying it would "help nobody"'
        if t.mark[m] and m + 1 < stop and t.quoted[m + 1]:
            count = 0
            for x in range(m + 1, stop):
                if not t.quoted[x]:
                    break
                count += t.words[x][0].isalnum()
            return m + 1 if count >= 4 else k
    return k


def _one_term(r: Reading, verb: Verb, k: int) -> bool:
    """'said "uppermost" in her mind was the plant': a word in marks begins a clause that is not quoted."""
    t, stop = r.t, r.sentence.stop
    single = k + 2 < stop and not t.quoted[k + 1] and t.words[k].islower()
    return single and verb.lemma in ("say", "claim", "argue") and finite(t, k + 2, stop)


def _described_to(t: Tokens, verb: Verb, k: int, stop: int) -> int:
    """'called it the "end of an era," as …', 'praised him for "…" and …': where the quoted description ends."""
    m = k
    while m < stop and t.quoted[m] == t.quoted[k]:
        m += 1
    if t.words[m - 1] in "?!" and m + 1 < stop and m - k > 4:
        return m  # '"Who is this guy?" an apparent nod to …'
    if verb.lemma not in CALLING or m + 2 >= stop or any(t.quoted[m + 1 : m + 5]):
        return stop
    acts = t.low[m + 1] in ("and", "but") and (
        t.low[m + 2] in PAST or t.low[m + 2] in CUES or t.low[m + 2].endswith("ed")
    )
    aside = t.words[m - 1] == "," and (t.low[m + 1] in lex.SUBORDINATORS or t.low[m + 1] == "which")
    return m if acts or aside else stop


def _passive(r: Reading, verb: Verb) -> None:
    """A passive report names its speaker only with "by"; the one who is told never speaks."""
    t, s = r.t, r.sentence
    if verb.end + 1 >= s.stop or t.low[verb.end] != "by" or verb.negated:
        return
    phrase = right_phrase(t, verb.end + 1, s.stop, False)
    if phrase is None or phrase.head >= s.stop:
        return
    k = phrase.head
    marked = t.mark[k] and t.quoted[k + 1 : k + 2] not in ([], [0])
    if (t.low[k] == "that" or marked) and may.can_speak(r, verb, phrase, Opening.THAT, False):
        cue = t.slice(verb.at, verb.end)
        r.last = r.add(k + 1, s.stop, phrase, cue, verb.at, "passive-by", verb.lemma)
        r.subject, r.begin = phrase, s.stop
