"""Whoever reads a shared ledger sees it as it was at one moment, or is told that it is gone."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from inspections.ledger.chain import By
from inspections.ledger.decisions import all_decisions
from inspections.ledger.objections import Outcome, all_objections, answer_objection, file_objection
from inspections.ledger.of_round import ledger_of
from inspections.ledger.opening import shared_url
from inspections.ledger.stopping import stopped
from inspections.ledger.verifying import verify
from inspections.round.opened import OpenRound
from tests.inspections.small_round import small_round

BY = By("某人", "补记")
FIRST_STATEMENTS = 8


@pytest.fixture
def of(tmp_path: Path, postgresql: str) -> OpenRound:
    made = small_round(tmp_path, id="2026春" + uuid.uuid4().hex)
    object.__setattr__(made, "shared", shared_url(postgresql))
    return made


def _file(ledger: Engine, text: str) -> None:
    file_objection(
        ledger, "21068101", "kitchen", text, (), BY, letter=0, received="2026-04-21", since=""
    )
    answer_objection(ledger, all_objections(ledger)[-1], Outcome.REJECTED, "照片可见", (), BY)


@contextmanager
def _after(ledger: Engine, statement: int, work: Callable[[Any], None]) -> Iterator[None]:
    """Does something once, when so many statements have run on a ledger."""
    ran = itertools.count()

    def ran_one(connection: Any, *_: object) -> None:
        if next(ran) == statement:
            work(connection)

    event.listen(ledger, "after_cursor_execute", ran_one)
    try:
        yield
    finally:
        event.remove(ledger, "after_cursor_execute", ran_one)


@pytest.mark.parametrize("read", [verify, all_objections, all_decisions])
def test_facts_never_come_without_their_act(of: OpenRound, read: Callable[[Engine], Any]) -> None:
    with ledger_of(of) as ledger, ledger_of(of) as other:
        _file(other, "第一条")
        met = set()
        for statement in range(FIRST_STATEMENTS):

            def add(_: object, at: int = statement) -> None:
                met.add(at)
                _file(other, f"在第{at}句之后")

            with _after(ledger, statement, add):
                found = read(ledger)
            if read is verify:
                assert found.broken is None
        assert len(met) > 2


def test_a_server_that_goes_is_no_broken_ledger(of: OpenRound, postgresql: str) -> None:
    url = shared_url(postgresql)
    assert url is not None
    server = create_engine(url, isolation_level="AUTOCOMMIT")

    def cut(connection: Any) -> None:
        pid = connection.connection.dbapi_connection.info.backend_pid
        with server.connect() as killing:
            killing.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    with ledger_of(of) as ledger:
        _file(ledger, "第一条")
        told = 0
        for statement in itertools.count():
            try:
                with _after(ledger, statement, cut):
                    assert verify(ledger).broken is None
                break
            except DBAPIError as error:
                problem = stopped(error)
                assert problem is not None
                assert problem.code == "ledger-unreachable"
                told += 1
        assert told > 3
    server.dispose()
