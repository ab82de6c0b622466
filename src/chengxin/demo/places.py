"""The areas of the invented province, and a drawn map of hexagons that shows no real boundary."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chengxin.kernel.yaml_text import read_yaml


@dataclass(frozen=True, kw_only=True)
class Area:
    """A province, city or county (行政区划); `city` is the city a county belongs to."""

    code: str
    name: str
    full_name: str
    mark: str
    city: str = ""
    english: str = ""


@cache
def read_data(name: str) -> Any:  # noqa: ANN401 - a YAML file is what it is
    """Read one of the package's own data files."""
    return read_yaml(files("chengxin.demo").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def province() -> Area:
    """Return the province."""
    given = read_data("areas.yaml")["province"]
    named = {"name": given["name"], "full_name": given["name"], "english": given["en"]}
    return Area(code=given["code"], mark=given["short"], **named)


@cache
def cities() -> tuple[Area, ...]:
    """Return the eight cities."""
    whole = province()
    return tuple(
        Area(
            code=city["code"],
            name=city["name"],
            full_name=whole.name + city["name"],
            mark=whole.mark + city["short"],
            english=city["en"],
        )
        for city in read_data("areas.yaml")["cities"]
    )


@cache
def counties() -> tuple[Area, ...]:
    """Return the 44 counties, in the order of their codes."""
    found = []
    for city, given in zip(cities(), read_data("areas.yaml")["cities"], strict=True):
        for number, name in enumerate(given["counties"], start=1):
            code = f"{city.code[:4]}{number:02d}"
            mark = city.mark + name[0]
            found.append(Area(code=code, name=name, full_name=city.full_name + name, mark=mark, city=city.code))
    return tuple(found)


def area_of(code: str) -> Area:
    """Return the area of a code."""
    return next(area for area in (province(), *cities(), *counties()) if area.code == code)


def hexagon(column: int, row: int, size: float = 0.2) -> list[list[float]]:
    """Return the closed ring of one hexagon of a flat grid; the grid lies in the open sea, where nobody lives."""
    width = math.sqrt(3) * size
    east = 170 + (column + (row % 2) / 2) * width
    north = 10 - row * 1.5 * size
    corners = [math.radians(60 * turn - 30) for turn in range(6)]
    ring = [[round(east + size * math.cos(a), 5), round(north + size * math.sin(a), 5)] for a in corners]
    return [*ring, ring[0]]


def map_features() -> dict[str, Any]:
    """Return the schematic map as GeoJSON: one hexagon for each county, those of a city side by side."""
    features: list[dict[str, Any]] = []
    for city_number, city in enumerate(cities()):
        own = [county for county in counties() if county.city == city.code]
        for number, county in enumerate(own):
            column, row = (city_number % 4) * 3 + number % 3, (city_number // 4) * 2 + number // 3
            properties = {"code": county.code, "name": county.name, "city": city.name, "schematic": True}
            ring = [hexagon(column, row)]
            shape = {"type": "Polygon", "coordinates": ring}
            features.append({"type": "Feature", "properties": properties, "geometry": shape})
    return {"type": "FeatureCollection", "name": "云汀省（示意图，虚构）", "features": features}


def map_text() -> str:
    """Return the schematic map as GeoJSON text."""
    return json.dumps(map_features(), ensure_ascii=False, separators=(",", ":"))
