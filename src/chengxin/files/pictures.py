"""Pictures that people hand in: what a camera wrote into them goes, and what nobody chose to show is covered."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from chengxin.files.documents import document_of
from chengxin.kernel.refusal import Refusal, Refused

MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 2400
COLUMNS: Final = 4
MOST_ROWS: Final = 24
MOST_CELLS: Final = COLUMNS * MOST_ROWS
_QUALITY: Final = 88
_COVER: Final = (112, 118, 128)
_WRITTEN: Final = re.compile(r"(\d{1,2})x(\d{1,2}):(\d+(?:,\d+)*)")
_ALL: Final = "all"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What of a picture may be seen (露出的部分): cells of a grid, from 0 at the top left, row by row; or all of it."""

    columns: int = 0
    rows: int = 0
    cells: frozenset[int] = frozenset()
    is_whole: bool = False

    def __str__(self) -> str:
        """Return it as it is kept: `all`, `4x9:5,6`, or nothing."""
        if self.is_whole:
            return _ALL
        return f"{self.columns}x{self.rows}:{','.join(map(str, sorted(self.cells)))}" if self.cells else ""


def read_shown(written: str) -> Shown:
    """Return what was kept as text; whatever is not understood shows nothing."""
    if written == _ALL:
        return Shown(is_whole=True)
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return Shown()
    columns, rows = int(found[1]), int(found[2])
    cells = frozenset(cell for cell in map(int, found[3].split(",")) if cell < columns * rows)
    return Shown(columns=columns, rows=rows, cells=cells)


def is_picture(content: bytes) -> bool:
    """Tell whether bytes are a JPEG or PNG by their first ones."""
    document = document_of(content)
    return document is not None and document.media.startswith("image/")


def without_traces(content: bytes) -> bytes:
    """Return a picture as its pixels alone, upright: no place, time, device, words, preview or hidden layer.

    Raises `Refused` (F-PICTURE) when it cannot be read or has more than 40 million pixels.
    """
    return _written(_plain(content), like=content)


def grid_of(content: bytes) -> tuple[int, int]:
    """Return the columns and rows of the grid laid over a picture, in cells about as high as wide."""
    width, height = _plain(content).size
    return COLUMNS, min(max(round(COLUMNS * height / width), 2), MOST_ROWS)


def covered(content: bytes, shown: Shown) -> bytes:
    """Return a picture in which every cell that is not shown is one flat colour: nothing below it can be brought back.

    Errors: `Refused` (F-PICTURE) as `without_traces`.
    """
    picture = _plain(content)
    if shown.is_whole:
        return _written(picture, like=content)
    width, height = picture.size
    seen = Image.new("RGB", picture.size, _COVER)
    for cell in shown.cells:
        row, column = divmod(cell, shown.columns)
        left, right = (width * place // shown.columns for place in (column, column + 1))
        top, bottom = (height * place // shown.rows for place in (row, row + 1))
        seen.paste(picture.crop((left, top, right, bottom)), (left, top))
    return _written(seen, like=content)


def smaller(content: bytes, *, width: int) -> bytes:
    """Return a picture as a JPEG no wider than this, for a page on a phone."""
    picture = _plain(content)
    picture.thumbnail((width, picture.height))
    return _written(picture, like=b"")


def _plain(content: bytes) -> Image.Image:
    """Return the pixels on white, upright, no longer than the longest side we keep."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as read:
            if read.width * read.height > MOST_PIXELS:
                raise Refused(_unread("图片超过四千万像素。"))
            upright = ImageOps.exif_transpose(read)
            see_through = upright.has_transparency_data
            upright = upright.convert("RGBA" if see_through else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused(_unread("文件不完整，或者不是真正的 JPEG、PNG。")) from error
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright if see_through else None)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE * 3))
    return plain


def _written(picture: Image.Image, *, like: bytes) -> bytes:
    target = io.BytesIO()
    if is_picture(like) and not like.startswith(b"\xff"):
        picture.save(target, format="PNG")
    else:
        picture.save(target, format="JPEG", quality=_QUALITY)
    return target.getvalue()


def _unread(why: str) -> Refusal:
    return Refusal(
        code="F-PICTURE",
        what="有一张图片打不开，没有收下。",
        why=why,
        next_step="请重新截图或者拍照以后再提交，您写的文字还在。",
        field="papers",
    )
