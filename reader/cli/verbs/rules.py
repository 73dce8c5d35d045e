"""`rules`: what is done with articles by itself: listed, tried, made, changed, ordered, applied, taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.cli import table
from reader.cli.arguments import MAX_ID, query_of, source_id
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.style import Style
from reader.cli.table import Column
from reader.cli.verbs import lists
from reader.cli.verbs.sources import articles
from reader.errors import UsageError
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.service.rules import Action, Checked, Rule

COLUMNS = (Column("ID", 6), Column("STATE", 8), Column("ACTION", 24), Column("SOURCE", 8), Column("QUERY"))
PREVIEWED = 10  # articles unless a limit is given


def rules(context: Context) -> ExitCode:
    """Without a verb the rules there are, with --hidden the articles that they hide."""
    options = context.options
    if options.apply and options.verb not in ("add", "change"):
        raise UsageError("rules: --apply belongs to add and change; `secnews rules apply` is for rules that are there.")
    if options.source is not None and options.verb not in ("add", "change", "preview"):
        raise UsageError("rules: --source belongs to add, change and preview.")
    with context.library() as library:
        if options.verb is None:
            return _hidden(context, library) if options.hidden else _list(context, library)
        return _VERBS[options.verb](context, library)


def tell_faults(context: Context, library: Library) -> None:
    """One sentence for each rule that is on and cannot be used."""
    from reader.service import rules as service

    for one in service.list_all(library):
        if one.fault and one.rule.enabled:
            context.talk.error(f"Rule {one.rule.id} does nothing: {one.fault}")


def _list(context: Context, library: Library) -> ExitCode:
    from reader.service import rules as service

    found = service.list_all(library)
    if not _printed(context, found):
        table.show(context.out, COLUMNS, [_cells(one) for one in found])
    tell_faults(context, library)
    if not found:
        context.talk.say("There is no rule yet; `secnews rules add hide QUERY` makes one.")
    return ExitCode.OK if found else ExitCode.NOTHING


def _hidden(context: Context, library: Library) -> ExitCode:
    from reader.service import rules as service

    return lists.show(context, service.hidden(library, limit=context.options.limit))


def _add(context: Context, library: Library) -> ExitCode:
    from reader.service import rules as service

    action, value, query = _said(context.options.words)
    source = context.options.source
    made = service.add(library, action, query, value=value, source_id=source_id(source, library) if source else None)
    return _made(context, library, made, "added")


def _change(context: Context, library: Library) -> ExitCode:
    from reader.service import rules as service

    number, *words = context.options.words or [""]
    rule_id, source = _number(number), context.options.source
    action, value, query = _said(words) if words else (None, None, None)
    if not words and source is None:
        raise UsageError("rules: change RULE ACTION QUERY; or only --source.")
    made = service.change(
        library,
        rule_id,
        action=action,
        value=value,
        query=query,
        source_id=source_id(source, library) if source else None,
        everywhere=source == "",
    )
    return _made(context, library, made, "changed")


def _made(context: Context, library: Library, made: Rule, what: str) -> ExitCode:
    from reader.service import rules as service

    changed = service.apply(library, [made.id]) if context.options.apply and made.enabled else None
    _printed(context, [one for one in service.list_all(library) if one.rule.id == made.id])
    if changed is not None:
        context.talk.say(
            f"Rule {made.id} {what} and applied: {articles(changed)} changed. `secnews undo` takes it back."
        )
    else:
        context.talk.say(
            f"Rule {made.id} {what}, for articles to come; `secnews rules apply {made.id}` is for those that are there."
        )
    return ExitCode.OK


def _preview(context: Context, library: Library) -> ExitCode:
    """What a rule, or a rule of this query, finds today."""
    from reader.service import rules as service

    options = context.options
    if not options.words:
        raise UsageError("rules: preview what? Give a rule (3 or r3) or a query.")
    query, source = query_of(options.words), source_id(options.source, library) if options.source else None
    if len(options.words) == 1 and re.fullmatch(r"r?[0-9]{1,9}", options.words[0]):
        rule = _one(library, _number(options.words[0])).rule
        query, source = rule.query, source or rule.source_id
    found = service.preview(library, query, source, limit=options.limit or PREVIEWED)
    if options.json or options.jsonl:
        from reader.service.serial import row_object

        rows = [row_object(row) for row in found.rows]
        if options.json:
            context.out.listing("articles", rows, total=found.total)
        else:
            context.out.lines(rows)
    elif found.total:
        lists.show(context, found.rows)
    context.talk.say(f"{articles(found.total)} found in the library.")
    return ExitCode.OK if found.total else ExitCode.NOTHING


def _apply(context: Context, library: Library) -> ExitCode:
    from reader.service import rules as service

    words = context.options.words
    changed = service.apply(library, [_number(word) for word in words] if words else None)
    if context.options.json or context.options.jsonl:
        context.out.document({"schema": 1, "changed": changed})
    context.talk.say(f"{articles(changed)} changed." + (" `secnews undo` takes it back." if changed else ""))
    return ExitCode.OK


def _move(context: Context, library: Library) -> ExitCode:
    from reader.service import rules as service

    words = context.options.words
    if len(words) != 2 or not re.fullmatch(r"[0-9]{1,6}", words[1]) or int(words[1]) < 1:
        raise UsageError("rules: move RULE PLACE, as in `secnews rules move r3 1`.")
    rule_id = _number(words[0])
    present = [one.rule.id for one in service.list_all(library)]
    at = present.index(rule_id) if rule_id in present else 0
    service.move(library, rule_id, int(words[1]) - 1 - at)
    return _list(context, library)


def _enable(context: Context, library: Library) -> ExitCode:
    return _each(context, library, "enabled")


def _disable(context: Context, library: Library) -> ExitCode:
    return _each(context, library, "disabled")


def _remove(context: Context, library: Library) -> ExitCode:
    return _each(context, library, "removed")


def _each(context: Context, library: Library, what: str) -> ExitCode:
    from reader.service import rules as service

    numbers = list(dict.fromkeys(_number(word) for word in context.options.words))
    if not numbers:
        raise UsageError(f"rules: which are to be {what}? Give their numbers, as in `secnews rules` (3 or r3).")
    for number in numbers:  # first all, so that a wrong one changes nothing
        _one(library, number)
    told = [_one(library, number) for number in numbers]
    for number in numbers:
        if what == "removed":
            service.remove(library, number)
        else:
            service.set_enabled(library, number, what == "enabled")
    _printed(context, told if what == "removed" else [_one(library, number) for number in numbers])
    names = ", ".join(map(str, numbers))
    context.talk.say(f"Rule {names} {what}. `secnews undo` takes back one at a time.")
    return ExitCode.OK


def _one(library: Library, rule_id: int) -> Checked:
    from reader.errors import NotFoundError
    from reader.service import rules as service

    for one in service.list_all(library):
        if one.rule.id == rule_id:
            return one
    raise NotFoundError(f"There is no rule {rule_id}; `secnews rules` lists them.")


def _said(words: Sequence[str]) -> tuple[Action, str, str]:
    """`hide QUERY`, `tag NAME QUERY` as action, value and query; raises UsageError."""
    from reader.service.rules import Action

    actions = {action.value: action for action in Action}
    if not words or words[0].casefold() not in actions:
        shown = f", not {clean_line(words[0], 40)!r}" if words else ""
        raise UsageError(f"rules: say what is to be done{shown}: hide, read, save, notify, tag NAME or section NAME.")
    action, rest = actions[words[0].casefold()], list(words[1:])
    named = action in (Action.TAG, Action.SECTION)
    if len(rest) < 1 + named:
        raise UsageError(f"rules: {action.value} {'NAME ' if named else ''}QUERY: give what it is to be done to.")
    return action, rest.pop(0) if named else "", query_of(rest)


def _number(text: str) -> int:
    match = re.fullmatch(r"r?([0-9]{1,19})", text)
    if not match or not 0 < int(match[1]) <= MAX_ID:
        raise UsageError(f'"{clean_line(text, 60)}" is not a rule: give its number, as in `secnews rules` (3 or r3).')
    return int(match[1])


def _printed(context: Context, found: Sequence[Checked]) -> bool:
    """Print rules as JSON if that was asked for."""
    objects = [_object(one) for one in found]
    if context.options.json:
        context.out.listing("rules", objects)
    elif context.options.jsonl:
        context.out.lines(objects)
    return bool(context.options.json or context.options.jsonl)


def _object(one: Checked) -> dict[str, Any]:
    rule = one.rule
    return {
        "id": rule.id,
        "action": rule.action.value,
        "value": rule.value or None,
        "query": rule.query,
        "source": rule.source_id,
        "enabled": rule.enabled,
        "error": one.fault or None,
    }


def _cells(one: Checked) -> list[Any]:
    rule = one.rule
    state = ("off", Style.FAINT) if not rule.enabled else ("wrong", Style.BAD) if one.fault else ("on", Style.GOOD)
    source = f"s{rule.source_id}" if rule.source_id else ""
    return [(f"r{rule.id}", Style.FAINT), state, f"{rule.action.value} {rule.value}".rstrip(), source, rule.query]


_VERBS = {
    "add": _add,
    "preview": _preview,
    "apply": _apply,
    "change": _change,
    "move": _move,
    "enable": _enable,
    "disable": _disable,
    "remove": _remove,
}
