"""Convert the researched grids of minimum wages into the data shipped with Filage.

    python tools/convert_minimums.py REFERENCE [--data src/filage/data/minimums] [--ledger FILE]

Reads `law/minimum_wages_2024_2026.yaml` first, then `law/minimum_wages.yaml` and the `mini_` entries of
`law/complements_2026.yaml`; writes one file a table and the other names of jobs, always the same for the
same input, and prints what became of every row: shipped, superseded (shipped, read only where nothing
newer is), refused with its reason. Amounts announced but not published (`derived_next`) and amounts read
without a date (`undated`) are never shipped. Conditions in prose become closed fields; what prose cannot
say by itself is in `convert_minimums.yaml`. Confidence follows DECISIONS D5.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]

CONFIDENCE = {"high": "one_source", "medium": "one_source", "low": "uncertain"}
"""`high` would be `confirmed`, were the text in force the one read."""
COLUMNS = (
    "id", "job", "variant", "unit", "amount", "hours", "hourly", "dates_from", "dates_to", "days_to", "seats_from",
    "seats_to", "contract", "months_from", "months_to", "years_from", "annex", "activity", "genre", "participation",
    "confidence", "checked_on", "sources", "note",
)  # fmt: skip
UNITS: tuple[tuple[str, Entry], ...] = (
    (r"cachet de répétition \(1 ou 2 services de 4 h\)", {"unit": "day", "activity": "rehearsal"}),
    (r"cachet\b.*", {"unit": "cachet"}),
    (r"jour de répétition.*", {"unit": "day", "activity": "rehearsal"}),
    (r"journée 7 h \(engagement < 1 semaine, annexe 1\)",
     {"unit": "day", "hours": 7, "days_to": 6, "annex": "1"}),
    (r"journée 8 h \(CDDU, engagement de 4 jours au plus\)", {"unit": "day", "hours": 8, "days_to": 4}),
    (r"journée ([78]) h.*", {"unit": "day"}),
    (r"2 services de 4 h", {"unit": "day"}),
    (r"jour(née)?\b.*|enregistrement|répétition ou enregistrement.*", {"unit": "day"}),
    (r"service.*|répétition <= 4 h", {"unit": "service"}),
    (r"heure", {"unit": "hour", "hours": 1}),
    (r"mensuel.*", {"unit": "month"}),
    (r"semaine (35|39) h.*", {"unit": "week"}),
    (r"semaine.*", {"unit": "week"}),
)  # fmt: skip
NOISE = re.compile(
    r"une seule transcription lue|entreprises adhérentes.*|cas général|fiction et documentaire.*|flux .*|"
    r"annexe \d.*|film sous-financé.*|film publicitaire.*|dérogation obtenue.*|CD[DI].*|CDDU.*|"
    r"\d+ (ou|à) \d+ (cachets|dates).*|plus de 2 cachets.*|salle de .*|sous le Smic.*|exploitation continue|"
    r"clauses communes|annexe.*|grille du 24/11/2022.*|inchangé en 2026.*|égal au montant dérivé.*|"
    r"semaine 39 h / 40.*|théâtre musical.*|service (totalement )?isolé.*|période .*|1-2 cachets.*|\d+ h effectives.*|"
    r"7 représentations.*|salle musiques actuelles.*|6 h, prorata.*|échelon 1.*|0,01 € de moins.*|"
    r"fonction (non )?« spécialisée »|catégorie [BC]|Paris, grandes.*|blog non daté.*|tous employeurs depuis.*|"
    r"des grilles ultérieures existent.*|plancher Smic.*|genre non précisé.*|date déduite.*|la source écrit 151,67.*"
)


@dataclass
class Report:
    """What became of every row read."""

    read: dict[str, int] = field(default_factory=dict)
    shipped: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    confirming: list[str] = field(default_factory=list)
    tables: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows were written: a scale gives several."""
        return sum(self.tables.values())

    def ledger(self) -> Entry:
        """Return the counts and the refusals, which the tests compare with the data."""
        return {
            "read": self.read,
            "shipped": len(self.shipped),
            "superseded": len(self.superseded),
            "confirming": len(self.confirming),
            "refused": dict(sorted(self.refused.items())),
            "rows": self.rows,
            "tables": dict(sorted(self.tables.items())),
        }

    def lines(self) -> list[str]:
        """Return the report as text, counts first."""
        return [
            f"lus : {sum(self.read.values())}",
            f"livrés : {len(self.shipped)}",
            f"livrés, remplacés par un texte plus récent : {len(self.superseded)}",
            f"compléments qui répètent une ligne livrée : {len(self.confirming)}",
            f"refusés : {len(self.refused)}",
            *(f"  {ident} : {why}" for ident, why in sorted(self.refused.items())),
            f"lignes écrites : {self.rows}",
        ]


