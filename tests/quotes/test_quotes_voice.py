"""Voice: on whose behalf somebody speaks, from role, organisation and what the article is about."""

from __future__ import annotations

import pytest

from reader.model import SpeakerType, Voice
from reader.quotes import extract_quotes

CASES = [
    ("“It was a stolen token,” said Ada Merrin, head of threat research at Copper Fox Labs.", Voice.EXPERT),
    ("“It was a stolen token,” said Ada Merrin, an anchor at Fox News.", Voice.OTHER),
    ("“It spreads,” said Ben Marsh, a researcher at Lorem Labs.", Voice.EXPERT),
    ("“It spreads,” said Ben Marsh, a professor at Norwick University.", Voice.EXPERT),
    ("“It spreads,” said Ben Marsh, an independent security consultant.", Voice.EXPERT),
    ("Researchers said that the malware spreads by mail.", Voice.EXPERT),
    ("Security firm Lorem said that the malware spreads by mail.", Voice.EXPERT),
    (
        "“It spreads,” said Ben Marsh, chief executive of security firm Lorem.",
        Voice.EXPERT,
    ),
    ("A study found that the malware spreads by mail.", Voice.EXPERT),
    ("Police said that two men were arrested.", Voice.OFFICIAL),
    ("The FBI said that two men were arrested.", Voice.OFFICIAL),
    ("“It spreads,” said Sen. Fay Holt.", Voice.OFFICIAL),
    (
        "“It spreads,” said Fay Holt, a spokeswoman for the Department of Justice.",
        Voice.OFFICIAL,
    ),
    ("“It spreads,” said U.S. Attorney Fay Holt.", Voice.OFFICIAL),
    ("“It spreads,” said Senate Majority Leader Fay Holt (R-Ky.).", Voice.OFFICIAL),
    ("“It spreads,” said House Speaker Fay Holt.", Voice.OFFICIAL),
    ("“It spreads,” said Justice Fay Holt.", Voice.OFFICIAL),
    ("A senior government official said that two men were arrested.", Voice.OFFICIAL),
    (
        "Example Pay was hit on Monday.\n“We are sorry,” said Dora Finch, chief executive of Example Pay.",
        Voice.COMPANY,
    ),
    ("An Example Pay spokesman said that no data was lost.", Voice.COMPANY),
    ("Example Pay said that no data was lost.", Voice.COMPANY),
    ("The hackers said that they had all the data.", Voice.ADVERSARY),
    (
        "The hacking group Example Kitten was busy.\nExample Kitten said that it had all the data.",
        Voice.ADVERSARY,
    ),
    ("The scammer said that the account was blocked.", Voice.ADVERSARY),
    ("The ransom note said that the files were lost.", Voice.ADVERSARY),
    ("The phishing email says that the account was blocked.", Voice.ADVERSARY),
    ("The Norwick Courier reported that two men were arrested.", Voice.OTHER),
    ("One victim said that she had lost everything.", Voice.OTHER),
    ("“I lost everything,” said Ada Quill, a Norwick resident.", Voice.OTHER),
]


@pytest.mark.parametrize(("text", "voice"), CASES, ids=range(len(CASES)))
def test_voice(text: str, voice: Voice) -> None:
    """The last quote of each invented text has this voice."""
    speaker = extract_quotes(text)[-1].speaker
    assert speaker is not None
    assert speaker.voice is voice


TYPES = [
    ("Ada Quill said that the servers were down.", SpeakerType.PERSON),
    ("Example Pay Inc. said that the servers were down.", SpeakerType.ORGANIZATION),
    ("The report said that the servers were down.", SpeakerType.ORGANIZATION),
    ("Officials said that the servers were down.", SpeakerType.GROUP),
    ("Several experts told the Courier that the servers were down.", SpeakerType.GROUP),
    ("A spokesman said that the servers were down.", SpeakerType.ANONYMOUS),
    (
        "A person familiar with the matter said that the servers were down.",
        SpeakerType.ANONYMOUS,
    ),
]


@pytest.mark.parametrize(("text", "kind"), TYPES, ids=range(len(TYPES)))
def test_type(text: str, kind: SpeakerType) -> None:
    """Persons, organisations, groups and unnamed persons are told apart."""
    speaker = extract_quotes(text)[0].speaker
    assert speaker is not None
    assert speaker.type is kind
