"""Keeps the network libraries' own logs from telling addresses and passwords.

httpcore logs every request with all headers at DEBUG, httpx every address at INFO. Neither is of use to a reader, and
with `-v` it would land in the log: below WARNING they are silent, and what is left is masked.
"""

from __future__ import annotations

import logging
import re

from reader.text.addresses import mask
from reader.text.clean import clean_line

_LOGGERS = ("httpx", "httpcore", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>]+", re.IGNORECASE)
_SECRET = re.compile(r"((?:authorization|cookie|x-[a-z-]*(?:key|token))['\"]?\s*[:,=]\s*).*", re.IGNORECASE | re.DOTALL)


def silence() -> None:
    """Silence the loggers below WARNING and mask the rest; may be called any number of times."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
        if not any(isinstance(known, SecretFilter) for known in logger.filters):
            logger.addFilter(SecretFilter())


class SecretFilter(logging.Filter):
    """Rewrites a record so that user-info, secret query values and login headers are gone, on one clean line."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = _SECRET.sub(r"\1***", record.getMessage())
        record.msg = clean_line(_ADDRESS.sub(lambda match: mask(match[0]), text), 1_000)
        record.args = ()
        return True
