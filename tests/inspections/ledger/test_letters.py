"""Numbers of letters, objections and answers in the ledger."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from inspections.ledger.chain import By
from inspections.ledger.erasing import erase_school, erase_words
from inspections.ledger.letters import FINAL, FIRST, Asked, all_letters, number_letters, standing
from inspections.ledger.objections import (
    Outcome,
    all_objections,
    answer_objection,
    file_objection,
)
from inspections.ledger.of_round import ledger_of
from inspections.ledger.severity import (
    HeldSeverity,
    Holding,
    measure_again,
    standing_severity,
)
from inspections.ledger.tables import facts
from inspections.ledger.verifying import verify
from inspections.round.letter_numbers import series_of
from inspections.round.opened import OpenRound
from inspections.round.round import Letters

BY = By("王科长")
SERIES = series_of("某教督意〔{year}〕{n}号", 2026, "2026春")
ASKED = Asked(FINAL, "kitchen", "21068101", "a" * 64, SERIES, "2026-04-01")
PEOPLE, EACH = 4, 5


def other(number: int) -> Asked:
    return replace(ASKED, school=f"S{number}", digest=f"{number:064x}")


def numbers(of: OpenRound, *asked: Asked) -> list[str]:
    with ledger_of(of) as ledger:
        return [one.number for one in number_letters(ledger, asked, BY)]


def test_a_letter_keeps_its_number_and_a_changed_one_names_what_it_replaces(
    on_both: OpenRound,
) -> None:
    changed = replace(ASKED, digest="b" * 64)
    assert numbers(on_both, ASKED, other(1)) == ["某教督意〔2026〕1号", "某教督意〔2026〕2号"]
    assert numbers(on_both, ASKED) == ["某教督意〔2026〕1号"]
    assert numbers(on_both, changed, other(2)) == ["某教督意〔2026〕3号", "某教督意〔2026〕4号"]
    # What it said before is another letter all the same.
    assert numbers(on_both, ASKED) == ["某教督意〔2026〕5号"]
    with ledger_of(on_both) as ledger:
        held = all_letters(ledger)
        assert verify(ledger).broken is None
    assert [one.replaces for one in held] == [
        "",
        "",
        "某教督意〔2026〕1号",
        "",
        "某教督意〔2026〕3号",
    ]
    assert standing(held)[ASKED.stage, ASKED.rubric, ASKED.school].number == held[-1].number


def test_a_final_letter_does_not_replace_the_first_opinion(on_both: OpenRound) -> None:
    numbers(on_both, replace(ASKED, stage=FIRST), ASKED)
    with ledger_of(on_both) as ledger:
        assert [(one.number, one.replaces) for one in all_letters(ledger)] == [
            ("某教督意〔2026〕1号", ""),
            ("某教督意〔2026〕2号", ""),
        ]


def test_another_year_counts_anew_and_no_two_series_give_the_same_number(
    on_both: OpenRound,
) -> None:
    assert numbers(on_both, *map(other, range(10)))[-1] == "某教督意〔2026〕10号"
    assert numbers(on_both, replace(ASKED, series=series_of("甲{year}-{n}", 2027, ""))) == [
        "甲2027-1"
    ]
    plain, ending = (replace(other(20), series=text) for text in ("第{n}", "第1{n}"))
    assert numbers(on_both, ending, replace(ending, school="S21")) == ["第11", "第12"]
    assert numbers(on_both, *(replace(other(30 + n), series=plain.series) for n in range(11)))[
        -2:
    ] == ["第10", "第13"]


def _number(of: OpenRound, person: int) -> None:
    for number in range(EACH):
        numbers(of, other(100 * person + number))


def test_several_computers_give_no_number_twice_and_leave_none_out(on_both: OpenRound) -> None:
    spawn = multiprocessing.get_context("spawn")
    people = [spawn.Process(target=_number, args=(on_both, n)) for n in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join(120)
    with ledger_of(on_both) as ledger:
        given = {one.number for one in all_letters(ledger)}
    assert given == {f"某教督意〔2026〕{n + 1}号" for n in range(PEOPLE * EACH)}


CORRECTION = HeldSeverity(
    "kitchen",
    {"D01": 12_300, "D02": -4_500},
    {"D01": 2, "D02": 1},
    frozenset(),
    (),
    "",
    "c" * 64,
    60,
)
FRESH = {"kitchen": Holding(0, CORRECTION)}


def _number_corrected(of: OpenRound, person: int) -> None:
    with ledger_of(of) as ledger:
        for n in range(EACH):
            assert number_letters(ledger, [other(person * EACH + n)], BY, FRESH)


def test_corrections_are_held_once_however_many_number_letters(on_both: OpenRound) -> None:
    spawn = multiprocessing.get_context("spawn")
    people = [spawn.Process(target=_number_corrected, args=(on_both, n)) for n in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join(120)
    with ledger_of(on_both) as ledger:
        assert len(all_letters(ledger)) == PEOPLE * EACH
        held = standing_severity(ledger)
        assert list(held) == ["kitchen"] and held["kitchen"].number == 1
        assert held["kitchen"].same(CORRECTION) and held["kitchen"].day
        with ledger.connect() as connection:
            count = select(func.count()).where(facts.c.kind == "severity")
            assert connection.execute(count).scalar_one() == 1
        # What others measured since is no reason to number letters with what they do not hold.
        unlike = replace(CORRECTION, inspectors={"D01": 12_400, "D02": -4_500})
        for holding in (Holding(0, unlike), Holding(0, None), Holding(2, None)):
            assert number_letters(ledger, [other(99)], BY, {"kitchen": holding}) == []
        assert number_letters(ledger, [other(99)], BY, {"other": Holding(0, unlike)})
        again = Holding(1, replace(unlike, again=True))
        assert measure_again(ledger, [again], By("张主任", "补收"))
        assert not measure_again(ledger, [again], By("张主任", "补收")), "somebody has since"
        now = standing_severity(ledger)["kitchen"]
        assert (now.number, now.who, now.why) == (2, "张主任", "补收")
        assert number_letters(ledger, [other(98)], BY, FRESH) == []
        assert number_letters(ledger, [other(98)], BY, {"kitchen": Holding(2, None)})
        assert verify(ledger).broken is None


def test_whoever_is_cut_off_leaves_neither_numbers_nor_corrections(
    on_both: OpenRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with ledger_of(on_both) as ledger:
        with monkeypatch.context() as patched:
            patched.setattr("inspections.ledger.letters.letter", killed)
            with pytest.raises(KeyboardInterrupt):
                number_letters(ledger, [ASKED], BY, FRESH)
        assert not all_letters(ledger) and not standing_severity(ledger)
        assert number_letters(ledger, [ASKED], BY, FRESH)
        assert standing_severity(ledger)["kitchen"].number == 1


def test_of_somebody_who_is_erased_the_number_stays_taken(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        number_letters(ledger, [ASKED], BY, FRESH)
        assert erase_words(ledger, ["D01"], BY).count == 1
        held = standing_severity(ledger)["kitchen"]
        assert (held.inspectors, held.taken) == ({"D02": -4_500}, 2)
        assert verify(ledger).broken is None


def filed(ledger: Engine, school: str, text: str, *papers: tuple[str, str]) -> int:
    number, new = file_objection(
        ledger,
        school,
        "kitchen",
        text,
        papers,
        BY,
        letter=0,
        received="2026-04-02",
        since="2026-04-01",
    )
    assert new
    return number


def test_erasing_reaches_texts_and_leaves_numbers_used(on_both: OpenRound) -> None:
    numbers(on_both, ASKED)
    with ledger_of(on_both) as ledger:
        for school in (ASKED.school, "21068102"):
            paper = (f"evidence/{school}/说明.pdf", "d" * 64)
            filed(ledger, school, "钱大有说已改", paper)
        first, second = all_objections(ledger)
        answer_objection(ledger, first, Outcome.PARTLY, "钱大有属实", [3], BY)
        answer_objection(ledger, second, Outcome.REJECTED, "无佐证", [], BY)
        erase_school(ledger, ASKED.school, BY)
        gone, kept = all_objections(ledger)
        assert (gone.school, gone.text, gone.papers[0][0]) == ("", "", "")
        assert gone.answer is not None and gone.answer.reasons == ""
        assert gone.answer.decisions == (3,)
        assert kept == replace(second, answer=kept.answer)
        [letter] = all_letters(ledger)
        assert (letter.number, letter.school) == ("某教督意〔2026〕1号", "")
        erase_words(ledger, ["钱大有"], BY)
        assert all_objections(ledger)[1].text == ""
        assert verify(ledger).broken is None
    assert numbers(on_both, ASKED) == ["某教督意〔2026〕2号"]


def test_the_latest_answer_holds(on_both: OpenRound) -> None:
    with ledger_of(on_both) as ledger:
        assert [filed(ledger, "S1", text) for text in ("甲", "乙")] == [1, 2]
        one = all_objections(ledger)[0]
        for outcome in (Outcome.REJECTED, Outcome.ACCEPTED):
            answer_objection(ledger, one, outcome, "复核", [], BY)
        first, second = all_objections(ledger)
    assert first.answer is not None and first.answer.outcome is Outcome.ACCEPTED
    assert second.answer is None


@pytest.mark.parametrize(
    "scheme", ["{year}", "{n}{n}", "第{m}号", "第{n号", "第n}号", "x" * 70 + "{n}"]
)
def test_a_scheme_that_tells_no_letters_apart_is_refused(scheme: str) -> None:
    with pytest.raises(ValueError, match="numbers"):
        Letters(numbers=scheme)


@pytest.mark.parametrize("scheme", ["", "{n}", "东教督意〔{year}〕{n}号", "{round}-{n}"])
def test_a_scheme_that_does_is_taken(scheme: str) -> None:
    assert Letters(numbers=scheme).numbers == scheme
