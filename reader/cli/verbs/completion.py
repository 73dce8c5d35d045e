"""`completion`: a script for bash or zsh that completes commands, options and their choices."""

from __future__ import annotations

from reader.cli.commands import COMMANDS
from reader.cli.context import Context
from reader.cli.exit_codes import ExitCode
from reader.cli.parser import GLOBALS, of_command


def completion(context: Context) -> ExitCode:
    """Print the script for the shell that was named."""
    shell = context.options.shell
    if shell == "zsh":
        context.out.text("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit")
    context.out.text(_script())
    return ExitCode.OK


def _script() -> str:
    everywhere = " ".join(flag for option in GLOBALS for flag in option.flags)
    cases = "\n".join(f'    {command.name}) words="{_words(command.name)}" ;;' for command in COMMANDS)
    names = " ".join(command.name for command in COMMANDS)
    return f"""\
_secnews() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" command="" words="{names} {everywhere}" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${{COMP_WORDS[i]}}" in
      --home | --config) ((i++)) ;;
      -*) ;;
      *) command="${{COMP_WORDS[i]}}"; break ;;
    esac
  done
  case "$command" in
{cases}
    "") ;;
    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o default -F _secnews secnews"""


def _words(name: str) -> str:
    """Options and choices of a command, without those of later editions."""
    import argparse

    command = next(command for command in COMMANDS if command.name == name)
    words: list[str] = []
    for action in of_command(command)._actions:
        if action.help == argparse.SUPPRESS:
            continue
        words += action.option_strings
        words += [str(choice) for choice in action.choices or ()]
    return " ".join(words)
