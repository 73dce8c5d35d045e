"""Work for threads: what touches the library never runs where keys are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from reader.errors import SecnewsError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from reader.tui.app import RoomApp

T = TypeVar("T")


class JobDone(Message):
    """A job has ended; `finish` runs where widgets may be touched."""

    def __init__(self, finish: Callable[[], None]) -> None:
        super().__init__()
        self.finish = finish


class Jobs(Screen[None], inherit_bindings=False):
    """A screen that runs jobs in threads and takes their results as messages."""

    app: RoomApp
    log_path: Path | None = None

    def __init__(self) -> None:
        super().__init__()
        self._changes: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None

    def run_job(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        *,
        group: str,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run `job` in a thread, then `done` with its result on the event loop.

        Only the last job of a group counts: what an earlier one finds is dropped. An error becomes a sentence for
        `failed`, by default a toast; it never ends the program.
        """

        def work() -> None:
            worker = get_current_worker()
            self._do(job, done, failed, lambda: worker.is_cancelled)

        self.run_worker(work, group=group, exclusive=True, thread=True, exit_on_error=False)

    def run_change(self, job: Callable[[], T], done: Callable[[T], None] | None = None) -> None:
        """As `run_job`, but every change is made, one after the other in the order asked, also when the room closes."""
        if self._changes is None:
            from concurrent.futures import ThreadPoolExecutor  # 2 ms that the first paint need not wait for

            self._changes = ThreadPoolExecutor(1, thread_name_prefix="secnews-change")
        self._last = self._changes.submit(self._do, job, done, self.change_failed, bool)

    def change_failed(self, sentence: str) -> None:
        """A change was not made; what the screen has shown of it already must go."""
        self.tell_error(sentence)

    def finish_changes(self) -> None:
        """Wait until everything that was asked for is in the library."""
        if self._changes is not None:
            self._changes.shutdown(wait=True)
            self._changes = None

    async def changes_made(self) -> None:
        """As `finish_changes`, for a running room."""
        if self._last is not None:
            await asyncio.wrap_future(self._last)

    def _do(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[str], None] | None,
        dropped: Callable[[], bool],
    ) -> None:
        tell = failed or self.tell_error
        try:
            result = job()
        except SecnewsError as error:
            self.post_message(JobDone(partial(tell, str(error))))
        except Exception as error:  # a fault of ours in a thread must not take the room down: told and logged
            from reader.tui import crash

            where = crash.record(error, self.log_path)
            self.post_message(JobDone(partial(tell, f"Something went wrong ({type(error).__name__}). {where}")))
        else:
            if done is not None and not dropped():
                self.post_message(JobDone(partial(done, result)))

    def on_job_done(self, message: JobDone) -> None:
        message.stop()
        message.finish()

    def tell_error(self, sentence: str) -> None:
        """Say it, and keep it among the messages."""
        self.app.tell(sentence, error=True)
