"""Connections to the library: one for each thread, read and write transactions, errors as sentences.

Nothing is created by reading: as long as there is no file, readers see an empty library in memory; the first `write`
makes the file. A library that may not be written (read-only folder or file) is opened for reading only.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from reader.errors import StorageError
from reader.store import migrations, placing
from reader.store.connections import Handle, open_connection
from reader.store.faults import explain, full, shown

Connection = sqlite3.Connection  # for the signatures of those who may not import sqlite3


class Database:
    """The library file at `path`. Safe to use from any thread; what `read` and `write` yield stays in its thread.

    Raises StorageError at once if the file is there and is not a library of this version or an older one.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path = path
        self._local = threading.local()
        self._handles: WeakSet[Handle] = WeakSet()
        self._lock = threading.RLock()
        self._closed = False
        self._exists = False
        self.readonly = readonly
        self._look()

    @property
    def refusal(self) -> str:
        """What a person is told where the library can only be read."""
        return (
            f"The library {shown(self.path)} can only be read, so nothing was changed; check the permissions of"
            " the file and its folder."
        )

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one read transaction: everything read within sees the same state.

        Inside `write` of the same thread it is that transaction.
        """
        handle = self._handle()
        with self._sentences():
            if handle.depth:
                yield handle.connection
                return
            with handle.transaction("BEGIN"):
                yield handle.connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one write transaction: committed at the end, undone if anything raises.

        It takes the write lock at its beginning, so it never fails half way because of another writer; it waits up to
        10 seconds for the lock. Inside another `write` of the same thread it is part of that one.
        """
        if self.readonly:
            raise StorageError(self.refusal)
        handle = self._handle(create=True)
        with self._sentences():
            if handle.depth:
                if not handle.writing:
                    raise RuntimeError("write() inside read()")
                yield handle.connection
                return
            with handle.transaction("BEGIN IMMEDIATE"):
                yield handle.connection

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """For this thread: keep more of the library in memory (32 MiB) while writing to all of its indexes."""
        with self._handle().roomy():
            yield

    def close(self) -> None:
        """Close every connection; those in use by other threads close as soon as their transaction ends."""
        with self._lock:
            self._closed = True
            for handle in list(self._handles):
                handle.retire()

    # --- opening --------------------------------------------------------------------------------------------------

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise explain(error, self.path) from error

    def _look(self) -> bool:
        """Find out, once there is a file, whether we may use it."""
        with self._lock:
            if self._exists:
                return True
            header = placing.inspect(self.path)
            if header is None:
                return False
            if header.application_id != placing.APPLICATION_ID:
                raise StorageError(
                    f"The file {shown(self.path)} is a database of another program; it was left as it is: move it away"
                    " or choose another place with --home."
                )
            if header.user_version > migrations.VERSION:
                raise migrations.newer(self.path, header.user_version)
            self.readonly = self.readonly or not placing.writable(self.path)
            with self._sentences():
                self._bring_up_to_date(header.user_version)
            self._exists = True
            return True

    def _bring_up_to_date(self, version: int) -> None:
        # What a killed process has left beside the file may say otherwise: a journal of either kind.
        beside = [self.path.with_name(self.path.name + end) for end in ("-wal", "-journal")]
        if version == migrations.VERSION and not any(file.exists() and file.stat().st_size for file in beside):
            return
        connection = self._connect_to_ask()  # the number may be newer in the journal; reading leaves both as they are
        try:
            found = migrations.version(connection)
        finally:
            connection.close()
        if found > migrations.VERSION:
            raise migrations.newer(self.path, found)
        if found == migrations.VERSION:
            return
        if self.readonly:
            raise StorageError(
                f"The library {shown(self.path)} has an older format ({found}) and can only be read; make the file and"
                " its folder writable once so that it can be brought up to date."
            )
        connection = self._connect(self.path)
        try:
            migrations.migrate(connection, self.path)
        finally:
            connection.close()

    def _handle(self, *, create: bool = False) -> Handle:
        """This thread's connection; to nothing but memory while there is no file."""
        handle: Handle | None = getattr(self._local, "handle", None)
        if handle is not None and (handle.depth or (handle.lasting and not handle.closed)):
            return handle
        if self._closed:
            raise StorageError(f"The library {shown(self.path)} is closed.")
        if not self._look() and create:
            with self._lock, self._sentences():
                self._create()
                self._look()
        if not self._exists:
            if handle is None or handle.closed:
                handle = self._keep(self._empty(), lasting=False)
            return handle
        if handle is not None:
            handle.retire()
        with self._sentences():
            if create:
                return self._keep(self._connect(self.path), lasting=True)
            return self._keep(*self._connect_to_look())

    def _keep(self, connection: sqlite3.Connection, lasting: bool) -> Handle:
        handle = Handle(connection, lasting=lasting)
        with self._lock:
            self._handles.add(handle)
        self._local.handle = handle
        return handle

    def _create(self) -> None:
        from reader.store import moving  # and all about texts, which a start can do without

        placing.make_folder(self.path.parent)
        made = self.path.with_name(f".{self.path.name}.{threading.get_native_id()}.new")
        placing.create_private(made)
        try:
            connection = self._connect(made)
            try:
                connection.execute("PRAGMA journal_mode = MEMORY")  # nobody knows the file yet
                migrations.migrate(connection, made)
                moving.finish(connection)
                connection.execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()
            placing.put_in_place(made, self.path)
        finally:
            made.unlink(missing_ok=True)

    def _empty(self) -> sqlite3.Connection:
        from reader.store import moving

        connection = open_connection(":memory:", uri=False)
        migrations.migrate(connection, self.path)
        moving.finish(connection)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _connect(self, path: Path) -> sqlite3.Connection:
        return open_connection(f"{path.absolute().as_uri()}?mode=rw")  # rw: never creates

    def _connect_to_look(self) -> tuple[sqlite3.Connection, bool]:
        """A connection for reading, and whether it may be kept.

        Where we may write, it is an ordinary one: closing it takes away the journal files that every reader needs.
        """
        if not placing.writable(self.path):
            return self._connect_readonly(), True
        try:
            connection = self._connect(self.path)
        except sqlite3.OperationalError:
            if not full(self.path):
                raise
            return self._connect_readonly(), False
        if self.readonly:
            connection.execute("PRAGMA query_only = ON")
        return connection, True

    def _connect_to_ask(self) -> sqlite3.Connection:
        """A connection for reading only, unless a killed writer has left what must be rolled back first."""
        try:
            return self._connect_readonly()
        except sqlite3.OperationalError:
            if not placing.writable(self.path) or full(self.path):
                raise
            return self._connect(self.path)

    def _connect_readonly(self) -> sqlite3.Connection:
        address = f"{self.path.absolute().as_uri()}?mode=ro"
        try:
            connection = open_connection(address)
        except sqlite3.OperationalError:
            # A journal in WAL mode needs a file beside the library. Where none can be made nobody writes either, so
            # the library may be read as if it never changed, unless a journal with content was left behind.
            wal = self.path.with_name(self.path.name + "-wal")
            if (placing.writable(self.path) and not full(self.path)) or (wal.exists() and wal.stat().st_size):
                raise
            connection = open_connection(f"{address}&immutable=1")
        connection.execute("PRAGMA query_only = ON")
        return connection
