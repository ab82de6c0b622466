"""May a credential be issued, and is the key of the holder one we can bind it to?"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any, Final

from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

_KINDS: Final = {("OKP", "Ed25519"): ("crv", "kty", "x"), ("EC", "P-256"): ("crv", "kty", "x", "y")}
_LONGEST: Final = 1000

BAD_KEY: Final = Refusal(
    code="CRED-KEY",
    what="这不是能用的公钥。",
    why="凭证要绑定您手机钱包里的一把钥匙，别人拿到凭证也用不了。",
    next_step="请在钱包里复制公钥（JWK，P-256 或者 Ed25519），不要复制私钥。",
    field="key",
)


@cites("PIPL/45", "D/presentation-caps")
def why_not_issue(
    chosen: Collection[str], *, holding: Collection[str], key: Mapping[str, Any] | None
) -> Refusal | None:
    """Return why a credential cannot be issued, or None; `holding` are the claims that hold now."""
    if not chosen:
        return Refusal(code="CRED-NOTHING", what="请至少选一项。", field="claims")
    if set(chosen) - set(holding):
        return Refusal(
            code="CRED-NOT-TRUE",
            what="这一项现在不能证明，不能写进凭证。",
            why="平台只证明此刻成立的内容。",
            field="claims",
        )
    return BAD_KEY if key is None else None


def read_key(text: str) -> dict[str, str] | None:
    """Return a public key as its members and nothing else, or None; a private key is never taken."""
    try:
        given = json.loads(text) if len(text) <= _LONGEST else None
    except ValueError:
        return None
    if not isinstance(given, dict) or "d" in given:
        return None
    members = _KINDS.get((str(given.get("kty")), str(given.get("crv"))), ())
    key = {name: str(given.get(name, "")) for name in members}
    return key if key and all(_is_number(key[name]) for name in members if name in {"x", "y"}) else None


def thumbprint(key: Mapping[str, str]) -> str:
    """Return the name of a key (RFC 7638), by which its holder recognises it."""
    told = json.dumps(dict(sorted(key.items())), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(told).digest()).rstrip(b"=").decode()


def _is_number(text: str) -> bool:
    try:
        return len(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False
