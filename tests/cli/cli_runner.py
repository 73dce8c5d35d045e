"""Runs `secnews` the way a shell would, in this process or in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """What a run left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def jsonl(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Stream(io.TextIOWrapper):
    """A standard stream in memory that may claim to be a terminal."""

    def __init__(self, *, terminal: bool = False, content: bytes = b"") -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]  # it is the BytesIO from above


def call(
    argv: Sequence[str],
    *,
    stdin: bytes = b"",
    terminal: bool = False,
    talk_terminal: bool = False,
    start_reader: Any = None,
) -> Run:
    """Run in this process; `terminal` makes standard output one, `talk_terminal` standard input and error."""
    from reader.cli.app import run

    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = Stream(terminal=terminal), Stream(terminal=talk_terminal)
    sys.stdin, sys.stdout, sys.stderr = Stream(terminal=talk_terminal, content=stdin), out, err
    try:
        code = run(list(argv), start_reader or _no_reader)
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    return Run(code, out.text(), err.text())


def process(
    argv: Sequence[str],
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
    flags: Sequence[str] = (),
    cwd: Path | None = None,
) -> Run:
    """Run in a process of its own, with pipes."""
    done = subprocess.run(
        [sys.executable, *flags, "-m", "reader", *argv],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=timeout,
        cwd=cwd or ROOT,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def _no_reader(_context: Any, _addresses: Any) -> int:
    raise AssertionError("the reader was started")