def convert(reference: Path, data: Path) -> Report:
    """Write the tables and the names of jobs; return what became of every row."""
    said = _load(Path(__file__).with_suffix(".yaml"))
    law = reference / "law"
    recent, old = _load(law / "minimum_wages_2024_2026.yaml"), _load(law / "minimum_wages.yaml")
    report = Report()
    replaced = {row["replaces"]: row for row in recent["minimums"] if row.get("replaces")}
    tables: dict[str, list[tuple[Entry, Entry]]] = {}
    report.read = {
        "minimum_wages_2024_2026": len(recent["minimums"]) + len(recent["undated"]),
        "minimum_wages": len(old["minimums"]),
    }
    for source, is_old in ((recent, False), (old, True)):
        for row in source["minimums"]:
            why = said["refused"].get(row["id"])
            if why:
                report.refused[row["id"]] = why
                continue
            table = _table(row, said["tables"], is_old=is_old)
            newer = replaced.get(row["id"]) if is_old else None
            tables.setdefault(table["file"], []).extend(
                (row, fields) for fields in _fields(row, table, said, newer)
            )
            superseded = is_old or table.get("replaced_on") is not None
            (report.superseded if superseded else report.shipped).append(row["id"])
    for row in recent["undated"]:
        report.refused[row["id"]] = "lu sans date : ne s’applique pas"
    _complements(law / "complements_2026.yaml", tables, report)
    texts = {**old["sources"], **recent["sources"]}
    for table in said["tables"]:
        pairs = tables.get(table["file"])
        if pairs:
            report.tables[table["file"]] = len(pairs)
            _write_table(data / f"{table['file']}.yaml", table, pairs, texts, said)
    for idcc, names in said["names"].items():
        _write(data / idcc / "jobs.yaml", _dump(names))
    return report


def _load(path: Path) -> Entry:
    loaded: Entry = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    return loaded


def _table(row: Entry, tables: list[Entry], *, is_old: bool) -> Entry:
    for table in tables:
        if bool(table.get("old")) is not is_old or not re.fullmatch(table["match"], row["id"]):
            continue
        if table.get("from", str(row["valid_from"])) == str(row["valid_from"]):
            return table
    message = f"{row['id']} : aucune table ne la reçoit"
    raise SystemExit(message)


def _fields(row: Entry, table: Entry, said: Entry, newer: Entry | None) -> list[Entry]:
    """The product rows of a researched one: several when it holds a scale."""
    base: Entry = {
        "id": row["id"],
        "job": row["job"],
        "amount": _number(row["amount"]),
        "annex": table.get("annex", ""),
        "genre": table.get("genre", ""),
        "variant": table.get("variant", ""),
        "hourly": _number(row["hourly"]) if row.get("hourly") else "",
        "participation": _number(row["participation"]) if row.get("participation") else "",
        "confidence": CONFIDENCE[row["confidence"]],
        "checked_on": str(row.get("in_force_checked") or ""),
        "sources": " ".join(row["sources"]),
    }
    base |= _unit(row["unit"]) | _condition(row)
    base["note"] = _note(row)
    known = said["rows"].get(row["id"], {})
    base |= known
    if newer is not None and "job" not in known:
        base["job"] = said["rows"].get(newer["id"], {}).get("job", newer["job"])
    if newer is not None and newer["id"].startswith("1285-2026-MUS"):
        base["job"] = row["job"]
    scale = row.get("scale")
    if not scale:
        return [base]
    return [
        base | _step_of_scale(key, said) | {"id": f"{row['id']}-{_slug(key)}", "amount": _number(amount)}
        for key, amount in scale.items()
    ]


