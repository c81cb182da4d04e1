"""Convert the researched rows of working time into the data shipped with Filage.

    python tools/convert_worktime.py REFERENCE [--data src/filage/data/worktime]

Reads `law/worktime_rules.yaml` and, for what prose cannot say by itself, `convert_worktime.yaml` beside this
file; writes one YAML file a table of the Code du travail or of a convention: its limits, its formalities, what is
only information, and the ids of its premiums (described under `premiums/`, apart). A row without a choice, or a
choice without a row, is refused.
Confidence follows DECISIONS D5: confirmed only where the text in force was read; a convention read in its state of the
end of 2023 is `one_source`, with a warning.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]

CLASSES = {"limit": "limits", "formality": "formalities", "information": "information", "premium": "premiums"}
SEVERITY = {
    "blocage": "blocking",
    "alerte": "warning",
    "condition_aide": "info",
    "info": "info",
    "calcul": "info",
}
CONFIDENCE = {"medium": "one_source", "low": "uncertain"}
IN_FORCE = "2026-03-27"
LATER = "Texte lu dans son état de fin 2023 : un avenant ultérieur peut l’avoir changé."
SECONDARY = "Source secondaire : à vérifier avant de s’y fier."
CHOICES = Path(__file__).with_suffix(".yaml")
COPY = "KALIDATA"
COPY_TITLE = "Conventions collectives, textes de Légifrance, état de fin 2023"
PARAMETERS = (
    "from",
    "to",
    "windows",
    "after",
    "days",
    "weeks",
    "friday",
    "quota",
    "needs",
    "partly",
    "replaces",
)


class Refused(Exception):
    """Rows and choices do not fit."""


def convert(reference: Path, data: Path, choices_file: Path = CHOICES) -> dict[str, int]:
    """Write every table; return how many rows became what."""
    researched = _read(reference / "law" / "worktime_rules.yaml")
    choices = _read(choices_file)
    rows = {row["id"]: row for row in researched["rules"]}
    _agree(set(rows), set(choices["rules"]))
    tables = {sector: _table(table) for sector, table in choices["tables"].items()}
    counts = dict.fromkeys(CLASSES, 0)
    for name, row in rows.items():
        choice = choices["rules"][name]
        kind = choice.get("class", "limit")
        tables[row["sector"]][CLASSES[kind]].append(_row(row, choice, researched["sources"]))
        counts[kind] += 1
    data.mkdir(parents=True, exist_ok=True)
    for sector, table in choices["tables"].items():
        _write(data / f"{table['file']}.yaml", tables[sector])
    return counts


def _agree(rows: set[str], chosen: set[str]) -> None:
    missing, unknown = sorted(rows - chosen), sorted(chosen - rows)
    if missing or unknown:
        raise Refused(f"sans choix : {missing} ; choix sans ligne : {unknown}")


def _table(table: Entry) -> Entry:
    return {
        "title": table["title"],
        "idcc": table["idcc"],
        "starts_on": str(table["starts_on"]),
        "start_note": table["start_note"],
        "read_on": str(table["read_on"]),
        **{name: [] for name in CLASSES.values()},
    }


def _row(row: Entry, choice: Entry, sources: Entry) -> Entry:
    """One row of a table: what was researched, what was chosen, and where it comes from."""
    kind = choice.get("class", "limit")
    measured = {} if kind in ("premium", "information") else _measure({**row, **choice})
    made: Entry = {"id": row["id"], "people": row["population"], "condition": row["condition"]}
    if kind != "premium":
        made["population"] = choice["population"]
    made |= measured
    made |= {name: choice[name] for name in PARAMETERS if name in choice and name not in measured}
    if kind in ("premium", "information"):
        made["metric"] = row["metric"]
    made["severity"] = SEVERITY[row["severity"]]
    made["legal_basis"] = row["legal_basis"]
    made["sources"] = [_source(name, sources) for name in row["sources"]]
    made["confidence"] = _confidence(row)
    if "starts_on" in choice:
        made["starts_on"] = str(choice["starts_on"])
    for name in ("unless", "note"):
        if row.get(name):
            made[name] = row[name]
    warning = _warning(row)
    if warning:
        made["warning"] = warning
    if kind == "limit" and choice.get("also"):
        made["also"] = [_measure({"operator": "<=", "unit": "h", **part}) for part in choice["also"]]
    return made


def _source(name: str, sources: Entry) -> Entry:
    """A title a producer would recognise, and where to read it."""
    title = COPY_TITLE if name == COPY else sources[name]["title"]
    return {"title": title, "url": sources[name]["url"]}


def _measure(entry: Entry) -> Entry:
    """What is measured and against what: only what this row says."""
    if "needs" in entry:
        kept = {name: entry[name] for name in ("metric", "when") if name in entry}
        return {**kept, "threshold": _text(entry["threshold"]), "unit": entry["unit"]}
    made: Entry = {"metric": entry["metric"]}
    if entry.get("when"):
        made["when"] = entry["when"]
    made["operator"] = entry["operator"]
    made["threshold"] = _text(entry["threshold"])
    made["unit"] = entry["unit"]
    for name in ("from", "to", "windows", "after", "quota", "replaces"):
        if name in entry:
            made[name] = entry[name]
    if "severity" in entry and "id" not in entry:
        made["severity"] = SEVERITY[entry["severity"]]
    if "variants" in entry:
        made["variants"] = [{**one, "threshold": _text(one["threshold"])} for one in entry["variants"]]
    return made


def _text(value: object) -> str:
    """A number as text, never a float; a rule named or a prose kept as it is."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _confidence(row: Entry) -> str:
    if row["confidence"] == "high":
        return "confirmed" if row["text_state"] == IN_FORCE else "one_source"
    return CONFIDENCE[row["confidence"]]


def _warning(row: Entry) -> str:
    told = [LATER] if row["text_state"] != IN_FORCE else []
    if row["confidence"] != "high":
        told.append(SECONDARY)
    return " ".join(told)


def _read(path: Path) -> Entry:
    read: Entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def _write(path: Path, content: Entry) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")


def main(words: list[str] | None = None) -> int:
    """Convert, and say what became of the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("reference", type=Path)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "src/filage/data/worktime")
    asked = parser.parse_args(words)
    counts = convert(asked.reference, asked.data)
    print(
        f"{sum(counts.values())} lignes : " + ", ".join(f"{name} {count}" for name, count in counts.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
