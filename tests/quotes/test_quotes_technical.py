"""Technical texts: arguments of code, parts of the text itself and compounds are nobody's words.

Every sentence is invented.
"""

from __future__ import annotations

import pytest

from reader.quotes import extract_quotes

CODE = [
    'handle = shell.open("export TOKEN={};echo SELECT name FROM people | sql -d staff").read()',
    'Invoke-Thing -Path "C:\\Program Files\\Harbour\\tool.exe" -Verb run says the manual',
    'The call is connect(host="db.example.com and nothing else at all"), said to be safe.',
    "rows = table['the column that holds the name of the owner']",
    'run --prefix="a folder with blanks in it" images/one.png',
]


@pytest.mark.parametrize("text", CODE)
def test_arguments_of_code_are_nobodys_words(text: str) -> None:
    """Words in the marks of a call, an index, an assignment or an option have no speaker."""
    assert [q for q in extract_quotes(text) if q.speaker is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        "A standard protocol, as described in the last two sections, makes it easy to add a proxy.",
        "According to the previous section, requests are sent as packets.",
        "As noted in the last chapter, the key is stored in plain text.",
        "The table shows that the newer servers answer faster.",
        "Spam: Nuisance emails that are not malicious but cost time.",
        "Non-malicious: Benign messages that could be late.",
        "Re-run the tests you’ve written that are slow, to make sure nothing broke.",
        "The next step explains that the key is stored on the disk.",
    ],
)
def test_parts_of_a_text_say_nothing(text: str) -> None:
    """Sections, tables and steps are the text itself, nobody it quotes; nor does a noun with its clause."""
    assert extract_quotes(text) == []


def test_a_glued_hyphen_names_no_speaker() -> None:
    """`“…”-style` is a compound; a dash with room around it still leads to the speaker."""
    assert extract_quotes("The police called it a “burn everything down”-Style attack, said nobody.") == []
    (quote,) = extract_quotes("“They burned everything down and left.” - Ada Quill, Example Labs")
    assert quote.speaker is not None
    assert quote.speaker.name == "Ada Quill"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The servers are down” (and will stay so), said Ada Quill.", "Ada Quill"),
        ('Ada Quill said: "The option --path is the one to use."', "Ada Quill"),
        ("Ada Quill said that is not what the servers do.", "Ada Quill"),
        ("According to the report, the servers are down.", "the report"),
    ],
)
def test_speech_about_code_is_speech(text: str, speaker: str) -> None:
    """Brackets and options near a quotation take nothing away from people and reports."""
    names = {q.speaker.name for q in extract_quotes(text) if q.speaker is not None}
    assert speaker in names