def _step_of_scale(key: str, said: Entry) -> Entry:
    echelon = re.fullmatch(r"echelon_(\d+)", key)
    if echelon:
        return {"variant": "" if echelon[1] == "1" else f"échelon {echelon[1]}"}
    fields: Entry = said["scales"][key]
    return fields


def _unit(text: str) -> Entry:
    for pattern, fields in UNITS:
        found = re.fullmatch(pattern, text)
        if found:
            hours = {"hours": int(found[1])} if found.groups() and (found[1] or "").isdigit() else {}
            service = re.search(r"service[^,]*? de (\d) h", text)
            if service and fields["unit"] == "service":
                hours = {"hours": int(service[1])}
            annex = re.search(r"annexe (3 bis|\d)", text)
            extra = {"annex": annex[1].replace(" ", "")} if annex and "annex" not in fields else {}
            if text.startswith("semaine de tournage") and not extra:
                extra = {"annex": "2"}
            return {**fields, **hours, **extra}
    message = f"unité inconnue : {text}"
    raise SystemExit(message)


def _condition(row: Entry) -> Entry:
    text = row.get("condition") or ""
    found: Entry = {}
    dates = re.search(r"(\d+) (?:ou|à) (\d+) (?:cachets|dates)", text)
    if dates:
        found |= {"dates_from": int(dates[1]), "dates_to": int(dates[2])}
    if "plus de 2 cachets" in text:
        found |= {"dates_from": 3}
    if "exploitation continue" in text:
        found |= {"variant": "exploitation continue"}
    seats = re.search(
        r"salle de (?:(\d+) à (\d+)|(\d+)) places( au plus)?|salle de plus de (\d+) places", text
    )
    if seats:
        low, high, most, _, above = seats.groups()
        found |= {"seats_from": low or (int(above) + 1 if above else ""), "seats_to": high or most or ""}
    worked = re.search(r"(\d+) h effectives", text)
    if worked:
        found |= {"hours": int(worked[1])}
    annex = re.search(r"annexe (\d)", text) if row["idcc"] == 3090 else None  # noqa: PLR2004 - the IDCC
    if annex:
        found |= {"annex": annex[1]}
    return found


def _note(row: Entry) -> str:
    """What is left of the prose once its conditions are fields."""
    parts = [part.strip() for key in ("condition", "note") for part in str(row.get(key) or "").split(" ; ")]
    return " ; ".join(part for part in parts if part and not NOISE.fullmatch(part)).replace(" ;", ",")


def _complements(path: Path, tables: dict[str, list[tuple[Entry, Entry]]], report: Report) -> None:
    """Every `mini_` entry repeats a row already shipped; one that did not would be refused by name."""
    amounts: dict[str, set[str]] = {}
    for pairs in tables.values():
        for row, fields in pairs:
            amounts.setdefault(_home(str(row["idcc"])), set()).add(fields["amount"])
    loaded: Any = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    entries = [entry for entry in loaded if entry["id"].startswith("mini_")]
    report.read["complements_2026"] = len(entries)
    for entry in entries:
        idcc = _home(entry["id"].split("_")[1])
        values = {_number(value["value"]) for value in entry["values"] if value["value"] is not None}
        if values and values <= amounts.get(idcc, set()):
            report.confirming.append(entry["id"])
        else:
            report.refused[entry["id"]] = "aucune ligne livrée ne porte ce montant"


