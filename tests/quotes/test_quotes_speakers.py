"""Who is meant: aliases, pronouns, descriptions, roles and organisations found elsewhere in the article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.quotes import extract_quotes

CASES: list[tuple[str, list[str]]] = [
    # last names, titles, initials
    (
        "Ada Quill runs the help desk.\nQuill said the phones never stop.",
        ["the phones never stop | Ada Quill"],
    ),
    (
        "Ada Quill runs the help desk.\nMs. Quill said the phones never stop.",
        ["the phones never stop | Ada Quill"],
    ),
    (
        "Dr. Carla Denn runs the lab.\nDenn said the phones never stop.",
        ["the phones never stop | Carla Denn"],
    ),
    (
        "Jan van der Meer runs the lab.\nVan der Meer said the phones never stop.",
        ["the phones never stop | Jan van der Meer"],
    ),
    (
        "Sean O’Dell runs the lab.\nO’Dell said the phones never stop.",
        ["the phones never stop | Sean O’Dell"],
    ),
    (
        "J. P. Orsini runs the lab.\nOrsini said the phones never stop.",
        ["the phones never stop | J. P. Orsini"],
    ),
    (
        "Ivy Lund-Berg runs the lab.\nLund-Berg said the phones never stop.",
        ["the phones never stop | Ivy Lund-Berg"],
    ),
    (
        "Ben Marsh and Carla Marsh run the lab.\nBen Marsh said the phones never stop.",
        ["the phones never stop | Ben Marsh"],
    ),
    (
        "Mayor Ola Grant runs the city.\nMayor Grant said the phones never stop.",
        ["the phones never stop | Ola Grant"],
    ),
    # pronouns
    (
        "Ada Quill said the servers were down.\n“It will take days,” she said.",
        ["the servers were down | Ada Quill", "It will take days | Ada Quill"],
    ),
    (
        "“It will take days,” said Ada Quill. She added that the phones were fine.",
        ["It will take days | Ada Quill", "the phones were fine | Ada Quill"],
    ),
    (
        "Ada Quill said the servers were down. Ben Marsh said the phones were fine.\n“It will take days,” he said.",
        [
            "the servers were down | Ada Quill",
            "the phones were fine | Ben Marsh",
            "It will take days | Ben Marsh",
        ],
    ),
    (
        "A spokesman said the servers were down.\n“It will take days,” he said.",
        ["the servers were down | A spokesman", "It will take days | A spokesman"],
    ),
    (
        "Example Grid said the servers were down. It said the phones were fine.",
        ["the servers were down | Example Grid", "the phones were fine | Example Grid"],
    ),
    (
        "Researchers at Lorem Labs said the malware is new.\n“It spreads fast,” they wrote.",
        [
            "the malware is new | Researchers at Lorem Labs",
            "It spreads fast | Researchers at Lorem Labs",
        ],
    ),
    # nobody to point at: unknown stays unknown
    ("“It will take days,” he said.", ["It will take days | -"]),
    ("“It will take days,” they said.", ["It will take days | -"]),
    ("“It will take three or four days.”", ["It will take three or four days | -"]),
    # organisations
    (
        "Example Grid Inc. was attacked on Monday.\nExample Grid said the servers were down.",
        ["the servers were down | Example Grid Inc."],
    ),
    (
        "The Norwick Data Authority (NDA) was attacked.\nThe NDA said the servers were down.",
        ["the servers were down | Norwick Data Authority"],
    ),
    (
        "Lorem Labs Ltd sells scanners.\nThe company said the servers were down.",
        ["the servers were down | Lorem Labs Ltd"],
    ),
    (
        "Example Bank was attacked.\nThe bank said the servers were down.",
        ["the servers were down | Example Bank"],
    ),
    (
        "Norwick University was attacked.\nThe university said the servers were down.",
        ["the servers were down | Norwick University"],
    ),
    (
        "Example Grid said the servers were down.\nThe firm also said the phones were fine.",
        ["the servers were down | Example Grid", "the phones were fine | Example Grid"],
    ),
    # roles from elsewhere
    (
        "Ben Marsh, a researcher at Lorem Labs, found the flaw.\n“It was easy,” Marsh said.",
        ["It was easy | Ben Marsh | researcher | Lorem Labs"],
    ),
    (
        "“It was easy,” Marsh said.\nBen Marsh is a researcher at Lorem Labs.",
        ["It was easy | Ben Marsh | researcher | Lorem Labs"],
    ),
    (
        "Lorem Labs researcher Ben Marsh found the flaw.\n“It was easy,” Marsh said.",
        ["It was easy | Ben Marsh | researcher | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh (Lorem Labs).",
        ["It was easy | Ben Marsh | - | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, who leads research at Lorem Labs.",
        ["It was easy | Ben Marsh | * | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh from Lorem Labs.",
        ["It was easy | Ben Marsh | - | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, senior threat analyst with Norwick-based security firm Lorem Labs.",
        ["It was easy | Ben Marsh | senior threat analyst | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, a professor of law at the University of Norwick.",
        ["It was easy | Ben Marsh | professor of law | University of Norwick"],
    ),
    (
        "“It was easy,” said Ben Marsh, director of the Center for Data Safety.",
        ["It was easy | Ben Marsh | director | Center for Data Safety"],
    ),
    (
        "“It was easy,” said Ben Marsh, co-founder and CTO of Lorem Labs.",
        ["It was easy | Ben Marsh | co-founder and CTO | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, chief people officer at Lorem Labs.",
        ["It was easy | Ben Marsh | chief people officer | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, head of threat research, Lorem Labs.",
        ["It was easy | Ben Marsh | head of threat research | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, Lorem Labs’ director of threat research.",
        ["It was easy | Ben Marsh | director of threat research | Lorem Labs"],
    ),
    (
        "“It was easy,” said Ben Marsh, a climate modeler at Norwick University.",
        ["It was easy | Ben Marsh | climate modeler | Norwick University"],
    ),
    (
        "“It was easy,” said Ben Marsh, a former agent with the Norwick Data Authority.",
        ["It was easy | Ben Marsh | former agent | Norwick Data Authority"],
    ),
    (
        "“It was easy,” said Ben Marsh, an attorney representing the victims.",
        ["It was easy | Ben Marsh | attorney | -"],
    ),
    (
        "“It was easy,” said security consultant Ben Marsh.",
        ["It was easy | Ben Marsh | security consultant | -"],
    ),
    (
        "“It was easy,” said Norwick police chief Ben Marsh.",
        ["It was easy | Ben Marsh | * | *"],
    ),
    (
        "“It was easy,” said Ben Marsh, the company’s chief executive.\nExample Grid was attacked.",
        ["It was easy | Ben Marsh | chief executive | *"],
    ),
    (
        "Example Grid was attacked.\n“It was easy,” said Ben Marsh, the company’s chief executive.",
        ["It was easy | Ben Marsh | chief executive | Example Grid"],
    ),
    (
        "Ben Marsh, mayor of Norwick, met reporters.\nThe mayor said the phones never stop.",
        ["the phones never stop | Ben Marsh | mayor | Norwick"],
    ),
    (
        "Ben Marsh, a researcher, found the flaw.\nThe researcher said the flaw was easy to find.",
        ["the flaw was easy to find | Ben Marsh | researcher | -"],
    ),
    # he and she cannot mean just anybody
    (
        "Ada Quill called her nephew, John Marsh.\n“He knew nothing,” she said.",
        ["He knew nothing | Ada Quill"],
    ),
    (
        "Ada Quill met with John Marsh on Monday. “It was short,” she said.",
        ["It was short | Ada Quill"],
    ),
    (
        "The president said he had meant to dismiss the director, Karl Finch. “He was late,” he said.",
        [
            "he had meant to dismiss the director, Karl Finch | The president",
            "He was late | The president",
        ],
    ),
    (
        "A woman said her savings were gone.\n“It was quick,” he said.",
        ["her savings were gone | A woman", "It was quick | -"],
    ),
    (
        "Ada Quill set up the fund. One victim, a teacher, lost a fortune. “I was blind,” she said.",
        ["I was blind | One victim"],
    ),
    (
        "Det Insp Ivo Kern, of Norwick Police, said the man was known.",
        ["the man was known | Ivo Kern | Det Insp | Norwick Police"],
    ),
    # names behind roles, two at once
    (
        "A researcher named Ben Marsh said the flaw was old.",
        ["the flaw was old | Ben Marsh | researcher | -"],
    ),
    (
        "“It was easy,” said the head of research Ben Marsh.",
        ["It was easy | Ben Marsh | head of research | -"],
    ),
    (
        "Ben Marsh and Carla Denn said the flaw was old.",
        ["the flaw was old | Ben Marsh and Carla Denn"],
    ),
    (
        "Ada Quill’s lawyer, Ben Marsh, said the case was closed.",
        ["the case was closed | Ben Marsh | lawyer | -"],
    ),
    # documents by somebody
    (
        "Ben Marsh studies flaws. His paper, out today, says that the flaw is old.",
        ["the flaw is old | Ben Marsh"],
    ),
    (
        "The NDA warned against paying. “Do not pay,” the agency’s cyber division wrote.",
        ["Do not pay | NDA"],
    ),
    (
        "A spokesman for Example Grid called back. “All is well,” the spokesman said.",
        ["All is well | * | spokesman | Example Grid"],
    ),
    # the one who is at the end said all of it
    (
        "Agents have told victims that paying may be best, two officials said.",
        ["Agents have told victims that paying may be best | two officials"],
    ),
    (
        "A man claiming to be from the bank told her that she owed the bank money.",
        ["she owed the bank money | A man claiming to be from the bank"],
    ),
    # politics
    (
        "“We will vote on Friday,” Sen. Fay Holt, D-Ohio, said.",
        ["We will vote on Friday | Fay Holt"],
    ),
    (
        "“We will vote on Friday,” Sen. Fay Holt (D-Ohio) told reporters.",
        ["We will vote on Friday | Fay Holt"],
    ),
    (
        "“We will vote on Friday,” House Speaker Fay Holt said.",
        ["We will vote on Friday | Fay Holt"],
    ),
    (
        "Press secretary Fay Holt said the president would sign the bill.",
        ["the president would sign the bill | Fay Holt | press secretary | *"],
    ),
    (
        "A White House spokesman said the president would sign the bill.",
        ["the president would sign the bill | A White House spokesman | spokesman | White House"],
    ),
    (
        "Attorney General Fay Holt said the case was closed.",
        ["the case was closed | Fay Holt | Attorney General | -"],
    ),
    (
        "Former President Fay Holt said the case was closed.",
        ["the case was closed | Fay Holt | *"],
    ),
    ("Mr. Holt said the case was closed.", ["the case was closed | Holt"]),
    (
        "Fay Holt (R-Ky.) said the case was closed.",
        ["the case was closed | Fay Holt | - | -"],
    ),
    (
        "Chief Justice Fay Holt said the case was closed.",
        ["the case was closed | Fay Holt | Chief Justice | -"],
    ),
    (
        "Ada Quill MP said the case was closed.",
        ["the case was closed | Ada Quill | MP | -"],
    ),
    (
        "Ada Quill QC said the case was closed.",
        ["the case was closed | Ada Quill | - | -"],
    ),
    (
        "The chair of the committee, Ada Quill MP, said the case was closed.\nShe added that the vote was lawful.",
        [
            "the case was closed | Ada Quill | chair | *",
            "the vote was lawful | Ada Quill",
        ],
    ),
    ("MPs said the case was closed.", ["the case was closed | MPs | * | -"]),
    (
        "Lorem Labs wrote a report.\nA person briefed on the investigation said the network had no firewall.\n"
        "The person added that the switches were old.",
        [
            "the network had no firewall | A person briefed on the investigation | - | -",
            "the switches were old | A person briefed on the investigation | - | -",
        ],
    ),
    (
        "Two people briefed on the matter said the network had no firewall.",
        ["the network had no firewall | Two people briefed on the matter"],
    ),
    (
        "SWAFT was hit. SWAFT has 11,000 members.\n“We must act,” said Max Orr, head of the Forensic Institute.\n"
        "A SWAFT spokeswoman did not respond. In a statement, the group said its network was not compromised.",
        [
            "We must act | Max Orr | head | Forensic Institute",
            "its network was not compromised | SWAFT",
        ],
    ),
    (
        "“I lost it all,” said Jo Marr, a nurse from Norwick.",
        ["I lost it all | Jo Marr | nurse | -"],
    ),
    (
        "Example Grid on Friday said it had cut off Lorem Data for keeping names. Example Grid is big.\n"
        "In a statement, Lorem Data denied any fault. “We fully comply with Example Grid's terms,” the company said.",
        [
            "it had cut off Lorem Data for keeping names | Example Grid",
            "We fully comply with Example Grid's terms | Lorem Data",
        ],
    ),
    (
        "“I lost it all,” said Jo Marr, a former employee.",
        ["I lost it all | Jo Marr | former employee | -"],
    ),
    (
        "The Federal Trade Commission was busy. “They are good,” said Lois Gray, an associate director at the agency.",
        ["They are good | Lois Gray | associate director | Federal Trade Commission"],
    ),
    (
        "Police Sgt. Dan Orr of the Norwick Police Department says most victims never see their money again.",
        ["most victims never see their money again | Dan Orr | Police Sgt. | Norwick Police Department"],
    ),
    (
        "“It is a wake-up call,” Ponder Security CFO Rick Dale told a reporter.",
        ["It is a wake-up call | Rick Dale | CFO | Ponder Security"],
    ),
    (
        "Bluefin Labs, a rival firm, disputed it. “The numbers don't add up,” said its research director, Ana Kovic.",
        ["The numbers don't add up | Ana Kovic | research director | Bluefin Labs"],
    ),
    (
        "Foreign Office minister Lord Holt said the attack was reckless.",
        ["the attack was reckless | Holt | minister | Foreign Office"],
    ),
    ("Experts warn it could happen again.", ["it could happen again | Experts"]),
    (
        "The agency assessed that the army was almost certainly responsible.",
        ["the army was almost certainly responsible | *"],
    ),
    # heads of companies without a name, and with one behind
    (
        "Example Grid was hit.\n“We are looking into it,” tweeted the company's CFO.",
        ["We are looking into it | the company's CFO | CFO | Example Grid"],
    ),
    (
        "Example Grid was hit.\n“We are looking into it,” said the company's CFO, Ada Quill.",
        ["We are looking into it | Ada Quill | CFO | Example Grid"],
    ),
    (
        "“We are looking into it,” said the CTO of Example Grid.",
        ["We are looking into it | * | CTO | Example Grid"],
    ),
    # a note that attackers have left is not the police's
    (
        "The FBI said two banks were hit.\nThe attackers said they had the data.\n“Pay or else,” the note read.",
        [
            "two banks were hit | FBI",
            "they had the data | The attackers",
            "Pay or else | the note",
        ],
    ),
    (
        "The Holt campaign said in a statement that the case was closed.",
        ["the case was closed | *"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_speakers(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each mention is resolved to this name, role and organisation."""
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "name", "organization"),
    [
        ("The thieves could have sold the tool twice, Quellinger said, before it was patched.", "Quellinger", None),
        ("The thieves had sold the tool twice by then, Quellinger said.", "Quellinger", None),
        ("Quellinger said it had patched the flaw within a day.", "Quellinger", "Quellinger"),
        ("Quellinger said that none of its servers had been reached.", "Quellinger", "Quellinger"),
        (
            "Norwick Prize House said fees are never asked for.\nThe bogus message looks like one from Norwick."
            " To claim the money, it says, you need to send a small fee first.",
            "The bogus message",
            None,
        ),
    ],
)
def test_no_organization_without_evidence(text: str, name: str, organization: str | None) -> None:
    """A last name alone makes no firm of somebody; both halves of what "it says" are the message's."""
    quote = extract_quotes(text)[-1]
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.organization) == (name, organization)
