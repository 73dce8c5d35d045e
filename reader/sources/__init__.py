"""The only room that opens sockets or article files (floor 3).

`http.Client` reads addresses, `files.read` and `files.scan` read the disk, `policy.AddressPolicy` says where a
connection may go. Names are loaded when first asked for: asyncio alone costs 50 ms, the HTTP library another 30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.sources.credentials import Logins, read_logins
    from reader.sources.files import FileFound, read, scan
    from reader.sources.http import Client
    from reader.sources.policy import AddressPolicy, consent

__all__ = ["AddressPolicy", "Client", "FileFound", "Logins", "consent", "read", "read_logins", "scan"]

_HOMES = {
    "AddressPolicy": "policy",
    "Client": "http",
    "FileFound": "files",
    "Logins": "credentials",
    "consent": "policy",
    "read": "files",
    "read_logins": "credentials",
    "scan": "files",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
