"""Correcting a speaker, hiding a quote: kept, counted, exported, taken back; also when the engine reads anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from quoted_articles import LEAD, LOADER, first, put

from reader.errors import NotFoundError, StorageError, UsageError
from reader.model import CorrectedQuote, Quote, QuoteKind, QuoteRow, Speaker, SpeakerType, View, Voice
from reader.service import actions, corrections, experts
from reader.service.derive import derive_pending
from reader.service.library import Library
from reader.service.serial import article_object, quote_object

BOB = Speaker("Bob Sample", "", "chief", "Contoso", SpeakerType.PERSON, Voice.OFFICIAL)
TEXT = f"{LEAD}\n\n“Nobody had patched it,” the vendor said in a statement."


def correct(library: Library, row: QuoteRow, speaker: Speaker | None) -> int:
    return corrections.correct(library, row.article.id, row.quote.start, row.quote.end, speaker)


def hide(library: Library, row: QuoteRow) -> int:
    return corrections.hide(library, row.article.id, row.quote.start, row.quote.end)


def state(library: Library) -> list[Any]:
    """All that a reader sees of quotes."""
    return [
        library.quotes(),
        library.quotes(hidden=True),
        library.window(View()),
        sorted((replace(one, id=0) for one in experts.experts(library)), key=lambda one: one.name),
    ]


def test_a_corrected_speaker_is_everywhere(library: Library) -> None:
    """The reader's speaker stands in the article, lists, searches, counts and the index of experts."""
    one = put(library, TEXT)
    row = first(library, one)
    assert correct(library, row, BOB) == 1
    found = library.article(one).quotes[0]
    assert isinstance(found, CorrectedQuote)
    assert found.speaker == replace(BOB, mention="Ada Example")
    assert (found.reason, found.confidence, found.found) == (row.quote.reason, row.quote.confidence, row.quote.speaker)
    assert [row.quote for row in library.quotes(speaker="bob sample")] == [found]
    assert [row.quote for row in library.quotes(org="contoso", voice=Voice.OFFICIAL)] == [found]
    assert library.quotes(speaker="ada") == []
    assert library.window(View())[0].voice is Voice.OFFICIAL
    assert {one.name for one in experts.experts(library)} >= {"Bob Sample"}
    assert not experts.experts(library, ["ada"])


def test_exported_as_corrected(library: Library) -> None:
    """JSON says `corrected`, of exactly this quote, and keeps the engine's reason."""
    one = put(library, TEXT)
    row = first(library, one)
    correct(library, row, BOB)
    told = article_object(library.article(one))["quotes"]
    assert [quote["corrected"] for quote in told] == [True, False]
    assert told[0]["speaker"]["name"] == "Bob Sample"
    assert told[0]["reason"] == row.quote.reason
    assert quote_object(row.quote, one)["corrected"] is False


def test_unknown(library: Library) -> None:
    """A speaker that is not known after all is none."""
    one = put(library, TEXT)
    assert correct(library, first(library, one), None) == 1
    found = library.article(one).quotes[0]
    assert found.speaker is None
    assert quote_object(found, one)["speaker"] is None
    assert library.quotes(speaker="ada") == []


def test_hidden_is_in_no_list(library: Library) -> None:
    """A hidden quote is gone from the article, lists, counts and experts; asked for, it is there."""
    one = put(library, TEXT)
    row = first(library, one)
    assert library.article(one).row.quote_count == 2
    assert hide(library, row) == 1
    article = library.article(one)
    assert (article.row.quote_count, len(article.quotes)) == (1, 1)
    assert article.row.voice is not Voice.EXPERT
    assert [other.quote.text for other in library.quotes()] == [article.quotes[0].text]
    assert library.quotes(speaker="ada") == library.quotes(article_id=one, speaker="ada") == []
    assert experts.experts(library, ["ada"]) == []
    (hidden,) = library.quotes(hidden=True)
    assert (hidden.quote.start, quote_object(hidden.quote)["corrected"]) == (row.quote.start, True)
    assert hide(library, row) == 0


@pytest.mark.parametrize("steps", [["correct"], ["hide"], ["unknown"], ["correct", "hide"], ["hide", "correct"],
                                   ["correct", "unknown", "hide", "reset"]])  # fmt: skip
