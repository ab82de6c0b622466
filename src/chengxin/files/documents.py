"""What a paper may be that a person hands in: a PDF, or a picture as JPEG or PNG, known by its first bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

LARGEST_DOCUMENT: Final = 10 << 20
_LONGEST_MARK: Final = 8


@dataclass(frozen=True, kw_only=True)
class Document:
    """A format of papers: its media type and the ending of a file's name."""

    media: str
    ending: str


_BY_MARK: Final = {
    b"%PDF-": Document(media="application/pdf", ending="pdf"),
    b"\xff\xd8\xff": Document(media="image/jpeg", ending="jpg"),
    b"\x89PNG\r\n\x1a\n": Document(media="image/png", ending="png"),
}


def document_of(content: bytes) -> Document | None:
    """Return the format of a paper from its bytes, or None for any other."""
    return next((document for mark, document in _BY_MARK.items() if content.startswith(mark)), None)


def find_document(path: Path) -> Document | None:
    """Return the format of a file, or None when it is no paper or larger than 10 MB."""
    if path.stat().st_size > LARGEST_DOCUMENT:
        return None
    with path.open("rb") as file:
        return document_of(file.read(_LONGEST_MARK))
