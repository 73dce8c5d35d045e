"""The index of experts: who speaks in which articles, brought together on evidence or by the reader's hand.

`put` keeps it for one article, in the transaction that stores the article's quotes; what it costs does not depend on
the size of the library. Counts are kept by triggers. Whose an identity (`store.identities`) is:

- persons of one full name are one expert as long as their organisations do not contradict each other; where they do,
  each organisation has its own, and so has the name without any;
- an acronym is the organisation of the only long name with which articles introduce it;
- what the reader has merged or split stays so (`pinned`).

The result does not depend on the order in which articles are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from reader.model import VOICE_STRENGTH, Quote, Speaker
from reader.store import identities, interning, quote_columns
from reader.store.identities import Identity, tokens

CROWD = 64  # forms of one name from which nothing more is brought together: that is no evidence any more


@dataclass(slots=True)
class _Said:
    """What an article says of one identity."""

    identity: Identity
    speakers: list[Speaker]


def put(c: Connection, article_id: int, quotes: Sequence[tuple[int, Quote]], text: str) -> dict[int, int]:
    """Replace what the index holds of an article; returns the identity of each quote (by its number) that has one.

    `quotes` are those anybody may see. Rows of `quote` that name an identity of the article must be gone.
    """
    said, keys = _said(c, article_id, quotes, text)
    rows = c.execute(
        "SELECT identity_id, expert_id, quotes, role_id, organization_id, voice FROM appearance WHERE article_id = ?",
        (article_id,),
    ).fetchall()
    old = {row[0]: row[1:] for row in rows}
    unsettled: dict[str, None] = {}
    ids = {key: _identity(c, one.identity, unsettled) for key, one in said.items()}
    gone = old.keys() - set(ids.values())
    changed = {old[identity_id][0] for identity_id in gone}
    for identity_id in gone:
        c.execute("DELETE FROM appearance WHERE article_id = ? AND identity_id = ?", (article_id, identity_id))
    for key, one in said.items():
        before = old.get(ids[key])
        if _appear(c, article_id, ids[key], one, before and before[1:]) and before:
            changed.add(before[0])
    for identity_id in gone:
        _drop_unused(c, identity_id, unsettled)
    for bucket in unsettled:
        settle(c, bucket)
    for expert_id in changed:
        reword(c, expert_id)
    return {n: ids[key] for n, key in keys.items()}


def settle(c: Connection, bucket: str) -> None:
    """Bring together in a bucket what evidence brings together, and tell apart what it does not."""
    rows: list[tuple[int, str, int, int]] = c.execute(
        "SELECT id, form, expert_id, pinned FROM identity WHERE bucket = ? AND bucket <> '' ORDER BY id LIMIT ?",
        (bucket, CROWD + 1),
    ).fetchall()
    if len(rows) > CROWD:
        return
    roots = identities.agreeing(form for _, form, _, _ in rows) if bucket.startswith("person ") else {}
    groups: dict[str, list[tuple[int, str, int, int]]] = {}
    for row in rows:
        if row[1]:
            groups.setdefault(roots.get(row[1], row[1]), []).append(row)
    bare = [row for row in rows if not row[1]]
    taken = {expert_id for _, _, expert_id, pinned in rows if pinned}
    owners = {expert_id for _, form, expert_id, pinned in rows if pinned and form}
    for members in groups.values():
        held = [expert_id for _, _, expert_id, pinned in members if pinned]
        wanted = members if len(groups) > 1 else [*members, *bare]  # the bare name will join: keep the older expert
        owner = min(held) if held else _free(c, wanted, taken)
        taken.add(owner)
        owners.add(owner)
        _move_all(c, members, owner)
    if bare and not bare[0][3]:
        # The bare name is whose it can only be. (An acronym and a long name are only in one bucket because an article
        # introduces the one with the other.)
        _move_all(c, bare, next(iter(owners)) if len(owners) == 1 else _free(c, bare, taken))
    if groups and bare and len(owners) == 1 and not roots:
        name = c.execute("SELECT name FROM identity WHERE id = ?", (next(iter(groups.values()))[0][0],)).fetchone()
        c.execute("UPDATE expert SET name = ? WHERE id = ?", (*name, next(iter(owners))))  # the long one


def move(c: Connection, identity_id: int, expert_id: int) -> None:
    """Give an identity with all its appearances to another expert; one that has none left is gone."""
    (old,) = c.execute("SELECT expert_id FROM identity WHERE id = ?", (identity_id,)).fetchone()
    c.execute("UPDATE identity SET expert_id = ? WHERE id = ?", (expert_id, identity_id))
    c.execute("UPDATE appearance SET expert_id = ? WHERE identity_id = ?", (expert_id, identity_id))
    reword(c, expert_id)
    reword(c, old)


def new(c: Connection, name: str, kind: str) -> int:
    """Make an expert without appearances."""
    cursor = c.execute("INSERT INTO expert (name, type) VALUES (?, ?)", (name, kind))
    assert cursor.lastrowid is not None  # noqa: S101 - sqlite3 sets it after every INSERT
    return cursor.lastrowid


def reword(c: Connection, expert_id: int) -> None:
    """The words of an expert anew (names, roles, organisations); one who has no identity any more is gone."""
    names = c.execute("SELECT name FROM identity WHERE expert_id = ?", (expert_id,)).fetchall()
    if not names:
        c.execute("DELETE FROM expert WHERE id = ?", (expert_id,))
        return
    facts = c.execute(
        "SELECT coalesce(phrase.text, name.name) FROM expert_fact AS f LEFT JOIN phrase ON f.kind = 1 AND phrase.id ="
        " f.value LEFT JOIN name ON f.kind = 2 AND name.id = f.value WHERE f.expert_id = ? AND f.kind IN (1, 2)",
        (expert_id,),
    ).fetchall()
    c.execute("DELETE FROM expert_word WHERE expert_id = ?", (expert_id,))
    _add_words(c, expert_id, (line for (line,) in (*names, *facts)))


# --- one article -----------------------------------------------------------------------------------------------------


def _said(
    c: Connection, article_id: int, quotes: Sequence[tuple[int, Quote]], text: str
) -> tuple[dict[str, _Said], dict[int, str]]:
    """Who speaks in an article, by key, and which of them speaks in each quote.

    Within one article one name is one identity: the organisation that it states somewhere holds for all of it.
    """
    apart = dict(c.execute("SELECT stem, form FROM apart WHERE article_id = ?", (article_id,)).fetchall())
    called: dict[Speaker, str] = {}
    by_stem: dict[str, Identity] = {}
    for _n, quote in quotes:
        if quote.speaker is not None and quote.speaker.name and quote.speaker not in called:
            one = identities.of(quote.speaker, article_id, text)
            called[quote.speaker] = one.stem
            if one.stem not in by_stem or (one.form and not by_stem[one.stem].form):
                by_stem[one.stem] = one
    said: dict[str, _Said] = {}
    keys: dict[int, str] = {}
    for n, quote in quotes:
        if quote.speaker is not None and quote.speaker in called:
            one = by_stem[called[quote.speaker]]
            if one.stem in apart:
                one = identities.told_apart(one, apart[one.stem])
            keys[n] = one.key
            said.setdefault(one.key, _Said(one, [])).speakers.append(quote.speaker)
    return said, keys


def _identity(c: Connection, one: Identity, unsettled: dict[str, None]) -> int:
    """The id of an identity, made with an expert of its own if it is new; `unsettled` gets the buckets that changed."""
    row = c.execute("SELECT id, bucket, form, name FROM identity WHERE key = ?", (one.key,)).fetchone()
    if row is None:
        cursor = c.execute(
            "INSERT INTO identity (key, bucket, form, name, fold, expert_id) VALUES (?, ?, ?, ?, ?, ?)",
            (
                one.key,
                one.bucket if one.lasting else "",  # alone in it
                one.form,
                one.name,
                one.name.casefold(),
                new(c, one.name, one.kind.value),
            ),
        )
        assert cursor.lastrowid is not None  # noqa: S101 - sqlite3 sets it after every INSERT
        if one.lasting:
            unsettled[one.bucket] = None
        return cursor.lastrowid
    identity_id, bucket, form, name = row
    introduced = bucket == one.key != one.bucket  # an article tells the acronym of an organisation known before
    acronym = bool(form) and not one.form  # what was taken for a name is one
    if introduced or acronym:
        c.execute("UPDATE identity SET bucket = ?, form = ? WHERE id = ?",
                  (one.bucket if introduced else bucket, one.form, identity_id))  # fmt: skip
        unsettled.update(dict.fromkeys((bucket, one.bucket)))
    if name.isupper() and not one.name.isupper() and one.form:
        c.execute("UPDATE expert SET name = ? WHERE name = ? AND id = (SELECT expert_id FROM identity WHERE id = ?)",
                  (one.name, name, identity_id))  # fmt: skip
        c.execute("UPDATE identity SET name = ? WHERE id = ?", (one.name, identity_id))
    return int(identity_id)


def _appear(
    c: Connection, article_id: int, identity_id: int, said: _Said, before: tuple[int, int, int, int] | None
) -> bool:
    """Write that somebody speaks in an article: how often, and as what; whether that is news."""
    roles = [speaker.role for speaker in said.speakers if speaker.role]
    organizations = [speaker.organization for speaker in said.speakers if speaker.organization]
    voices = {speaker.voice for speaker in said.speakers}
    values = (
        len(said.speakers),
        interning.phrase_id(c, roles[0]) if roles else None,
        interning.name_id(c, organizations[0]) if organizations else None,
        next(quote_columns.VOICES[voice] for voice in VOICE_STRENGTH if voice in voices),
    )
    if values == before:
        return False
    if before:
        c.execute(
            "UPDATE appearance SET quotes = ?, role_id = ?, organization_id = ?, voice = ?"
            " WHERE article_id = ? AND identity_id = ?",
            (*values, article_id, identity_id),
        )
        return True
    c.execute(
        "INSERT INTO appearance (quotes, role_id, organization_id, voice, article_id, identity_id, expert_id,"
        " source_id, date, live) SELECT ?, ?, ?, ?, a.id, i.id, i.expert_id, a.source_id, a.sort_date, a.live = 1"
        " FROM article AS a, identity AS i WHERE a.id = ? AND i.id = ?",
        (*values, article_id, identity_id),
    )
    (expert_id,) = c.execute("SELECT expert_id FROM identity WHERE id = ?", (identity_id,)).fetchone()
    _add_words(c, expert_id, (said.identity.name, *roles[:1], *organizations[:1]))
    return True


def _drop_unused(c: Connection, identity_id: int, unsettled: dict[str, None]) -> None:
    """Forget an identity that appears nowhere any more, unless the reader has spoken about it."""
    if c.execute("SELECT 1 FROM appearance WHERE identity_id = ? LIMIT 1", (identity_id,)).fetchone():
        return
    bucket, expert_id, pinned = c.execute(
        "SELECT bucket, expert_id, pinned FROM identity WHERE id = ?", (identity_id,)
    ).fetchone()
    if not pinned:
        c.execute("DELETE FROM identity WHERE id = ?", (identity_id,))
        unsettled[bucket] = None
        reword(c, expert_id)


# --- one expert ------------------------------------------------------------------------------------------------------


def _move_all(c: Connection, members: Iterable[tuple[int, str, int, int]], owner: int) -> None:
    for identity_id, _, expert_id, pinned in members:
        if not pinned and expert_id != owner:
            move(c, identity_id, owner)


def _free(c: Connection, members: Sequence[tuple[int, str, int, int]], taken: set[int]) -> int:
    """The oldest of the members' experts that is not taken yet, else a new one."""
    free = min((expert_id for _, _, expert_id, _ in members if expert_id not in taken), default=None)
    if free is not None:
        return free
    name, kind = c.execute(
        "SELECT i.name, e.type FROM identity AS i JOIN expert AS e ON e.id = i.expert_id WHERE i.id = ?",
        (members[0][0],),
    ).fetchone()
    return new(c, name, kind)


def _add_words(c: Connection, expert_id: int, lines: Iterable[str | None]) -> None:
    words = {word for line in lines if line for word in tokens(line)}
    c.executemany(
        "INSERT OR IGNORE INTO expert_word (word, expert_id) VALUES (?, ?)", [(word, expert_id) for word in words]
    )
