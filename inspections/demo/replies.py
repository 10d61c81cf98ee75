"""What the sample's schools send back of what they had to put right, with the usual mistakes.

Most say what they did, when and by whom, and send a photograph or name a paper. Some only promise,
some have it done before anybody came, some name a photograph that they never sent, and some ask for
more time. One school has filled in another one's workbook, one has typed over what is locked, one
sends the same file twice, one sends two that differ, and some send nothing until they are reminded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from inspections.demo.clockless import save
from inspections.demo.county import county
from inspections.demo.photographs import Artist
from inspections.ledger.of_round import ledger_of
from inspections.ledger.rectification import all_cases
from inspections.records.rectification import Case, Term
from inspections.rectification.collecting import books_of
from inspections.rectification.numbers import number_of
from inspections.rectification.reply_book import COMPLETE, GOING_ON, KEPT, sent_name
from inspections.round.opened import OpenRound
from inspections.row_workbook import RowBook, RowValue, write_rows
from rubrics.messages.output import write_whole
from rubrics.messages.problems import Problem

_PROMISES: Final = (
    "高度重视，加强领导，提高认识，今后注意。",
    "我校将认真整改，严格落实制度，确保类似问题不再发生。",
    "已责成有关人员加强管理，进一步完善制度。",
)
_ACTS: Final = (
    "由总务处逐项核对，{day}改到位，当天拍照存档，每周五复核一次",
    "{day}召开班子会定责任人，次日按要求改好，并在教师例会上通报",
    "{day}补齐缺的材料并归档，由办公室每月检查一次",
    "{day}更换、补配到位，由值日人员每天登记",
)
_SURNAMES: Final = "赵钱孙李周吴郑王冯陈"

_AGAIN: Final = "整改清单（再报）.xlsx"

_PHOTO_IN: Final = 3
"""One reply in so many has a photograph; the others name a paper."""


@dataclass(frozen=True, slots=True)
class Returned:
    """How many workbooks were put into ``rectify/returned/``, and how many replies are wrong."""

    files: int
    wrong: int


def write_replies(
    opened: OpenRound, day: date, *, again: bool = False
) -> tuple[Returned, list[Problem]]:
    """Fills in the workbooks as they would be sent on ``day``, and puts them and the proofs where
    a clerk would. The same bytes in every run. Codes: those of ``write_whole``.

    One school in twelve sends nothing. ``again``: all have been reminded, and make fewer mistakes.
    """
    with ledger_of(opened) as ledger:
        cases = {case.number: case for case in all_cases(ledger)}
    books = books_of(opened, list(cases.values()), day)
    artist = Artist()
    problems: list[Problem] = []
    files = wrong = 0
    home = opened.folder.rectify / "returned"
    made: list[RowBook] = []
    for number, (school, book) in enumerate(books.items()):
        if number % 12 == 11 and not again:
            continue
        replies = [_Reply(cases[number_of(row.key, "")], day, again) for row in book.rows]
        wrong += sum(reply.wrong for reply in replies)
        rows = zip(book.rows, replies, strict=True)
        filled = replace(book, rows=tuple(replace(r, entries=it.entries()) for r, it in rows))
        made.append(filled)
        path = home / book.to_name / (_AGAIN if again else sent_name(book))
        problems += write_rows(path, filled, opened.folder.name(path))
        files += 1
        for name, taken in (one for reply in replies for one in reply.photographs()):
            where = opened.folder.evidence / "整改" / book.to_name / name
            data = artist.draw(opened.roster.schools[school], name, taken)
            problems += write_whole(where, data, opened.folder.name(where))
    if not again:
        more, met = _confuse(opened, made)
        files, wrong, problems = files + more, wrong + more, [*problems, *met]
    return Returned(files, wrong), problems


def _confuse(opened: OpenRound, made: Sequence[RowBook]) -> tuple[int, list[Problem]]:
    """Does with the first workbooks what happens to files; returns how many there are more."""
    home = opened.folder.rectify / "returned"
    files = 0
    problems: list[Problem] = []
    if len(made) > 1:
        # A school took its neighbour's workbook for its own.
        path = home / made[0].to_name / "整改清单（补）.xlsx"
        problems += write_rows(path, made[1], opened.folder.name(path))
        files += 1
    if len(made) > 2:
        _type_over(home / made[2].to_name / sent_name(made[2]), made[2])
    if len(made) > 3:
        first = home / made[3].to_name / sent_name(made[3])
        path = first.with_name(f"{first.stem} - 副本.xlsx")
        problems += write_whole(path, first.read_bytes(), opened.folder.name(path))
        files += 1
    if len(made) > 4:
        row, *others = made[4].rows
        said = {**row.entries, "measures": "由后勤人员改好，已经验收"}
        book = replace(made[4], rows=(replace(row, entries=said), *others))
        path = home / book.to_name / "整改清单（定稿）.xlsx"
        problems += write_rows(path, book, opened.folder.name(path))
        files += 1
    if len(made) > 5:
        # A picture that no reply names.
        school = opened.roster.schools[made[5].to]
        path = opened.folder.evidence / "整改" / school.name / "校园新貌.jpg"
        data = Artist().draw(
            school, path.name, datetime.combine(county().day("letters_day"), time(15))
        )
        problems += write_whole(path, data, opened.folder.name(path))
    return files, problems


def _type_over(path: Path, book: RowBook) -> None:
    """Gives a school more time by its own hand: types over a cell that is locked."""
    held = load_workbook(path)
    sheet = held.worksheets[0]
    key = book.rows[0].key
    row = next(cells for cells in sheet.iter_rows() if str(cells[0].value or "").endswith(key))
    at = [column.key for column in book.columns].index("term") + 1
    row[at].value = "限期（60 日）"
    save(held, path)


class _Reply:
    """What one school says of one item; chance decides, the same in every run."""

    def __init__(self, case: Case, day: date, again: bool) -> None:
        self.item, self.day = case.item, day
        name = "reply again" if again else "reply"
        self.chance = county().chance(case.item.school, case.item.key, name)
        odds = (92, 3, 0, 2, 0, 3, 0) if again else (70, 8, 4, 5, 3, 6, 4)
        self.slip = self.chance.choices(
            ("", "promise", "early", "unsent", "undated", "going-on", "late"), odds
        )[0]
        span = max((day - case.item.opened).days, 1)
        self.done = case.item.opened + timedelta(days=self.chance.randrange(span))
        self.photo = self.chance.randrange(_PHOTO_IN) == 0 or self.slip == "unsent"
        self.acts = self.chance.choice(_ACTS).format(day=f"{self.done.month}月{self.done.day}日")
        self.promise = self.chance.choice(_PROMISES)
        self.people = [f"{self.chance.choice(_SURNAMES)}老师（虚构）" for _ in range(2)]

    @property
    def wrong(self) -> bool:
        """Whether it will be sent back."""
        return self.slip in ("promise", "early", "unsent", "undated")

    def entries(self) -> Mapping[str, RowValue]:
        """What stands in the cells of its row."""
        return dict(self._entries())

    def _entries(self) -> Iterator[tuple[str, RowValue]]:
        yield "measures", self.promise if self.slip == "promise" else self.acts
        yield "leader", self.people[0]
        yield "person", self.people[1]
        if self.slip == "promise":
            return
        if self.slip in ("going-on", "late"):
            yield "progress", 60
            yield "result", GOING_ON
            if self.slip == "late":
                yield "asked", self.day + timedelta(days=30)
                yield "remark", "设备采购需要走程序，申请延期"
            return
        if self.slip == "early":
            found = self.item.found or self.item.opened
            yield "done", found - timedelta(days=3)
        elif self.slip != "undated":
            yield "done", self.done
        yield "progress", 100
        yield "result", KEPT if self.item.kind is Term.LONG else COMPLETE
        yield "proof", (self._proof(),)
        yield "signed", self.people[1]

    def _proof(self) -> str:
        return (
            f"整改{self.item.number:04d}.jpg" if self.photo else f"整改记录第{self.item.number}号"
        )

    def photographs(self) -> Iterator[tuple[str, datetime]]:
        """Yields (name, taken) of what was sent with it."""
        if self.photo and self.slip in ("", "undated"):
            yield self._proof(), datetime.combine(self.done, time(10, 20))
