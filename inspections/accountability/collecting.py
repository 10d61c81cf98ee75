"""Takes in what was decided on proposals: workbooks in ``accountability/returned/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from inspections.accountability.measures import AWARD_LOST
from inspections.accountability.posts import document_of, post_of
from inspections.accountability.proposal_book import verdict_of
from inspections.collecting.returned_files import returned_files, unreadable
from inspections.ledger.accountability import ProposalCase, Ruling, Verdict
from inspections.rectification.numbers import number_of
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowBook, RowRead, RowsRead, read_rows
from rubrics.messages.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class _Read:
    ruling: Ruling
    row: RowRead
    read: RowsRead


def read_rulings(
    opened: OpenRound, cases: Sequence[ProposalCase], book: RowBook
) -> tuple[int, list[Ruling], list[Problem]]:
    """Returns how many files there are, what they decide that is new, and what is wrong.

    ``book``: the workbook as it would go out now. A file that was taken in before changes nothing
    that was decided then or later; what was wrong with it is told again. A ruling is on the
    proposal as the workbook showed it, also where it has changed since. Codes: those of
    ``read_rows`` and ``returned_files``, accountability-ruling-lacks,
    accountability-ruling-differs, accountability-not-printed.
    """
    folder = opened.folder.accountability / "returned"
    workbooks, others = returned_files(folder)
    problems = [unreadable(path, opened.folder.name(path), rows=True) for path in others]
    known = {one.number: one for one in cases}
    found: dict[int, list[_Read]] = {}
    for path in workbooks:
        read, met = read_rows(path, [book], opened.folder.name(path))
        problems += met
        for row in read.rows if read is not None else ():
            case = known.get(number_of(row.key, opened.round.id))
            if read is None or case is None or row.is_blank or _ruled_since(case, read, cases):
                continue
            ruling, wrong = _ruling(case, row, read)
            problems += [*wrong, *_not_printed(row, opened.round.bureau)]
            if ruling is not None:
                found.setdefault(case.number, []).append(_Read(ruling, row, read))
    made, differing = _agreed(found)
    return (
        len(workbooks),
        [one for one in made if known[one.proposal].ruling != one],
        [
            *problems,
            *differing,
        ],
    )


def _ruled_since(case: ProposalCase, read: RowsRead, cases: Sequence[ProposalCase]) -> bool:
    """Whether a file was taken in before, and this proposal was decided on then or later."""
    taken = [one.fact for it in cases for one in it.rulings if one.file == read.digest]
    return bool(taken and case.ruling is not None and case.ruling.fact >= min(taken))


def _agreed(found: Mapping[int, list[_Read]]) -> tuple[list[Ruling], list[Problem]]:
    """What the newest workbooks say of each proposal; where they differ, nothing."""
    made, problems = [], []
    for _, all_read in sorted(found.items()):
        newest = max(one.read.issue for one in all_read)
        last = [one for one in all_read if one.read.issue == newest]
        if any(one.ruling != last[0].ruling for one in last):
            files = "、".join(one.read.file for one in last)
            said = {"proposal": last[0].row.key, "files": files}
            problems.append(problem("accountability-ruling-differs", last[-1].row.place, **said))
        else:
            made.append(last[0].ruling)
    return made, problems


def _ruling(
    case: ProposalCase, row: RowRead, read: RowsRead
) -> tuple[Ruling | None, list[Problem]]:
    """What a row decides; None where it lacks something that a decision needs."""
    day, years = row.value("day"), row.value("years")
    version = case.version(read.issue)
    verdict = verdict_of(row.text("verdict")) if row.text("verdict") else None
    if lacks := list(_lacking(version.kind, version.years, verdict, row)):
        said = {"proposal": row.key, "what": "；".join(lacks)}
        return None, [problem("accountability-ruling-lacks", row.place, **said)]
    if row.lost or verdict is None or not row.text("decided_by") or not isinstance(day, date):
        return None, []  # told by the reader, at the cell
    made = Ruling(
        case.number,
        version.fact,
        verdict,
        day,
        row.text("decided_by"),
        row.text("reason"),
        row.text("kind"),
        years if isinstance(years, int) else 0,
        row.text("document"),
    )
    return replace(made, file=read.digest), []


def _not_printed(row: RowRead, bureau: str) -> Iterator[Problem]:
    """What papers for everybody leave out, since a person may be named in it."""
    decided_by, document = row.text("decided_by"), row.text("document")
    left = []
    if decided_by and not post_of(decided_by, bureau):
        left.append("“决定人”不像职务或会议名称")
    if document and not document_of(document):
        left.append("“决定文号”不像文号")
    if left:
        said = {"proposal": row.key, "what": "，".join(left)}
        yield problem("accountability-not-printed", row.place, **said)


def _lacking(kind: str, years: int, verdict: Verdict | None, row: RowRead) -> Iterator[str]:
    """What a row lacks, and what in it contradicts itself, in Chinese.

    What is asked for in every row, and what cannot be read, was told by the reader at its cell.
    """
    if verdict in (Verdict.REJECTED, Verdict.CHANGED) and not (
        row.text("reason") or "reason" in row.lost
    ):
        yield f"{verdict.word}的没有写理由"
    changed, own = row.text("kind"), row.value("years")
    if verdict is Verdict.CHANGED and not changed and "kind" not in row.lost:
        yield "没有选改为哪种措施"
    if verdict is not None and verdict is not Verdict.CHANGED and (changed or own):
        yield f"决定是“{verdict.word}”，又填了改为的措施或年限；要改的请选“改为”"
    if verdict is Verdict.CHANGED and changed:
        needs = changed == AWARD_LOST
        if needs and not own and "years" not in row.lost and not (kind == AWARD_LOST and years):
            yield f"{AWARD_LOST}的没有写年限"
        if own and not needs:
            yield f"“{changed}”没有年限"
