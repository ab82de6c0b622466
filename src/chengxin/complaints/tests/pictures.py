"""Pictures as phones make them, for tests."""

from __future__ import annotations

import io

from PIL import Image

RED, BLUE = (200, 0, 0), (0, 0, 200)


def picture(*, width: int = 80, height: int = 160, form: str = "PNG") -> bytes:
    """Return a picture that is red above and blue below."""
    drawn = Image.new("RGB", (width, height), RED)
    drawn.paste(BLUE, (0, height // 2, width, height))
    return written(drawn, form)


def written(drawn: Image.Image, form: str, **said: object) -> bytes:
    """Return a picture as a file."""
    target = io.BytesIO()
    drawn.save(target, format=form, **said)
    return target.getvalue()


def read(content: bytes) -> Image.Image:
    """Return a picture as it is, upright only if its pixels are."""
    with Image.open(io.BytesIO(content)) as found:
        found.load()
        return found.copy()
