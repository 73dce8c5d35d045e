"""What the two front ends may call (floor 5): the only place where two rooms meet.

The modules named here are also attributes of the package, each loaded when it is first used: the reading room names all
it can do when it starts, and does most of it later. `service.actions.save(…)` rather than `from … import actions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.service import actions, corrections, experts, saved_searches, searching, tagging

__all__ = ["actions", "corrections", "experts", "saved_searches", "searching", "tagging"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
