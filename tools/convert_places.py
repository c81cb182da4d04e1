"""Convert the lists of French towns and stations into the places shipped with Filage.

    python tools/convert_places.py REFERENCE [--data src/filage/data/geo]

Reads `geo/festivals_fr_complet_sans_contacts.csv` (towns that hold a festival, with the coordinates of the town) and
`geo/gares_voyageurs_fr.csv` (stations with passengers); writes `communes.csv` and `stations.csv`, always the same for
the same input. A festival placed in a town it is not of (its INSEE code is another's) is a slip of the source: a name
is kept in a department when a station bears it there too, or when a fifth of its festivals are there.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from filage.kernel.text import fold

FESTIVALS, STATIONS = "geo/festivals_fr_complet_sans_contacts.csv", "geo/gares_voyageurs_fr.csv"
ENOUGH = 5
"""A name is kept in a department that holds one in so many of its festivals."""
OVERSEAS = 97
Town = tuple[str, str]
"""A name and the code of its department."""


def department_of(insee: str) -> str:
    """The code of the department in an INSEE code: `25`, `2A`, `971`."""
    return insee[:3] if insee.startswith(str(OVERSEAS)) else insee[:2]


def spaceless(name: str) -> str:
    """A name as it is compared: no case, accents, hyphens nor apostrophes."""
    return re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()


def towns(rows: list[dict[str, str]], stations: set[Town]) -> list[tuple[str, str, str, str]]:
    """Each town once: name, code of department, latitude, longitude."""
    spellings: dict[Town, Counter[str]] = defaultdict(Counter)
    places: dict[Town, Counter[str]] = defaultdict(Counter)
    held: Counter[str] = Counter()
    for row in rows:
        name, code = row["commune_principale_de_deroulement"].strip(), row["code_insee_commune"].strip()
        where = row["geocodage_xy"].strip()
        if not name or not where or not re.fullmatch(r"\d[\dAB]\d{3}", code):
            continue
        key = (spaceless(name), department_of(code))
        spellings[key][name] += 1
        places[key][where] += 1
        held[key[0]] += 1
    found = []
    for key, names in spellings.items():
        if key not in stations and sum(names.values()) * ENOUGH < held[key[0]]:
            continue
        latitude, longitude = places[key].most_common(1)[0][0].split(",")
        spelling = min(names, key=lambda name: (-names[name], name))
        found.append((spelling, key[1], f"{float(latitude):.4f}", f"{float(longitude):.4f}"))
    return sorted(found, key=lambda town: (spaceless(town[0]), town[1]))


def departments(rows: list[dict[str, str]]) -> dict[str, str]:
    """The name of each department, by code."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if re.fullmatch(r"\d[\dAB]\d{3}", row["code_insee_commune"]):
            names[department_of(row["code_insee_commune"])][row["departement_principal_de_deroulement"]] += 1
    found = {code: min(count, key=lambda name: (-count[name], name)) for code, count in names.items()}
    return {code: name.replace("-Du-", "-du-") for code, name in found.items()} | {"69": "Rhône"}


def write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a table with its header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows([header, *rows])
    print(f"{path} : {len(rows)}")


def main() -> None:
    """Convert both lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--data", type=Path, default=Path("src/filage/data/geo"))
    given = parser.parse_args()
    festivals = list(csv.DictReader((given.reference / FESTIVALS).open(encoding="utf-8")))
    stations = list(csv.DictReader((given.reference / STATIONS).open(encoding="utf-8")))
    names = departments(festivals)
    codes = {spaceless(name): code for code, name in names.items()}
    unknown = sorted({row["departement"] for row in stations} - {""} - {
        row["departement"] for row in stations if spaceless(row["departement"]) in codes
    })  # fmt: skip
    if unknown:
        print("départements inconnus :", ", ".join(unknown))
    kept = sorted(
        {
            (row["nom"], row["commune"].title() if row["commune"] else row["nom"],
             codes[spaceless(row["departement"])], f"{float(row['lat']):.4f}", f"{float(row['lon']):.4f}")
            for row in stations
            if spaceless(row["departement"]) in codes
        },
        key=lambda station: (spaceless(station[0]), station),
    )  # fmt: skip
    held = {(spaceless(town), code) for _name, town, code, _lat, _lon in kept}
    given.data.mkdir(parents=True, exist_ok=True)
    write(given.data / "departments.csv", ("code", "name"), sorted(names.items()))
    write(
        given.data / "communes.csv", ("name", "department", "latitude", "longitude"), towns(festivals, held)
    )
    write(given.data / "stations.csv", ("name", "town", "department", "latitude", "longitude"), kept)


if __name__ == "__main__":
    main()
