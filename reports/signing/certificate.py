"""Whether a certificate can sign letters now: its key, its term, what it is meant for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from inspections.round.signing import Signing
from reports.signing.key import Key
from reports.signing.trial import tried
from rubrics.messages.problems import Place, Problem, problem
from rubrics.messages.system_errors import in_chinese

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LARGEST: Final = 1 << 20
"""Bytes of a PKCS#12 file that is read; honest ones have a few thousand."""

_SHORTEST_RSA = 2048


def from_file(
    signing: Signing, folder: Path, password: Callable[[], tuple[str, list[Problem]]]
) -> tuple[Key | None, list[Problem]]:
    """Returns the key of the PKCS#12 file that ``signing`` names, from ``folder``.

    ``password``: is asked where the file has one. Codes: those of ``password``,
    signing-file-missing, signing-file-kind, signing-password-wrong, and those of ``unusable``.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    path = folder / Path(signing.certificate).expanduser()
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        return None, [problem("signing-file-missing", place, detail=in_chinese(error))]
    if len(data) > LARGEST or not _is_pkcs12(data):
        return None, [problem("signing-file-kind", place)]
    secret = ""
    try:
        try:
            private, certificate, _ = load_key_and_certificates(data, None)
        except ValueError:
            secret, problems = password()
            if problems:
                return None, problems
            private, certificate, _ = load_key_and_certificates(data, secret.encode())
    except ValueError:
        return None, [problem("signing-password-wrong", place)]
    except UnsupportedAlgorithm:
        return None, [problem("signing-unsuited", place, reason=_ALGORITHM)]
    if private is None or certificate is None:
        return None, [problem("signing-unsuited", place, reason="文件里没有私钥，只有证书")]
    if problems := unusable(certificate, place):
        return None, problems
    key = Key(secret, data, timestamp=signing.timestamp)
    problems = tried(key, place)
    return (None if problems else key), problems


_ALGORITHM = "密钥的算法（如国密 SM2）本程序不能用，可以用 RSA 2048 位以上、ECDSA 的"


def unusable(certificate: Certificate, place: Place) -> list[Problem]:
    """Returns why a certificate may not sign now. Codes: signing-expired, signing-unsuited."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not since <= datetime.now(UTC) <= until:
        term = {
            "since": f"{since.astimezone():%Y-%m-%d}",
            "until": f"{until.astimezone():%Y-%m-%d}",
        }
        return [problem("signing-expired", place, **term)]
    try:
        public = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return [problem("signing-unsuited", place, reason=_ALGORITHM)]
    weak = isinstance(public, RSAPublicKey) and public.key_size < _SHORTEST_RSA
    if weak or not isinstance(public, (RSAPublicKey, EllipticCurvePublicKey)):
        return [problem("signing-unsuited", place, reason=_ALGORITHM)]
    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return []
    if usage.digital_signature or usage.content_commitment:
        return []
    reason = "证书的用途不包括数字签名（多半是加密用的那一张）"
    return [problem("signing-unsuited", place, reason=reason)]


def _is_pkcs12(data: bytes) -> bool:
    from asn1crypto.pkcs12 import Pfx

    try:
        held = Pfx.load(data, strict=True)
        return bool(held["version"].native == "v3" and held["auth_safe"]["content_type"].native)
    except (ValueError, TypeError, KeyError):
        return False
