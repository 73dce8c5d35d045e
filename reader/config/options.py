"""Every option of the file as data: the loader checks by it and the reference manual is written from it."""

from __future__ import annotations

from dataclasses import dataclass

from reader.config import checks
from reader.config.checks import Check
from reader.config.schema import AUTO_ADVANCE, IMAGES, KEY_PRESETS, MARK_READ, MAX_BODY_WIDTH, MAX_JOBS


@dataclass(frozen=True, slots=True)
class Option:
    """One key of a table: how to check it, what is allowed in words (after "must be"), and what it does."""

    check: Check
    allowed: str
    meaning: str


def _words(choices: tuple[str, ...]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices[:-1]) + f' or "{choices[-1]}"'


_FLAG = "true or false"
_LINE = f"a string of at most {checks.MAX_STRING:,} characters"

OPTIONS: dict[str, dict[str, Option]] = {
    "network": {
        "allow_private": Option(
            checks.hosts,
            'a list of "host:port" strings',
            "Private hosts that feeds may be fetched from, besides those you added by hand.",
        ),
        "timeout": Option(
            checks.number(1, 600), "a number of seconds from 1 to 600", "The deadline for one whole fetch."
        ),
        "jobs": Option(
            checks.whole(1, MAX_JOBS),
            f"a whole number from 1 to {MAX_JOBS}",
            "How many sources are fetched at once; never more than two from one host.",
        ),
        "proxy": Option(
            checks.proxy,
            'an address that begins with "http://" or "https://"',
            "A proxy for every fetch. HTTP_PROXY and its kin in the environment are ignored.",
        ),
        "contact": Option(
            checks.string, _LINE, "An address of yours, sent in the User-Agent so that a site can write to you."
        ),
    },
    "reading": {
        "mark_read": Option(
            checks.one_of(*MARK_READ),
            _words(MARK_READ),
            "When an article counts as read: opened, open for `dwell`, never.",
        ),
        "dwell": Option(
            checks.number(0, 600), "a number of seconds from 0 to 600", 'The time that `mark_read = "dwell"` waits.'
        ),
        "body_width": Option(
            checks.whole(20, MAX_BODY_WIDTH),
            f"a whole number from 20 to {MAX_BODY_WIDTH}",
            "The longest line of an article, in terminal cells.",
        ),
        "auto_advance": Option(
            checks.switch(*AUTO_ADVANCE),
            f"{_words(AUTO_ADVANCE)} (or true or false)",
            "Whether `space` at the end goes on to the next unread article: of any section, of this one, never.",
        ),
        "refresh_on_start": Option(
            checks.boolean, _FLAG, "Whether the reader fetches what is due when it starts (never with `--offline`)."
        ),
        "watch": Option(
            checks.boolean,
            _FLAG,
            "Whether the reader goes on fetching what becomes due while it is open (only with `refresh_on_start`).",
        ),
        "bell": Option(checks.boolean, _FLAG, "Whether the terminal's bell rings when a rule tells of an article."),
        "ascii": Option(checks.boolean, _FLAG, "Draw marks and borders with ASCII characters only."),
        "reduced_motion": Option(checks.boolean, _FLAG, "No animation and no smooth scrolling."),
        "images": Option(
            checks.one_of(*IMAGES),
            _words(IMAGES),
            "How `i` draws images; auto goes by what the environment says of the terminal, off only lists them.",
        ),
    },
    "keys": {
        "preset": Option(checks.one_of(*KEY_PRESETS), _words(KEY_PRESETS), "The set of keys to start from."),
    },
    "theme": {
        "name": Option(checks.string, _LINE, "The colour theme; it wins over the one chosen in the reader."),
    },
    "retention": {
        "days": Option(
            checks.whole(0, 36500),
            "a whole number from 0 to 36500",
            "Read articles older than this may go; 0 keeps all. Nothing is removed in this edition.",
        ),
        "per_source": Option(
            checks.whole(0, 10_000_000),
            "a whole number from 0 to 10000000",
            "Articles kept per source; 0 keeps all. Nothing is removed in this edition.",
        ),
    },
}

SOURCE_OPTIONS: dict[str, Option] = {
    "title": Option(checks.string, _LINE, "The source's name in lists."),
    "section": Option(checks.string, _LINE, "The section its articles are in."),
    "interval": Option(
        checks.duration,
        'a time such as "30m", "6h" or "1d", or a number of minutes, from 5 minutes to a day',
        "How long to wait between two fetches.",
    ),
    "full_text": Option(
        checks.boolean, _FLAG, "Whether the whole page of each article is fetched too, at the end of a refresh."
    ),
    "headers": Option(
        checks.headers,
        "a table of HTTP header fields",
        "Sent to the source's own host only, for example a login token.",
    ),
}
