"""PDF documents: text, paragraphs, running heads, what they say about themselves, and what is wrong with them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import pytest
from pdf_made import packed, pdf

from reader.errors import ExtractError
from reader.extract import extract

PROSE = "The pump of the lower basin stopped at nine, and nobody in the harbour office"
INFO = {
    "Title": "Pumps of the harbour",
    "Author": "Ines Vidal",
    "Keywords": "pumps, ports; pumps",
    "CreationDate": "D:20260203040506+01'00'",
}


def page(number: int, *paragraphs: list[str]) -> list[tuple[int, str]]:
    """A page with a head, a number below, and paragraphs whose lines are 14 points apart, 28 between paragraphs."""
    lines, y = [(810, "Harbour Review 2026")], 760
    for paragraph in paragraphs:
        for text in paragraph:
            lines.append((y, text))
            y -= 14
        y -= 14
    return [*lines, (20, f"Page {number} of 3")]


def three() -> bytes:
    return pdf(
        [
            page(
                1, ["Pumps of the harbour"], [PROSE, "noticed it before the cyber-", "security desk called."], [PROSE]
            ),
            page(2, ["had been told, said Ben Marsh, an engineer at Basin Works."], ["“It ran dry,” he said."]),
            page(3, [PROSE, "has answered since."], ["See https://harbour.example/pumps for more."]),
        ],
        INFO,
    )


def test_the_text_of_a_pdf_has_paragraphs_and_no_running_heads() -> None:
    """Paragraphs are kept apart and carried over the end of a page; title, heads and page numbers are not text."""
    document = extract(three(), name="pumps.pdf")
    assert document.text.split("\n\n") == [
        f"{PROSE} noticed it before the cyber-security desk called.",
        f"{PROSE} had been told, said Ben Marsh, an engineer at Basin Works.",
        "“It ran dry,” he said.",
        f"{PROSE} has answered since.",
        "See https://harbour.example/pumps for more.",
    ]
    assert [document.text[block.start : block.end] for block in document.blocks] == document.text.split("\n\n")
    assert [link.url for link in document.links] == ["https://harbour.example/pumps"]


def test_what_a_pdf_says_about_itself() -> None:
    """Title, author, keywords and date of its information dictionary; a producer's title is none."""
    document = extract(three(), name="pumps.pdf")
    assert (document.title, document.author, document.tags) == (INFO["Title"], INFO["Author"], ("pumps", "ports"))
    assert document.published == datetime(2026, 2, 3, 3, 5, 6, tzinfo=UTC)
    bare = extract(pdf([page(1, [PROSE])], {"Title": "Microsoft Word - report.docx"}), name="Basin report.pdf")
    assert bare.title == "Basin report"
    assert bare.published is None


@pytest.mark.parametrize("number", range(20))
def test_twenty_pdfs_come_in_with_all_they_hold(number: int) -> None:
    """Different titles, dates and lengths."""
    info = INFO | {"Title": f"Report {number}", "CreationDate": f"D:202601{number + 1:02}120000Z"}
    paragraphs = [[f"Number {number}.{part}: {PROSE.lower()} saw it."] for part in range(number % 5 + 1)]
    document = extract(pdf([page(1, *paragraphs)], info), name="a.pdf")
    assert document.title == f"Report {number}"
    assert document.published == datetime(2026, 1, number + 1, 12, tzinfo=UTC)
    assert all(paragraph[0] in document.text for paragraph in paragraphs)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"%PDF-1.7\n" + b"\x00\xff" * 400, "damaged PDF"),
        (three()[:700], "damaged PDF|no text"),
        (packed(bytes(200 << 20), 2), "unpacks to more"),
        (packed(b"BT [" + b"[" * 50_000 + b"] TJ ET"), "damaged PDF|no text"),
        (pdf([[]]), "no text: a PDF of scanned pages"),
        (three().replace(b"/Kids [4 0 R 6 0 R 8 0 R]", b"/Kids [2 0 R 2 0 R 2 0 R]"), "damaged PDF|no text"),
    ],
    ids=range(6),
)
def test_what_is_wrong_with_a_pdf_is_said_in_one_sentence(body: bytes, said: str) -> None:
    """Damaged, cut off, scanned, its pages a loop: a sentence, never a fault of the parser's."""
    with pytest.raises(ExtractError, match=said) as error:
        extract(body, name="a.pdf")
    assert str(error.value).isprintable()


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pip install "secnews[pdf]"`."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ExtractError, match=r'pip install "secnews\[pdf\]"'):
        extract(three(), name="a.pdf")
