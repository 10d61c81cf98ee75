"""How letters are signed: with which certificate, and where its password is. Never the password."""

from __future__ import annotations

from pydantic import model_validator

from rubrics.rules import StrictModel


class Signing(StrictModel):
    """``certificate``: a PKCS#12 file (.p12, .pfx); or ``module``: the PKCS#11 library of a token.

    ``token`` and ``key``: labels of the token and of the key in it, where there are several.
    ``password_file``: a file that nobody but its owner may read, with the password in its first
    line; without it the password is taken from the environment, or asked for. ``timestamp``: the
    address of a time-stamp server (RFC 3161). Paths count from the folder of the round.
    """

    certificate: str = ""
    module: str = ""
    token: str = ""
    key: str = ""
    password_file: str = ""
    timestamp: str = ""

    @model_validator(mode="after")
    def _one_key(self) -> Signing:
        if bool(self.certificate) == bool(self.module):
            raise ValueError("certificate（证书文件）和 module（令牌的程序库）写一个，也只写一个")
        if not self.module and (self.token or self.key):
            raise ValueError("token 和 key 只用于令牌，要同时写 module")
        if self.timestamp and not self.timestamp.startswith(("http://", "https://")):
            raise ValueError("timestamp 要写 http:// 或 https:// 开头的地址")
        return self
