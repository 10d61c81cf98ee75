"""Takes in what schools say of themselves: ``selfassess/returned/``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from inspections.collecting.returned_files import file_digest, returned_files, unreadable
from inspections.evidence.owning import owners_of, school_of
from inspections.ledger.chain import By
from inspections.ledger.of_round import ledger_of
from inspections.ledger.self_assessment import add_assessments, all_assessments, visited
from inspections.ledger.versions import keep_versions
from inspections.records.self_assessment import OwnScore, SelfAssessment
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowBook, RowRead, RowsRead, all_opened, read_rows
from inspections.self_assessment.book import NOTE, SCORE, books_of
from rubrics.messages.plain_text import one_line
from rubrics.messages.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Assessments:
    """What came back. ``files`` were there; ``taken`` are new."""

    files: int = 0
    taken: tuple[SelfAssessment, ...] = ()
    problems: tuple[Problem, ...] = ()


def collect_assessments(opened: OpenRound, by: By) -> Assessments:
    """Reads the self-assessments that are new into the ledger.

    Codes: those of ``read_rows`` and ``returned_files``, selfassess-changed, selfassess-reason,
    selfassess-empty, selfassess-differs, selfassess-late.
    """
    with ledger_of(opened) as ledger:
        keep_versions(ledger, opened, by)
        before = all_assessments(ledger)
        taken = _Taken(opened, before)
        files = taken.read()
        made = list(taken.assessments())
        seen = visited(ledger)
        for one, place in made:
            if (one.school, one.rubric) in seen:
                said = {"school": opened.roster.schools[one.school].name}
                taken.problems.append(problem("selfassess-late", place, **said))
        done = add_assessments(ledger, [one for one, _ in made], by)
    return Assessments(files, tuple(done), tuple(taken.problems))


@dataclass(slots=True)
class _Taken:
    opened: OpenRound
    before: Sequence[SelfAssessment]
    found: dict[tuple[str, str], list[tuple[SelfAssessment, Place]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> int:
        """Reads all files; returns how many there are."""
        folder = self.opened.folder.self_assessment / "returned"
        workbooks, others = returned_files(folder)
        self.problems += [
            unreadable(path, self.opened.folder.name(path), rows=True) for path in others
        ]
        books = {book.to: book for book in books_of(self.opened).values()}
        owners = owners_of(self.opened)
        # What was amiss with those was told when they were taken in.
        known = {one.file for one in self.before}
        fresh = [path for path in workbooks if books and file_digest(path) not in known]
        for path, held in all_opened(fresh).items():
            name = self.opened.folder.name(path)
            read, met = read_rows(path, list(books.values()), name, opened=held)
            self.problems += [self._reworded(one, books) for one in met]
            folders = path.relative_to(folder).parent.parts
            due = next((code for it in folders if (code := school_of(it, owners))), "")
            if read is None:
                continue
            school, rubric, form = read.to.split("/")
            if due not in ("", school):
                names = {it.id: it.name for it in self.opened.roster.schools.values()}
                said = {"other": names[school], "due": names.get(due, due)}
                self.problems.append(problem("rows-other-owner", Place(name), **said))
                continue
            self._add(read, school, rubric, form)
        return len(workbooks)

    def _reworded(self, one: Problem, books: Mapping[str, RowBook]) -> Problem:
        """Of a workbook that was made by other points it is told that the rubric has changed."""
        if one.code != "rows-owner-unknown":
            return one
        whose = str(dict(one.params)["id"]).rpartition("/")[0]
        book = next((book for to, book in books.items() if to.rpartition("/")[0] == whose), None)
        return problem("selfassess-changed", one.place, name=book.to_name) if book else one

    def _add(self, read: RowsRead, school: str, rubric: str, form: str) -> None:
        scores = {row.key: own for row in read.rows if (own := self._score(row)) is not None}
        if not scores:
            said = {"school": self.opened.roster.schools[school].name}
            self.problems.append(problem("selfassess-empty", Place(read.file), **said))
            return
        signed = "；".join(f"{label}：{one_line(text)}" for label, text in read.signed.items())
        one = SelfAssessment(school, rubric, form, scores, read.digest, read.file, signed)
        self.found.setdefault((school, rubric), []).append((one, read.rows[0].place))

    def _score(self, row: RowRead) -> OwnScore | None:
        value, note = row.value(SCORE), row.text(NOTE)
        if isinstance(value, Decimal):
            return OwnScore(value, note)
        if value is None:
            return None
        if not note:
            self.problems.append(problem("selfassess-reason", row.place, item=row.key))
            return None
        return OwnScore(None, note)

    def assessments(self) -> Iterator[tuple[SelfAssessment, Place]]:
        """Yields what is new, with where it stands; of those that differ none is taken."""
        latest = {(one.school, one.rubric): one for one in self.before}
        for key, made in self.found.items():
            one, place = made[0]
            if any(other.scores != one.scores for other, _ in made[1:]):
                said = {
                    "school": self.opened.roster.schools[one.school].name,
                    "files": "、".join(other.name for other, _ in made),
                }
                self.problems.append(problem("selfassess-differs", made[-1][1], **said))
                continue
            before = latest.get(key)
            if before is None or (before.scores, before.form) != (one.scores, one.form):
                yield one, place
