"""The 60 departments of the province: who files, how well, and in what form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np

from chengxin.demo.identifiers import credit_codes
from chengxin.demo.places import area_of, province, read_data


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Shares of rows with each fault in what a department files, and the working days a filing waits in a drawer."""

    missing: float = 0.0
    bad_number: float = 0.0
    unknown_code: float = 0.0
    duplicate: float = 0.0
    repeated: float = 0.0
    swapped_dates: float = 0.0
    future_date: float = 0.0
    two_names: float = 0.0
    under_age: float = 0.0
    late_days: int = 0

    def shares(self) -> Mapping[str, float]:
        """Return the share of each fault by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "late_days"}


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a department writes its files: media, encoding, which headings (title, code, old) and how dates look."""

    media: str
    encoding: str
    headings: str
    dates: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """One department (部门); `kind` is its code in the catalogue's list of source departments."""

    code: str
    kind: str
    name: str
    mark: str
    area: str
    uscc: str
    quality_name: str
    quality: Quality
    form: Form


def _list_bodies(given: dict[str, Any]) -> list[tuple[str, str, str, str, str]]:
    whole = province()
    found = [(kind, name, whole.mark + mark, whole.code, quality) for kind, name, mark, quality in given["provincial"]]
    for kind, name, mark, own_cities in given["municipal"]:
        for code, quality in own_cities.items():
            city = area_of(code)
            found.append((kind, city.name + name, city.mark + mark, code, quality))
    return found


@cache
def list_bodies() -> tuple[Body, ...]:
    """Return all departments, provincial ones first."""
    given = read_data("bodies.yaml")
    rows = _list_bodies(given)
    areas = np.array([int(row[3]) for row in rows], np.int64)
    codes = credit_codes(["11"] * len(rows), areas, np.arange(500, 500 + len(rows), dtype=np.int64))
    forms = [Form(**form) for form in given["forms"]]
    return tuple(
        Body(
            code=f"{area}.{kind}",
            kind=kind,
            name=name,
            mark=mark,
            area=area,
            uscc=uscc,
            quality_name=quality,
            quality=Quality(**given["profiles"][quality]),
            form=forms[number % len(forms)],
        )
        for number, ((kind, name, mark, area, quality), uscc) in enumerate(zip(rows, codes, strict=True))
    )


def body_by_code(code: str) -> Body:
    """Return a department by its code."""
    return next(body for body in list_bodies() if body.code == code)
