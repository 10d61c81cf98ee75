"""A key of a PKCS#12 file, opened once: to check it anew costs more than a signature."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from pyhanko.sign.signers import SimpleSigner

_ROOM = 1024
"""Bytes that no signature is longer than."""


class OpenedKey(SimpleSigner):
    """Signs with a private key that stays open; SHA-256 is the only digest."""

    private: RSAPrivateKey | EllipticCurvePrivateKey

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Returns the signature of ``data``; as many bytes as it may take where it is not made."""
        if dry_run:
            return bytes(_ROOM)
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), SHA256())
        return self.private.sign(data, ECDSA(SHA256()))


def opened_key(pkcs12: bytes, secret: str) -> OpenedKey:
    """Returns what signs with the key of a PKCS#12 file, of a kind that ``unusable`` lets pass."""
    password = secret.encode() or None
    held = SimpleSigner.load_pkcs12_data(pkcs12, [], password)
    private = load_key_and_certificates(pkcs12, password)[0]
    assert isinstance(private, (RSAPrivateKey, EllipticCurvePrivateKey))
    made = OpenedKey(held.signing_cert, held.signing_key, held.cert_registry)
    made.private = private
    return made
