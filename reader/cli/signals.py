"""SIGTERM and SIGHUP end a verb as Ctrl-C does: transactions are rolled back, files closed, exit code 130."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def stoppable() -> Iterator[None]:
    """Inside, each of the signals that ask a program to end raises KeyboardInterrupt, once."""
    with _handled(_interrupt):
        yield


@contextmanager
def cancelling(event: threading.Event) -> Iterator[None]:
    """Inside, the first such signal sets `event`; a second one raises KeyboardInterrupt."""

    def ask(number: int, frame: FrameType | None) -> None:
        if event.is_set():
            _interrupt(number, frame)
        event.set()

    with _handled(ask):
        yield


@contextmanager
def _handled(handler: object) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # only there Python takes signals
        yield
        return
    before = {}
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` wants SIGHUP to be ignored
            before[number] = signal.signal(number, handler)  # type: ignore[arg-type]  # both handlers fit
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
