"""The electronic seal of documents (电子签章): a PDF carries a PAdES signature (ETSI EN 319 142) of the installation.

ECDSA and RSA are signed here; SM2 needs a library or an HSM that this release does not bring, and nothing else is
signed in its place.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Final

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from chengxin.crypto.certificates import FILE, read_pem
from chengxin.crypto.contracts import KeysMissing

FIELD: Final = "ChengxinSeal"
_ATTRIBUTES_BYTES: Final = 4096
# The library runs an event loop of its own, which must not meet one of the caller's thread.
_hands: Final = ThreadPoolExecutor(thread_name_prefix="seal")


def sign_pdf(pdf: bytes, *, folder: Path) -> bytes:
    """Return a PDF with the signature of this installation added to it; nothing of what it shows changes."""
    what = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True
    )
    room = _room(folder)
    signed = _hands.submit(
        signers.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)), what, signer=_signer(folder), bytes_reserved=room
    ).result()
    return bytes(signed.getvalue())


@lru_cache(maxsize=4)
def _room(folder: Path) -> int:
    """Return how many digits to leave for a signature with its certificates; not knowing, the library signs twice."""
    return 2 * (_ATTRIBUTES_BYTES + len(read_pem(folder)))


@lru_cache(maxsize=4)
def _signer(folder: Path) -> signers.SimpleSigner:
    content = read_pem(folder)
    try:
        key = load_private_key_from_pemder_data(content, passphrase=None)
        own, *others = load_certs_from_pemder_data(content)
    except ValueError as error:
        message = f"{folder / FILE} holds no private key with its certificate. Restore it from its backup."
        raise KeysMissing(message) from error
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([own, *others])
    return signers.SimpleSigner(signing_cert=own, signing_key=key, cert_registry=store)
