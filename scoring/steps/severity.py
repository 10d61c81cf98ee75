"""Measuring the severity of inspectors anew: what stands, and what is to from now on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inspections.collecting.collecting import collected
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.severity import HeldSeverity, Holding, measure_again
from inspections.round.folder import SETTINGS
from inspections.round.locking import turn
from inspections.round.opened import OpenRound
from inspections.steps.opening import open_trusted
from rubrics.messages.problems import Place, Problem, has_errors, problem
from rubrics.messages.watching import NOBODY, Watcher
from scoring.fairness.scored import standing_of
from scoring.results.former import former_of
from scoring.steps.scoring import nothing_to_score


@dataclass(frozen=True, slots=True)
class Measured:
    """What totals are corrected by, by rubric: as it ``stands`` (nothing of rubrics of which no
    letter bears a number), and as it is measured ``now``. ``written``: whether that stands.
    """

    opened: OpenRound
    stands: Mapping[str, HeldSeverity]
    now: Mapping[str, HeldSeverity]
    written: bool = False


def measure_severity(
    folder: Path,
    by: By,
    *,
    rubrics: Sequence[str] = (),
    write: bool = False,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Measured | None, list[Problem]]:
    """Measures the severity of inspectors in the round in ``folder``; with ``write`` it stands.

    ``rubrics``: ids, empty for all of which the round asks for corrections. None where nothing can
    be measured. Codes: those of ``open_trusted``, ``former_of`` and ``severity-unknown``,
    severity-not-asked, severity-nothing, severity-elsewhere, nothing-to-score.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        if opened.round.severity_correction is None:
            name = opened.folder.name(opened.folder.settings)
            return None, [*problems, problem("severity-not-asked", Place(name), settings=name)]
        held, former = collected(opened), former_of(opened)
        if not held.visits:
            return None, [*problems, nothing_to_score(opened)]
        problems = [*problems, *former.problems]
        if not former.usable or has_errors(problems):
            return None, problems
        from scoring.fairness.severity_correction import measured_corrections
        from scoring.fairness.standing_corrections import measured_anew

        given = opened.round, opened.rubrics, opened.roster, held.visits
        found = measured_corrections(*given, before=former.found)
        asked = {name: one for name, one in found.items() if not rubrics or name in rubrics}
        if not asked:
            place = Place(SETTINGS, "", "severity_correction")
            return None, [*problems, problem("severity-nothing", place)]
        stands = standing_of(opened)
        now, told = measured_anew(opened.round.id, asked, stands)
        done = Measured(opened, stands, now)
        problems = [*problems, *told]
        if not write:
            return done, problems
        wanted = [
            Holding(stands[name].number if name in stands else 0, one) for name, one in now.items()
        ]
        with ledger_of(opened) as engine:
            if not measure_again(engine, wanted, by):
                return done, [*problems, problem("severity-elsewhere", Place(opened.ledger_name))]
        return Measured(opened, stands, now, written=True), problems
