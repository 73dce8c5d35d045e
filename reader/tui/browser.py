"""Starting the user's web browser: one argument, an http(s) address, no shell, nothing it prints is seen."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from reader.errors import UsageError
from reader.text.addresses import is_web, mask, shown_host


def doubts(url: str) -> list[str]:
    """Reasons to ask before `url` is opened, each a clause: where it really leads is not what it looks like."""
    from urllib.parse import urlsplit

    host = shown_host(url)
    found = []
    try:
        parts = urlsplit(url)
    except ValueError:
        return ["it cannot be read"]
    if "@" in parts.netloc:
        found.append("it has a name before the @ that only looks like a host")
    if any(label.startswith("xn--") for label in host.split(".")):
        found.append("its host is written in letters that may imitate others")
    if parts.port not in (None, 80, 443):
        found.append(f"it leads to the port {parts.port}")
    if host.replace(".", "").isdigit() or host.startswith("["):
        found.append("its host is a bare number")
    return found


def refusal(url: str) -> str:
    """Why `url` may not be opened at all, as a sentence; "" if it may."""
    if is_web(url) and url.lower().startswith(("http://", "https://")):
        return ""
    return f"Only http and https addresses are opened; this is {mask(url) or 'no address'!s}."


def open_in_browser(url: str, environ: Mapping[str, str] | None = None) -> None:
    """Start the browser with `url` as its only address, detached from the terminal; returns at once.

    `BROWSER` may name a command with arguments (and several, apart by `:`); without it the system's opener is used.
    Raises UsageError if the address is not http(s) or no browser can be started.
    """
    reason = refusal(url)
    if reason:
        raise UsageError(reason)
    import shutil
    import subprocess

    for command in _commands(os.environ if environ is None else environ):
        if shutil.which(command[0]) is None:
            continue
        try:
            subprocess.Popen(
                [*command, url],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                close_fds=True,
            )
        except OSError:
            continue
        return
    raise UsageError("No browser was found; set BROWSER to the command that starts yours, or copy the address with y.")


def _commands(environ: Mapping[str, str]) -> list[Sequence[str]]:
    """The commands to try, in order; an address is always the last argument (`%s` in BROWSER is dropped)."""
    import shlex

    commands: list[Sequence[str]] = []
    for text in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = [word for word in shlex.split(text) if word != "%s"]
        except ValueError:
            continue
        if words:
            commands.append(words)
    if commands:
        return commands
    return [["open"]] if sys.platform == "darwin" else [["xdg-open"], ["wslview"], ["x-www-browser"]]
