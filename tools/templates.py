"""Every template compiles, and no two packages give theirs the same name."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path

import django
from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

SOURCE = Path(__file__).resolve().parent.parent / "src" / "chengxin"
SUFFIXES = {".html", ".txt", ".svg", ".xml"}


def template_names() -> dict[str, list[str]]:
    """Return each template's name and the packages that have one of this name."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in sorted(SOURCE.glob("*/templates")):
        for file in sorted(folder.rglob("*")):
            if file.suffix in SUFFIXES:
                found[file.relative_to(folder).as_posix()].append(folder.parent.name)
    return found


def problems() -> list[str]:
    """Return the templates that do not compile or hide one another."""
    found = []
    for name, packages in template_names().items():
        if len(packages) > 1:
            found.append(f"{name} exists in {', '.join(packages)}: only one of them can ever be shown")
        try:
            engines["django"].get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            found.append(f"{packages[0]}/templates/{name}: {type(error).__name__}: {error}")
    return found


def main() -> int:
    """Print what is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()
    found = problems()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
