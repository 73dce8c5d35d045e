"""Quotations over several paragraphs, after colons and dashes, in transcripts, with damaged or unusual marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES: list[tuple[str, list[str]]] = [
    # continuation
    (
        "“The servers are down,” Ada Quill said.\n\n“We do not know the reason yet.”",
        [
            "The servers are down | Ada Quill",
            "We do not know the reason yet | Ada Quill",
        ],
    ),
    (
        "“The servers are down,” Ada Quill said. “We do not know why.\n\n“It may take days.”",
        [
            "The servers are down | Ada Quill",
            "We do not know why | Ada Quill",
            "It may take days | Ada Quill",
        ],
    ),
    (
        "“The servers are down.\n\n“It may take days,” Ada Quill said.",
        ["The servers are down | Ada Quill", "It may take days | Ada Quill"],
    ),
    (
        "“The servers are down.\n\nIt may take days,” Ada Quill said.",
        ["The servers are down | Ada Quill", "It may take days | Ada Quill"],
    ),
    (
        "“The servers are down.\n\nNobody knows the reason.\n\nIt may take days,” Ada Quill said.",
        [
            "The servers are down | Ada Quill",
            "Nobody knows the reason | Ada Quill",
            "It may take days | Ada Quill",
        ],
    ),
    (
        "Ada Quill said the servers were down.\n\n“We do not know the reason yet.”",
        [
            "the servers were down | Ada Quill",
            "We do not know the reason yet | Ada Quill",
        ],
    ),
    # colon
    (
        "Ada Quill said in a statement:\n\n“The servers are down. We do not know why.”",
        ["The servers are down. We do not know why | Ada Quill"],
    ),
    (
        "In a statement posted on its website, Example Grid said:\n\n“The servers are down.”",
        ["The servers are down | Example Grid"],
    ),
    (
        "A spokesman for Example Grid sent this statement:\n\n“The servers are down.”",
        ["The servers are down | A spokesman for Example Grid"],
    ),
    (
        "Ada Quill had this to say:\n\n“The servers are down for good.”",
        ["The servers are down for good | Ada Quill"],
    ),
    (
        "Example Grid said:\n\nWe have shut our servers down. We are sorry.\n\nThe lights went out.",
        ["We have shut our servers down. We are sorry | Example Grid"],
    ),
    (
        "The study found that:\n\nOne in five users clicks on every link.\n\nOne in ten pays.\n\n"
        "How To Stay Safe\n\nUse a filter and keep it up to date at all times.",
        ["One in five users clicks on every link | *", "One in ten pays | *"],
    ),
    # dash
    (
        "“The servers are down for good.” — Ada Quill, Example Grid",
        ["The servers are down for good | Ada Quill | - | *"],
    ),
    (
        "“The servers are down for good.”\n\n— Ada Quill, head of operations at Example Grid",
        ["The servers are down for good | Ada Quill | head of operations | Example Grid"],
    ),
    (
        "“The servers are down for good” – Ada Quill",
        ["The servers are down for good | Ada Quill"],
    ),
    # damaged marks: one paragraph suffers, the next does not
    (
        "“The servers are down, Ada Quill said.\n\n“It may take days,” Ben Marsh said.",
        ["The servers are down, Ada Quill said | *", "It may take days | Ben Marsh"],
    ),
    (
        "The servers are down,” Ada Quill said.\n\n“It may take days,” Ben Marsh said.",
        ["The servers are down | Ada Quill", "It may take days | Ben Marsh"],
    ),
    ('"The servers are down,” Ada Quill said.', ["The servers are down | Ada Quill"]),
    ('“The servers are down," Ada Quill said.', ["The servers are down | Ada Quill"]),
    ("''The servers are down,'' Ada Quill said.", ["The servers are down | Ada Quill"]),
    ("``The servers are down,'' Ada Quill said.", ["The servers are down | Ada Quill"]),
    (
        'The 15" screen went black. “The servers are down,” Ada Quill said.',
        ["The servers are down | Ada Quill"],
    ),
    # other marks
    ("‘The servers are down,’ Ada Quill said.", ["The servers are down | Ada Quill"]),
    ("'The servers are down,' Ada Quill said.", ["The servers are down | Ada Quill"]),
    (
        "‘The users’ servers aren’t up,’ said Ada Quill. ‘It’s a mess.’",
        ["The users’ servers aren’t up | Ada Quill", "It’s a mess | Ada Quill"],
    ),
    ("«The servers are down», Ada Quill said.", ["The servers are down | Ada Quill"]),
    ("„The servers are down“, Ada Quill said.", ["The servers are down | Ada Quill"]),
    (
        "‘Never use a “safe account”,’ he said. ‘Hang up, wait, and call the bank.’",
        ["Never use a “safe account” | -", "Hang up, wait, and call the bank | -"],
    ),
    # nested
    (
        "“He told me, ‘The servers are down,’ and left,” Ada Quill said.",
        ["He told me, ‘The servers are down,’ and left | Ada Quill"],
    ),
    (
        '"A "soft" fail is no fail at all," Ada Quill said.',
        ['A "soft" fail is no fail at all | Ada Quill'],
    ),
    ("“We call it ‘the pit’,” Ada Quill said.", ["We call it ‘the pit | Ada Quill"]),
    # dialogues
    (
        "Ada Quill runs Example Grid.\n\nCourier: What happened on Monday?\n\nQuill: We were hit by a worm.\n\n"
        "Courier: Who was it?\n\nQuill: We do not know. The police are looking into it.",
        [
            "We were hit by a worm | Ada Quill",
            "We do not know. The police are looking into it | Ada Quill",
        ],
    ),
    (
        "We spoke to Ada Quill of Example Grid.\n\nQ: What happened on Monday?\n\nA: We were hit by a worm.\n\n"
        "It came by mail.\n\nQ: Who was it?\n\nA: We do not know.",
        [
            "We were hit by a worm | Ada Quill",
            "It came by mail | Ada Quill",
            "We do not know | Ada Quill",
        ],
    ),
    (
        "Note: Prices are in dollars.\n\nUpdate: The sale is over.\n\nNote: Prices may change.",
        [],
    ),
    # a closing mark with a question before it, then a name
    (
        "“Why us?” Ada Quill said. “Why now?” Nobody answered.",
        ["Why us | Ada Quill", "Why now | Ada Quill"],
    ),
    ("“Why us?” The lights went out.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_paragraphs(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each invented text has exactly these quotes by these speakers."""
    check(text, expected)


GROUPS = [
    ("“The servers,” Ada Quill said, “are down again.”", [1, 1]),
    ("“The servers are down,” Ada Quill said. “It may take days.”", [1, 1]),
    ("“The servers are down.\n\n“It may take days,” Ada Quill said.", [1, 1]),
    (
        "“The servers are down,” Ada Quill said.\n\nBen Marsh said the phones were fine.",
        [None, None],
    ),
    ("The mail server, Ada Quill said, was down for two days.", [1, 1]),
]


@pytest.mark.parametrize(("text", "groups"), GROUPS, ids=range(len(GROUPS)))
def test_groups(text: str, groups: list[int | None]) -> None:
    """Pieces of one utterance share a group, separate utterances have none."""
    from reader.quotes import extract_quotes

    assert [q.group for q in extract_quotes(text)] == groups