def _home(idcc: str) -> str:
    return {"1734": "2642", "2770": "2121"}.get(idcc, idcc)


def _write_table(
    path: Path, table: Entry, pairs: list[tuple[Entry, Entry]], texts: Entry, said: Entry
) -> None:
    first = pairs[0][0]
    rows = [fields for _, fields in pairs]
    head: Entry = {
        "label": table["label"],
        "idcc": _home(str(first["idcc"])),
        "valid_from": _only({str(row["valid_from"]) for row, _ in pairs}, path),
        "valid_from_all": str(table.get("valid_from_all") or first.get("valid_from_all") or ""),
        **{
            key: str(table[key]).lower()
            for key in ("members_only", "fallback", "features_only", "anti_threshold")
            if key in table
        },
        **{key: str(table[key]) for key in ("extended_on", "replaced_on", "replaced_by") if key in table},
        "note": table.get("note", ""),
        "basis": table.get("basis") or _basis(pairs),
        "confidence": table.get("confidence")
        or _most({row["confidence"]: 0 for row in rows}, rows, "confidence"),
        "checked_on": _most({}, rows, "checked_on"),
    }
    if table.get("announced"):
        head["announced"] = table["announced"]
    keys = list(dict.fromkeys(key for row in rows for key in row["sources"].split()))
    head["sources"] = {key: _text(key, texts, said, first["id"]) for key in keys}
    usual = {"confidence": head["confidence"], "checked_on": head["checked_on"], "sources": " ".join(keys)}
    if table.get("confidence"):
        rows = [row | {"confidence": ""} for row in rows]
    rows = [
        {name: "" if str(value) == usual.get(name) else str(value) for name, value in row.items()}
        for row in rows
    ]
    used = [name for name in COLUMNS if any(row.get(name) for row in rows)]
    written = io.StringIO()
    writer = csv.DictWriter(
        written, used, delimiter=";", lineterminator="\n", extrasaction="ignore", restval=""
    )
    writer.writeheader()
    writer.writerows(rows)
    body = "".join(f"  {line}\n" for line in written.getvalue().splitlines())
    _write(path, _dump({key: value for key, value in head.items() if value}) + "rows: |\n" + body)


def _basis(pairs: list[tuple[Entry, Entry]]) -> str:
    said = [str(row.get("basis") or "") for row, _ in pairs]
    return max(set(said), key=lambda text: (said.count(text), text)).replace(
        " ; grille SNTPCT au 1er janvier 2026", ""
    )


def _most(_: Entry, rows: list[Entry], name: str) -> str:
    values = [str(row[name]) for row in rows]
    return max(sorted(set(values)), key=values.count)


def _text(key: str, texts: Entry, said: Entry, ident: str) -> Entry:
    transcription = said["transcription"]
    if key == transcription["source"]:
        url = next((url for start, url in transcription["urls"].items() if ident.startswith(start)), "")
        return {"title": transcription["title"], "url": url}
    return {"title": texts[key]["title"].replace("—", "-"), "url": texts[key]["url"]}


def _only(values: set[str], path: Path) -> str:
    if len(values) != 1:
        message = f"{path} : plusieurs dates dans une table ({sorted(values)})"
        raise SystemExit(message)
    return values.pop()


def _number(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _slug(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", key.lower().replace("<", "moins-").replace(">", "plus-")).strip("-")


def _dump(value: Entry) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def main(arguments: list[str]) -> int:
    """Convert and print the report."""
    parser = argparse.ArgumentParser(description="Convertit les grilles de minima de référence.")
    parser.add_argument("reference", type=Path)
    parser.add_argument("--data", type=Path, default=Path("src/filage/data/minimums"))
    parser.add_argument("--ledger", type=Path, default=Path("tests/cases/minimums/ledger.yaml"))
    given = parser.parse_args(arguments)
    report = convert(given.reference, given.data)
    _write(given.ledger, _dump(report.ledger()))
    print("\n".join(report.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
