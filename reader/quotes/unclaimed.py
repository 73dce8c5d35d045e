"""Quotation marks that no verb in their own sentence claims: continuations, colons, dashes, later attributions."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.findings import Finding, Notebook
from reader.quotes.mentions import Kind, mention
from reader.quotes.phrases import PAST, Phrase
from reader.quotes.reading import Reading
from reader.quotes.subjects import main_subject
from reader.quotes.tokens import Sentence, Tokens

_GOING_ON = lex.words(
    "went further agreed disagreed blunt clear direct adamant unequivocal put agrees disagrees goes succinct defiant"
    " sceptical skeptical pessimistic optimistic scathing unimpressed reacted responded"
)
_COUNSEL = lex.words("rule advice message warning tip answer explanation")
_DASHES = frozenset("—–―-‐‑")


class Thread:
    """What earlier sentences leave behind: the finding a quotation may continue, and a speaker announced by a colon."""

    __slots__ = ("last", "opened", "opened_in")

    def __init__(self) -> None:
        self.last: Finding | None = None
        self.opened: tuple[Phrase, str, int] | None = None
        self.opened_in = -1


def claim(notes: Notebook, reading: Reading, thread: Thread) -> None:
    """Give every unclaimed quotation of the sentence to somebody, to nobody, or leave it alone as a term."""
    t, s = notes.tokens, reading.sentence
    i = s.start if reading.quoted else s.end
    while i < s.end:
        if not t.quoted[i] or notes.taken[i]:
            i += 1
            continue
        j = i
        while j < s.end and t.quoted[j] == t.quoted[i]:
            j += 1
        _one(notes, reading, thread, i, j)
        i = j


def _one(notes: Notebook, r: Reading, thread: Thread, i: int, j: int) -> None:
    t, s = notes.tokens, r.sentence
    count = sum(t.words[x][0].isalnum() for x in range(i, j))
    whole = _whole(t, s, i, j)
    if r.last is not None:
        close = r.last.end <= i and (whole or count >= 4) and _not_term(t, s, i, j, count)
        if close and r.last.pattern.startswith("quote"):
            made = _continued(notes, r, i, j, r.last, "quote-continued")
            notes.group(r.last, made)
        elif close and count >= 5:
            _continued(notes, r, i, j, r.last, "same-sentence")
        return
    if count < 2:
        return
    dash = _dash_speaker(t, r, j)
    if dash is not None:
        notes.add(Finding(i, j, dash, None, dash.start, "quote-dash-speaker", r.number, s.paragraph))
        return
    if not whole:
        _partial(notes, r, thread, i, j, count)
        return
    opened = thread.opened
    if opened is not None and r.number - thread.opened_in <= 12:
        phrase, cue, at = opened
        made = notes.add(Finding(i, j, phrase, cue or None, at, "colon-quote", r.number, s.paragraph))
        if made is not None:
            notes.group(
                thread.last if thread.last and thread.last.pattern == "colon-quote" and thread.last.at == at else None,
                made,
            )
            thread.last = made
        return
    last = thread.last
    if last is not None and _adjacent(t, s, last):
        pattern = "quote-continued" if last.paragraph == s.paragraph else "paragraph-continued"
        made = _continued(notes, r, i, j, last, pattern)
        if last.pattern.startswith("quote") or last.pattern in (
            "paragraph-continued",
            "colon-quote",
            "speaker-verb-quote",
        ):
            notes.group(last, made)
        if made is not None:
            thread.last = made
        return
    subject = _subject_before(t, r) if count >= 4 else None
    if subject is not None:
        made = notes.add(Finding(i, j, subject, None, subject.start, "subject-before", r.number, s.paragraph))
        thread.last = made or thread.last
        return
    if count >= 4 and last is not None and s.paragraph - last.paragraph <= 3 and _spoke(t, last):
        made = _continued(notes, r, i, j, last, "speaker-continued")
        if made is not None:
            thread.last = made
        return
    if count >= 4 and i <= s.start + 1 and not _code(t, i, j):
        made = notes.add(Finding(i, j, None, None, i, "unattributed", r.number, s.paragraph))
        if made is not None:
            thread.last = made


def _code(t: Tokens, i: int, j: int) -> bool:
    """Whether a quotation looks like a string in a program or a command."""
    inside = t.words[i:j]
    return sum(w in "{}[]<>=/\\|$_#%^~" for w in inside) * 6 > len(inside)


def _subject_before(t: Tokens, r: Reading) -> Phrase | None:
    """The person the paragraph before ends with: 'The mayor urged caution. ⏎ “We do not know …”'."""
    if r.number == 0:
        return None
    before = t.sentences[r.number - 1]
    if r.sentence.paragraph - before.paragraph != 1 or any(t.quoted[before.start : before.end]):
        return None
    subject = main_subject(t, before.start, before.stop)
    if subject is None or before.stop - before.start > 14:
        return None
    m = mention(t, subject)
    if m.kind is Kind.ROLE and m.definite and not m.after:
        return subject
    personal = m.kind is Kind.PRONOUN and m.noun in lex.PERSONAL
    return subject if personal or (m.kind is Kind.NAME and m.before and m.before[-1].lower() in lex.TITLES) else None


def _spoke(t: Tokens, last: Finding) -> bool:
    """Whether the earlier finding was somebody's own words in quotation marks."""
    return any(t.quoted[last.start : last.end]) and last.phrase is not None


