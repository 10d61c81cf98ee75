"""What can lie in a folder beside honest files: pipes, links, devices, names that are no text."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from inspections.round.opened import OpenRound
from tests.inspections.hostile.case import GUILTY, UNREADABLE, Case, Make, workbook

_SPARSE = 5 << 30


def _pipe(of: OpenRound, path: Path) -> None:
    os.mkfifo(path.with_suffix(".xlsx"))


def _socket(of: OpenRound, path: Path) -> None:
    here = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:
        # The path itself may be too long for a socket's address.
        made.bind(f"/proc/self/fd/{here}/{path.name}.xlsx")
    os.close(here)


def _device(of: OpenRound, path: Path) -> None:
    if os.geteuid() == 0:
        os.mknod(path.with_suffix(".xlsx"), stat.S_IFCHR | 0o666, os.makedev(1, 5))  # zeros
    else:
        os.mkfifo(path.with_suffix(".xlsx"))


def _link(target: Callable[[OpenRound, Path], Path]) -> Make:
    def make(of: OpenRound, path: Path) -> None:
        path.with_suffix(".xlsx").symlink_to(target(of, path))

    return make


def _elsewhere(of: OpenRound, path: Path) -> Path:
    return workbook(of, of.folder.root / "别处" / GUILTY)


def _folder(of: OpenRound, path: Path) -> None:
    (path.with_suffix(".xlsx")).mkdir()
    workbook(of, path.with_suffix(".xlsx") / GUILTY)


def _sparse(of: OpenRound, path: Path) -> None:
    with path.with_suffix(".xlsx").open("wb") as file:
        file.truncate(_SPARSE)


def _ninety(of: OpenRound, path: Path) -> None:
    path = workbook(of, path)
    with path.open("ab") as file:
        file.truncate(90 << 20)


def _named(name: str) -> Make:
    def make(of: OpenRound, path: Path) -> None:
        made = workbook(of, of.folder.root / "别处")
        os.rename(made, os.path.join(os.fsencode(path.parent), os.fsencode(name)))

    return make


def _clash(of: OpenRound, path: Path) -> None:
    workbook(of, path.with_name("a"))
    made = workbook(of, path.with_name("b"))
    made.rename(path.with_name("A.XLSX"))


def _deep(of: OpenRound, path: Path) -> None:
    """A workbook in 300 folders one in another."""
    home = path.parent
    for _ in range(300):
        home /= "一"
    home.mkdir(parents=True)
    workbook(of, home / GUILTY)


CASES = (
    Case("命名管道", _pipe, UNREADABLE, says="管道"),
    Case("套接字", _socket, UNREADABLE, says="管道"),
    Case("设备 /dev/zero", _device, UNREADABLE, says="设备"),
    Case("链接，指向别处的表", _link(_elsewhere), UNREADABLE, says="链接"),
    Case(
        "链接，指向 /dev/zero", _link(lambda of, path: Path("/dev/zero")), UNREADABLE, says="链接"
    ),
    Case(
        "链接，指向自己", _link(lambda of, path: path.with_suffix(".xlsx")), UNREADABLE, says="链接"
    ),
    Case("链接，指向不存在的文件", _link(lambda of, path: Path("没有")), UNREADABLE, says="链接"),
    Case("链接，指向整个硬盘", _link(lambda of, path: Path("/")), UNREADABLE, says="链接"),
    Case("名为 乙.xlsx 的文件夹", _folder, (), counts=True),
    Case("5 GB 的稀疏文件", _sparse, UNREADABLE, says="5120 MB"),
    Case("后面拖着 90 MB 的零", _ninety, UNREADABLE, says="90 MB"),
    Case("文件名不是 UTF-8", _named("\udcff\udcfe.xlsx"), (), counts=True),
    Case("文件名有换行和双向字符", _named("乙\n\u202exslx.exe\u2066.xlsx"), (), counts=True),
    Case("文件名 255 字节", _named("长" * 83 + "b.xlsx"), (), counts=True),
    Case("a.xlsx 和 A.XLSX", _clash, (), counts=True),
    Case("300 层文件夹", _deep, (), counts=True),
)
