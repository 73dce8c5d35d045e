"""The index of experts as the front ends use it, filled by the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from quoted_articles import LEAD, put

from reader import paths
from reader.errors import NotFoundError, StorageError, UsageError
from reader.model import Expert, SpeakerType, Voice
from reader.service import actions, experts
from reader.service.citing import cite_pending
from reader.service.library import Library
from reader.service.serial import expert_object

OTHER = "Ada Example, principal researcher at Northwind, said: “It came back within hours of the first fix.”"
ELSEWHERE = "“I only count money,” said Ada Example, an analyst at Contoso Bank."


def ids(found: list[Expert]) -> list[int]:
    return [one.id for one in found]


def test_one_expert_across_outlets(library: Library) -> None:
    """Roles, organisations, counts, first and last seen of one who speaks in two outlets; the timeline has it all."""
    old, new = put(library, LEAD, outlet="one", days=9), put(library, OTHER, outlet="two", days=2)
    (ada,) = experts.experts(library, ["ada"])
    assert (ada.name, ada.type, ada.voice) == ("Ada Example", SpeakerType.PERSON, Voice.EXPERT)
    assert set(ada.roles) == {"researcher", "principal researcher"}
    assert set(ada.organizations) == {"Northwind Labs", "Northwind"}
    assert (ada.quotes, ada.articles, ada.outlets) == (2, 2, 2)
    assert (ada.last_seen - ada.first_seen).days == 7
    rows = experts.timeline(library, ada)
    assert [row.article.id for row in rows] == [new, old]
    assert {row.article.source_title for row in rows} == {"Outlet one", "Outlet two"}
    assert experts.timeline(library, ada.id, limit=1) == rows[:1]
    assert experts.speaker_of(library, rows[0]) == experts.get(library, ada.id) == ada
    assert expert_object(ada)["first_seen"].endswith("Z")


def test_merge_is_an_action(library: Library) -> None:
    """Two that the reader knows to be one are one, for searches, too, until undone."""
    put(library, LEAD)
    put(library, "“It is what it is,” said Zoe Nickname.", outlet="two")
    before = experts.experts(library)
    ada, zoe = experts.experts(library, ["ada"])[0], experts.experts(library, ["zoe"])[0]
    assert experts.merge(library, [ada.id, zoe.id]) == 1
    (both,) = experts.experts(library)
    assert (both.id, both.name, both.quotes, both.outlets) == (ada.id, "Ada Example", 2, 2)
    assert experts.names(library, both) == ["Ada Example", "Zoe Nickname"]
    assert ids(experts.experts(library, ["nickname"])) == [ada.id]
    assert len(library.quotes(speaker="zoe")) == len(library.quotes(speaker="ada")) == 2
    assert put(library, "“It is late,” said Zoe Nickname.", outlet="three")
    assert experts.get(library, ada.id).quotes == 3
    label = actions.undo(library)
    assert label == "Zoe Nickname taken for Ada Example"
    assert {one.name: one.quotes for one in experts.experts(library)} == {"Ada Example": 1, "Zoe Nickname": 2}
    assert ids(before) == sorted(ids(experts.experts(library)), key=ids(before).index)


def test_split_is_an_action(library: Library) -> None:
    """Two that were taken for one are told apart, in these articles and for all that follows, until undone."""
    one = put(library, "“I saw it,” said Ada Example.", outlet="one", days=3)
    two = put(library, "“I did not see it,” said Ada Example.", outlet="two", days=2)
    (ada,) = experts.experts(library, ["ada"])
    other = experts.split(library, ada.id, [two])
    assert [row.article.id for row in experts.timeline(library, ada)] == [one]
    assert [row.article.id for row in experts.timeline(library, other)] == [two]
    assert other.name == "Ada Example"
    actions.undo(library)
    assert experts.experts(library, ["ada"]) == [ada]


def test_split_by_employer_holds_for_the_future(library: Library) -> None:
    """Where all articles that name an employer are split off, the next one goes there, too."""
    put(library, LEAD)
    first = put(library, ELSEWHERE, outlet="two")
    found = experts.experts(library, ["ada"])
    experts.merge(library, ids(found))
    (ada,) = experts.experts(library, ["ada"])
    other = experts.split(library, ada.id, [first])
    second = put(library, ELSEWHERE.replace("money", "cards"), outlet="three")
    assert {row.article.id for row in experts.timeline(library, other)} == {first, second}


def test_wrong_hands(library: Library) -> None:
    """Nobody there, only one, all articles or none: an error in words, and nothing to undo."""
    one = put(library, LEAD)
    (ada,) = experts.experts(library, ["ada"])
    for wrong in ([ada.id], [ada.id, ada.id], []):
        with pytest.raises(UsageError):
            experts.merge(library, wrong)
    for absent in (999, -1, 2**70):
        with pytest.raises(NotFoundError):
            experts.merge(library, [ada.id, absent])
        with pytest.raises(NotFoundError):
            experts.get(library, absent)
    for articles in ([], [one], [999]):
        with pytest.raises(UsageError):
            experts.split(library, ada.id, articles)
    assert actions.undo(library) is None


def test_read_only(library: Library) -> None:
    """A library that can only be read has its experts and refuses to change them; indexing waits."""
    put(library, LEAD)
    put(library, ELSEWHERE)
    found = experts.experts(library, ["ada"])
    with library.database.write() as c:
        c.execute("UPDATE article SET cited = 0")
    with Library.open(library.paths, library.config, readonly=True) as other:
        assert experts.experts(other, ["ada"]) == found
        with pytest.raises(StorageError):
            experts.merge(other, ids(found))
        assert cite_pending(other) == 0
    assert cite_pending(library) == 2
    assert cite_pending(library) == 0
    assert experts.experts(library, ["ada"]) == found


def test_an_empty_library(library: Library, tmp_path: Path) -> None:
    """Nothing there yet: an empty list, no error, no file."""
    with Library.open(paths.locate(tmp_path / "new"), library.config) as empty:
        assert experts.experts(empty) == []
        assert experts.experts(empty, ["x"], after=(1, 1)) == []
        assert cite_pending(empty) == 0
        assert not empty.paths.library.exists()


def test_samples_are_nobody(library: Library) -> None:
    """The built-in articles quote invented people, who are no experts of the library."""
    from reader.service import samples

    samples.install(library)
    assert experts.experts(library) == []