def link_forward(notes: Notebook, found: list[Finding]) -> None:
    """A paragraph left open whose next paragraph ends in an attribution belongs to that one: '“A. ⏎ “B,” said X.'"""
    t = notes.tokens
    for here, after in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if here.pattern not in ("paragraph-continued", "speaker-continued", "unattributed"):
            continue
        if after.paragraph != here.paragraph + 1 or not t.quoted[here.end - 1]:
            continue
        if t.regions[t.quoted[here.end - 1] - 1].closed or not t.quoted[after.start]:
            continue
        if after.pattern.startswith(("quote-verb", "quote-speaker")) or after.pattern == "attributed-later":
            here.source, here.phrase, here.at, here.pattern = after.root, after.phrase, after.at, "attributed-later"
            here.group = None
            notes.group(after, here)


def _continued(notes: Notebook, r: Reading, i: int, j: int, source: Finding, pattern: str) -> Finding | None:
    return notes.add(
        Finding(i, j, source.phrase, None, source.at, pattern, r.number, r.sentence.paragraph, source=source)
    )


def _whole(t: Tokens, s: Sentence, i: int, j: int) -> bool:
    """Whether the quotation is (nearly) all the sentence has."""
    outside = sum(1 for x in range(s.start, s.end) if not t.quoted[x] and t.words[x][0].isalnum())
    inside = j - i
    return outside <= 2 or outside * 6 < inside


def _adjacent(t: Tokens, s: Sentence, last: Finding) -> bool:
    """Whether `last` is near enough for its speaker to go on: same paragraph, or the one before with quotes."""
    gap = s.paragraph - last.paragraph
    return gap == 0 or gap == 1


def _not_term(t: Tokens, s: Sentence, i: int, j: int, count: int) -> bool:
    capitals = sum(t.words[x][0].isupper() for x in range(i, j))
    return not (count <= 6 and capitals >= count - 2 and i - 1 > s.start and t.words[i - 2] not in ",:.")


def _dash_speaker(t: Tokens, r: Reading, j: int) -> Phrase | None:
    """'"…" — Jane Roe, Example Ltd' at the end of a sentence, a paragraph, or in the next one."""
    d = j + 1 if j < len(t.words) and t.mark[j] else j
    if d >= len(t.words) or t.words[d] not in _DASHES:
        return None
    d += 1
    while d < len(t.words) and t.words[d] in _DASHES:
        d += 1
    if d >= len(t.words) or not t.words[d][0].isupper():
        return None
    end = t.spans[r.sentence.paragraph][1]
    if d >= end and r.sentence.paragraph + 1 < len(t.spans):
        end = t.spans[r.sentence.paragraph + 1][1]
    z = d
    while z < end and z - d < 8 and t.words[z] not in ".,;:(" and not t.mark[z]:
        if t.low[z] in lex.VERBAL:
            return None
        z += 1
    stop = z
    while stop < end and stop - d < 30 and not t.mark[stop] and t.words[stop] not in ".;:":
        stop += 1
    return Phrase(d, stop, z)


def _before_colon(t: Tokens, s: Sentence, i: int, j: int) -> tuple[Phrase, str] | None:
    """Who speaks in 'Roe went further: "…"' and 'Jane Roe, head of Example: "…"', and the pattern's name."""
    colon = i - 2
    if colon <= s.start or t.words[colon] != ":" or j < s.stop - 1 or t.words[j - 1] not in ".?!," or _code(t, i, j):
        return None
    if not t.words[i][0].isupper() or any(t.quoted[s.start : colon]):
        return None
    subject = main_subject(t, s.start, colon)
    if subject is None:
        return None
    comma = next((x for x in range(s.start, colon) if t.words[x] in ",("), colon)
    m = mention(t, subject)
    label = mention(t, Phrase(s.start, colon, comma))
    verbless = not any(t.low[x] in lex.VERBAL or t.low[x] in PAST for x in range(s.start, colon))
    if verbless and label.kind is Kind.NAME and len(label.name) > 1 and colon - s.start < 16:
        full = all(w[0].isupper() or w.lower() in lex.PARTICLES for w in label.name)
        return (Phrase(s.start, colon, comma), "label-quote") if full else None
    if m.kind in (Kind.NAME, Kind.ROLE, Kind.GROUP) or (m.kind is Kind.PRONOUN and m.noun in ("he", "she", "they")):
        further = [w for w in t.low[subject.end : colon] if w != ","]
        owns = further[:1] in (["has"], ["had"], ["offers"], ["offered"]) and set(further) & _COUNSEL
        return (subject, "clause-colon-quote") if owns or set(further) & _GOING_ON else None
    return None


def _partial(notes: Notebook, r: Reading, thread: Thread, i: int, j: int, count: int) -> None:
    """A quotation inside the writer's own sentence: somebody's words only if long and grammatically hanging on one."""
    t, s = notes.tokens, r.sentence
    announced = _before_colon(t, s, i, j) if count >= 3 else None
    if announced is not None:
        made = notes.add(Finding(i, j, announced[0], None, announced[0].start, announced[1], r.number, s.paragraph))
        thread.last = made or thread.last
        return
    if i <= s.start + 1 and count >= 5 and t.words[j - 1] in ",?!" and not _code(t, i, j):
        notes.add(Finding(i, j, None, None, i, "unattributed", r.number, s.paragraph))
        return
    if count < 7 or (t.words[i - 2 if i >= 2 else 0] not in ",:" and count < 12):
        return
    subject = main_subject(t, s.start, i - 1)
    if subject is None:
        return
    named = mention(t, subject).kind is Kind.NAME and t.low[subject.start] not in lex.DETERMINERS
    if named or t.low[subject.start] in lex.PERSONAL:
        notes.add(Finding(i, j, subject, None, subject.start, "quote-in-clause", r.number, s.paragraph))
