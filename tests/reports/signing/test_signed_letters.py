"""Letters signed with the bureau's certificate: which are, what stays, and what stops them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader, PdfWriter
from typer.testing import CliRunner

from inspections.ledger.letters import all_letters
from inspections.ledger.of_round import ledger_of
from inspections.round.opened import OpenRound
from inspections.round.settings import read_settings, settings_text
from inspections.steps.opening import open_trusted
from reports.letter import drawing
from reports.signing.password import VARIABLE
from reports.steps.reporting import report_round
from reports.steps.running import run_round
from reports.steps.verifying import Verdict, verify_letter
from rubrics.messages import extras
from rubrics.messages.watching import Watcher
from scoring.__main__ import app
from tests.conftest import client
from tests.reports.numbered_round import FIRST_OPINION, LETTER, number, numbered, setting
from tests.reports.signing.certificates import (
    BUREAU,
    PASSWORD,
    certificate,
    pkcs12,
    private_key,
    written,
)


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)


def signing(folder: Path, **more: str) -> OpenRound:
    """A round whose letters are signed with ``督导室.p12`` beside it."""
    return numbered(folder / "春季", signing={"certificate": "../督导室.p12", **more})


def numbers(of: OpenRound) -> list[str]:
    with ledger_of(of) as ledger:
        return [one.number for one in all_letters(ledger)]


def codes(of: OpenRound, **how: object) -> list[str]:
    _, problems = report_round(of.folder.root, **how)  # type: ignore[arg-type]
    return [one.code for one in problems]


@pytest.mark.usefixtures("password")
def test_a_letter_is_signed_once_and_everybody_finds_it_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    file = of.folder.root / LETTER
    seen = subprocess.run(
        [client("pdfsig"), file], capture_output=True, check=False
    ).stdout.decode()
    assert "Signature is Valid" in seen and "Total document signed" in seen and BUREAU in seen
    with file.open("rb") as opened:
        [one] = PdfFileReader(opened).embedded_signatures
        own = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False)
        assert validate_pdf_signature(one, own).bottom_line
        assert one.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"  # PAdES
    found, problems = verify_letter(file, of.folder.root)
    assert found is not None and (found.verdict, problems) == (Verdict.GENUINE, [])
    [told] = found.signatures
    assert (told.by, told.issuer, told.valid, told.stamped) == (BUREAU, "", True, False)
    # What is done again needs no key, and leaves every byte.
    before = file.read_bytes()
    monkeypatch.delenv(VARIABLE)
    assert codes(of) == codes(of, only=["letters"]) == []
    run_round(of.folder.root)
    assert file.read_bytes() == before
    # Nor is it signed anew where all is drawn again.
    (of.folder.reports / "letters/.written").unlink()
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert [one for one in codes(of) if one != "letter-left-over"] == []


@pytest.mark.usefixtures("password")
def test_what_is_drawn_again_keeps_its_signature_and_a_new_certificate_signs_new_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    file = of.folder.root / LETTER
    before = file.read_bytes()
    monkeypatch.setattr(drawing, "boxes", lambda *_: {"囍"})  # told, and drawn each time
    assert codes(of, only=["letters"]) == []
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE, PASSWORD)
    written(tmp_path / "督导室.p12", name="新证书")
    assert codes(of, only=["letters"]) == [] and file.read_bytes() == before
    setting(of.folder.root, "day", "2026-04-21")
    run_round(of.folder.root)
    found, _ = verify_letter(file, of.folder.root)
    assert found is not None and [one.by for one in found.signatures] == ["新证书"]
    assert numbers(of) == [number(1), number(2)]


@pytest.mark.usefixtures("password")
def test_the_digest_holds_whether_signed_or_not_and_nothing_drawn_is_touched(
    tmp_path: Path,
) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    plain = numbered(tmp_path / "别处")
    signed_pdf, pdf = ((one.folder.root / LETTER).read_bytes() for one in (of, plain))
    assert signed_pdf.startswith(pdf) and len(signed_pdf) > len(pdf)
    said = [PdfReader(one.folder.root / LETTER).metadata for one in (of, plain)]
    assert said[0] == said[1] is not None
    assert plain.round.letters.signing is None
    found, _ = verify_letter(plain.folder.root / LETTER, plain.folder.root)
    assert found is not None and found.signatures == () and not found.to_be_signed


@pytest.mark.usefixtures("password")
def test_first_opinions_are_signed_and_drafts_are_not(tmp_path: Path) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path, password_file="")
    setting(of.folder.root, "first_day", "2026-04-10")
    run_round(of.folder.root)
    assert codes(of, stage="初步") == []
    found, _ = verify_letter(of.folder.root / FIRST_OPINION, of.folder.root)
    assert found is not None and found.verdict is Verdict.GENUINE
    assert [one.valid for one in found.signatures] == [True]
    setting(of.folder.root, "day", "2026-04-22")
    run_round(of.folder.root)
    setting(of.folder.root, "day", "2026-04-23")
    CliRunner().invoke(app, ["score", str(of.folder.root)])
    os.environ.pop(VARIABLE)  # a draft asks for nothing
    assert "letters-unsigned" not in codes(of, draft=True)
    assert b"/ByteRange" not in (of.folder.root / LETTER).read_bytes()


def change(data: bytes) -> bytes:
    at = data.index(b"stream") + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def resaved(data: bytes, folder: Path) -> bytes:
    (folder / "原.pdf").write_bytes(data)
    again = PdfWriter(clone_from=PdfReader(folder / "原.pdf"))
    again.write(folder / "另存.pdf")
    return (folder / "另存.pdf").read_bytes()


def added(data: bytes, folder: Path) -> bytes:
    path = folder / "添.pdf"
    path.write_bytes(data)
    with path.open("rb+") as file:
        adding = IncrementalPdfFileWriter(file)
        adding.root["/Lang"] = adding.root["/Lang"]
        adding.update_root()
        adding.write_in_place()
    return path.read_bytes()


@pytest.mark.usefixtures("password")
def test_whatever_follows_a_signature_is_altered(tmp_path: Path) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    file, data = tmp_path / "收到的.pdf", (of.folder.root / LETTER).read_bytes()
    for changed, reason in (
        (change(data), "改过"),
        (added(data, tmp_path), "添"),
        (data + b"\n%more", "添"),
        (resaved(data, tmp_path), "改过"),
    ):
        file.write_bytes(changed)
        found, problems = verify_letter(file, of.folder.root)
        assert found is not None and found.verdict is Verdict.ALTERED
        assert {one.code for one in problems} == {"letter-altered", "signature-broken"}
        [told] = found.signatures
        assert not told.valid and told.by == BUREAU and reason in told.reason
    done = CliRunner().invoke(app, ["verify", str(file), str(of.folder.root)])
    assert done.exit_code == 1 and "被改过" in done.output and BUREAU in done.output


@pytest.mark.usefixtures("password")
def test_a_signature_of_somebody_else_makes_nothing_genuine(tmp_path: Path) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    plain = (numbered(tmp_path / "别处").folder.root / LETTER).read_bytes()
    (tmp_path / "伪.pdf").write_bytes(plain)
    from reports.signing.key import Key
    from reports.signing.signing import signed
    from rubrics.messages.problems import Place

    false = signed(plain, Key(PASSWORD, pkcs12(certificate(name=BUREAU))), Place())[0]
    (tmp_path / "伪.pdf").write_bytes(false or b"")
    found, problems = verify_letter(tmp_path / "伪.pdf", of.folder.root)
    assert found is not None and found.verdict is Verdict.ALTERED
    assert [one.valid for one in found.signatures] == [True]
    assert [one.code for one in problems] == ["letter-altered"]


def broken(kind: str, path: Path) -> None:
    match kind:
        case "missing":
            return
        case "no-pkcs12":
            path.write_bytes(b"-----BEGIN CERTIFICATE-----\n")
        case "other-password":
            written(path, password="别的密码")
        case "expired":
            written(path, since=-30, until=-1)
        case "not-yet":
            written(path, since=1)
        case "for-encryption":
            written(path, signing=False)
        case "weak":
            path.write_bytes(pkcs12(certificate(bits=1024), bits=1024))
        case "without-key":
            secret = BestAvailableEncryption(PASSWORD.encode())
            alone = serialize_key_and_certificates(b"", None, None, [certificate()], secret)
            path.write_bytes(alone)
        case "cut-short":
            path.write_bytes(pkcs12(certificate())[:-200])


REFUSED = {
    "missing": "signing-file-missing",
    "no-pkcs12": "signing-file-kind",
    "cut-short": "signing-file-kind",
    "other-password": "signing-password-wrong",
    "expired": "signing-expired",
    "not-yet": "signing-expired",
    "for-encryption": "signing-unsuited",
    "weak": "signing-unsuited",
    "without-key": "signing-unsuited",
}


@pytest.mark.usefixtures("password")
def test_without_a_key_that_may_sign_nothing_is_written_and_no_number_is_used(
    tmp_path: Path,
) -> None:
    path = tmp_path / "督导室.p12"
    of = signing(tmp_path)
    for kind, code in REFUSED.items():
        path.unlink(missing_ok=True)
        broken(kind, path)
        assert codes(of, only=["letters"], word=True, together=True) == [code, "letters-unsigned"]
        left = {path.suffix for path in of.folder.reports.rglob("*") if path.is_file()}
        assert not left & {".pdf"} and numbers(of) == [], kind
    written(path)
    assert codes(of) == [] and numbers(of) == [number(1)]


@pytest.mark.usefixtures("password")
def test_an_older_letter_stays_where_the_newer_one_cannot_be_signed(tmp_path: Path) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    before = (of.folder.root / LETTER).read_bytes()
    broken("expired", tmp_path / "督导室.p12")
    setting(of.folder.root, "day", "2026-04-21")
    _, problems = run_round(of.folder.root)
    assert {"signing-expired", "letters-unsigned"} <= {one.code for one in problems}
    assert (of.folder.root / LETTER).read_bytes() == before and numbers(of) == [number(1)]
    done = CliRunner().invoke(app, ["report", str(of.folder.root)])
    assert done.exit_code == 1 and "有效期" in done.output


def test_the_password_comes_from_a_private_file_or_is_asked_for_and_never_from_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    written(tmp_path / "督导室.p12")
    file = tmp_path / "密码.txt"
    of = signing(tmp_path, password_file="../密码.txt")
    assert codes(of) == ["signing-password-file", "letters-unsigned"]
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    file.chmod(0o644)
    if os.name != "nt":
        assert codes(of) == ["signing-password-open", "letters-unsigned"]
    file.chmod(0o600)
    assert codes(of) == []
    text = (of.folder.root / "round.yaml").read_text("utf-8")
    assert PASSWORD not in text
    (of.folder.root / "round.yaml").write_text(
        text.replace(', password_file: "../密码.txt"', ""), "utf-8"
    )
    (of.folder.root / LETTER).unlink()
    CliRunner().invoke(app, ["score", str(of.folder.root)])
    assert codes(of) == ["signing-password-missing", "letters-unsigned"]
    asked: list[str] = []
    watcher = Watcher(secret=lambda what: asked.append(what) or PASSWORD)  # type: ignore[func-returns-value]
    assert codes(of, watcher=watcher) == []
    assert len(asked) == 1 and "督导室.p12" in asked[0]


def test_settings_refuse_a_password_and_a_signature_without_numbers(tmp_path: Path) -> None:
    of = numbered(tmp_path / "春季")
    path = of.folder.root / "round.yaml"
    text = path.read_text("utf-8")
    for said in ("{certificate: a.p12, password: b}", "{}", "{certificate: a.p12, module: b.so}"):
        path.write_text(text, "utf-8")
        setting(of.folder.root, "signing", said)
        opened, problems = open_trusted(of.folder.root, "")
        assert opened is None and [one.code for one in problems] == ["round-value"]
    setting(of.folder.root, "signing", "{certificate: a.p12}")
    held, _ = read_settings(path)
    assert held is not None
    path.write_text(settings_text(held), "utf-8")
    assert read_settings(path)[0] == held
    setting(of.folder.root, "numbers", '""')
    assert open_trusted(of.folder.root, "")[0] is None


@pytest.mark.usefixtures("password")
def test_without_the_library_it_is_said_and_nothing_goes_out_unsigned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "督导室.p12")
    of = signing(tmp_path)
    held = (of.folder.root / LETTER).read_bytes()
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    found, problems = verify_letter(of.folder.root / LETTER, of.folder.root)
    assert found is not None and found.verdict is Verdict.GENUINE
    assert [one.code for one in problems] == ["signature-unchecked"]
    (of.folder.root / LETTER).unlink()
    assert codes(of) == ["extra-missing", "letters-unsigned"]
    assert not (of.folder.root / LETTER).exists() and held


def test_a_token_signs_with_the_key_that_stays_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pkcs11
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )
    from pkcs11 import Attribute
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    tool = client("softhsm2-util")
    libraries = [*Path("/usr/lib").glob("**/libsofthsm2.so")]
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    made = ["--init-token", "--free", "--label", "督导室", "--pin", "123456", "--so-pin", "1234"]
    subprocess.run([tool, *made], check=True, capture_output=True)
    library = pkcs11.lib(str(libraries[0]))
    library.reinitialize()
    der = private_key(2048).private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    with library.get_token(token_label="督导室").open(rw=True, user_pin="123456") as session:
        key = decode_rsa_private_key(der)
        session.create_object(
            {**key, Attribute.ID: b"\1", Attribute.LABEL: "签名", Attribute.TOKEN: True}
        )
        held = decode_x509_certificate(certificate().public_bytes(Encoding.DER))
        session.create_object(
            {**held, Attribute.ID: b"\1", Attribute.LABEL: "签名", Attribute.TOKEN: True}
        )
        wrong = {Attribute.ID: b"\2", Attribute.LABEL: "配错的", Attribute.TOKEN: True}
        session.create_object({**decode_rsa_private_key(der), **wrong})
        session.create_object(
            {**decode_x509_certificate(certificate(bits=3072).public_bytes(Encoding.DER)), **wrong}
        )
    monkeypatch.setenv(VARIABLE, "999999")
    held = {"module": str(libraries[0]), "token": "督导室", "key": "签名"}
    of = numbered(tmp_path / "春季", signing=held)
    assert codes(of) == ["signing-password-wrong", "letters-unsigned"]
    monkeypatch.setenv(VARIABLE, "123456")
    for key, code in (("", "signing-token"), ("配错的", "signing-unsuited")):
        setting(of.folder.root, "signing", json.dumps(held | {"key": key}, ensure_ascii=False))
        CliRunner().invoke(app, ["score", str(of.folder.root)])
        assert codes(of) == [code, "letters-unsigned"]
    setting(of.folder.root, "signing", json.dumps(held, ensure_ascii=False))
    CliRunner().invoke(app, ["score", str(of.folder.root)])
    assert codes(of) == []
    found, _ = verify_letter(of.folder.root / LETTER, of.folder.root)
    assert found is not None and [(one.by, one.valid) for one in found.signatures] == [
        (BUREAU, True)
    ]