def test_undo_takes_back_each_step(library: Library, steps: list[str]) -> None:
    """One undo for each step, each leaving exactly what was there before it."""
    one = put(library, TEXT)
    row = first(library, one)
    place = (one, row.quote.start, row.quote.end)
    before = []
    for step in steps:
        before.append(state(library))
        changed = {
            "correct": lambda: corrections.correct(library, *place, BOB),
            "unknown": lambda: corrections.correct(library, *place, None),
            "hide": lambda: corrections.hide(library, *place),
            "reset": lambda: corrections.reset(library, *place),
        }[step]()
        assert changed == 1
        assert state(library) != before[-1]
    for seen in reversed(before):
        assert actions.undo(library)
        assert state(library) == seen
    assert actions.undo(library) is None


def test_what_changes_nothing_is_no_action(library: Library) -> None:
    """The speaker that the engine found is no correction; said again, it takes a correction back."""
    one = put(library, TEXT)
    row = first(library, one)
    assert row.quote.speaker is not None
    assert correct(library, row, row.quote.speaker) == 0
    assert correct(library, row, replace(row.quote.speaker, mention="")) == 0
    assert corrections.reset(library, one, row.quote.start, row.quote.end) == 0
    assert actions.undo(library) is None
    correct(library, row, BOB)
    assert correct(library, row, BOB) == 0
    assert correct(library, row, row.quote.speaker) == 1
    assert first(library, one) == row


def test_pieces_of_one_utterance_change_together(library: Library) -> None:
    """A quote in two pieces has one speaker, also the corrected one; hiding hides the piece."""
    one = put(library, "“We saw it,” said Ada Example, a researcher at Northwind Labs, “long before anyone noticed.”")
    rows = library.quotes(article_id=one)
    assert len({row.quote.group for row in rows}) == 1 < len(rows)
    assert correct(library, rows[1], BOB) == 2
    assert {row.quote.speaker and row.quote.speaker.name for row in library.quotes(article_id=one)} == {"Bob Sample"}
    assert hide(library, rows[0]) == 1
    assert len(library.quotes(article_id=one)) == 1
    actions.undo(library)
    actions.undo(library)
    assert library.quotes(article_id=one) == rows


@pytest.mark.parametrize(("start", "end"), [(10**6, 10**6 + 5), (-5, 0), (5, 5), (9, 3)])
def test_no_such_quote(library: Library, start: int, end: int) -> None:
    """Where no quote is, nothing changes and the error says so."""
    one = put(library, TEXT)
    for use in (corrections.hide, corrections.reset):
        with pytest.raises(NotFoundError, match="no quote"):
            use(library, one, start, end)
    with pytest.raises(NotFoundError):
        corrections.hide(library, 99, 0, 5)
    assert actions.undo(library) is None


def test_a_speaker_needs_a_name(library: Library) -> None:
    """A speaker without a letter is refused; control characters of a name are not kept."""
    one = put(library, TEXT)
    with pytest.raises(UsageError, match="name"):
        correct(library, first(library, one), Speaker(" \x1b\n", ""))
    correct(library, first(library, one), Speaker("Bob\x1b]0;x\x07\n Sample", "", role="\u202e", organization=""))
    speaker = library.article(one).quotes[0].speaker
    assert speaker is not None
    assert "\x1b" not in speaker.name
    assert "\n" not in speaker.name
    assert (speaker.role, speaker.organization) == (None, None)


def test_read_only(library: Library) -> None:
    """A library that can only be read says so and shows what it has."""
    one = put(library, TEXT)
    row = first(library, one)
    with (
        Library.open(library.paths, library.config, readonly=True) as other,
        pytest.raises(StorageError, match="only be read"),
    ):
        corrections.hide(other, one, row.quote.start, row.quote.end)


def test_kept_across_restarts_and_removal(library: Library) -> None:
    """A correction is there after a restart, and after its source was removed and brought back."""
    one = put(library, TEXT)
    correct(library, first(library, one), BOB)
    seen = state(library)
    with Library.open(library.paths, library.config, clock=library.now) as other:
        assert state(other) == seen
    actions.remove_source(library, 1)
    assert library.quotes() == []
    assert experts.experts(library) == []
    actions.undo(library)
    assert state(library) == seen


# --- a newer engine --------------------------------------------------------------------------------------------------


