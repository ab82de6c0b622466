"""The electronic seal of documents (电子签章): a PDF carries a PAdES signature (ETSI EN 319 142) of the installation.

ECDSA and RSA are signed here; SM2 needs a library or an HSM that this release does not bring, and nothing else is
signed in its place.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec, SigningCertificateV2Provider
from pyhanko.sign.general import as_signing_certificate_v2
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
    signer = signers.SimpleSigner(signing_cert=own, signing_key=key, cert_registry=store)
    signer.signed_attr_prov_spec = _OnlyWhose(own)
    return signer


class _WhoseCertificate(SigningCertificateV2Provider):
    """Whose certificate is meant (ESS signing-certificate-v2), written once: it is the same in every signature.

    asn1crypto encodes a value that was built, and not read, anew at each look and for each level around it: two thirds
    of the time of a signature.
    """

    def __init__(self, own: Any) -> None:  # noqa: ANN401 - the library does not say what a certificate is
        super().__init__(own)
        built = as_signing_certificate_v2(own)
        self._read = partial(type(built).load, built.dump())

    async def build_attr_value(self, dry_run: bool = False) -> Any:  # noqa: ANN401, ARG002 - the library's own words
        """Return the value as one that was read."""
        return self._read()


class _OnlyWhose(SignedAttributeProviderSpec):
    """What a PAdES signature of ours covers besides the digest, which the library adds itself."""

    def __init__(self, own: Any) -> None:  # noqa: ANN401 - the library does not say what a certificate is
        self._whose = _WhoseCertificate(own)

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterable[CMSAttributeProvider]:  # noqa: ARG002
        """Return what is covered."""
        return [self._whose]
