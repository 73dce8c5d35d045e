"""The SELECTs of lists of quotes, put together like those of lists of articles (`store.statements`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.store import statements
from reader.store.statements import BY_ID, ORDER

if TYPE_CHECKING:
    from reader.store.prepared import Prepared

QUOTE_COLUMNS = (
    "q.start, q.stop, q.kind, cue.text, s.name, q.mention, role.text, o.name, q.type, q.voice, q.utterance,"
    " q.confidence, reason.text, q.hidden, q.found, q.kept"
)
QUOTE_JOINS = (
    " LEFT JOIN name AS s ON s.id = q.speaker_id LEFT JOIN name AS o ON o.id = q.organization_id"
    " LEFT JOIN phrase AS cue ON cue.id = q.cue_id LEFT JOIN phrase AS role ON role.id = q.role_id"
    " LEFT JOIN phrase AS reason ON reason.id = q.reason_id"
)


@dataclass(frozen=True, slots=True)
class QuoteConditions:
    """Which conditions a search for quotes has besides its view."""

    article: bool = False
    speaker: bool = False
    org: bool = False
    voice: bool = False
    kind: bool = False
    hidden: bool = False


def find(view: Prepared, asked: QuoteConditions) -> str:
    """The quotes of a view: from the speakers' names if there is one, else article by article."""
    if statements.of_shared(view):
        from reader.store import shared_statements

        view = view._replace(by_id=True, conditions=(shared_statements.IDS, *view.conditions))
    holds, index, order = statements.conditions(view), statements.index(view), f"{ORDER}, q.n"
    # CROSS JOIN: in this order, whatever the planner thinks.
    if asked.article:
        tables = "article AS a CROSS JOIN quote AS q ON q.article_id = a.id"
        holds = ("a.live > 0", "a.id = :article_id", *holds[1:])
    elif asked.speaker:
        tables = f"({_SPOKEN}) AS hit CROSS JOIN {_QUOTE_OF_HIT}"
    elif asked.org:
        tables = "quote AS q INDEXED BY quote_organization CROSS JOIN article AS a ON a.id = q.article_id"
    elif asked.hidden:
        tables = "quote AS q INDEXED BY quote_hidden CROSS JOIN article AS a ON a.id = q.article_id"
    else:
        tables = f"article AS a{index} CROSS JOIN quote AS q ON q.article_id = a.id"
        if index != BY_ID:
            # Quotes of one article come by their primary key, that is in the order of the text; asking for that order
            # as well would make SQLite sort all quotes there are.
            order = ORDER
    wanted = (
        (asked.speaker and asked.article, _SPEAKS),
        (asked.org, "q.organization_id IN (SELECT value FROM json_each(:org))"),
        (asked.voice, "q.voice = :voice"),
        (asked.kind, "q.kind = :kind"),
    )
    hidden = "q.hidden = 1" if asked.hidden else "q.hidden = 0"
    holds = (*holds, hidden, *(condition for there, condition in wanted if there))
    return statements.select(f"SELECT a.id, {QUOTE_COLUMNS}", f"{tables}{QUOTE_JOINS}", holds, f"{order} LIMIT :limit")


# Quotes under these names (ids, JSON), and what the same experts say under other names.
_NAMED = "(SELECT value FROM json_each(:speaker))"
_SAME_EXPERTS = (
    "(SELECT i.id FROM identity AS i WHERE i.expert_id IN (SELECT expert_id FROM identity INDEXED BY identity_fold"
    " WHERE fold IN (SELECT fold FROM name WHERE id IN (SELECT value FROM json_each(:speaker)))))"
)
_SPOKEN = "".join(
    (
        "SELECT article_id, n FROM quote INDEXED BY quote_speaker WHERE speaker_id IN ", _NAMED,
        " UNION SELECT said.article_id, said.n FROM appearance AS ap INDEXED BY appearance_identity CROSS JOIN quote AS"
        " said ON said.article_id = ap.article_id AND said.identity_id = ap.identity_id WHERE ap.identity_id IN ",
        _SAME_EXPERTS,
    )
)  # fmt: skip
_SPEAKS = f"(q.speaker_id IN {_NAMED} OR q.identity_id IN {_SAME_EXPERTS})"
_QUOTE_OF_HIT = (
    "quote AS q ON q.article_id = hit.article_id AND q.n = hit.n CROSS JOIN article AS a ON a.id = q.article_id"
)
