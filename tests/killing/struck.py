"""A program that kills itself at a given moment: before the n-th thing that changes a disk.

Counted are files opened for writing, made, renamed and removed, folders made and removed, bytes
written and flushed, and statements and commits of the ledger. A write that is struck leaves half
of its bytes. Run as a program it takes orders, one JSON line each, and runs each in a process of
its own, or several at once, so that importing is paid for once.
"""

from __future__ import annotations

import contextlib
import json
import os
import pkgutil
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

_CHANGES = {
    "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink",
}  # fmt: skip


class Strike:
    """Counts moments, and ends the process at the one numbered ``at``; 0 only counts."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0

    def moment(self, before: Callable[[], object] = lambda: None) -> None:
        self.count += 1
        if self.count == self.at:
            before()
            os.kill(os.getpid(), signal.SIGKILL)

    def arm(self) -> None:
        """Watches everything from now on."""
        from sqlalchemy import Engine, event

        write, fsync = os.write, os.fsync

        def writing(number: int, data: Any) -> int:
            if number > 2:
                self.moment(lambda: write(number, bytes(data)[: len(data) // 2]))
            return write(number, data)

        def flushing(number: int) -> None:
            self.moment()
            fsync(number)

        def audited(name: str, arguments: tuple[Any, ...]) -> None:
            if name in _CHANGES or (name == "open" and _for_writing(arguments)):
                self.moment()

        os.write, os.fsync = writing, flushing  # type: ignore[assignment]
        sys.addaudithook(audited)
        for name in ("before_cursor_execute", "after_cursor_execute", "commit", "rollback"):
            event.listen(Engine, name, lambda *_: self.moment())


def _for_writing(arguments: tuple[Any, ...]) -> bool:
    name, _, flags = arguments
    if name == os.devnull or not isinstance(flags, int):
        return False
    return bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def run(order: dict[str, Any]) -> None:
    """Carries out an order in this process, and ends it."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number in (1, 2):
        os.dup2(log, number)
    os.chdir(order["cwd"])
    for setup in order.get("setup", ()):
        exec(setup, {})
    strike = Strike(order.get("at", 0))
    status = 70
    try:
        strike.arm()
        sys.argv = ["scoring", *order["command"]]
        from scoring.__main__ import main

        main()
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    with contextlib.suppress(PermissionError):
        Path(order["log"] + ".count").write_text(str(strike.count))
    os._exit(status)


def main() -> None:
    """Takes orders until there are no more."""
    import scoring.__main__
    from rubrics.apart import crew

    # Commands load what they need when they run; here it is there before the first of them.
    for room in ("rubrics", "inspections", "scoring", "reports"):
        for part in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
            import_module(part.name)
    # Reading in this process: what is killed here is the one that writes.
    apart = crew.answers
    crew.answers = lambda jobs, work, refused, workers, context: apart(
        jobs, work, refused, 0, context
    )
    assert scoring.__main__.main
    for line in sys.stdin:
        order = json.loads(line)
        if order.get("warm"):  # what the process learns, those that come after it know
            from typer.testing import CliRunner

            print(CliRunner().invoke(scoring.__main__.app, order["command"]).exit_code, flush=True)
            continue
        children = []
        for number, command in enumerate(order.get("at once", [order["command"]])):
            child = os.fork()
            if not child:
                run(order | {"command": command, "log": f"{order['log']}.{number}"})
            children.append(child)
        ends = (os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
        print(*ends, flush=True)


if __name__ == "__main__":
    main()
