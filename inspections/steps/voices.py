"""What many people said: files taken into the ledger, how they stand, what is decided on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from inspections.ledger.chain import By
from inspections.ledger.of_round import has_ledger, ledger_of
from inspections.ledger.versions import keep_versions
from inspections.ledger.voices import (
    HeldFile,
    add_file,
    add_sifting,
    held_files,
    private_of,
)
from inspections.records.voices import Kind, Rule
from inspections.round.locking import turn
from inspections.round.opened import OpenRound, read_round
from inspections.round.round import Round
from inspections.steps.opening import open_trusted
from inspections.voices.asking import asked_of, settings_text
from inspections.voices.classes import SchoolClass
from inspections.voices.form_files import form_text, form_workbook, xlsform
from inspections.voices.reading import SCHOOL_TEXT, Reader, read_voices
from inspections.voices.scales import all_scales
from inspections.voices.schools import Schools
from inspections.voices.settings import DRAFT, FILE, read_voices_settings
from inspections.voices.taking_in import judged
from inspections.voices.tallying import Voices, surveys, voices_of
from inspections.voices.weighing import class_table
from rubrics.files.shipped import load_named
from rubrics.language.rubric import Rubric
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.watching import NOBODY, Watcher

_LISTED: Final = 12


@dataclass(frozen=True, slots=True)
class ImportedVoices:
    """What was taken in: (number in the ledger, file, survey, answers, their unit)."""

    opened: OpenRound
    files: tuple[tuple[int, str, str, int, str], ...]


@dataclass(frozen=True)
class SurveyStatus:
    """How a survey stands. ``unknown``: what people wrote as their school and nobody knows ->
    (how many, the codes of schools that may be meant).
    """

    name: str
    kind: Kind
    files: tuple[HeldFile, ...]
    voices: Voices
    unknown: Mapping[str, tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class VoicesStatus:
    """All surveys of a round, the files that count no more, and the pupils by class.

    ``classes``: of each table by its name, the pupils of the classes of each school.
    """

    opened: OpenRound
    surveys: tuple[SurveyStatus, ...]
    replaced: tuple[HeldFile, ...]
    classes: Mapping[str, Mapping[str, Mapping[SchoolClass, int]]]


def import_voices(
    folder: Path,
    files: Sequence[Path],
    by: By,
    *,
    survey: str = "",
    kind: str = "",
    replacing: bool = False,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[ImportedVoices | None, list[Problem]]:
    """Takes files of answers into the ledger, each whole or not at all; one file costs no other.

    ``survey``, ``kind``: their name and what they are, where the file does not say; ``replacing``:
    a file that is like one that is there takes its place. Writes a draft of voices.yaml where a
    file is not recognised. None where there is no round to work with. Codes: those of
    ``open_trusted``, ``read_voices_settings``, ``read_voices``, ``judged`` and ``write_whole``,
    voices-draft, voices-question-differs.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        taken, told = take_voices(
            opened, files, by, survey=survey, kind=kind, replacing=replacing, watcher=watcher
        )
        return taken, problems + told


def take_voices(
    opened: OpenRound,
    files: Sequence[Path],
    by: By,
    *,
    survey: str = "",
    kind: str = "",
    replacing: bool = False,
    watcher: Watcher = NOBODY,
) -> tuple[ImportedVoices | None, list[Problem]]:
    """Does the same, for whoever has the turn."""
    problems: list[Problem] = []
    names = {school.id: school.name for school in opened.roster.schools.values()}
    settings, told = read_voices_settings(opened.folder.voices, FILE, names, all_scales({}).known)
    problems += told
    if settings is None:
        return None, problems
    reader = Reader(settings, names)
    taken: list[tuple[int, str, str, int, str]] = []
    with ledger_of(opened) as held, watcher.stage("读答卷") as tell:
        keep_versions(held, opened, by)
        for done, path in enumerate(files):
            tell(done, len(files))
            read = read_voices(path, reader, survey, kind)
            if read.file is None:
                problems += read.problems
                problems += _write_draft(opened, read.draft) if read.draft else ()
                continue
            verdict = judged(held, held_files(held), read.file, replacing)
            problems += verdict.problems
            if verdict.take:
                problems += read.problems
                replaced = [one.number for one in verdict.replaces]
                number = add_file(held, read.file, by, replaced)
                answers = read.file.answers
                count = int(answers.weight.sum())
                taken.append((number, read.file.file, answers.name, count, answers.kind.unit))
        tell(len(files), len(files))
        problems += _differing(held, dict.fromkeys(one[2] for one in taken))
    return ImportedVoices(opened, tuple(taken)), problems


def _write_draft(opened: OpenRound, text: str) -> list[Problem]:
    path = opened.folder.root / DRAFT
    if wrong := write_whole(path, text.encode(), DRAFT):
        return list(wrong)
    return [problem("voices-draft", Place(DRAFT), file=DRAFT)]


def _differing(ledger: Engine, names: Mapping[str, None]) -> list[Problem]:
    """Questions of one id that mean two things in several files of a survey."""
    told = []
    for name in names:
        asked = voices_of(ledger, name).answers.questions
        twice = [one.id.partition("（")[0] for one in asked if one.id.endswith("（2）")]
        if twice:
            said = {"survey": name, "questions": "、".join(twice[:_LISTED])}
            told.append(problem("voices-question-differs", Place(), **said))
    return told


