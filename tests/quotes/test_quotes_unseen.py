"""Patterns met in news from outlets the rules were not worked out on: titles, bodies, ends, addressees, pronouns.

Every sentence is invented; a line says words | speaker | role | organisation, as in the other tables.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.model import SpeakerType, Voice
from reader.quotes import extract_quotes

TITLES = [
    ("Det Con Turnby said: “They are falling foul of a gang.”", ["They are falling foul of a gang | Turnby"]),
    (
        "Det Supt Jane Moss, of Norwick Police, said: “This was a cruel crime.”",
        ["This was a cruel crime | Jane Moss | Det Supt | Norwick Police"],
    ),
    (
        "Police believe he left the scene in a white van, said Det Ch Insp Mark Hollis.",
        ["Police believe he left the scene in a white van | Mark Hollis | Det Ch Insp | -"],
    ),
    (
        "Coun Liz Simm, who has charge of public safety, said: “It is big business these days.”",
        ["It is big business these days | Liz Simm | Coun"],
    ),
    ("Cllr Adam Rowe told residents that no bank would ask for a PIN.", ["no bank would ask for a PIN | Adam Rowe"]),
    (
        "Lt Col Peter Vane told the committee that he had raised concerns.",
        ["he had raised concerns | Peter Vane | Lt Col | -"],
    ),
    ("Sen. Ada Quill, D-Ohio, tweeted: “Enough is enough.”", ["Enough is enough | Ada Quill | Sen. | -"]),
    (
        "Assistant US Attorney Scott Carver said several people had been arrested abroad.",
        ["several people had been arrested abroad | Scott Carver | Assistant US Attorney | -"],
    ),
    (
        "Seven people were charged, according to U.S. Attorney for New Jersey Craig Carver.",
        ["Seven people were charged | Craig Carver"],
    ),
    (
        "Shadow Home Secretary Dana Frost said the plan was a mess from start to end.",
        ["the plan was a mess from start to end | Dana Frost | Shadow Home Secretary | -"],
    ),
    (
        "Junior transport minister Carl Leslie said the bridge would be safe by May.",
        ["the bridge would be safe by May | Carl Leslie | junior transport minister | -"],
    ),
    ("New York Senator Carl Schumm said care should be taken at once.", ["care should be taken at once | Carl Schumm"]),
    (
        "U.S. Attorney James Kemper Jr. filed the papers. Kemper said the case was clear to everybody.",
        ["the case was clear to everybody | James Kemper Jr."],
    ),
    (
        "The head of the Crime Unit, Acting Detective Chief Superintendent, Mick Dean, said: “It was a good day.”",
        ["It was a good day | Mick Dean | head | Crime Unit"],
    ),
    (
        "Councillor Sam Kaye, responsible for Customer Services said:\n\nAnyone can fall for a scam. Please tell us.",
        ["Anyone can fall for a scam. Please tell us | Sam Kaye"],
    ),
    (
        "Executive Vice President and Chief Operating Officer Patrick Hogg said the data was safe with them.",
        ["the data was safe with them | Patrick Hogg | Executive Vice President and Chief Operating Officer"],
    ),
    (
        "“It was chaos,” shopkeeper Dev Rao, 45, told the Gazette. “Nobody knew what to do.”",
        ["It was chaos | Dev Rao", "Nobody knew what to do | Dev Rao"],
    ),
    (
        "The Trade and Industry Secretary, Petra Hewson, said the rules would be simpler.",
        ["the rules would be simpler | Petra Hewson"],
    ),
    (
        "The Shadow Secretary of State for the Family, Tessa Lane, said the pay was too low for most.",
        ["the pay was too low for most | Tessa Lane | * | -"],
    ),
    (
        "Costs can only be cut to a certain degree, says certified financial planner Erin Berg.",
        ["Costs can only be cut to a certain degree | Erin Berg"],
    ),
]

BODIES = [
    (
        "Anezka Solo of the European Space Agency said the map was ready at last.",
        ["the map was ready at last | Anezka Solo | - | European Space Agency"],
    ),
    (
        "Edward Lee, chairman of the Commons public accounts committee, said Britain had to set an example.",
        ["Britain had to set an example | Edward Lee | chairman | Commons public accounts committee"],
    ),
    (
        "A Department for Trade and Industry spokeswoman said the rules would be published soon.",
        ["the rules would be published soon | * | spokeswoman | Department for Trade and Industry"],
    ),
    (
        "Scottish Green Party leader Una Marsh said the vote was not over yet.",
        ["the vote was not over yet | Una Marsh | leader | Scottish Green Party"],
    ),
    (
        "Jon Neu, head of platforms for Ascot Care, said the deal was a good fit for both.",
        ["the deal was a good fit for both | Jon Neu | head of platforms | Ascot Care"],
    ),
    (
        "The joint report from the Food and Crops Organisation said rain would come too late.",
        ["rain would come too late | Food and Crops Organisation | - | Food and Crops Organisation"],
    ),
    (
        "Lorem found the bug on Monday. The Hungarian firm said that it was hard to exploit.",
        ["it was hard to exploit | Lorem"],
    ),
    (
        "Example Motors will build a plant. The German carmaker said it would hire 900 people.",
        ["it would hire 900 people | Example Motors"],
    ),
    (
        "The US Federal Bureau of Examples (FBE) found a bug. “It is serious,” the agency said in an alert.",
        ["It is serious | US Federal Bureau of Examples"],
    ),
    (
        "Norwick’s Data Privacy Commissioner (DPC) fined a firm. “It was warned twice,” the regulator explained.",
        ["It was warned twice | Data Privacy Commissioner"],
    ),
    ("Untreated fever is “always fatal”, says WHO.", ["Untreated fever is “always fatal | WHO"]),
    (
        "Privately-held Optiflow said that the patch would take two weeks.",
        ["the patch would take two weeks | Optiflow"],
    ),
    ("In 2004 Example Grid said that the plant would be closed.", ["the plant would be closed | Example Grid"]),
    (
        "Unit 9 was busy for weeks. Unit 9 said that the pages were faked with great care.",
        ["the pages were faked with great care | Unit 9"],
    ),
    (
        "Web tracking company Envisio said that most of the copies were bad.",
        ["most of the copies were bad | Envisio | - | Envisio"],
    ),
    ("More people know of the danger, said security firm Rosa, which carried out the poll.", ["* | Rosa"]),
    ("Dick Clarkson Productions said it never had a say in the matter.", ["* | Dick Clarkson Productions"]),
    (
        "“We were let down,” said Unitas national officer Tom Bex.",
        ["We were let down | Tom Bex | national officer | Unitas"],
    ),
    (
        "Next steps will be announced on Friday, said Harbor Trust’s recently named chair Mary Holt.",
        ["Next steps will be announced on Friday | Mary Holt | recently named chair | Harbor Trust"],
    ),
]

DUTIES = [
    (
        "Harbor Bank was calm. “It is quiet,” said Ada Quill, who heads the bank’s security operations.",
        ["It is quiet | Ada Quill | heads security operations | Harbor Bank"],
    ),
    (
        "“It is quiet,” said Ada Quill, who leads threat research at Lorem Labs.",
        ["It is quiet | Ada Quill | leads threat research | Lorem Labs"],
    ),
    (
        "Cybellor found a flaw, dubbed it TwinAgent and told the makers. TwinAgent works on all versions. TwinAgent is"
        " hard to stop, and TwinAgent leaves no trace.\n“We warned them early,” the company explained.",
        ["We warned them early | Cybellor"],
    ),
]

QUALITIES = [
    ("Renowned researcher Jane Roe said that the bug was old.", ["* | Jane Roe | Renowned researcher | -"]),
    ("Self-described hacker Jane Roe said that the bug was old.", ["* | Jane Roe | Self-described hacker | -"]),
    ("“It is old and known,” said Windows expert Jane Roe.", ["* | Jane Roe | Windows expert | -"]),
    ("IT Director Jane Roe said that the network was down.", ["* | Jane Roe | IT Director | -"]),
    (
        "President Carl Bex’s homeland security adviser Jane Roe said that the network was down.",
        ["* | Jane Roe | homeland security adviser | -"],
    ),
    (
        "State Homeland Security Director Jane Roe said that the network was down.",
        ["* | Jane Roe | State Homeland Security Director | -"],
    ),
    (
        "Secretary of Homeland Security Jane Roe said that the network was down.",
        ["* | Jane Roe | Secretary of Homeland Security | -"],
    ),
    (
        "Tom Boss, assistant to the president for homeland security, said that the network was down.",
        ["* | Tom Boss | assistant to the president for homeland security | -"],
    ),
]

ENDS = [
    (
        "The two towns stressed the plan would not change the law, while the Coast League condemned it on Monday.",
        ["the plan would not change the law | The two towns"],
    ),
    (
        "Zorbo also admitted that the thieves “obtained certain data from its systems” but didn’t say which.",
        ["the thieves “obtained certain data from its systems | Zorbo"],
    ),
    (
        "The hackers say a ransom has been paid, although they declined to say how much it was.",
        ["a ransom has been paid | The hackers"],
    ),
    (
        "The plant, which the mayor said would close by May, employs 500 people.",
        ["would close by May | the mayor"],
    ),
    (
        "The firm was raided, according to two people, adding to a series of problems that have hurt it.",
        ["The firm was raided | two people"],
    ),
    (
        "VIENNA — The house will be turned into a police station, Austria’s interior minister said on Tuesday, after"
        " years of debate over how best to prevent it becoming a shrine.",
        ["The house will be turned into a police station | Austria’s interior minister"],
    ),
    (
        "People began using them for business, forcing the giant to adapt, Cobb said while visiting a fair in Norwick.",
        ["People began using them for business, forcing the giant to adapt | Cobb"],
    ),
    (
        "While it is “all that we have left,” Ada Quill said, it does not help the people upstairs.",
        ["While it is “all that we have left | Ada Quill", "it does not help the people upstairs | Ada Quill"],
    ),
    (
        "Lorem is warning that users receive mails that trick them into an app that lets thieves read and write mails.",
        ["users receive mails that trick them into an app that lets thieves read and write mails | Lorem"],
    ),
]

ADDRESSEES = [
    ("A senior official told Example Radio lessons were being learned.", ["lessons were being learned | *"]),
    (
        "Ada Quill told the programme there was a danger people would feel under pressure.",
        ["there was a danger people would feel under pressure | Ada Quill"],
    ),
    ("Sam Young told MPs on Tuesday care was needed to count them all.", ["care was needed to count them all | *"]),
    (
        "The Energy Board (EB) warned demand for crude in spring would outstrip supply.",
        ["demand for crude in spring would outstrip supply | Energy Board"],
    ),
    (
        "Ada Quill said as both parties planned to cut posts, they should accept a drop of their own.",
        ["as both parties planned to cut posts, they should accept a drop of their own | Ada Quill"],
    ),
    (
        "A report by Lorem was sent out. It also said about three million people are not registered.",
        ["about three million people are not registered | Lorem"],
    ),
    ("As Ada Quill also noted, thin walls mean that rain will come in most of the time.", ["* | Ada Quill"]),
    (
        "As Ada Quill put it, the plant was finished.",
        ["the plant was finished | Ada Quill"],
    ),
    (
        "Currently, says Dr Ada Quill, equipment that boosts the light is very expensive.",
        ["equipment that boosts the light is very expensive | Ada Quill"],
    ),
    (
        "A spokesman for the Clearing Board (Clab) which represents the banks said the risk was minimal.",
        ["the risk was minimal | * | spokesman | Clearing Board"],
    ),
]

WHO = [
    (
        "Customers began to like it, Tim Colt told Marc Benn.\n\n“We really took that to heart,” he said.",
        ["* | Tim Colt", "We really took that to heart | Tim Colt"],
    ),
    (
        "Lorem said the files were real. The hackers sent some to Lorem. They said that more of them would follow.",
        ["the files were real | Lorem", "more of them would follow | The hackers"],
    ),
    (
        "“It hurt my memory,” says Maggie, 80.\n\nMaggie Marten has her money back.",
        ["It hurt my memory | Maggie Marten"],
    ),
    (
        "Education Secretary Ruth Kemp spoke on Monday. The minister said that the tests would go.",
        ["the tests would go | Ruth Kemp"],
    ),
    (
        "Home Secretary Ruth Kemp resigned. The foreign secretary said that it was a sad day.",
        ["it was a sad day | The foreign secretary"],
    ),
    (
        "Hosting Tim Colt at Dreamfair “is our dream come true,” Marc Benn said. “So be it,” Colt said.",
        ["* | Marc Benn", "So be it | Tim Colt | - | -"],
    ),
    ("A resident got an e-mail claiming to be from a high street bank saying a debit had been set up.", ["* | *"]),
    (
        "Former Harbor Labs engineer Ada Quill left.\nQuill, head of research at Lorem, said it works for everybody.",
        ["it works for everybody | Ada Quill | head of research | Lorem"],
    ),
    (
        "At a meeting of the club in Norwick Mr Torvall said the code would stay open.",
        ["the code would stay open | Torvall"],
    ),
    (
        "The 14th-ranked Schwarz said the court was too slow for him.",
        ["the court was too slow for him | Schwarz"],
    ),
]

NOBODY = [
    "The gang claimed responsibility for the raid on the bank.",
    "He has claimed victory as the count of the votes came to an end in the house.",
    "Spamtrap is warning about a novel virus which hides the origins of junk mail.",
    "The second step Example Grid announced is a warning system which will alert customers.",
    "In a blog posted on Wednesday, the team warned of a trojan called Spy, which records keys.",
    "Example Grid announced plans to pursue firms who hide or fail to report a breach.",
    "Example Grid has confirmed the bug and is now tracking it as a high risk.",
    "Later in the day, two officers testified before the powerful committee.",
    "Shortly before their arrival, Webb admitted to threatening the girl.",
    "Heat for a minute to mix the spices, then add a jar of honey to the pan.",
    "Our initial testing suggests that the screen is bright enough for most.",
]


@pytest.mark.parametrize(("text", "expected"), [*TITLES, *BODIES, *DUTIES, *QUALITIES, *ENDS, *ADDRESSEES, *WHO])
def test_unseen_patterns(check: Callable[[str, list[str]], None], text: str, expected: list[str]) -> None:
    """Each sentence gives exactly the expected words, speakers, roles and organisations."""
    check(text, expected)


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_reported(text: str) -> None:
    """What looks like a report and is none gives no quote."""
    assert extract_quotes(text) == []


VOICES = [
    (
        "Example University was hit.\n“We are sorry,” said Ada Quill, chief operating officer of Example University.",
        "c",
    ),
    ("Example Power officials said that the lines were down.", "c"),
    ("“Hands up!” an officer shouted at the man in the room.", "o"),
    ("General Mark Mill said that the forces are likely to remain.", "o"),
    ("Pat Carl pleaded guilty on Monday.\nPat Carl said he was very sorry for it all.", "a"),
    ("Dana Webb was arrested on Friday.\nDana Webb said he was very sorry for it all.", "a"),
    ("Lockbyte’s extortion site was down. Lockbyte said that it would be back soon.", "a"),
    ("Lorem Security was hacked in May.\nLorem Security said that the files were old.", "c"),
    ("Fortinet suffered a data breach in May.\nFortinet said that a few files had been read.", "c"),
    ("Norwick Hospital was hacked in May.\nFortinet said that a few files had been read.", "e"),
    ("The Daily Byte, a news site, said that the data was real.", "x"),
    ("Icstop, the UK’s premium rate watchdog, said that the firms would be fined.", "o"),
    ("Anti-spam group Spamtrap said that the junk would drown real mail.", "e"),
    ("Filtering firm Clearmail said that the trick was new to them.", "e"),
    ("The money was gone, according to the criminal complaint.", "o"),
    ("The National Hi-Tech Crime Unit was called. An NHTCU spokeswoman said that two men were held.", "o"),
    ("Lib Dem leader Una Marsh said that the plan was a mess.", "o"),
    ("The prime minister’s official spokesman said that the plan was a mess.", "o"),
    ("The Legal Affairs Committee said that the draft was flawed.", "o"),
    ("Services Australia said that the app was safe to use.", "o"),
    ("Indiana House Speaker Brian Boss said that more would be paid.", "o"),
    ("County Manager Jane Roe said that the network was down.", "o"),
    ("The Taliban said that the helicopter was shot down.", "a"),
    ("Unitas general secretary Dave Prent said that the staff had enough.", "c"),
]


@pytest.mark.parametrize(("text", "voice"), VOICES)
def test_voice_of_unseen_speakers(text: str, voice: str) -> None:
    """Voice follows from what the article says of a speaker: title, verdict, leak site, kind of body."""
    wanted = {"c": Voice.COMPANY, "o": Voice.OFFICIAL, "a": Voice.ADVERSARY, "e": Voice.EXPERT, "x": Voice.OTHER}[voice]
    speaker = extract_quotes(text)[-1].speaker
    assert speaker is not None
    assert speaker.voice is wanted


NO_ORGANISATION = [
    "The site was flooded by a DDoS attack for days. The company said it would not pay.",
    "A PS5 exploit was shown. PS5 owners cheered, PS5 owners wept. The group said that more of it would come.",
    "The iPod was new. iPod sales rose. iPod owners rejoiced. The company said it was pleased with that.",
    "An overwhelming 70 percent of Americans say that the act was wrong.",
    "Aviation analysts said that the type would be flown for years.",
    "Middle East observers said that the base is vital to trade.",
    "Mason Rudd’s supporters said that he had no choice but to act.",
    "A California transit chief said that the officer did nothing wrong.",
    "A man named Ford died. Ford’s family said that he had been ill.",
    "Windows users said that the patch broke their printers.",
]


@pytest.mark.parametrize("text", NO_ORGANISATION)
def test_no_organisation_is_made_up(text: str) -> None:
    """Terms, products, places, peoples and relatives are nobody's organisation."""
    speaker = extract_quotes(text)[-1].speaker
    assert speaker is not None
    assert speaker.organization is None or speaker.organization.lower().startswith("the ")


def test_handle_is_a_person() -> None:
    """Somebody known by a name in a network is a person without an organisation."""
    speaker = extract_quotes("The app came from a shop, according to @ffnorwick.")[0].speaker
    assert speaker is not None
    assert (speaker.type, speaker.organization) == (SpeakerType.PERSON, None)
