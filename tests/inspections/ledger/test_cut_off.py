"""Two computers collect into one ledger at once while the server cuts their connections."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

from sqlalchemy import create_engine, text

from inspections.collecting.collecting import collect
from inspections.ledger.of_round import ledger_of, open_round
from inspections.ledger.opening import shared_url
from inspections.ledger.sheets import all_files
from inspections.ledger.verifying import verify
from inspections.workbook.form.contents import RowEntry
from tests.inspections.small_round import INSPECTORS, spec, write
from tests.inspections.started_round import started

SHEETS = 4
CUTS = 3
_CUT = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND application_name = :name"""


def _collecting(root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scoring", "collect", str(root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_nothing_is_lost_or_comes_twice(tmp_path: Path, postgresql: str) -> None:
    name = "cut" + uuid.uuid4().hex
    mark = "&" if "?" in postgresql else "?"
    a, b = tmp_path / "A", tmp_path / "B"
    of = started(a, id=name, ledger=f"{postgresql}{mark}application_name={name}")
    shutil.copytree(a, b)
    people = (INSPECTORS * SHEETS)[: 2 * SHEETS]
    for number, inspector in enumerate(people):
        root = (a, b)[number % 2]
        sheet = spec(rows={"A1.x": RowEntry(number)}, inspector=inspector)
        write(of, root / "returned" / f"{number:02}.xlsx", sheet)
    url = shared_url(postgresql)
    assert url is not None
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    cut = 0
    for _ in range(CUTS):
        both = [_collecting(root) for root in (a, b)]
        until = time.monotonic() + 20
        while any(one.poll() is None for one in both) and time.monotonic() < until:
            with server.connect() as connection:
                cut += len(connection.execute(text(_CUT), {"name": name}).all())
            time.sleep(0.3)
        for one in both:
            told = one.communicate(timeout=120)[0].decode("utf-8", "replace")
            assert "Traceback" not in told
        if cut >= CUTS:
            break
    assert cut
    server.dispose()
    for root in (a, b, a):
        opened, problems = open_round(root)
        assert opened is not None, problems
        collect(opened, workers=0)
    opened, problems = open_round(b)
    assert opened is not None, problems
    found = collect(opened, workers=0)
    assert len({one.digest for one in found.filled}) == 2 * SHEETS
    assert found.problems == collect(opened, workers=0).problems
    with ledger_of(opened) as ledger:
        assert verify(ledger).broken is None
        with ledger.connect() as connection:
            named = list(all_files(connection).values())
    assert len(named) == len(set(named)) == 2 * SHEETS
