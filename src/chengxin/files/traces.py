"""Take out of a picture what a camera wrote beside it, and leave its pixels bit for bit as they were sent.

A JPEG is a row of segments, a PNG a row of chunks; those that hold pixels and how to read them are copied, all others
(place, time, device, words, previews, profiles) are left out, and so is what is appended behind the end. Which way is
up is part of what is seen, so that number is written anew (ISO/IEC 10918-1 annex B, PNG 3rd ed. §11, Exif 2.32).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from PIL import Image

_JPEG: Final = b"\xff\xd8"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ORIENTATION: Final = 0x0112
# APP0 says how wide a pixel is, APP14 how colours are written; all other APPn, and comments, are about the picture.
_KEPT_APPS: Final = {0xE0, 0xEE}
_LEFT_OUT: Final = {*range(0xE0, 0xF0), 0xFE} - _KEPT_APPS
_SCAN, _END = 0xDA, 0xD9
_BARE_MARKERS: Final = {0x01, *range(0xD0, 0xD8)}
_KEPT_CHUNKS: Final = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}


def bare_of(content: bytes) -> bytes:
    """Return a JPEG or PNG without its traces, its pixels untouched; anything else as it is.

    What only begins like a picture, and holds none, is returned as it is: nobody's reader shows it as one.
    """
    if content.startswith(_PNG):
        return _png(content)
    return _jpeg(content) if content.startswith(_JPEG) else content


def _jpeg(content: bytes) -> bytes:
    parts = list(_segments(content))
    if not any(marker == _SCAN for marker, _ in parts):
        return content
    kept = [_without_preview(part) if marker == 0xE0 else part for marker, part in parts if marker not in _LEFT_OUT]
    return _JPEG + _upright_segment(content) + b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment to the end of the picture; a scan goes with what it codes."""
    place = len(_JPEG)
    while place + 2 <= len(content):
        marker = content[place + 1]
        if content[place] != 0xFF or marker in {0x00, 0xFF}:  # Fill or stray bytes, which readers pass over too.
            place += 1
            continue
        end = place + 2
        if marker not in _BARE_MARKERS and marker != _END:
            end += int.from_bytes(content[end : end + 2], "big")
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        if end <= place + 1 or end > len(content):
            return
        yield marker, content[place:end]
        if marker == _END:
            return
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while (place := content.find(b"\xff", place)) >= 0:
        following = content[place + 1] if place + 1 < len(content) else _END
        if following != 0 and following not in _BARE_MARKERS:
            return place
        place += 2
    return len(content)


def _without_preview(segment: bytes) -> bytes:
    """Return APP0 without the small picture it may hold; what is no JFIF header is left out."""
    if segment[4:9] != b"JFIF\0" or len(segment) < 18:
        return b""
    return segment[:2] + (16).to_bytes(2, "big") + segment[4:16] + b"\0\0"


def _png(content: bytes) -> bytes:
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR":
        return content
    kept = [chunk for name, chunk in chunks if name in _KEPT_CHUNKS]
    turned = _orientation(content)
    upright = [] if turned == 1 else [_chunk(b"eXIf", _exif(turned))]
    return _PNG + b"".join([kept[0], *upright, *kept[1:]])


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes of each chunk to the end of the picture."""
    place = len(_PNG)
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        name = content[place + 4 : place + 8]
        if end > len(content):
            return
        yield name, content[place:end]
        if name == b"IEND":
            return
        place = end


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _upright_segment(content: bytes) -> bytes:
    turned = _orientation(content)
    if turned == 1:
        return b""
    body = b"Exif\0\0" + _exif(turned)
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _exif(turned: int) -> bytes:
    """Return an Exif block that holds one number: which way is up."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)


def _orientation(content: bytes) -> int:
    """Return how a picture is turned (1 to 8), 1 where it does not say."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as read:
            turned = read.getexif().get(_ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return 1
    return turned if turned in range(1, 9) else 1
