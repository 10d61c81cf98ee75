"""Facts of accountability and awards: what rules proposed, and what was decided on it.

Whose school it is, the figures and all words stand in leaves, so that they can be erased and the
number stays taken.
"""

from __future__ import annotations

from msgspec import Struct


class Proposal(Struct, frozen=True, omit_defaults=True):
    """What a rule proposes for a school. ``number``: from 1, without gaps, in one ledger.

    The same number comes again where its figures have changed, or, ``withdrawn``, where the rule
    holds no more. ``day``: of proposing (ISO 8601); ``years`` and ``days``: as the rule says.

    Leaves: ``school``, ``rubric``, ``rule``, ``title``, ``kind``, ``figures``, ``basis``,
    ``office``, ``measure``, ``to``; those that would be empty are left out.
    """

    number: int
    day: str
    years: int = 0
    days: int = 0
    withdrawn: bool = False


class Ruling(Struct, frozen=True, omit_defaults=True):
    """What was decided on the proposal of a number, as the fact ``version`` has it.

    ``verdict``: accepted, rejected, changed; ``day``: of the decision (ISO 8601); ``years``: of a
    changed one; ``file``: the digest of the workbook in which it came.

    Leaves: ``school``, ``kind`` (of a changed one), ``reason``, ``decided_by``, ``document``;
    those that would be empty are left out.
    """

    proposal: int
    version: int
    verdict: str
    day: str
    years: int = 0
    file: str = ""
