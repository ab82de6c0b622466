"""Every text for people is Chinese in the source and has its English in a catalogue."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "chengxin"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{2}")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
TAG = re.compile(r"\{% *(?! |translate|blocktranslate|comment)(.*?)%\}")
QUOTED = re.compile(r'(_\()?"([^"]*)"')
NOT_OURS = {"tests", "migrations", "static"}
Text = tuple[str, str | tuple[str, ...], str | None]


def texts() -> Iterator[Text]:
    """Yield where it stands, text (or singular and plural) and context of everything marked for translation."""
    for file in sorted(
        [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    ):
        if set(file.relative_to(SOURCE).parts) & NOT_OURS:
            continue
        content = file.read_text(encoding="utf-8")
        python = content if file.suffix == ".py" else templatize(content, origin=str(file))
        stream = io.BytesIO(python.encode())
        for line, message, _comments, context in extract(
            "python", stream, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            yield f"{file.relative_to(ROOT).as_posix()}:{line}", message, context


def problems() -> list[str]:
    """Return texts that are not Chinese, or have no English."""
    from chengxin.ui.translations import merged  # noqa: PLC0415 - after django.setup()

    catalogue, found = merged(), []
    for where, message, context in texts():
        first = message if isinstance(message, str) else message[0]
        if not first:
            continue
        if LETTERS.search(PLACEHOLDER.sub("", first)) and not CHINESE.search(first):
            found.append(f"{where} the source text is not Chinese: {first!r}")
        known = catalogue.get(message, context)
        if (
            known is None
            or not known.string
            or known.fuzzy
            or (not isinstance(known.string, str) and not all(known.string))
        ):
            found.append(f"{where} has no English: {first!r}")
    return found


def unmarked() -> list[str]:
    """Return Chinese texts a template gives to a tag without `_( )`, which would stay Chinese for every reader."""
    found = []
    for file in sorted(SOURCE.rglob("templates/**/*.html")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            texts = [
                text
                for tag in TAG.findall(line)
                for is_marked, text in QUOTED.findall(tag)
                if CHINESE.search(text) and not is_marked
            ]
            found += [
                f"{file.relative_to(SOURCE).as_posix()}:{number} is not marked for translation: {t!r}" for t in texts
            ]
    return found


def main() -> int:
    """Print what is missing: in texts marked for translation, in refusals, and in the catalogues themselves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()
    from chengxin.ui.extraction import check_translations  # noqa: PLC0415 - after django.setup()

    found = [*problems(), *unmarked(), *check_translations()]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