def raise_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.quotes.ENGINE", 10**6)


def test_a_new_engine_keeps_corrections(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """All articles are read again by the new engine, and what the reader said stands, as do counts and undo."""
    ids = [put(library, TEXT, outlet=f"o{number}", days=number) for number in range(40)]
    correct(library, first(library, ids[3]), BOB)
    correct(library, first(library, ids[30]), None)
    hide(library, first(library, ids[5]))
    seen = state(library)
    raise_engine(monkeypatch)
    assert library.pending() == 40
    assert derive_pending(library) == 40
    assert library.pending() == 0
    assert state(library) == seen
    for _ in range(3):
        assert actions.undo(library)
    assert not any(isinstance(row.quote, CorrectedQuote) for row in library.quotes())
    assert library.quotes(hidden=True) == []


def test_a_new_engine_reads_the_newest_first(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lazily: one batch after the other, newest first; old quotes stay to be seen until then."""
    for number in range(120):
        put(library, TEXT, outlet=f"o{number % 5}", days=number)
    raise_engine(monkeypatch)
    import threading

    cancel = threading.Event()
    done = derive_pending(library, cancel=cancel, on_progress=lambda *_: cancel.set())
    assert 0 < done < 120
    assert len(library.quotes()) == 240
    with library.database.read() as c:
        engines = [row[0] for row in c.execute("SELECT engine FROM article ORDER BY sort_date DESC").fetchall()]
    last = max(at for at, engine in enumerate(engines) if engine == 10**6)
    assert last < 24 * 5  # a batch for each child, and some
    assert done + derive_pending(library) == 120


def _shifted(found: list[Quote], text: str) -> list[Quote]:
    """What another engine makes of it: one word less at the end of each quote, other speakers, other reasons."""
    changed = []
    for quote in found:
        words = quote.text.rpartition(" ")[0]
        end = quote.start + len(words)
        other = Speaker("Carl Other", "he", "owner", "Fabrikam")
        changed.append(replace(quote, end=end, text=text[quote.start : end], speaker=other, reason="new"))
    return changed


def test_a_new_engine_with_other_spans(library: Library) -> None:
    """What another engine finds a little differently keeps the correction; what it finds no more, does, too."""
    from reader.store import articles, quotes

    one = put(library, TEXT)
    rows = library.quotes(article_id=one)
    correct(library, rows[0], BOB)
    hide(library, rows[1])
    text = library.article(one).document.text
    with library.database.write() as c:
        articles.set_derived(c, one, None, _shifted([row.quote for row in rows], text), engine=7)
    (found,) = library.quotes(article_id=one)
    assert found.quote.speaker is not None
    assert (found.quote.speaker.name, found.quote.speaker.mention, found.quote.reason) == ("Bob Sample", "he", "new")
    (hidden,) = library.quotes(hidden=True)
    assert hidden.quote.reason == "new"
    with library.database.write() as c:
        articles.set_derived(c, one, None, [], engine=8)
    (kept,) = library.quotes(article_id=one)
    assert (kept.quote.text, kept.quote.speaker and kept.quote.speaker.name) == (rows[0].quote.text, "Bob Sample")
    with library.database.write() as c:
        assert quotes.of_article(c, one, text, hidden=True) == (kept.quote,)
    assert corrections.reset(library, one, kept.quote.start, kept.quote.end) == 1
    assert library.quotes(article_id=one) == []


def test_changed_text_keeps_what_still_stands(library: Library) -> None:
    """A feed that changes the article around the quote does not lose the correction; undo still works."""
    from reader.model import Document
    from reader.quotes import ENGINE, extract_quotes
    from reader.store import articles

    one = put(library, TEXT)
    correct(library, first(library, one), BOB)
    text = "A new first paragraph that the outlet has added.\n\n" + TEXT
    with library.database.write() as c:
        articles.set_derived(c, one, Document(text), extract_quotes(text), engine=ENGINE)
    found = first(library, one).quote
    assert (found.text, found.speaker and found.speaker.name) == (LOADER + ",", "Bob Sample")
    assert actions.undo(library)
    found = first(library, one).quote
    assert (found.text, found.speaker and found.speaker.name) == (LOADER + ",", "Ada Example")
    assert found.kind is QuoteKind.DIRECT
