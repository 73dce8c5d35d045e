"""Counts and sequences: what `5 j` and `g a` mean, key by key."""

from __future__ import annotations

MOST = 99_999_999  # a longer count is a cat on the keyboard


class KeyReader:
    """Takes keys one by one. `prefixes` are the keys that wait for another one."""

    def __init__(self, prefixes: frozenset[str] = frozenset()) -> None:
        self.prefixes = prefixes
        self._prefix = ""
        self._count = 0
        self._acted = False  # the last key was a whole one: a count that nobody took is of no use to the next

    def read(self, key: str) -> str | None:
        """The key to act on now (`g a` for a sequence), None while more is to come. Escape drops what is pending."""
        if self._acted:
            self._acted, self._count = False, 0
        found = self._read(key)
        self._acted = found is not None
        return found

    def _read(self, key: str) -> str | None:
        if self._prefix:
            whole, self._prefix = f"{self._prefix} {key}", ""
            if key == "escape":
                self._count = 0
                return None
            return whole
        if len(key) == 1 and key in "0123456789" and (self._count or key != "0"):
            self._count = min(self._count * 10 + int(key), MOST)
            return None
        if key == "escape" and self._count:
            self._count = 0
            return None
        if key in self.prefixes:
            self._prefix = key
            return None
        return key

    def take_count(self) -> int | None:
        """The count given before the key, which is used up now."""
        count, self._count = self._count, 0
        return count or None

    @property
    def pending(self) -> str:
        """What was typed and waits, for the status line."""
        return f"{self._count or ''}{self._prefix}"
