"""Reads workbooks in processes of their own, so that no file can take the others with it.

A file can make the reader abort, not merely fail; then the files that shared its process are
read again, each alone, and only the guilty one is refused.
"""

from __future__ import annotations

import gc
import io
import multiprocessing
import re
import signal
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import FrameType
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, PasswordError

from inspections.workbook.expectations import Expectations
from inspections.workbook.reading import WorkbookRecord, read_workbook
from rubrics.problems import Place, problem

Job: TypeAlias = tuple[Path, str]
"""A file, and how problems name it."""

_CHUNK = 8
_MOST_BYTES = 1 << 30
"""Memory that reading may take; an honest workbook needs a tenth. Enforced on Linux."""

_MOST_SECONDS = 60

_COMPOUND = b"\xd0\xcf\x11\xe0"
_XLSX_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a locked .xlsx."""

_XLS_LOCKED = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""A stream (BOF) of which nothing can be read without a password (FILEPASS)."""

_ODS_MANIFEST = "META-INF/manifest.xml"


def read_files(
    jobs: Sequence[Job], expected: Expectations, workers: int, done: Callable[[int], None]
) -> list[WorkbookRecord]:
    """Returns what every file holds, in the order of ``jobs``; ``done`` is told how many at a time.

    ``workers`` 0 reads in this process. Codes: workbook-unreadable, those of ``read_workbook``.
    """
    if workers == 0:
        found = {}
        for job in jobs:
            found[job] = read_file(job, expected)
            done(1)
    else:
        found = dict(_read_apart(jobs, expected, workers, done))
    return [found[job] for job in jobs]


def read_file(job: Job, expected: Expectations) -> WorkbookRecord:
    """Returns what one file holds; whatever goes wrong with it becomes workbook-unreadable."""
    path, file = job
    data = b""
    try:
        data = path.read_bytes()
        return read_workbook(data, file, expected)
    except Exception as error:  # the boundary: one bad file never costs another
        return refused(file, _reason(error, data))


def refused(file: str, reason: str) -> WorkbookRecord:
    """Returns the record of a file that could not be read."""
    return WorkbookRecord(
        file, "", (), (problem("workbook-unreadable", Place(file), detail=reason),)
    )


def _reason(error: Exception, data: bytes) -> str:
    if _locked(data):
        return "有打开密码"
    match error:
        case PasswordError():
            return "有打开密码"
        case MemoryError():
            return "内容太大"
        case TimeoutError():
            return "读了一分钟还没有读完"
        case OSError():
            return f"读不到文件（{error.strerror or error}）"
        case CalamineError():
            return "文件已损坏，或不是真正的表格文件"
    return f"内容有误（{type(error).__name__}: {error}）"


def _locked(data: bytes) -> bool:
    """Whether a file that could not be read wants a password; the reader does not tell."""
    if data.startswith(_COMPOUND):
        return _XLSX_LOCKED in data or _XLS_LOCKED.search(data) is not None
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            return b"encryption-data" in parts.read(_ODS_MANIFEST)
    except (BadZipFile, KeyError, RuntimeError, zlib.error):
        return False


def _read_apart(
    jobs: Sequence[Job], expected: Expectations, workers: int, done: Callable[[int], None]
) -> Iterator[tuple[Job, WorkbookRecord]]:
    chunks = [jobs[start : start + _CHUNK] for start in range(0, len(jobs), _CHUNK)]
    again: list[Job] = []
    with _pool(expected, min(workers, len(chunks) or 1)) as pool:
        futures: dict[Future[list[WorkbookRecord]], Sequence[Job]] = {}
        for chunk in chunks:
            try:
                futures[pool.submit(_read_chunk, chunk)] = chunk
            except BrokenProcessPool:
                again += chunk
        for future in as_completed(futures):
            chunk = futures[future]
            try:
                yield from zip(chunk, future.result(), strict=True)
                done(len(chunk))
            except BrokenProcessPool:
                again += chunk
    for job in again:
        yield job, _read_alone(job, expected)
        done(1)


def _read_alone(job: Job, expected: Expectations) -> WorkbookRecord:
    with _pool(expected, 1) as pool:
        try:
            return pool.submit(_read_chunk, [job]).result()[0]
        except BrokenProcessPool:
            return refused(job[1], "内容异常，读取时程序退出")


def _pool(expected: Expectations, workers: int) -> ProcessPoolExecutor:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        # Imported once, in the server; every worker is then a cheap copy of it.
        context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(workers, context, _begin, (expected,))


_expected: Expectations | None = None


def _begin(expected: Expectations) -> None:
    global _expected
    _expected = expected
    gc.freeze()  # rubrics and modules live as long as the process
    if sys.platform == "linux":
        import resource

        # On top of what libraries have reserved, which on a large machine may be much more.
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + _MOST_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, _too_long)


def _too_long(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError


def _read_chunk(jobs: Sequence[Job]) -> list[WorkbookRecord]:
    assert _expected is not None
    found = []
    for job in jobs:
        if sys.platform != "win32":
            signal.alarm(_MOST_SECONDS)
        found.append(read_file(job, _expected))
    if sys.platform != "win32":
        signal.alarm(0)
    return found
