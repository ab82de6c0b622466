"""The data beside the code, the law and the catalogue, is whole."""

from __future__ import annotations

import os
import sys

import django

# These come with the calendar: they call a lawyer, but code that has not changed must not turn red by itself.
REMINDERS = {"UNCHECKED", "CALENDAR_SHORT", "PACK_ENDING", "STALE_TEXT"}


def law_problems() -> list[str]:
    """Return where a legal value is missing, and count what else a lawyer must look at."""
    from chengxin.kernel.clock import legal_day, now  # noqa: PLC0415 - after django.setup()
    from chengxin.law.facade import check  # noqa: PLC0415

    found = check(on=legal_day(now()))
    if reminders := [problem for problem in found if problem.code in REMINDERS]:
        print(f"{len(reminders)} reminders for a lawyer: ./chengxin law check")
    return [f"{problem.key} {problem.code} {problem.text}" for problem in found if problem.code not in REMINDERS]


def catalogue_problems() -> list[str]:
    """Return what is wrong with the catalogue's items, groups, articles and keys of law."""
    from chengxin.catalogue.facade import check_items  # noqa: PLC0415 - after django.setup()

    return list(check_items())


CHECKS = {"law": law_problems, "catalogue": catalogue_problems}


def main() -> int:
    """Run one check by its name and print what it found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxin.site.settings")
    django.setup()
    found = CHECKS[sys.argv[1]]()
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
