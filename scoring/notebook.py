"""What a notebook works with: the scores of a round, or of a table, as pandas tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from inspections.collecting.collecting import collected
from inspections.round.opened import OpenRound
from inspections.round.round import Period, Round
from inspections.round.table import Table, read_table
from inspections.steps.opening import open_trusted
from rubrics.files.shipped import load_named
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Problem, speak_of
from rubrics.messages.refused import RefusedError
from scoring.explaining.layout import lines
from scoring.fairness.scored import scored_round, standing_of
from scoring.results.former import former_of
from scoring.results.frames import indicators_table, problems_table, scores_table
from scoring.results.own_scores import own_scores_of
from scoring.results.scores import Scores
from scoring.steps.explaining import explain_opened
from scoring.trial.tables import Rows, table_of
from scoring.trial.trying import Terms, try_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class ScoreTables:
    """Scores, and what is wrong with what they follow from. ``found``: the scores as records."""

    found: Scores
    told: tuple[Problem, ...]

    def scores(self) -> pd.DataFrame:
        """Returns one row a school and rubric, with the columns of scores.csv.

        Points are :class:`~decimal.Decimal` or None, ranks nullable whole numbers.
        """
        return scores_table(self.found)

    def indicators(self) -> pd.DataFrame:
        """Returns one row a school, rubric and indicator, with the columns of indicators.csv."""
        return indicators_table(self.found)

    def problems(self) -> pd.DataFrame:
        """Returns one row a problem, with the columns of problems.csv."""
        return problems_table(self.told)


@dataclass(frozen=True, slots=True)
class RoundTables(ScoreTables):
    """The scores of a round as its ledger stood when it was opened."""

    opened: OpenRound

    def problems(self) -> pd.DataFrame:
        """Returns one row a problem, with the columns of problems.csv."""
        return problems_table(self.told, self.opened.folder.root.resolve().name)

    def explain(self, school: str, rubric: str = "", item: str = "") -> str:
        """Returns where a school's figures come from, as ``scoring explain`` prints it.

        What is confidential is shown, and marked. Raises ``RefusedError`` where one of the three
        is not known.
        """
        speak_of(self.opened.words.said)
        told, problems = explain_opened(self.opened, school, rubric, item)
        if told is None:
            raise RefusedError(problems)
        return "\n".join(line.plain for line in lines(told))


def open_round(folder: str | Path, ledger: str = "") -> RoundTables:
    """Returns the scores of the round in a folder, from what its ledger holds now.

    Nothing is read from ``returned/`` and nothing is written: for that, ``collect_round`` and
    ``write_scores``. ``ledger``: the address of a shared ledger, in place of the round's. Raises
    ``RefusedError`` where there is no round to work with, or its ledger cannot be trusted.

    >>> import scoring
    >>> county = scoring.open_round("demo")
    >>> county.scores().loc[0, ["school", "rubric", "total", "grade"]].to_list()
    ['青禾县第一小学', 'shuangjian', Decimal('97.26'), '优秀']
    """
    opened, problems = open_trusted(Path(folder), ledger)
    if opened is None:
        raise RefusedError(problems)
    held = collected(opened)
    former = former_of(opened)
    if not former.usable:
        raise RefusedError([*former.problems])
    found, doubts = scored_round(
        opened.round,
        opened.rubrics,
        opened.roster,
        opened.plan,
        held.visits,
        before=former.found,
        own=own_scores_of(opened).said,
        stands=standing_of(opened),
    )
    told = dict.fromkeys([*problems, *held.problems, *former.problems, *doubts])
    return RoundTables(found, tuple(told), opened)


def score(
    rubric: str | Path | Rubric,
    table: Rows | str | Path,
    *,
    period: Period | None = None,
    day: date | None = None,
    groups: Sequence[str] = (),
    settings: Round | None = None,
) -> ScoreTables:
    """Returns the scores of a table under a rubric, without a round.

    ``rubric``: the id of a shipped one, a YAML file, or a ``Rubric``. ``table``: a ``DataFrame``,
    dictionaries, or a csv or workbook; a row is a school, with its traits and a column for every
    entry (``A1``, ``A1.part``), or what one inspector entered at one visit of it, where there are
    columns ``inspector``, ``visit`` or ``date``; ``settings`` say how these are combined, and
    how schools are ranked. A blank cell is not checked, ``NA`` is excused. Quotas are
    prorated to ``period``, a full year where there is none; ``day`` picks among dated rules, the
    latest where it is not given; ``groups`` are traits within which schools are ranked. Raises
    ``RefusedError`` where rubric or table cannot be used.

    >>> import scoring
    >>> rows = [{"school": "一小", "有食堂": "是", "食堂经营方式": "自营", "B1": 1}]
    >>> tried = scoring.score("canteen", rows).indicators().set_index("indicator")
    >>> tried.loc["B1", ["points", "earned", "reason"]].to_list()
    [Decimal('4.0000'), Decimal('2.0000'), '接触直接入口食品的人员无健康证明或已过期 1 人 × 2 分']
    """
    loaded, problems = _loaded(rubric)
    rows, unread = read_table(Path(table)) if isinstance(table, str | Path) else _in_memory(table)
    problems += unread
    if loaded is None or rows is None:
        raise RefusedError(problems)
    terms = Terms(settings, period, day, tuple(groups))
    found, more = try_table(loaded, rows, terms)
    problems += more
    if found is None:
        raise RefusedError(problems)
    return ScoreTables(Scores({loaded.id: found}), tuple(problems))


def _loaded(rubric: str | Path | Rubric) -> tuple[Rubric | None, list[Problem]]:
    return (rubric, []) if isinstance(rubric, Rubric) else load_named(str(rubric), Path())


def _in_memory(rows: Rows) -> tuple[Table, list[Problem]]:
    return table_of(rows), []
