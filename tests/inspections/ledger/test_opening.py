"""What is opened, what is refused, and what people with a database tool see."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, insert, select, text, update

from inspections.collecting.collecting import collect, collected
from inspections.collecting.decision_making import judge_item
from inspections.ledger.bodies.office import Version
from inspections.ledger.chain import By, Said, act, fact_digest
from inspections.ledger.decisions import Verdict
from inspections.ledger.erasing import erase_words
from inspections.ledger.guarding import guard, schema_of, unguard
from inspections.ledger.leaves import read_leaves
from inspections.ledger.of_round import ledger_of
from inspections.ledger.refusals import NewerLedgerError
from inspections.ledger.stopping import stopped
from inspections.ledger.tables import FORM, facts, forms
from inspections.ledger.views import VIEWS
from inspections.round.opened import OpenRound
from inspections.workbook.form.contents import RowEntry
from tests.inspections.small_round import SCHOOLS, spec, write

BY = By("某人", "复核过")


@pytest.fixture
def of(on_both: OpenRound) -> OpenRound:
    rows = {"A1.x": RowEntry("几处"), "A2": RowEntry("１"), "A2.reason": RowEntry("台账不全")}
    write(on_both, on_both.folder.returned / "表.xlsx", spec(rows=rows))
    collect(on_both, workers=0)
    judge_item(on_both, Verdict.CORRECT, "第一小学", "kitchen", "A1.x", BY, value="3")
    return on_both


def refused(of: OpenRound) -> NewerLedgerError:
    with pytest.raises(NewerLedgerError) as told:
        collected(of)
    return told.value


def count(of: OpenRound, connection: Connection) -> int:
    return len(connection.execute(select(facts)).all())


@pytest.mark.parametrize("newer", ["ledger", "form", "kind"])
def test_what_a_newer_program_wrote_is_refused_and_left_alone(of: OpenRound, newer: str) -> None:
    with ledger_of(of) as ledger:
        with ledger.execution_options(writing=True).begin() as connection:
            if newer == "ledger":
                connection.execute(insert(forms).values(form=FORM + 1))
            else:
                unguard(connection, facts.name)
                later: dict[str, object] = {"form": 99} if newer == "form" else {"kind": "vote"}
                made = connection.execute(select(facts).where(facts.c.kind == "decision"))
                row = {**made.mappings().one(), **later}
                head = (row["id"], row["act"], row["kind"], row["form"])
                leaves = read_leaves(row["leaves"])
                later["digest"] = fact_digest(head, row["salt"], row["body"], leaves)
                connection.execute(update(facts).where(facts.c.id == row["id"]).values(later))
                guard(connection)
            before = count(of, connection)
        error = refused(of)
        problem = stopped(error)
        assert problem is not None
        assert problem.code == "ledger-newer"
        with ledger.connect() as connection:
            assert count(of, connection) == before


def seen(of: OpenRound) -> dict[str, list[dict[str, object]]]:
    """All that the views show."""
    with ledger_of(of) as ledger, ledger.connect() as connection:
        schema = schema_of(ledger)
        if schema:
            connection.execute(text(f'SET search_path TO "{schema}"'))
        return {
            name: [
                dict(row)
                for row in connection.execute(text(f"SELECT * FROM {name}")).mappings().all()
            ]
            for name in VIEWS
        }


def test_views_say_what_the_facts_say(of: OpenRound) -> None:
    shown = seen(of)
    (file,), (record,) = shown["files"], shown["records"]
    assert file["name"] == "returned/表.xlsx"
    assert (record["file"], record["school"], record["day"]) == (
        file["id"], SCHOOLS[0].id, "2026-03-05",
    )  # fmt: skip
    entries = {(row["owner"], row["slot"]): row["value"] for row in shown["entries"]}
    assert entries["A3", "1"] == "130"
    assert entries["A2", ""] == "1"
    assert entries["A2", "reason"] is None  # it is a word
    words = {row["address"]: row["text"] for row in shown["words"]}
    assert "台账不全" in words.values()
    assert words["inspector/0"] == "D01"
    assert {row["code"] for row in shown["problems"]} >= {"entry-not-understood"}
    assert all(row["file"] == file["id"] and row["text"] for row in shown["problems"])
    (made,) = shown["decisions"]
    assert (made["number"], made["verdict"], made["who"]) == (1, "correct", "某人")
    assert '"value":"3"' in str(made["about"])


def test_views_show_nothing_of_what_was_erased(of: OpenRound) -> None:
    (of.folder.returned / "表.xlsx").unlink()
    collect(of, workers=0)
    with ledger_of(of) as ledger:
        assert erase_words(ledger, ["灶台", "台账不全"], BY).count
    shown = seen(of)
    assert {name for name in VIEWS if shown[name]} >= {"files", "words"}
    for word in ("灶台", "台账不全"):
        assert word not in repr(shown)
    with ledger_of(of) as ledger:
        assert erase_words(ledger, ["第一小学", SCHOOLS[0].id], BY).count
    shown = seen(of)
    for word in ("灶台", "台账不全", "第一小学", SCHOOLS[0].id):
        assert word not in repr(shown)


def test_texts_that_no_database_takes_are_kept_in_another_form(of: OpenRound) -> None:
    with ledger_of(of) as ledger:
        with act(ledger, "publish", BY) as doing:
            odd = Version("a\0b", "\ud800", "", "\\u0000")
            doing.add("settings", [Said(odd, [("0", "c\0\udfff")])])
        with ledger.connect() as connection:
            last = select(facts).order_by(facts.c.id.desc()).limit(1)
            row = connection.execute(last).one()
    assert "a␀b" in row.body
    assert "c␀" in row.leaves
