"""Pictures made to do harm are looked at in a process of its own: each costs only itself."""

from __future__ import annotations

import os
import signal
import struct
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from inspections.evidence import looking
from inspections.evidence.appearance import Appearance
from inspections.evidence.headers import Header
from inspections.evidence.looking import flaws, look
from rubrics.apart import limits
from tests.inspections.evidence.photographs import photograph


def entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack("<HHII", tag, kind, count, value)


def tiff(*entries: bytes) -> bytes:
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + b"".join(entries) + bytes(4)


MALFORMED = {
    "四十亿条.tif": tiff(entry(0x0100, 4, 0xFFFFFFFF, 8)),
    "自己套自己.tif": tiff(entry(0x8769, 4, 1, 8), entry(0x014A, 4, 1, 8)),
    "很大一条.tif": tiff(
        entry(0x0100, 4, 1, 4000), entry(0x0101, 4, 1, 4000), entry(0x0111, 4, 1, 8),
        entry(0x0116, 4, 1, 4000), entry(0x0117, 4, 1, 0xFFFFFFF0), entry(0x0106, 3, 1, 2),
        entry(0x0102, 3, 1, 8), entry(0x0115, 3, 1, 1),
    ),
    "坏.webp": b"RIFF" + b"\xf0\xff\xff\xff" + b"WEBPVP8L" + b"\0\xff\xff\xff",
    "大帧.webp": b"RIFF" + b"d\0\0\0" + b"WEBPVP8X" + b"\n\0\0\0" + b"\x10\0\0\0"
    + b"\xff" * 6 + bytes(64),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_picture_costs_no_other(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evidence" / name
    path.parent.mkdir()
    path.write_bytes(MALFORMED[name])
    photograph(tmp_path / "evidence" / "好.jpg")
    found = {item.name: item for item in look(tmp_path / "evidence")}
    assert found["好.jpg"].flaw == ""
    assert found[name].digest


def never(file: BinaryIO, kind: str, header: Header) -> Appearance:
    if header.width == 70:
        time.sleep(600)
    return Appearance()


def dying(file: BinaryIO, kind: str, header: Header) -> Appearance:
    if header.width == 70:
        os.kill(os.getpid(), signal.SIGKILL)
    return Appearance()


def greedy(file: BinaryIO, kind: str, header: Header) -> Appearance:
    return Appearance("", "x" * (header.width == 70) * (2 << 30))


@pytest.mark.parametrize(
    ("work", "reason"),
    [(never, limits.LATE), (dying, limits.DIED), (greedy, limits.TOO_MUCH)],
)
def test_a_picture_that_hangs_or_kills_its_reader_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: object, reason: str
) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 1.5)
    monkeypatch.setattr(looking, "appearance", work)
    for number in range(8):
        photograph(tmp_path / "evidence" / f"{number}.jpg", number)
    photograph(tmp_path / "evidence" / "坏.jpg", size=(70, 48))
    counted: list[tuple[int, int]] = []
    files = look(tmp_path / "evidence", progress=lambda done, due: counted.append((done, due)))
    assert [item.name for item in files if item.flaw] == ["坏.jpg"]
    (problem,) = flaws(files)
    assert problem.code == "evidence-unreadable"
    assert reason in problem.message
    assert counted == [(number, 9) for number in range(1, 10)]
