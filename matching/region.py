"""Where a place of the Chicago region lies, and how far two are apart: a built-in table, no network.

`place_table/*.tsv` hold community areas and neighbourhoods of Chicago, suburbs, counties and ZIP codes with centre,
radius in miles and county. Distances are between centres, as the crow flies.
"""

import csv
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("place_table")
_ZIP = re.compile(r"\b(60\d{3}|61\d{3}|46[34]\d{2}|53[01]\d{2})(?:-\d{4})?\b")
_STATE = re.compile(r",? *\b(?:il|ill|illinois|in|indiana|wi|wisconsin|usa|us)\b\.?$")
_OTHER_STATE = re.compile(r", *([A-Z]{2})\b")
_WIDE = ("city", "county", "region")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its name. `kind`: community_area, neighborhood, suburb, zip, city, county or region; `radius` in
    miles."""

    name: str
    kind: str
    latitude: float
    longitude: float
    county: str
    radius: float

    def miles_to(self, other: "Place") -> float:
        """Great-circle distance between the centres."""
        lat1, lat2 = math.radians(self.latitude), math.radians(other.latitude)
        half = math.sin((lat2 - lat1) / 2) ** 2
        half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other.longitude - self.longitude) / 2) ** 2
        return 2 * 3958.8 * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class Reach:
    """How a set of areas reaches a place: inside one of them (0 miles), or how far the nearest one is."""

    area: str
    miles: float

    @property
    def inside(self) -> bool:
        return self.miles == 0.0


@cache
def _table() -> dict[str, Place]:
    places: dict[str, Place] = {}
    for path in sorted(_TABLE.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                place = Place(
                    row["name"],
                    row["kind"],
                    float(row["latitude"]),
                    float(row["longitude"]),
                    row["county"],
                    float(row["radius"]),
                )
                for name in (row["name"], *filter(None, (row["also"] or "").split(";"))):
                    places.setdefault(_key(name), place)
    return places


@lru_cache(maxsize=4096)
def find(text: str) -> Place | None:
    """The place that words name: "Little Village, Chicago, IL", "Cook County", "60623"; None where it is unknown.

    Of "South Deering, Chicago, IL" the narrowest counts.
    """
    text = text[:200]
    state = _OTHER_STATE.search(text)
    if state and state.group(1) not in ("IL", "IN", "WI"):
        return None
    known = _table()
    zip_code = _ZIP.search(text)
    named = [_key(part) for part in (text, *text.split(","))] + ([zip_code.group(1)] if zip_code else [])
    found = [known[key] for key in named if key in known]
    return min(found, key=lambda place: place.radius, default=None)


def _key(text: str) -> str:
    low = " ".join(re.sub(r"[^a-z0-9, ]", " ", text.lower().replace("'", "").replace("’", "")).split())
    low = _STATE.sub("", low).strip(" ,")
    low = re.sub(r"^(?:the |village of |town of |city of |in |near )+", "", low)
    low = re.sub(r"\bsaint\b", "st", low)
    return re.sub(r"\bmt\b", "mount", low)


def contains(area: Place, place: Place) -> bool:
    """A county holds what lies in it, the city its community areas, the region everything near; else the same place."""
    if area == place:
        return True
    if area.kind == "region":
        return area.miles_to(place) <= area.radius
    if area.kind == "county":
        return place.kind != "county" and place.county in (area.county, "Chicago" if area.county == "Cook" else "")
    return area.kind == "city" and place.kind not in _WIDE and place.county == area.county


@lru_cache(maxsize=65536)
def reach(areas: tuple[str, ...], place: Place) -> Reach | None:
    """How areas reach a place; None where none of them is known to the table. Radii of both are taken off the distance.

    A place that is wide itself ("Cook County") is reached from everywhere inside it.
    """
    nearest: Reach | None = None
    for name in areas:
        area = find(name)
        if area is None:
            continue
        if contains(area, place) or contains(place, area):
            return Reach(name, 0.0)
        miles = max(area.miles_to(place) - area.radius - place.radius, 0.5)
        if nearest is None or miles < nearest.miles:
            nearest = Reach(name, miles)
    return nearest