def voices_status(folder: Path, *, ledger: str = "") -> tuple[VoicesStatus | None, list[Problem]]:
    """Returns how all surveys of a round stand; None where there are none.

    Codes: those of ``open_trusted``, voices-none, voices-undecided.
    """
    opened, problems = open_trusted(folder, ledger)
    if opened is None:
        return None, problems
    if not has_ledger(opened):
        return None, [*problems, problem("voices-none", Place(opened.ledger_name))]
    with ledger_of(opened) as held:
        files = held_files(held)
        if not files:
            return None, [*problems, problem("voices-none", Place(opened.ledger_name))]
        found = tuple(_status(held, opened, name, files) for name in surveys(held))
        named = dict.fromkeys(it.survey for it in files if it.counts and it.kind is Kind.CLASSES)
        tables = {name: class_table(held, name) for name in named}
    for one in found:
        for rule in one.voices.undecided:
            count = int(one.voices.answers.flags[rule].sum())
            said = {"survey": one.name, "rule": rule.value, "folder": folder}
            problems.append(problem("voices-undecided", Place(), count=count, **said))
    pupils = {name: table.pupils for name, table in tables.items() if table}
    gone = tuple(it for it in files if not it.counts)
    return VoicesStatus(opened, found, gone, pupils), problems


def _status(
    ledger: Engine, opened: OpenRound, name: str, files: Sequence[HeldFile]
) -> SurveyStatus:
    mine = tuple(one for one in files if one.counts and one.survey == name)
    names = {school.id: school.name for school in opened.roster.schools.values()}
    unknown: dict[str, int] = {}
    for one in mine:
        for texts in private_of(ledger, one).values():
            if typed := texts.get(SCHOOL_TEXT):
                unknown[typed] = unknown.get(typed, 0) + 1
    schools = Schools(names, {})
    told = {
        typed: (count, tuple(schools.suggested(typed)))
        for typed, count in sorted(unknown.items(), key=lambda it: (-it[1], it[0]))
    }
    kind = next(one.kind for one in mine if one.kind.heard)
    return SurveyStatus(name, kind, mine, voices_of(ledger, name), told)


def decide_voices(
    folder: Path,
    survey: str,
    rule: Rule,
    counts: bool,
    by: By,
    *,
    ledger: str = "",
    watcher: Watcher = NOBODY,
) -> tuple[Voices | None, list[Problem]]:
    """Decides whether the answers of a survey that a rule flags count; the latest decision holds.

    Returns the survey as it counts now; None where nothing was decided. Codes: those of
    ``open_trusted``, voices-none, voices-survey-unknown, voices-nothing-flagged, voices-decided-so.
    """
    with turn(folder, watcher.waiting):
        opened, problems = open_trusted(folder, ledger)
        if opened is None:
            return None, problems
        if not has_ledger(opened):
            return None, [*problems, problem("voices-none", Place(opened.ledger_name))]
        with ledger_of(opened) as held:
            known = surveys(held)
            if not known:
                return None, [*problems, problem("voices-none", Place(opened.ledger_name))]
            if survey not in known:
                said = {"survey": survey, "known": "、".join(known)}
                return None, [*problems, problem("voices-survey-unknown", Place(), **said)]
            voices = voices_of(held, survey)
            told = {"survey": survey, "rule": rule.value}
            if rule not in voices.answers.flags or not voices.answers.flags[rule].any():
                return None, [*problems, problem("voices-nothing-flagged", Place(), **told)]
            if not add_sifting(held, survey, rule, counts, by.why, by):
                problems.append(problem("voices-decided-so", Place(), **told))
            return replace(voices, decided={**voices.decided, rule: counts}), problems


def write_form(
    rubric: str, out: Path, *, of_round: Path | None = None, by: Sequence[str] = ()
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Writes the survey that a rubric needs into a folder: a table, a text, and an XLSForm.

    ``rubric``: a shipped one, a file, or one of the round's. ``of_round``: the folder of a round
    whose schools answer it, and which says by what people are told apart; ``by``: 年级, 班级, 身份.
    Codes: those of ``load_named``, ``read_round``, ``asked_of`` and ``write_whole``.
    """
    settings: Round | None = None
    schools: dict[str, str] = {}
    loaded: Rubric | None = None
    problems: list[Problem] = []
    if of_round is not None:
        opened, problems = read_round(of_round)
        if opened is None:
            return (), problems
        settings, loaded = opened.round, opened.rubrics.get(rubric)
        schools = {school.id: school.name for school in opened.roster.schools.values()}
    if loaded is None:
        loaded, told = load_named(rubric, Path())
        problems += told
    if loaded is None:
        return (), problems
    questions, told = asked_of(loaded, settings, by)
    problems += told
    if not any(one.item for one in questions):
        return (), problems
    title, words = f"{loaded.title}问卷", loaded.words
    files = {
        f"{loaded.id}-问卷.xlsx": form_workbook(title, questions, schools, words),
        f"{loaded.id}-问卷.txt": form_text(title, questions, schools, words).encode("utf-8-sig"),
        f"{loaded.id}-voices.txt": settings_text(loaded, questions, title).encode(),
        f"{loaded.id}-xlsform.xlsx": xlsform(loaded.id, title, questions, schools, words),
    }
    if not any(one.item and not one.secret for one in questions):
        files = {f"{loaded.id}-问卷.xlsx": files[f"{loaded.id}-问卷.xlsx"]}
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in files.items():
        wrong = write_whole(out / name, data, name)
        problems += wrong
        written += [] if wrong else [out / name]
    return tuple(written), problems
