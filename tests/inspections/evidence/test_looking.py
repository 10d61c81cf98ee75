"""Looking through evidence/: what is used, what is refused, and what is never opened."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from inspections.evidence.file_names import flaw_of_name, shown
from inspections.evidence.looking import EvidenceFile, flaws, look
from reports.type.pictures import picture
from rubrics.messages.problems import Place
from tests.inspections.evidence.photographs import hundred_megapixels, photograph

MOMENT = datetime(2026, 3, 5, 9, 41, 7)


def seen(folder: Path) -> dict[str, str]:
    """Path -> flaw."""
    return {item.path: item.flaw for item in look(folder / "evidence")}


def only(folder: Path) -> EvidenceFile:
    (item,) = look(folder / "evidence")
    return item


def jpeg(size: tuple[int, int] = (64, 48), **saved: object) -> bytes:
    file = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(file, "JPEG", **saved)
    return file.getvalue()


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    assert look(tmp_path / "evidence") == []
    (tmp_path / "evidence").mkdir()
    assert look(tmp_path / "evidence") == []


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("jpg", "jpeg"), ("JPEG", "jpeg"), ("png", "png"), ("gif", "gif"), ("bmp", "bmp"),
        ("webp", "webp"), ("tif", "tiff"),
    ],
)  # fmt: skip
def test_a_picture_with_its_digest_and_size(tmp_path: Path, ending: str, kind: str) -> None:
    path = photograph(tmp_path / "evidence" / "S1" / f"a.{ending}", taken=MOMENT)
    item = only(tmp_path)
    assert (item.path, item.kind, item.flaw) == (f"evidence/S1/a.{ending}", kind, "")
    assert (item.width, item.height, item.size) == (64, 48, path.stat().st_size)
    assert item.digest == sha256(path.read_bytes()).hexdigest()
    assert item.taken == (MOMENT if kind in ("jpeg", "png") else None)


ZONES = [
    ({0x9011: "+08:00"}, 0), ({0x9011: "+09:00"}, -1), ({0x9011: "+00:00"}, 8), ({0x9011: "Z"}, 8),
    ({0x9011: "-05:00"}, 13), ({0x9010: "+07:00"}, 1), ({0x9011: "+08:00", 0x9010: "+00:00"}, 0),
    ({0x9012: "+00:00"}, 0), ({0x9011: "   :  "}, 0), ({0x9011: "+99:99"}, 0), ({0x9011: ""}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "hours"), ZONES)
def test_the_zone_of_the_camera_counts(tmp_path: Path, zone: dict[int, str], hours: int) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2026:03:05 09:41:07", **zone})
    put(tmp_path, "a.jpg", jpeg(exif=exif))
    assert only(tmp_path).taken == MOMENT + timedelta(hours=hours)


@pytest.mark.parametrize("stamp", ["0000:00:00 00:00:00", "2026:13:45 99:99:99", "今天", ""])
def test_a_clock_that_was_never_set_says_nothing(tmp_path: Path, stamp: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = stamp
    put(tmp_path, "a.jpg", jpeg(exif=exif))
    assert (only(tmp_path).taken, only(tmp_path).flaw) == (None, "")


@pytest.mark.parametrize(
    "block", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*" + b"\xff" * 900]
)
def test_camera_notes_of_nonsense_harm_nothing(tmp_path: Path, block: bytes) -> None:
    data = jpeg()
    put(
        tmp_path,
        "a.jpg",
        data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:],
    )
    assert (only(tmp_path).taken, only(tmp_path).flaw) == (None, "")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def with_thumbnail(data: bytes) -> bytes:
    """A picture that carries a small one, with an end mark of its own, before its data."""
    small = jpeg((16, 16))
    return data[:2] + b"\xff\xe2" + struct.pack(">H", len(small) + 2) + small + data[2:]


def flat(size: tuple[int, int], ending: str, mode: str = "RGB") -> bytes:
    file = BytesIO()
    Image.new(mode, size, "teal" if mode in ("RGB", "RGBA", "P") else 90).save(file, ending)
    return file.getvalue()


DAMAGED = {
    "一点.png": (flat((1, 1), "PNG"), "evidence-tiny"),
    "一点.gif": (flat((1, 1), "GIF"), "evidence-tiny"),
    "图标.jpg": (jpeg((31, 20)), "evidence-tiny"),
    "一色.jpg": (flat((640, 480), "JPEG"), "evidence-one-colour"),
    "一色.png": (flat((640, 480), "PNG"), "evidence-one-colour"),
    "一色.gif": (flat((640, 480), "GIF"), "evidence-one-colour"),
    "一色.bmp": (flat((640, 480), "BMP"), "evidence-one-colour"),
    "一色.webp": (flat((640, 480), "WEBP"), "evidence-one-colour"),
    "一色透明.png": (flat((640, 480), "PNG", "RGBA"), "evidence-one-colour"),
    "一色灰.jpg": (flat((640, 480), "JPEG", "L"), "evidence-one-colour"),
    "一色索引.png": (flat((640, 480), "PNG", "P"), "evidence-one-colour"),
    "一色深灰.png": (flat((640, 480), "PNG", "I;16"), "evidence-one-colour"),
    "空的.jpg": (b"", "evidence-empty"),
    "截断.jpg": (jpeg((400, 300))[:9000], "evidence-cut"),
    "带缩略图的截断.jpg": (with_thumbnail(jpeg((400, 300)))[:9000], "evidence-cut"),
    "只有开头.jpg": (b"\xff\xd8\xff", "evidence-cut"),
    "开头以后是字.jpg": (b"\xff\xd8\xff\xe0 not a picture at all", "evidence-cut"),
    "无限小段.jpg": (b"\xff\xd8" + b"\xff\xe0\0\2" * 60_000, "evidence-cut"),
    "截断.png": (png_bomb(10, 10)[:-12], "evidence-cut"),
    "炸弹.png": (png_bomb(60_000, 60_000), "evidence-huge"),
    "是文字.jpg": ("照片我忘了拍".encode(), "evidence-not-picture"),
    "是PDF.png": (b"%PDF-1.4 ...", "evidence-not-picture"),
    "是表格.jpg": (b"PK\x03\x04" + bytes(40), "evidence-not-picture"),
    "是网页.pdf": (b"<html>", "evidence-not-picture"),
    "程序.doc": (b"MZ\x90\0", "evidence-not-picture"),
    "苹果.HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "evidence-heic"),
    "苹果改名.jpg": (b"\0\0\0\x18ftypmif1\0\0\0\0", "evidence-heic"),
    "实况.livp": (b"PK\x03\x04" + bytes(40), "evidence-unshown"),
    "原片.CR3": (b"\0\0\0\x18ftypcrx " + bytes(40), "evidence-unshown"),
    "是文字.jfif": ("照片我忘了拍".encode(), "evidence-not-picture"),
    "坏.gif": (b"GIF89a", "evidence-cut"),
    "坏.bmp": (b"BM" + bytes(30), "evidence-cut"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_a_problem_with_a_remedy(tmp_path: Path, name: str) -> None:
    data, flaw = DAMAGED[name]
    put(tmp_path, f"S1/{name}", data)
    files = look(tmp_path / "evidence")
    assert [item.flaw for item in files] == [flaw]
    (problem,) = flaws(files)
    assert (problem.code, problem.place) == (flaw, Place(f"evidence/S1/{name}"))
    assert problem.message and problem.remedy


GOOD = {
    "尾部有录像.jpg": jpeg() + b"\0\0\0\x18ftypmp42" + bytes(100_000),
    "尾部有零.jpg": jpeg() + bytes(200),
    "其实是PNG.jpg": png_bomb(640, 480),
    "通知.pdf": b"%PDF-1.7\n",
    "通知.docx": b"PK\x03\x04" + bytes(60),
    "录音.m4a": b"\0\0\0\x18ftypM4A \0\0\0\0",
    "说明.txt": "说明".encode("gb18030"),
    "没有后缀": jpeg(),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_only_looks_odd_is_used(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"S1/{name}", GOOD[name])
    assert only(tmp_path).flaw == ""


def test_what_computers_leave_behind_is_passed_over(tmp_path: Path) -> None:
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "._IMG_1.jpg",
        "~$表.docx",
        "__MACOSX/a.jpg",
    ):
        put(tmp_path, name, b"x")
    assert seen(tmp_path) == {}


MUTATED = [jpeg((90, 70)), jpeg((90, 70), progressive=True), png_bomb(30, 20)]
for _kind in ("PNG", "GIF", "BMP", "WEBP", "TIFF"):
    _file = BytesIO()
    Image.effect_noise((40, 30), 60).save(_file, _kind)
    MUTATED.append(_file.getvalue())


@pytest.mark.parametrize("whole", MUTATED, ids=range(len(MUTATED)))
def test_no_broken_picture_breaks_the_look(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(len(whole))
    for number in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(min(len(data), 400))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        put(tmp_path, f"{number}.jpg", bytes(data))
    files = look(tmp_path / "evidence")
    assert len(files) == 150
    known = {"", "evidence-empty", "evidence-cut", "evidence-huge", "evidence-not-picture"}
    known |= {"evidence-heic", "evidence-tiny", "evidence-one-colour"}
    assert {item.flaw for item in files} <= known
    for item in files:
        if not item.flaw:
            made, problems = picture(tmp_path / item.path)
            assert (made is None) == bool(problems)


BAD_NAMES = {
    "CON": "是系统设备的名字",
    "nul.jpg": "是系统设备的名字",
    "aux.2026.jpg": "是系统设备的名字",
    "COM1.png": "是系统设备的名字",
    "lpt9 .png": "是系统设备的名字",
    "a\u202egpj.exe": "里有看不见的字符",
    "a\u200bb.jpg": "里有看不见的字符",
    "a\nb.jpg": "里有看不见的字符",
    "a\x1b[31m.jpg": "里有看不见的字符",
    "\ue000.jpg": "里有看不见的字符",
    "a" + "\u0316" * 9 + ".jpg": "里有叠加的符号",
    "..\\..\\x.jpg": '里有 \\ / : * ? " < > | 之类的符号',
    "C:x.jpg": '里有 \\ / : * ? " < > | 之类的符号',
    "a.jpg.": "以点或空格结尾",
    "a.jpg ": "以点或空格结尾",
    "长" * 70 + "x" * 45 + "y" * 6 + ".jpg": "超过 120 个字",
    "\udcff.jpg": "里有不能识别的字节",
}
FINE_NAMES = ["A3.jpg", "食堂 照片（1）.jpg", "IMG_0001.JPG", "é.png", "e\u0301.png", "console.jpg",
              "🍚.jpg", "𠮷野.jpg", "第3号.pdf", "=cmd.jpg", "-rf.jpg", "a..b.jpg"]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_are_refused(name: str) -> None:
    assert flaw_of_name(name) == BAD_NAMES[name]


@pytest.mark.parametrize("name", FINE_NAMES)
def test_names_that_are_used(name: str) -> None:
    assert flaw_of_name(name) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", [n for n in BAD_NAMES if len(os.fsencode(n)) < 256])
def test_a_refused_name_is_a_problem_that_can_be_printed(tmp_path: Path, name: str) -> None:
    path = os.fsencode(tmp_path / "evidence")
    os.mkdir(path)
    with open(os.path.join(path, os.fsencode(name)), "wb") as file:
        file.write(jpeg())
    (problem,) = flaws(look(tmp_path / "evidence"))
    assert problem.code == "evidence-name"
    told = f"{problem.place} {problem.message}"
    told.encode()  # no lone surrogate
    assert told.isprintable()


def test_an_unseen_mark_is_told_by_its_number_and_a_long_name_is_shortened() -> None:
    assert shown("a\u202eb\udcff") == "a〈202E〉b〈DCFF〉"
    assert len(shown("长" * 500)) < 100


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_refused_and_never_followed(tmp_path: Path) -> None:
    outside = photograph(tmp_path / "别处" / "secret.jpg")
    evidence = tmp_path / "evidence" / "S1"
    evidence.mkdir(parents=True)
    (evidence / "文件.jpg").symlink_to(outside)
    (evidence / "断的.jpg").symlink_to(tmp_path / "没有")
    (evidence / "文件夹").symlink_to(outside.parent)
    (evidence / "回头").symlink_to(tmp_path / "evidence")
    assert seen(tmp_path) == {
        f"evidence/S1/{name}": "evidence-link"
        for name in ("文件.jpg", "断的.jpg", "文件夹", "回头")
    }
    assert not any(item.digest for item in look(tmp_path / "evidence"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_the_folder_itself_may_be_no_link(tmp_path: Path) -> None:
    photograph(tmp_path / "别处" / "a.jpg")
    (tmp_path / "evidence").symlink_to(tmp_path / "别处")
    assert seen(tmp_path) == {"evidence": "evidence-link"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    os.mkfifo(tmp_path / "evidence" / "a.jpg")  # to open it would wait for ever
    assert seen(tmp_path) == {"evidence/a.jpg": "evidence-special"}


def test_folders_in_folders_end_somewhere(tmp_path: Path) -> None:
    photograph(tmp_path.joinpath("evidence", *["夹"] * 30, "a.jpg"))
    assert list(seen(tmp_path).values()) == ["evidence-name"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything is allowed")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    photograph(tmp_path / "evidence" / "a.jpg").chmod(0)
    assert seen(tmp_path) == {"evidence/a.jpg": "evidence-unreadable"}


def test_what_is_known_by_its_digest_is_not_looked_at_again(tmp_path: Path) -> None:
    photograph(tmp_path / "evidence" / "a.jpg")
    item = only(tmp_path)
    told = EvidenceFile(item.path, item.digest, item.size, "jpeg", 1, 2, MOMENT, likeness="-")
    (again,) = look(tmp_path / "evidence", {item.digest: told})
    assert again == told
    (tmp_path / "evidence" / "a.jpg").rename(tmp_path / "evidence" / "b.pdf")
    (moved,) = look(tmp_path / "evidence", {item.digest: told})
    assert (moved.path, moved.flaw) == ("evidence/b.pdf", "evidence-not-picture")
    photograph(tmp_path / "evidence" / "b.pdf.jpg")
    back = look(tmp_path / "evidence", {item.digest: moved})
    assert [item.flaw for item in back] == ["evidence-not-picture", ""]


MEASURED = """
import sys, tracemalloc
from pathlib import Path
from inspections.evidence.looking import look
def most():  # getrusage would begin with what the parent has taken
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])
before = most()
tracemalloc.start()
(item,) = look(Path(sys.argv[1]))
grown = most() - before
print(item.width, item.height, item.flaw, grown, tracemalloc.get_traced_memory()[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in kilobytes on Linux")
@pytest.mark.parametrize("spoil", [lambda data: data, lambda data: data[:-2] + b"\0\0"])
def test_a_hundred_megapixels_cost_no_memory(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    # The second has no end mark, so that it is decoded to see whether it is whole.
    put(tmp_path, "a.jpg", spoil(hundred_megapixels()))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, tmp_path / "evidence"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    width, height, *_, grown, traced = done.stdout.split()
    assert (width, height) == ("10000", "10000")
    assert int(grown) < 40_000, done.stdout
    assert int(traced) < 8_000_000, done.stdout
