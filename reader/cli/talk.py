"""Standard error: talk. Sentences for people, a progress line on a terminal, and nothing that is secret."""

from __future__ import annotations

import re
import shutil
import sys

from reader.cli import style
from reader.cli.cells import cut
from reader.cli.style import Look, Style
from reader.text.clean import clean_line, clean_text

MAX_SENTENCE = 1000
PROGRAM = "secnews"


class Talk:
    """What is said to the person at the terminal; `verbose` lets `detail` through, `quiet` holds back `say`.

    `linear` paints nothing over: no progress line.
    """

    def __init__(
        self, *, no_color: bool = False, verbose: bool = False, quiet: bool = False, linear: bool = False
    ) -> None:
        self._stream = sys.stderr
        self._coloured = style.wanted(self._stream, no_color=no_color)
        self.terminal = style.on_terminal(self._stream)
        self.verbose = verbose
        self.quiet = quiet
        self._painting = self.terminal and not linear and style.can_move()
        self._progress = False

    def say(self, sentence: str) -> None:
        """What was done."""
        if not self.quiet:
            self._sentence(sentence, Style.PLAIN)

    def warn(self, sentence: str) -> None:
        """What the person should know although the work was done."""
        self._sentence(f"{PROGRAM}: {_ended(sentence)}", Style.WARN)

    def error(self, sentence: str) -> None:
        """What went wrong, why, and what to do."""
        self._sentence(f"{PROGRAM}: {_ended(sentence)}", Style.BAD)

    def point(self, lines: str) -> None:
        """What a sentence of `error` points at: lines as they are, blanks and all."""
        self._write(clean_text(lines) + "\n")

    def detail(self, sentence: str) -> None:
        """What only `-v` wants to know."""
        if self.verbose:
            self._sentence(sentence, Style.FAINT)

    def progress(self, sentence: str) -> None:
        """Where a long work stands: replaces the line before, on a terminal only."""
        if self._painting and not self.quiet:
            room = max(shutil.get_terminal_size().columns - 1, 10)
            self._write("\r" + cut(_safe(sentence), room) + "\x1b[K")
            self._progress = True

    def finish(self) -> None:
        """Take the progress line away."""
        if self._progress:
            self._write("\r\x1b[K")
            self._progress = False

    def ask(self, question: str) -> str | None:
        """A line typed by the person, None if nobody is there to answer."""
        if not self.terminal or not style.on_terminal(sys.stdin):
            return None
        self.finish()
        self._write(_safe(question) + " ")
        return sys.stdin.readline().strip()

    def _sentence(self, sentence: str, look: Look) -> None:
        self.finish()
        text = _safe(sentence)
        self._write((style.painted(text, look) if self._coloured else text) + "\n")

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # nobody listens; that is no reason to stop working
            self._stream = None  # from here on like a closed one
        except UnicodeError:
            self._stream.write(text.encode("ascii", "replace").decode("ascii"))


def _ended(sentence: str) -> str:
    """The sentence with its full stop; not behind an address, which people copy."""
    words = sentence.rstrip()
    last = words.rpartition(" ")[2]
    return words if not words or words.endswith((".", "!", "?", "…")) or "://" in last else f"{words}."


def _safe(sentence: str) -> str:
    """Clean, and once more without secrets: whoever wrote the sentence should have masked its addresses already."""
    line = clean_line(sentence, MAX_SENTENCE)
    if "://" not in line:
        return line
    from reader.text.addresses import mask

    return re.sub(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s\"'<>`]+", lambda match: mask(match[0]), line)
