"""`doctor`: is everything in order, and if not, what is to be done."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.cli import table
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import Style
from reader.cli.table import Column

COLUMNS = (Column("STATE", 8), Column("CHECK", 18, 1), Column("WHAT"))
LOOKS = {"ok": Style.GOOD, "warning": Style.WARN, "error": Style.BAD}
STORAGE = ("library", "integrity")


def doctor(context: Context) -> ExitCode:
    """Print every check. 0 when nothing is wrong (warnings are not), 5 for the library, 1 for anything else."""
    from reader.service.doctor import State, check_object, examine

    if context.options.repair:
        _repair(context)
    checks = examine(context.paths, context.config)
    if context.options.json:
        context.out.listing("checks", map(check_object, checks))
    elif context.options.jsonl:
        context.out.lines(map(check_object, checks))
    else:
        rows = [
            ((str(check.state), LOOKS[check.state]), check.name, f"{check.detail} {check.advice}".strip())
            for check in checks
        ]
        table.show(context.out, COLUMNS, rows)
    wrong = [check for check in checks if check.state is State.ERROR]
    if not wrong:
        return ExitCode.OK
    for check in wrong:
        context.talk.error(f"{check.name}: {check.detail} {check.advice}".strip())
    return ExitCode.STORAGE if any(check.name in STORAGE for check in wrong) else ExitCode.PARTLY


def _repair(context: Context) -> None:
    """Make a damaged library usable again and say what was done; raises StorageError."""
    from reader.service.recovery import repair

    done = repair(context.paths, now=datetime.now(UTC))
    for sentence in done.sentences or ("There is nothing to repair.",):
        context.talk.say(sentence)
