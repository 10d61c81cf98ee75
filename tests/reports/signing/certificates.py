"""Certificates made for a test: of an invented bureau, for an hour or a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

BUREAU = "示例县人民政府教育督导室"
PASSWORD = "密码 1 2"


@cache
def private_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def certificate(
    *, name: str = BUREAU, since: int = -1, until: int = 365, signing: bool = True, bits: int = 2048
) -> x509.Certificate:
    """Signed by itself; ``since`` and ``until``: days from now."""
    of = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    key, now = private_key(bits), datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=signing,
        content_commitment=signing,
        key_encipherment=not signing,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(of)
        .issuer_name(of)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=since))
        .not_valid_after(now + timedelta(days=until))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def pkcs12(of: x509.Certificate, *, password: str = PASSWORD, bits: int = 2048) -> bytes:
    secret = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return serialize_key_and_certificates(b"", private_key(bits), of, None, secret)


def written(path: Path, *, password: str = PASSWORD, **kind: object) -> Path:
    """A PKCS#12 file with a certificate of this kind."""
    path.write_bytes(pkcs12(certificate(**kind), password=password))  # type: ignore[arg-type]
    return path
