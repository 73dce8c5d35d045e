"""Indirect reports: where the reported clause begins and ends, and whose it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES: list[tuple[str, list[str]]] = [
    (
        "Ada Quill said that the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    ("Ada Quill said the servers were down.", ["the servers were down | Ada Quill"]),
    (
        "Ada Quill told reporters that the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill told the Norwick Courier the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill told Reuters on Friday that the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill said on Friday the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill said Friday that the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill said in a statement that the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill said in a statement the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill, in an email, said the servers were down.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "In a statement, Example Grid said it had restored most of its servers.",
        ["it had restored most of its servers | Example Grid"],
    ),
    (
        "In a statement Example Grid said it had restored most of its servers.",
        ["it had restored most of its servers | Example Grid"],
    ),
    (
        "On Monday, Example Grid confirmed that it had been attacked.",
        ["it had been attacked | Example Grid"],
    ),
    (
        "Example Grid has confirmed it was attacked by criminals.",
        ["it was attacked by criminals | Example Grid"],
    ),
    (
        "Example Grid also announced that it would pay the customers.",
        ["it would pay the customers | Example Grid"],
    ),
    (
        "Ben Marsh, head of research at Lorem Labs, said the malware spreads by email.",
        ["the malware spreads by email | Ben Marsh | head of research | Lorem Labs"],
    ),
    (
        "Ben Marsh, a researcher at Lorem Labs who found the flaw, said it was easy to abuse.",
        ["it was easy to abuse | Ben Marsh | researcher | Lorem Labs"],
    ),
    (
        "Lorem Labs researcher Ben Marsh warned that the malware was still spreading.",
        ["the malware was still spreading | Ben Marsh | researcher | Lorem Labs"],
    ),
    (
        "Researchers say the malware has infected thousands of routers.",
        ["the malware has infected thousands of routers | Researchers"],
    ),
    (
        "Researchers at Lorem Labs say the malware has infected thousands of routers.",
        ["the malware has infected thousands of routers | Researchers at Lorem Labs | * | Lorem Labs"],
    ),
    (
        "Police said the two men were arrested in Norwick.",
        ["the two men were arrested in Norwick | Police"],
    ),
    (
        "The FBI said it was looking into the matter.",
        ["it was looking into the matter | FBI"],
    ),
    (
        "The Norwick Police Department said it was looking into the matter.",
        ["it was looking into the matter | Norwick Police Department"],
    ),
    (
        "Officials warned that some records may have been copied.",
        ["some records may have been copied | Officials"],
    ),
    (
        "A spokesman for the Department of Justice said the case was closed.",
        ["the case was closed | A spokesman for the Department of Justice | spokesman | Department of Justice"],
    ),
    (
        "An Example Grid spokesperson said the case was closed.",
        ["the case was closed | An Example Grid spokesperson | spokesperson | Example Grid"],
    ),
    (
        "A former employee told the court that passwords were kept in a notebook.",
        ["passwords were kept in a notebook | A former employee"],
    ),
    (
        "Another customer, who lives in Norwick, said she had lost her savings.",
        ["she had lost her savings | Another customer"],
    ),
    # the attribution comes last
    (
        "The servers were down for two days, Ada Quill said.",
        ["The servers were down for two days | Ada Quill"],
    ),
    (
        "The servers were down for two days, said Ada Quill.",
        ["The servers were down for two days | Ada Quill"],
    ),
    (
        "The servers were down for two days, said Ada Quill, a spokeswoman for Example Grid.",
        ["The servers were down for two days | Ada Quill | spokeswoman | Example Grid"],
    ),
    (
        "The servers were down for two days, the company said in a statement.",
        ["The servers were down for two days | *"],
    ),
    (
        "The servers were down for two days, officials told the Courier on Friday.",
        ["The servers were down for two days | officials"],
    ),
    (
        "The servers were down for two days, reports the Norwick Courier.",
        ["The servers were down for two days | *"],
    ),
    (
        "The servers were down for two days, researchers are warning.",
        ["The servers were down for two days | researchers"],
    ),
    (
        "The servers were down for two days, says security researcher Ben Marsh.",
        ["The servers were down for two days | Ben Marsh | security researcher | -"],
    ),
    (
        "But the servers were down for two days, she noted.",
        ["the servers were down for two days | -"],
    ),
    (
        "While the mail server was up, the web site was down for two days, Ada Quill said.",
        ["While the mail server was up, the web site was down for two days | Ada Quill"],
    ),
    # the attribution splits the report
    (
        "The mail server, Ada Quill said, was down for two days.",
        ["The mail server | Ada Quill", "was down for two days | Ada Quill"],
    ),
    (
        "The attackers, he pointed out, had months to prepare for this.",
        ["The attackers | -", "had months to prepare for this | -"],
    ),
    (
        "For small companies like ours, Ada Quill says, it is a matter of survival.",
        [
            "For small companies like ours | Ada Quill",
            "it is a matter of survival | Ada Quill",
        ],
    ),
    # chains
    (
        "Ada Quill said the servers were down and added that nobody knew the reason.",
        ["the servers were down | Ada Quill", "nobody knew the reason | Ada Quill"],
    ),
    (
        "Ada Quill said the servers were down, adding that nobody knew the reason.",
        ["the servers were down | Ada Quill", "nobody knew the reason | Ada Quill"],
    ),
    (
        "Ada Quill said the servers were down, but Ben Marsh said they were running fine.",
        ["the servers were down | Ada Quill", "they were running fine | Ben Marsh"],
    ),
    (
        "Ada Quill confirmed the breach to the Courier, saying an intruder was involved.",
        ["an intruder was involved | Ada Quill"],
    ),
    (
        "She received a message from Example Pay saying the parcel had not arrived.",
        ["the parcel had not arrived | Example Pay"],
    ),
    (
        "Ada Quill said the servers were down; the phones kept ringing.",
        ["the servers were down | Ada Quill"],
    ),
    (
        "Ada Quill said the servers were down, but she declined to say for how long.",
        ["the servers were down | Ada Quill"],
    ),
    # other verbs
    (
        "Lorem Labs estimates that the gang earned two million dollars.",
        ["the gang earned two million dollars | Lorem Labs"],
    ),
    (
        "Prosecutors allege that Finn Oster sold the data.",
        ["Finn Oster sold the data | Prosecutors"],
    ),
    (
        "The agency acknowledged that it had known for months.",
        ["it had known for months | *"],
    ),
    (
        "The company insisted customers were never at risk.",
        ["customers were never at risk | *"],
    ),
    (
        "The gang claims it has stolen two terabytes of data.",
        ["it has stolen two terabytes of data | *"],
    ),
    (
        "The hackers demanded the city pay them ten bitcoin.",
        ["the city pay them ten bitcoin | The hackers"],
    ),
    (
        "Example Pay admitted on Thursday it had stored passwords in plain text.",
        ["it had stored passwords in plain text | Example Pay"],
    ),
    (
        "Ben Marsh believes “the worst is still ahead of us.”",
        ["the worst is still ahead of us | Ben Marsh"],
    ),
    (
        "Ben Marsh explained how the malware hides itself from scanners.",
        ["how the malware hides itself from scanners | Ben Marsh"],
    ),
    (
        "Ben Marsh was quick to point out that the flaw is old.",
        ["the flaw is old | Ben Marsh"],
    ),
    (
        "Ben Marsh, meanwhile, has said the exploits are trivial to carry out.",
        ["the exploits are trivial to carry out | Ben Marsh"],
    ),
    (
        "Ben Marsh – a researcher at Lorem Labs – said the exploits are trivial.",
        ["the exploits are trivial | Ben Marsh | researcher | Lorem Labs"],
    ),
    (
        "The bank (which said it had stopped the transfer) will refund everybody.",
        ["it had stopped the transfer | The bank"],
    ),
    (
        "The chief executive of Example Grid, Dora Finch, said the firm would not pay.",
        ["the firm would not pay | Dora Finch | chief executive | Example Grid"],
    ),
    (
        "Example Grid’s chief executive, Dora Finch, said the firm would not pay.",
        ["the firm would not pay | Dora Finch | chief executive | Example Grid"],
    ),
    (
        "Example Grid chief executive Dora Finch said the firm would not pay.",
        ["the firm would not pay | Dora Finch | chief executive | Example Grid"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_indirect(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each invented sentence has exactly these reports by these speakers."""
    check(text, expected)
