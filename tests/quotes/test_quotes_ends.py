"""Where a report ends because the speaker, or the writer, does something else; and what is no report at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES: list[tuple[str, list[str]]] = [
    # "according to": sources of any kind, with and without an apposition
    (
        "According to a paper published in the journal Gridwork on Monday, the team found enough copper for a hall.",
        ["the team found enough copper for a hall | *"],
    ),
    (
        "According to his aunt, Dora Finch, “He was clever from the start and never slept.”",
        ["He was clever from the start and never slept | Dora Finch"],
    ),
    ("According to Dora Finch, the head of the team, the flaw was old.", ["the flaw was old | Dora Finch"]),
    (
        "According to the team, the flaw, which was found in May, was old.",
        ["the flaw, which was found in May, was old | *"],
    ),
    ("According to one witness, Ben Marsh, the lights went out at ten.", ["the lights went out at ten | Ben Marsh"]),
    ("The flaw was old, according to Ben Marsh, a researcher at Lorem Labs.", ["The flaw was old | Ben Marsh"]),
    ("The flaw was old and known, according to Norland’s military.", ["The flaw was old and known | *"]),
    ("According to plan, the servers were shut down on Monday.", []),
    ("Seats are given out according to age and need.", []),
    ("The tasks are shared according to ability and rank.", []),
    # the speaker does something else
    ("Ada Quill said the fire was out and declined to give a reason.", ["the fire was out | Ada Quill"]),
    (
        "Ada Quill said that the plant was safe but urged people to wait for the inspectors.",
        ["the plant was safe | Ada Quill"],
    ),
    ("Ada Quill said the plant was safe and thanked the firemen.", ["the plant was safe | Ada Quill"]),
    ("Ada Quill said the man broke in and accused her husband of theft.", ["the man broke in | Ada Quill"]),
    ("Ada Quill said the town was ready and referred questions to the mayor.", ["the town was ready | Ada Quill"]),
    (
        "The defense said it was a joke and pointed out that almost all of the guards had laughed.",
        ["it was a joke | *", "almost all of the guards had laughed | *"],
    ),
    (
        "Example Grid said it was a joke and vowed that it would pay everybody.",
        ["it was a joke | Example Grid", "it would pay everybody | Example Grid"],
    ),
    (
        "The state paper praised Marsh for “tearing off the mask of the power company” and ridiculed the bank.",
        ["tearing off the mask of the power company | *"],
    ),
    (
        "Analysts called it the “end of an era,” as the town’s symbol of wealth was sold for scrap last year.",
        ["end of an era | *"],
    ),
    # the words of a report, and what only looks like it
    ("Critics warn there is another side to large cases.", ["there is another side to large cases | *"]),
    (
        "He was under oath when he lied to the agents, the inspector said in a report that could end his career.",
        ["He was under oath when he lied to the agents | *"],
    ),
    (
        "Example Grid said in a statement that it’s working on a new plant.",
        ["it’s working on a new plant | Example Grid"],
    ),
    (
        "In sharp criticism of Mayor Ada Quill, Marsh said, “Nobody outside the council believes in the plan.”",
        ["Nobody outside the council believes in the plan | *"],
    ),
    (
        "The Grid Commission issued a statement warning that customers are entitled to clear bills.",
        ["customers are entitled to clear bills | Grid Commission"],
    ),
    ("However, it pointed out that the price of power was too high.", ["the price of power was too high | *"]),
    (
        "Marsh has said little about the inquiry, but has suggested the bank has gone too far.",
        ["the bank has gone too far | *"],
    ),
    ("Marsh has said much about the inquiry this year.", []),
    ("News reports that Marsh had resigned turned out to be false.", []),
    ("Media reports that the plant was closing were false.", []),
    ("Quill’s stated aims are that the banks support her plan.", []),
    (
        "Later she called the town’s plan a joke and said she’d never had such a quarrel with the bank.",
        ["she’d never had such a quarrel with the bank | *"],
    ),
    (
        "“The talks led to a fight in the hall,” the mayor said in a statement, according to The Norwick Courier.",
        ["The talks led to a fight in the hall | *"],
    ),
    (
        "The lawsuit, filed Friday, claims Marsh “engaged in bad conduct” in the hall, the Norwick Courier reports.",
        ["The lawsuit, filed Friday, claims Marsh “engaged in bad conduct” in the hall | Norwick Courier"],
    ),
    (
        "Ada Quill said “uppermost” in her mind is that a lone attacker could strike the plant at any time.",
        ["uppermost” in her mind is that a lone attacker could strike the plant at any time | Ada Quill"],
    ),
    (
        "He criticized the writer’s looks, noting his “tight jeans” and saying, “just look at the eyes of this guy.”",
        ["just look at the eyes of this guy | *"],
    ),
    ("In the 2011 film “The Grid Story of Norwick,” Quill describes being left alone at a young age.", []),
    ("Quill and Marsh have recently written books which have criticized the grid.", []),
    ("A decade before George Quill wrote A Song of Copper and Steel, Marsh created another history of the grid.", []),
    ("Marsh in October revealed lofty plans to expand the fleet by 30% by the end of 2025.", []),
    ("Grid Mail pledged to take “decisive corrective action” against similar tricks.", []),
    ("Or she could go to court, tell the judges the fight has not begun, and send them a letter.", []),
    (
        "Ada Quill has filled one post, leaving the others vacant or about to be so, according to the Grid Office.",
        ["Ada Quill has filled one post, leaving the others vacant or about to be so | Grid Office"],
    ),
    (
        "Ben Marsh, who left the plant in a scene of “Grid Apprentice,” said the mayor had been punished too hard.",
        ["the mayor had been punished too hard | Ben Marsh"],
    ),
    (
        "Aides said nothing is likely to happen before the summer.",
        ["nothing is likely to happen before the summer | *"],
    ),
    ("Aides said nothing about the plan to the press.", []),
    (
        "Ben Marsh says he is no longer with the firm, and claims it only makes copper wire now.",
        ["he is no longer with the firm | Ben Marsh", "it only makes copper wire now | Ben Marsh"],
    ),
    (
        "Ben Marsh said he left the firm and claimed that it owed him a year of pay.",
        ["he left the firm | Ben Marsh", "it owed him a year of pay | Ben Marsh"],
    ),
    (
        "Ada Quill said the firm checks notes and claims that come in by mail.",
        ["the firm checks notes and claims that come in by mail | Ada Quill"],
    ),
    (
        "Ben Marsh argued there was a gap in seeing the problem: “Those who saw it first left the city,” he wrote.",
        ["there was a gap in seeing the problem | Ben Marsh", "Those who saw it first left the city | Ben Marsh"],
    ),
    (
        "A statement from the office announcing her departure said she was leaving for a new post in Norwick.",
        ["she was leaving for a new post in Norwick | *"],
    ),
    (
        "Some studies have shown symptoms can begin only after five days.",
        ["symptoms can begin only after five days | Some studies"],
    ),
    (
        "If there are no fines for it, Ada Quill said, “then there is no honesty in the market.”",
        ["If there are no fines for it | Ada Quill", "then there is no honesty in the market | Ada Quill"],
    ),
    (
        "Example Grid said it would go ahead with the march, and denounced the mayor for his plan.",
        ["it would go ahead with the march | Example Grid"],
    ),
    (
        "The club reacted by saying, “Who is this guy and why is he here at all?” a nod to how Marsh accused Quill.",
        ["Who is this guy and why is he here at all | *"],
    ),
    (
        "Ada Quill defended the plan by saying that prices had not gone up since May.",
        ["prices had not gone up since May | Ada Quill"],
    ),
    (
        "“Customers pay too much,’’ Ada Quill said. However, the town’s claimed savings are small.",
        ["Customers pay too much | Ada Quill"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_ends(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each invented sentence has exactly these reports, no word less or more."""
    check(text, expected)
