"""Whose words a participle or a second verb reports: '… denied it, saying', 'X asked and Y agreed, saying'."""

from __future__ import annotations

from reader.quotes import lexicon as lex
from reader.quotes.cues import CUES, FINDING
from reader.quotes.phrases import PAST, Phrase
from reader.quotes.reading import Reading
from reader.quotes.subjects import main_subject
from reader.quotes.tokens import Tokens
from reader.quotes.verbs import Verb

_SENDING = lex.words(
    "sent sends issued issues released releases published publishes posted posts circulated wrote shared"
)


def shared_subject(r: Reading, verb: Verb) -> Phrase | None:
    """The subject of a participle or of a verb after "and": the one before in the sentence, else its main subject."""
    t, s = r.t, r.sentence
    before = t.low[verb.group - 1] if verb.group > s.start else ""
    if verb.participle:
        if before not in (",", "and", "—", "–", "while", "by", "but") and not t.mark[verb.group - 1]:
            partner = _accompanying(t, verb.group, s.start)
            if partner is not None:
                return partner
            paper = _document_before(t, verb.group, s.start)
            if (
                paper is not None
                and verb.lemma not in FINDING
                and any(t.low[x] in _SENDING for x in range(s.start, paper.start))
            ):
                return main_subject(t, s.start, verb.group) or paper
            if paper is None and verb.lemma == "say":
                return r.subject or main_subject(t, s.start, verb.group)
            return paper
        return r.subject or _coordinate(t, s.start, verb.group) or main_subject(t, s.start, verb.group)
    if before in ("and", "but", "then", ",", "to") or (verb.group > s.start and t.mark[verb.group - 1]):
        return r.subject or main_subject(t, s.start, verb.group)
    return None


def _accompanying(t: Tokens, i: int, lo: int) -> Phrase | None:
    """'X was divisive, with opponents | saying': those after "with" speak."""
    for m in range(i - 2, max(lo, i - 6), -1):
        if t.mark[m] or t.words[m] in ",;:":
            return None
        if t.low[m] == "with" and t.words[m - 1] == ",":
            return Phrase(m + 1, i, i)
    return None


def _coordinate(t: Tokens, lo: int, i: int) -> Phrase | None:
    """The subject of the last of several clauses: 'X asked, and Y opened an inquiry, | saying' means Y."""
    for m in range(i - 3, lo + 1, -1):
        if t.quoted[m]:
            return None
        if t.low[m] in ("and", "but") and t.words[m - 1] == ",":
            subject = main_subject(t, m + 1, i)
            if subject is None or subject.head >= i or subject.head - subject.start > 6:
                return None
            verb = t.low[subject.head]
            named = t.words[subject.head - 1][0].isupper() or t.low[subject.start] in lex.PRONOUNS_OR_DETERMINERS
            finite_verb = (
                verb in lex.VERBAL or verb in PAST or (verb.endswith("ed") and t.words[subject.head].islower())
            )
            return subject if named and finite_verb else None
    return None


def _document_before(t: Tokens, i: int, lo: int) -> Phrase | None:
    """'received a message from Example | saying': the document with what belongs to it; None if there is none."""
    for x in range(i - 1, max(lo, i - 12) - 1, -1):
        pretending = t.low[x] == "be" and t.low[x - 1] == "to"  # "an e-mail claiming to be from Example | saying"
        if t.mark[x] or t.words[x] in ",;:—–()" or (t.low[x] in lex.VERBAL and not pretending):
            return None
        if t.low[x] in lex.DOCUMENTS:
            a = x
            while a > lo and t.low[a - 1] not in lex.PREPOSITIONS and t.words[a - 1][0].isalnum():
                if t.low[a - 1] in PAST or t.low[a - 1] in _SENDING:
                    break
                if t.low[a] in lex.DETERMINERS or t.low[a - 1] in lex.VERBAL or t.low[a - 1] in CUES:
                    break
                a -= 1
            return Phrase(a, i, i)
    return None
