"""Reports inside one sentence: every "according to" and every reporting verb of it, from left to right."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.according import According, according
from reader.quotes.admission import only_adjunct
from reader.quotes.cues import CORE
from reader.quotes.endings import content_end
from reader.quotes.findings import Finding, Notebook
from reader.quotes.phrases import left_phrase
from reader.quotes.placement import place
from reader.quotes.reading import Reading
from reader.quotes.tokens import Tokens
from reader.quotes.verbs import Verb, verbs

_NO_VERB = Verb(0, 0, 0, "accord")


def attribute(notes: Notebook, number: int) -> Reading:
    """Find the reports of sentence `number`, put them into `notes`, and tell what the next sentence needs to know."""
    r = Reading(notes, number)
    t, s = r.t, r.sentence
    if _headline(t, number):
        return r
    found = verbs(t, s)
    if len(found) > 1 and _has_last_word(t, s.start, s.stop, found[-1]):
        place(r, found[-1])
    position = 0
    for source in according(t, s):
        while position < len(found) and found[position].at < source.start:
            place(r, found[position])
            position += 1
        _source(r, source)
    for verb in found[position:]:
        place(r, verb)
    return r


def _has_last_word(t: Tokens, start: int, stop: int, verb: Verb) -> bool:
    """'…, two officials said.': an attribution at the very end covers the whole sentence, other reports in it too."""
    if verb.participle or verb.passive or verb.lemma not in CORE or t.mark[start]:
        return False
    if any(t.low[x] not in lex.ADJUNCT_WORDS for x in range(verb.end, stop)):
        return False
    phrase = left_phrase(t, verb.group, start)
    if phrase is None or phrase.start - 6 <= start or t.words[phrase.start - 1] != ",":
        return False
    return not (t.mark[phrase.start - 2] or t.quoted[phrase.start - 1] or t.quoted[phrase.start - 2])


def _headline(t: Tokens, number: int) -> bool:
    """The first paragraph, or a short one in title case, without a full stop and without quotation marks."""
    s = t.sentences[number]
    first, last = t.spans[s.paragraph]
    final = last - 2 if t.mark[last - 1] and last - 2 > first else last - 1
    if (
        (s.end != last and s.paragraph == 0)
        or t.words[final] in ".:;,…?!"
        or last - first > 30
        or (t.mark[last - 1] and s.paragraph > 0)
    ):
        return False
    if s.paragraph == 0 and len(t.paragraphs) > 1:
        return True
    long = [w for w in t.words[first:last] if len(w) > 3]
    return len(long) >= 2 and sum(w[0].isupper() or w[0].isdigit() for w in long) >= 0.75 * len(long)


def _source(r: Reading, source: According) -> None:
    """Take the words that an "according to" belongs to: before it, after it, or around it."""
    t, s = r.t, r.sentence
    if source.start < r.begin:
        return
    start, end, phrase, cue = source
    before = start
    while before > r.begin and (t.words[before - 1] in ",—–" and not t.mark[before - 1]):
        before -= 1
    joined = before > r.begin and t.low[before - 1] in ("and", "but", "while", "that", "which", "who", "because")
    left = None if joined else r.body(r.begin, before)
    if left is not None and r.last is not None and only_adjunct(t, left, before):
        left = None  # '"…," Quill said in a statement, according to the Courier'
    comma = end < s.stop and t.words[end] in ",—–"
    after = end + 1 if comma else end
    if left is not None and _points_back(t, left, before):
        _previous(r, source)
        return
    if left is None:
        if after >= s.stop or (t.words[after] == ":" and after + 1 >= s.stop):
            if t.words[s.end - 1] == ":":
                r.opened = (phrase, cue, start)
            return
        stop = content_end(t, after, s.stop, _NO_VERB, False)
        made = r.add(after, stop, phrase, cue, start, "according-to-before", "accord")
        r.begin = stop
    elif comma and s.stop - after > 2 and t.words[start - 1] in ",—–" and not r.addition(after):
        first = r.add(left, before, phrase, cue, start, "according-to-inside", "accord")
        stop = content_end(t, after, s.stop, _NO_VERB, False)
        made = r.add(after, stop, phrase, cue, start, "according-to-inside", "accord") or first
        r.notes.group(first, made)
        r.begin = stop
    else:
        made = r.add(left, before, phrase, cue, start, "according-to-after", "accord")
        r.begin = end
    r.last, r.subject = made or r.last, phrase


def _points_back(t: Tokens, a: int, b: int) -> bool:
    """'That's according to X', 'This is according to X'."""
    return b - a <= 3 and t.low[a] in ("this", "that", "that's", "that’s", "it", "all")


def _previous(r: Reading, source: According) -> None:
    """The sentence before is what the source says, if nobody has claimed it."""
    t, number = r.t, r.number - 1
    if number < 0 or _headline(t, number):
        return
    s = t.sentences[number]
    if r.sentence.paragraph - s.paragraph > 1 or any(r.notes.taken[s.start : s.end]):
        return
    start, end, phrase, cue = source
    r.notes.add(Finding(s.start, s.end, phrase, cue, start, "according-to-next", number, s.paragraph, "accord"), 4)
    r.subject, r.begin = phrase, end
