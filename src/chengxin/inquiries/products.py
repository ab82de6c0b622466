"""The product shelf (银税互动货架): what institutions offer enterprises, as data of an installation (`PRODUCTS`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from pydantic import ConfigDict, TypeAdapter, with_config

from chengxin.catalogue.contracts import Words
from chengxin.kernel.yaml_text import read_yaml

_STRICT: Final = ConfigDict(extra="forbid")


@with_config(_STRICT)
@dataclass(frozen=True, kw_only=True)
class Product:
    """One product (产品) of an institution, with its conditions in plain words; it is on the shelf until `ends_on`.

    `items` are the items the institution says it looks at; all of them are the applicant's to leave out.
    """

    code: str
    body: str
    rule: str
    title: Words
    summary: Words
    conditions: tuple[Words, ...]
    items: tuple[str, ...]
    ends_on: date


def list_products(*, on: date) -> list[Product]:
    """Return the products on the shelf on a day, in the order of the file; nobody pays for a place."""
    return [one for one in read_products(settings.PRODUCTS) if on < one.ends_on]


def find_product(code: str, *, on: date) -> Product | None:
    """Return a product on the shelf on a day, or None."""
    return next((one for one in list_products(on=on) if one.code == code), None)


@cache
def read_products(path: str) -> tuple[Product, ...]:
    """Return what a file holds; an installation without one has an empty shelf."""
    if not path:
        return ()
    said = read_yaml(Path(path).read_text("utf-8"))
    return tuple(_PRODUCTS.validate_python([{"code": code, **_worded(one)} for code, one in said.items()]))


def _worded(said: dict[str, object]) -> dict[str, object]:
    """Return a written product with each text as `Words` has it."""

    def words(pair: list[str]) -> dict[str, str]:
        return dict(zip(("zh", "en"), pair, strict=True))

    texts = {name: words(said[name]) for name in ("title", "summary")}  # type: ignore[arg-type]
    return {**said, **texts, "conditions": [words(one) for one in said["conditions"]]}  # type: ignore[attr-defined]


_PRODUCTS: Final = TypeAdapter(tuple[Product, ...])
