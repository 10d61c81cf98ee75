"""Files that are not what their name says, and packages made to break whoever unpacks them."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from inspections.round.opened import OpenRound
from tests.inspections.hostile.case import SHEET, UNREADABLE, Case, Make, repacked, workbook, xml

_ROWS = "</sheetData>"
_BILLION = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in pairwise("abcdefghi"))
    + "]>"
)
_EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def _doctype(head: str, entity: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        body = text.partition("?>")[2].strip()
        return head + body.replace("灶台有油污", entity)

    return change


def _cells(of: OpenRound, path: Path) -> None:
    """20 million cells: 200 columns in 100,000 rows."""
    names = [(chr(65 + n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26) for n in range(200)]
    row = "".join(f'<c r="{name}ROW"><v>1</v></c>' for name in names)
    path = workbook(of, path)
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    head, tail = held[SHEET].decode().split(_ROWS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for name, data in held.items():
            if name != SHEET:
                parts.writestr(name, data)
        with parts.open(SHEET, "w", force_zip64=True) as part:
            part.write(head.encode())
            for start in range(100, 100_100, 1000):
                part.write(
                    "".join(
                        f'<row r="{n}">{row.replace("ROW", str(n))}</row>'
                        for n in range(start, start + 1000)
                    ).encode()
                )
            part.write((_ROWS + tail).encode())


def _string(of: OpenRound, path: Path) -> None:
    """One string of 1 GB, zipped to 1 MB."""
    path = workbook(of, path)
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    before, after = held[SHEET].split("灶台有油污".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in held.items():
            if name != SHEET:
                parts.writestr(name, data)
        with parts.open(SHEET, "w", force_zip64=True) as part:
            part.write(before)
            for _ in range(1024):
                part.write(b"A" * (1 << 20))
            part.write(after)


def _lying_size(of: OpenRound, path: Path) -> None:
    """The directory says 1,000 bytes of a part that unpacks to 300 MB."""
    path = workbook(of, path)
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(b" " * (300 << 20)) + bomb.flush()
    _raw(path, SHEET, packed, 1000)


def _raw(path: Path, target: str, packed: bytes, size: int) -> None:
    """Writes a package by hand in which one part is as given."""
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    body, directory = bytearray(), bytearray()
    for name, data in held.items():
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        content = packed if name == target else deflate.compress(data) + deflate.flush()
        length = size if name == target else len(data)
        fields = (20, 0, 8, 0, 33, zlib.crc32(data), len(content), length, len(name), 0)
        directory += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields[:5], *fields[5:8],
                                 len(name), 0, 0, 0, 0, 0, len(body)) + name.encode()  # fmt: skip
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name.encode() + content
    sizes = (len(held), len(held), len(directory), len(body), 0)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *sizes)
    path.write_bytes(bytes(body + directory + end))


def _zip64_lie(of: OpenRound, path: Path) -> None:
    """A zip64 field that speaks of 8 exabytes."""
    data = bytearray(workbook(of, path).read_bytes())
    at = data.rindex(b"PK\x01\x02")
    name, extra = struct.unpack_from("<HH", data, at + 28)
    struct.pack_into("<L", data, at + 24, 0xFFFFFFFF)
    struct.pack_into("<H", data, at + 30, extra + 12)
    field = struct.pack("<HHQ", 1, 8, 1 << 62)
    data[at + 46 + name : at + 46 + name] = field
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<L", data, end + 12, struct.unpack_from("<L", data, end + 12)[0] + 12)
    path.with_suffix(".xlsx").write_bytes(data)


def _local_name(of: OpenRound, path: Path) -> None:
    data = bytearray(workbook(of, path).read_bytes())
    at = data.index(SHEET.encode())  # the first is the local header's
    data[at : at + len(SHEET)] = SHEET.replace("sheet2", "sheet9").encode()
    path.with_suffix(".xlsx").write_bytes(data)


def _twice(of: OpenRound, path: Path) -> None:
    """Two visit sheets under one part name, with another entry in each."""
    path = workbook(of, path)
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read(SHEET).replace("灶台有油污".encode(), "没有问题".encode())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parts.writestr(SHEET, sheet)


def _part(name: str, data: bytes = b"x") -> Make:
    def make(of: OpenRound, path: Path) -> None:
        repacked(workbook(of, path), lambda _, old: old, {name: data})

    return make


def _many_parts(of: OpenRound, path: Path) -> None:
    repacked(workbook(of, path), lambda _, old: old, {f"xl/x{n}.xml": b"" for n in range(100_000)})


def _nested(of: OpenRound, path: Path) -> None:
    inner = workbook(of, path).read_bytes()
    with zipfile.ZipFile(path.with_suffix(".xlsx"), "w") as parts:
        parts.writestr("inner.xlsx", inner)


def _two_ends(of: OpenRound, path: Path) -> None:
    """Two packages one behind the other."""
    path = workbook(of, path)
    held = path.read_bytes()
    path.write_bytes(held + held)


def _behind(of: OpenRound, path: Path) -> None:
    path = workbook(of, path)
    path.write_bytes(b"MZ this program cannot be run" + path.read_bytes())


def _truncated(of: OpenRound, path: Path) -> None:
    path = workbook(of, path)
    path.write_bytes(path.read_bytes()[:-3000])


def _text(of: OpenRound, path: Path) -> None:
    path.with_suffix(".xlsx").write_text("学校,得分\n第一小学,100\n", encoding="gb18030")


def _html(of: OpenRound, path: Path) -> None:
    path.with_suffix(".xls").write_text("<html><table><tr><td>100</td></tr></table></html>")


def _bytes(ending: str, data: bytes) -> Make:
    def make(of: OpenRound, path: Path) -> None:
        path.with_suffix(ending).write_bytes(data)

    return make


def _edit(change: Callable[[str], str], part: str = SHEET) -> Make:
    def make(of: OpenRound, path: Path) -> None:
        xml(workbook(of, path), change, part)

    return make


def _random_flips(of: OpenRound, path: Path) -> None:
    """A file in which a disk has written zeros over a block in its middle."""
    path = workbook(of, path)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 512] = bytes(512)
    path.write_bytes(data)


def _encrypted_zip(of: OpenRound, path: Path) -> None:
    """The flag that says that a part is encrypted, in the directory."""
    data = bytearray(workbook(of, path).read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path.with_suffix(".xlsx").write_bytes(data)


def _far(cell: str) -> Callable[[str], str]:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return lambda text: text.replace(
        _ROWS, f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>{_ROWS}'
    )


def _merged(text: str) -> str:
    return text.replace("</mergeCells>", '<mergeCell ref="A1:XFD1048576"/></mergeCells>')


ROWS_100_000 = "".join(
    f'<row r="{n}"><c r="B{n}" t="inlineStr"><is><t>多余</t></is></c></row>'
    for n in range(200, 100_200)
)


def _long_name(of: OpenRound, path: Path) -> None:
    repacked(workbook(of, path), lambda _, old: old, {"x" * 60_000: b""})


def _unspelt_name(of: OpenRound, path: Path) -> None:
    """A part's name that says that it is UTF-8, and is not."""
    path = repacked(workbook(of, path), lambda _, old: old, {"xl/数.xml": b""})
    path.write_bytes(path.read_bytes().replace("数".encode(), b"\xa5\xff\xff"))


COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")

CASES = (
    Case("XFD1048576 处有一格", _edit(_far("XFD1048576")), UNREADABLE),
    Case("合并 A1:XFD1048576", _edit(_merged), None, True, says="并入 A1"),
    Case("1 GB 的一格文字，压缩成 1 MB", _string, UNREADABLE, says="太大"),
    Case("2000 万格", _cells, UNREADABLE, says="太大"),
    Case(
        "多出 10 万行",
        _edit(lambda text: text.replace(_ROWS, ROWS_100_000 + _ROWS)),
        [*(("entry-misplaced", f"B{n}") for n in range(200, 400)), ("problems-many", "")],
        counts=True,
    ),
    Case("实体炸弹", _edit(_doctype(_BILLION, "&i;")), UNREADABLE),
    Case("外部实体", _edit(_doctype(_EXTERNAL, "&e;")), UNREADABLE),
    Case("截断", _truncated, UNREADABLE),
    Case("中间 512 字节成了零", _random_flips, UNREADABLE),
    Case("文本改名 .xlsx", _text, UNREADABLE),
    Case("网页改名 .xls", _html, UNREADABLE),
    Case("空文件", _bytes(".xlsx", b""), UNREADABLE),
    Case("只有 PK 两个字节", _bytes(".xlsx", b"PK"), UNREADABLE),
    Case(
        "只有复合文档的头",
        _bytes(".xls", COMPOUND + bytes(600)),
        UNREADABLE,
    ),
    Case("空的压缩包", _bytes(".xlsx", b"PK\x05\x06" + bytes(18)), UNREADABLE),
    Case("压缩包里是另一个表格", _nested, UNREADABLE),
    Case("目录说 1000 字节，解开 300 MB", _lying_size, UNREADABLE),
    Case("zip64 说有 4 EB", _zip64_lie, UNREADABLE),
    Case("部件自己的头是另一个名字", _local_name, UNREADABLE),
    Case("部件标为加密", _encrypted_zip, UNREADABLE),
    Case("两个部件同名", _twice, UNREADABLE, says="同名"),
    Case("部件名 ../../etc/cron.d/x", _part("../../etc/cron.d/x"), UNREADABLE),
    Case("部件名是绝对路径", _part("/etc/passwd"), UNREADABLE),
    Case("部件名有反斜杠", _part("xl\\worksheets\\sheet2.xml"), UNREADABLE),
    Case("部件名的编码不对", _unspelt_name, UNREADABLE),
    Case("部件名 6 万字", _long_name, [("workbook-unread", "")], True),
    Case("10 万个部件", _many_parts, UNREADABLE, says="太多"),
    Case("两个压缩包接在一起", _two_ends, UNREADABLE),
    Case("压缩包前面有程序", _behind, UNREADABLE),
)
