"""What a killed process leaves beside the file is looked at before the file is believed (SAFETY 74)."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

from reader.store import Database, counts, migrations

RELEASED = Path(__file__).parent / "released" / "library-0.1.0.db.gz"
HALF_DONE = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size = 1")
c.execute("BEGIN IMMEDIATE")
c.execute(f"PRAGMA user_version = {sys.argv[2]}")
c.execute("PRAGMA cache_spill = 1")
c.execute("CREATE TABLE spill (x)")
c.executemany("INSERT INTO spill VALUES (?)", ((os.urandom(9000),) for _ in range(300)))
os.kill(os.getpid(), 9)
"""


def test_a_journal_to_roll_back(file: Path) -> None:
    """A migration killed where there is no write-ahead log: its number stands in the file, and is not believed."""
    file.parent.mkdir(parents=True)
    file.write_bytes(gzip.decompress(RELEASED.read_bytes()))
    command = [sys.executable, "-c", HALF_DONE, str(file), str(migrations.VERSION)]
    assert subprocess.run(command, check=False).returncode == -9
    assert os.path.getsize(f"{file}-journal")
    database = Database(file)
    with database.read() as c:
        assert migrations.version(c) == migrations.VERSION
        assert c.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('spill', 'name_part')").fetchone() == (1,)
        assert counts.counts(c).total == 9
    database.close()
