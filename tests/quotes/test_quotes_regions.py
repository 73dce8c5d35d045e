"""Quotation regions: which stretches stand inside marks, whatever state the marks are in."""

from __future__ import annotations

import pytest

from reader.quotes.regions import paragraphs

CASES: list[tuple[str, list[str]]] = [
    ("He said “yes” and “no”.", ["yes", "no"]),
    ('He said "yes" and "no".', ["yes", "no"]),
    ("He said ‘yes’ and ‘no’.", ["yes", "no"]),
    ("He said 'yes' and 'no'.", ["yes", "no"]),
    ("He said «yes» and „no“.", ["yes", "no"]),
    ("He said ``yes'' and ''no''.", ["yes", "no"]),
    ("It’s the users’ own fault, isn’t it?", []),
    ("‘It’s the users’ own fault,’ he said.", ["It’s the users’ own fault,"]),
    ("“Open to the end", ["Open to the end"]),
    ("Closed from the start,” he said.", ["Closed from the start,"]),
    ("“One.”\n“Two.”", ["One.", "Two."]),
    ("“One.\n“Two.”", ["One.", "Two."]),
    ("“One.\nTwo.\nThree,” he said.", ["One.", "Two.", "Three,"]),
    ("“One “two” three”", ["One “two” three"]),
    ("“One ‘two’ three”", ["One ‘two’ three"]),
    ('"A "soft" fail is no fail," he said.', ['A "soft" fail is no fail,']),
    ('A 15" screen and a 17" one.', []),
    (
        "“We saw it coming for months and months. “We did,” he said.",
        ["We saw it coming for months and months. ", "We did,"],
    ),
    ('"', []),
    ("“”", [""]),
    ("”", []),
    ("", []),
    ("a\n\n\nb", []),
    (
        "“We see.\nthe chance of “this” here,” he said.",
        ["We see.", "the chance of “this” here,"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_regions(text: str, expected: list[str]) -> None:
    """The text between the outer marks of every paragraph, marks left out."""
    found = [text[r.start : r.end] for p in paragraphs(text) for r in p.regions]
    assert found == expected


def test_a_damaged_paragraph_harms_only_itself() -> None:
    """An unbalanced mark never reaches into a later paragraph that has its own marks."""
    text = "“Never closed, he said.\n\nPlain words.\n\n“Whole,” she said."
    found = [[text[r.start : r.end] for r in p.regions] for p in paragraphs(text)]
    assert found == [["Never closed, he said."], [], ["Whole,"]]
