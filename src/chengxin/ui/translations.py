"""English words: every package keeps its own catalogue; they are compiled into one when a process starts.

Chinese is the source language, so a msgid is the Chinese text itself. Babel does the work: no gettext is needed.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

log = logging.getLogger(__name__)
SOURCES = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")


def catalogue_files() -> list[Path]:
    """Return the catalogue of each package that has one, `ui` first: it holds the words all share."""
    found = [package / CATALOGUE for package in sorted(SOURCES.iterdir()) if (package / CATALOGUE).exists()]
    return sorted(found, key=lambda path: (path != SOURCES / "ui" / CATALOGUE, path))


def read_catalogue(path: Path) -> Catalog:
    """Read one catalogue file."""
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def merged() -> Catalog:
    """Return all packages' words as one catalogue; where two packages translate a text, the first stands."""
    whole = Catalog(locale="en", domain="django", project="Chengxin")
    for path in catalogue_files():
        for message in read_catalogue(path):
            if message.id and message.string and whole.get(message.id, message.context) is None:
                whole.add(message.id, message.string, context=message.context)
    return whole


def compile_catalogue() -> Path | None:
    """Write the compiled catalogue if a source is newer, and return it; a place that cannot be written gives None."""
    target = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.mo"
    newest = max((path.stat().st_mtime for path in catalogue_files()), default=0.0)
    if target.exists() and target.stat().st_mtime >= newest:
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            write_mo(file, merged())
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)
    except OSError as error:
        log.warning("The English words could not be compiled into %s: %s", target, error)
        return None
    return target
