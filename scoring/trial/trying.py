"""A table of plain observations scored against one rubric, without a round (``rubric try``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from inspections.records.record import Record, RecordKey
from inspections.round.round import Period, Round
from inspections.round.school import Roster
from inspections.round.table import Table, read_table
from rubrics.files.shipped import load_named
from rubrics.language.own_traits import traits_of
from rubrics.language.rubric import Rubric
from rubrics.messages.problems import Place, Problem, has_errors, problem, speak_of
from scoring.fairness.scored import scored_round
from scoring.results.scores import RubricScores
from scoring.trial.headings import headings_of
from scoring.trial.once import once
from scoring.trial.own_scores import own_columns_amiss, own_scores_in
from scoring.trial.plain_rows import Questions, observed, questions
from scoring.trial.rows import Sheet, cells_of, rows_of, schools_of, unread_of
from scoring.trial.settings import NO_DAY, read_trial_settings, settings_for, wrong_in


@dataclass(frozen=True, slots=True)
class Terms:
    """By what rows are scored, beside the rubric.

    ``settings``: how inspectors and visits are combined and schools ranked, as a round says it.
    Quotas are prorated to ``period``, that of the settings or else a full year where there is
    none; ``day`` picks among dated rules where rows have none of their own, the end of the period
    or else the latest rules where it is not given; ``groups`` are traits within which schools are
    ranked. ``file``: how the settings' file is named.
    """

    settings: Round | None = None
    period: Period | None = None
    day: date | None = None
    groups: tuple[str, ...] = ()
    file: str = ""


AS_IT_IS = Terms()


def try_rubric(
    rubric: Rubric, path: Path, terms: Terms = AS_IT_IS
) -> tuple[RubricScores | None, list[Problem]]:
    """Returns the scores of every row of a table (csv or workbook), and what is wrong with it.

    Nobody is asked for evidence. None where the table cannot be used. Codes: those of
    ``read_table`` and ``try_table``.
    """
    table, problems = read_table(path)
    if table is None:
        return None, problems
    scores, more = try_table(rubric, table, terms)
    return scores, problems + more


def try_named(
    name: str, path: Path, terms: Terms = AS_IT_IS, settings: Path | None = None
) -> tuple[RubricScores | None, list[Problem]]:
    """Returns the same for a shipped rubric by its id, or one in a YAML file.

    ``settings``: the file of a round, or with a part of what such a file says. Codes: those of
    ``load_named`` and ``read_settings`` too.
    """
    rubric, problems = load_named(name, Path())
    if rubric is None:
        return None, problems
    if settings is not None:
        found, wrong = read_trial_settings(settings)
        problems += wrong
        if found is None:
            return None, problems
        terms = Terms(found, terms.period, terms.day, terms.groups, str(settings))
    scores, more = try_rubric(rubric, path, terms)
    return scores, problems + more


def try_table(
    rubric: Rubric, table: Table, terms: Terms = AS_IT_IS
) -> tuple[RubricScores | None, list[Problem]]:
    """Returns the same for a table that has been read, headings and all.

    A row is what one inspector entered at one visit of a school; without columns for these each
    row is a school. A school of which a trait that decides something cannot be read is not scored.
    Codes: those of ``plain_rows.observed``, ``findings``, ``codes_of``, ``own_columns_amiss`` and
    ``own_scores_in``, round-value, trial-school-missing, trial-notes, trial-alike,
    trial-incomplete, trial-group, trial-column-unknown, trial-trait-unread, trial-trait-differs,
    trial-row-twice, trial-day, trial-occasion, roster-heading-twice, roster-id-missing,
    roster-trait-value.
    """
    known = traits_of([rubric])
    strange = [name for name in terms.groups if name not in known]
    if strange:
        listed = "、".join(known)
        return None, [problem("trial-group", Place(), trait=name, known=listed) for name in strange]
    speak_of(rubric.words.said)
    headings, problems = headings_of(table, rubric)
    if headings is None:
        return None, problems
    sheet = Sheet(table, headings, known)
    problems += own_columns_amiss(sheet, rubric)
    rows = list(rows_of(sheet, problems))
    typed = list(dict.fromkeys(it.occasion for it in sorted(rows, key=lambda it: it.day or NO_DAY)))
    of = settings_for(
        rubric, terms.settings, period=terms.period, groups=terms.groups, occasions=typed
    )
    wrong = list(wrong_in(of, rubric, terms.file))
    if has_errors(wrong):
        return None, problems + wrong
    for occasion in typed:
        if occasion and occasion not in of.occasions:
            said = {"occasion": occasion, "known": "、".join(of.occasions)}
            problems.append(problem("trial-occasion", table.place(headings.row), **said))
    until = of.window.until
    on = terms.day or (until if until != NO_DAY else latest_change(rubric))
    visits: list[Record] = []
    schools = schools_of(sheet, rows, problems)
    unread = unread_of(sheet, rows, schools, rubric, of.ranking.groups, problems)
    asked: dict[tuple[object, ...], Questions] = {}
    for row in rows:
        if row.school in unread:
            continue
        traits, day = schools[row.school].traits, row.day or on
        same = (*traits.items(), day)
        if same not in asked:
            asked[same] = questions(rubric, traits, day)
        seen, more = observed(asked[same], cells_of(sheet, row))
        problems += more
        key = RecordKey(row.school, rubric.id, row.occasion, row.inspector)
        whose = (row.inspector,) if row.inspector else ()
        made = Record(key, rubric.version, day, whose, seen, file=table.file, sheet=table.sheet)
        visits.append(made)
    own = own_scores_in(sheet, rows, schools, rubric, problems)
    scores, found = scored_round(
        of, {rubric.id: rubric}, Roster(schools, {}), (), visits, own=own, open_records=True
    )
    # Of a row that is not scored its trait tells.
    told = [item for item in found if item.code != "school-unvisited"]
    return scores.rubrics[rubric.id], once([*problems, *told])


def latest_change(rubric: Rubric) -> date:
    """Returns the first day on which the latest of all dated rules holds: no clock is asked."""
    changes = [NO_DAY]
    for indicator in rubric.indicators:
        for dated in indicator.effective:
            if dated.since:
                changes.append(dated.since)
            if dated.until and dated.until < date.max:
                changes.append(dated.until + timedelta(days=1))
    return max(changes)
