"""One call on what others made, in a process of its own with limits of memory and time."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.context import BaseContext
from typing import Any, ParamSpec, TypeVar

from rubrics.apart import crew
from rubrics.apart.limits import BeyondLimitsError

P = ParamSpec("P")
T = TypeVar("T")


def within_limits(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Returns ``work(*args)``, a function of a module, done in a process of its own.

    Raises what it raises, and ``BeyondLimitsError`` where it takes more memory or time than it
    may, or ends the process. Arguments and result are plain data.
    """
    call = partial(work, *args, **kwargs)
    ((_, made),) = crew.answers([None], partial(_called, call), _refused, 1, cheap())
    if isinstance(made, BeyondLimitsError):
        raise made
    return made  # type: ignore[no-any-return]


def cheap() -> BaseContext:
    """Workers that start in milliseconds where the system can copy this process, as Linux can."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _called(call: Callable[[], Any], job: None) -> Any:
    del job
    return call()


def _refused(job: None, reason: str) -> Any:
    del job
    return BeyondLimitsError(reason)
