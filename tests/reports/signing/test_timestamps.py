"""Signatures whose time a server confirms, and what happens where it does not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto.tsp import TimeStampReq
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper

from reports.signing.key import Key
from reports.signing.signatures import looked_at
from reports.signing.signing import is_signed, signed
from reports.type.archival import About
from reports.type.blocks import Paragraph
from reports.type.flow import typeset
from reports.type.fonts import open_fonts
from reports.type.paper import BODY
from rubrics.messages.problems import Place
from tests.reports.signing.certificates import PASSWORD, certificate, pkcs12, private_key


def of_a_server() -> x509.Certificate:
    of = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "时间戳")])
    key, now = private_key(2048), datetime.now(UTC)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return (
        x509.CertificateBuilder(of, of, key.public_key(), 7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=9))
        .add_extension(purpose, critical=True)
        .sign(key, hashes.SHA256())
    )


@pytest.fixture
def server() -> Iterator[str]:
    held = SimpleSigner.load_pkcs12_data(pkcs12(of_a_server()), [], PASSWORD.encode())
    stamper = DummyTimeStamper(held.signing_cert, held.signing_key)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            data = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def test_a_server_confirms_the_time_and_without_an_answer_nothing_is_signed(server: str) -> None:
    pdf = typeset([Paragraph("正文", BODY)], open_fonts(None)[0], About("题名"))
    held = pkcs12(certificate())
    made, problems = signed(pdf, Key(PASSWORD, held, timestamp=server), Place())
    assert made is not None and not problems and is_signed(made, pdf)
    [one] = looked_at(made)
    assert (one.stamped, one.valid) == (True, True)
    nobody = Key(PASSWORD, held, timestamp="http://127.0.0.1:1/")
    made, problems = signed(pdf, nobody, Place())
    assert made is None and [one.code for one in problems] == ["signing-failed"]
