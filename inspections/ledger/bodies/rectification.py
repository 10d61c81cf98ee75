"""Facts of rectification: what is to be put right, and every move on it.

Whatever people wrote, and whose school it is, stands in leaves, so that it can be erased and the
number stays taken.
"""

from __future__ import annotations

from msgspec import Struct


class Item(Struct, frozen=True, omit_defaults=True):
    """One thing that a school has to put right. ``number``: from 1, without gaps, in one ledger.

    ``kind``: at-once, days or long-term; ``days``: the term, of working days where ``working``.
    ``amount``: yuan, -1 where nothing was said.
    ``opened``, ``due``, ``found``, ``spot``: days (ISO 8601), empty where there is none; ``spot``:
    when it was put right before the inspectors' eyes.

    Leaves: ``school``, ``rubric``, ``owner``, ``key``, ``title``, ``fact``, ``quantity``,
    ``evidence``, ``basis``, ``demand``, ``office``, ``reference``, ``done``, ``remark``; those that
    would be empty are left out.
    """

    number: int
    source: str
    kind: str
    opened: str
    due: str = ""
    days: int = 0
    working: bool = False
    found: str = ""
    spot: str = ""
    amount: int = -1


class Move(Struct, frozen=True, omit_defaults=True):
    """What happened to the item of a number. ``verb``: see the subject's module.

    ``done``: when the school had it done; ``until``: a new deadline, ``asked``: one
    that the school asks for; days in ISO 8601.
    ``progress``: per cent, -1 where nothing was said; likewise ``rules`` and ``handled``.
    ``file``: the digest of the workbook in which it came.

    Leaves: ``school``, ``measures``, ``leader``, ``person``, ``result``, ``proof``, ``reason``,
    ``signed``, ``approved``, ``consulted``, ``checked_by``, ``remark``, and of an amended item what
    it says now (``fact``, ``quantity``, ``evidence``, ``basis``, ``demand``, ``reference``); those
    that would be empty are left out.
    """

    item: int
    verb: str
    day: str = ""
    done: str = ""
    until: str = ""
    progress: int = -1
    file: str = ""
    asked: str = ""
    rules: int = -1
    handled: int = -1
