"""The key that seals documents, and its certificate: one PEM file in the key folder.

`keys.create_missing` makes one that vouches for itself; an agency puts there the one a licensed authority
issued to it.
"""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from chengxin.crypto.contracts import KeysMissing

FILE: Final = "document.pem"
_NAME: Final = "诚信公共信用信息平台"
_LASTS: Final = timedelta(days=3653)


def new_document_key() -> bytes:
    """Return a new key with a certificate that vouches for itself for ten years, as one PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return content + _certificate_of(key).public_bytes(Encoding.PEM)


def _certificate_of(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = x509.CertificateBuilder(
        issuer_name=who,
        subject_name=who,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now,
        not_valid_after=now + _LASTS,
    )
    made = made.add_extension(usage, critical=True)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return made.sign(key, hashes.SHA256())


def certificate(folder: Path) -> bytes:
    """Return the certificate that signed documents are checked with, as PEM."""
    found = x509.load_pem_x509_certificates(read_pem(folder))[0]
    return found.public_bytes(Encoding.PEM)


def read_pem(folder: Path) -> bytes:
    """Return the private key and its certificates, as one PEM."""
    path = folder / FILE
    if not path.is_file():
        raise KeysMissing(f"There is no {path}. Run ./chengxin keys create, or put the agency's certificate there.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeysMissing(f"{path} can be read by others than its owner. Set its mode to 0600.")
    return path.read_bytes()
