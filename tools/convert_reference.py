"""Convert the researched reference folder into the law data shipped with Filage.

    python tools/convert_reference.py REFERENCE [--data src/filage/data/law] [--cases tests/cases/law]

Reads `law/payroll_parameters.yaml`, `law/complements_2026.yaml` and the VAT rates of
`law/rights_tariffs.yaml`; writes one YAML file a parameter, always the same for the same input, and
prints what became of every entry. Percentages become fractions here and nowhere else. Confidence follows
DECISIONS D5. A complement replaces a value only when its own confidence is better, otherwise the older
value stays and its warning says what the other would change. Artists' reduced rates are written beside
the tests, since payroll computes them; rules in prose are named, not shipped. What the researched files
cannot say by themselves is in `convert_reference.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

Entry = dict[str, Any]

CHECKED_ON = "2026-11-22"
RANK = {"confirmed": 0, "one_source": 1, "uncertain": 2}
CONFIDENCE = {"confirmed": "one_source", "one_source": "one_source", "uncertain": "uncertain"}
"""The payroll files' `confirmed` means several secondary sources; ours, that the text in force was read."""
OFFICIAL = {"high": "one_source", "medium": "one_source", "low": "uncertain"}
"""`high` would be `confirmed`, were the version in force the one read: rates come from older pages."""

UNITS = {
    "%": "rate",
    "% PMSS": "rate",
    "EUR/an": "EUR",
    "EUR/mois": "EUR",
    "EUR/jour": "EUR",
    "EUR/heure": "EUR",
    "EUR HT/an": "EUR",
    "EUR/an/salarié": "EUR",
    "EUR": "EUR",
    "heures": "hours",
    "ratio": "ratio",
    "booléen": "flag",
}
PROSE = ("formule", "règle", "texte")
MINIMUM_PREFIX = "mini_"
VALUE_KEYS = ("from", "to", "value", "source", "url", "confidence", "warning", "own_formula")


@dataclass
class Report:
    """What became of every entry read."""

    read: int = 0
    minimums: int = 0
    shipped: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    confirming: list[str] = field(default_factory=list)
    artist_rates: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the report as text, counts first."""
        return [
            f"lus : {self.read}, dont {self.minimums} minima, convertis avec les conventions",
            f"livrés : {len(self.shipped)}",
            _counted("remplacés par un complément mieux sourcé", self.replaced),
            _counted("gardés avec un avertissement", self.warned),
            _counted("compléments qui répètent ou illustrent", self.confirming),
            _counted("taux d’artistes publiés, gardés pour les tests", self.artist_rates),
            _counted("règle, non livrée", self.rules),
            _counted("hors de la paie, non livrés", self.elsewhere),
        ]


class Conversion:
    """One conversion: the entries read, the parameters to write, the report."""

    def __init__(self, reference: Path) -> None:
        folder = reference / "law"
        self.choices: Entry = _read(Path(__file__).with_suffix(".yaml"))
        self.entries = _by_id(_read(folder / "payroll_parameters.yaml")["parameters"])
        self.complements = _by_id(_read(folder / "complements_2026.yaml"))
        tariffs = _read(folder / "rights_tariffs.yaml")
        self.vat_rates, self.titles = tariffs["vat_rates"], tariffs["sources"]
        self.parameters: dict[str, Entry] = {}
        self.published: list[Entry] = []
        self.report = Report(read=len(self.entries) + len(self.complements) + len(self.vat_rates))

    def run(self) -> None:
        """Convert everything in memory."""
        for entry in self.entries.values():
            self._entry(entry)
        for complement in self.complements.values():
            self._complement(complement)
        for name, added in self.choices["added"].items():
            self._added(name, added)
        for vat in self.vat_rates:
            self._vat(vat)
        for parameter in self.parameters.values():
            _say_why_uncertain(parameter)
        self.report.shipped = sorted(self.parameters)

    def _entry(self, entry: Entry) -> None:
        name = entry["id"]
        if entry["unit"] in PROSE:
            self.report.rules.append(name)
        elif name.endswith("_artiste") and name not in self.choices["artist_values"]:
            self._artist_rate(entry)
        else:
            self.parameters[f"paie.{name}"] = self._parameter(entry)

    def _artist_rate(self, entry: Entry) -> None:
        """Keep a published artists' rate for the test of the computed ones."""
        self.report.artist_rates.append(entry["id"])
        for value in entry["values"]:
            published = {
                "parameter": f"paie.{entry['id'].removesuffix('_artiste')}",
                "from": value["from"],
                "to": value.get("to", ""),
                "published": _number(value["value"], "rate"),
                "source": value["source"],
                "url": value["url"],
            }
            self.published.append(_filled(published))

    def _parameter(self, entry: Entry) -> Entry:
        name, unit = entry["id"], UNITS[entry["unit"]]
        values = [self._value(value, unit, name) for value in entry["values"]]
        values[0]["from"] = self.choices["from"].get(name, values[0]["from"])
        applies_to = list(entry.get("applies_to", []))
        if f"{name}_artiste" in self.entries:
            applies_to.insert(0, "artiste")
        return self._shaped(
            name,
            label=entry.get("label_fr") or entry["label"],
            unit=unit,
            part=entry.get("part", ""),
            base=entry.get("base", "PMSS" if entry["unit"] == "% PMSS" else ""),
            applies_to=applies_to,
            note=self.choices["notes"].get(name, entry.get("note", "")),
            values=values,
        )

    def _shaped(self, name: str, *, label: str, note: str, values: list[Entry], **fields: Any) -> Entry:
        """Return a parameter with its fields in the order of the files."""
        revised = [how for how, names in self.choices["revised"].items() if name in names]
        return {
            "label": label[:1].upper() + label[1:],
            "unit": fields["unit"],
            "part": fields.get("part", ""),
            "base": fields.get("base", ""),
            "applies_to": fields.get("applies_to", []),
            "note": _one_line(note),
            "revised": revised[0] if revised else "on_text",
            "checked_on": CHECKED_ON,
            "values": values,
        }

    def _value(self, value: Entry, unit: str, name: str) -> Entry:
        warnings = [self.choices["warnings"].get(name, {}).get(value["from"], "")]
        if value.get("from_uncertain"):
            warnings.append("Date d’effet à vérifier")
        return _ordered(
            {
                **value,
                "value": _number(value["value"], unit),
                "source": self._title(value["source"]),
                "confidence": CONFIDENCE[value["confidence"]],
                "warning": " ; ".join(warning for warning in warnings if warning),
                "own_formula": value.get("formula", "").replace("12*phss", "12 × plafond horaire"),
            }
        )

    def _title(self, source: str) -> str:
        """Return the title of a source as a producer reads it: a package is named for what it copies."""
        title = _one_line(source)
        for written, read in self.choices["titles"]:
            title = title.replace(written, read)
        return title[:1].upper() + title[1:] if title[:1].islower() and " " in title else title

    def _complement(self, entry: Entry) -> None:
        name = entry["id"]
        if name.startswith(MINIMUM_PREFIX) or "replaces_minimum" in entry:
            self.report.minimums += 1
            return
        remark = self.choices["remarks"].get(name, {"about": []})
        for target in remark["about"]:
            self._warn(target, remark["text"])
        area = [area for area, names in self.choices["shipped_complements"].items() if name in names]
        if "replaces" in entry:
            for target in [entry["replaces"], *self.choices["also_replaces"].get(name, [])]:
                self._replace(target, entry)
        elif area:
            self.parameters[f"{area[0]}.{name}"] = self._parameter(entry)
        elif name in self.choices["rules"] or entry["unit"] in PROSE:
            self.report.rules.append(name)
        elif name in self.choices["confirming"]:
            self.report.confirming.append(name)
        elif not remark["about"]:
            self.report.elsewhere.append(name)

    def _replace(self, target: str, complement: Entry) -> None:
        """Take the complement's values from their first day when better sourced, else warn."""
        parameter = self.parameters[f"paie.{target}"]
        new = [self._value(value, parameter["unit"], complement["id"]) for value in complement["values"]]
        if _doubt(complement) < _doubt(self.entries[target]):
            parameter["values"] = [*_before(parameter["values"], new[0]["from"]), *new]
            self.report.replaced.append(target)
        elif new[-1]["value"] != parameter["values"][-1]["value"]:
            theirs, since = _percent(new[-1]["value"]), _french(new[-1]["from"])
            who = new[-1]["source"].split(" ; ", maxsplit=1)[0].split(" (", maxsplit=1)[0]
            self._warn(target, f"Une autre source de même poids donne {theirs} depuis le {since} : {who}")
        else:
            self.report.confirming.append(complement["id"])

    def _warn(self, target: str, remark: str) -> None:
        last = self.parameters[f"paie.{target}"]["values"][-1]
        last["warning"] = f"{last['warning']} ; {remark}" if last.get("warning") else remark
        self.report.warned.append(target)

    def _added(self, name: str, added: Entry) -> None:
        """Add a value the researched list lacks: its source is its own, or that of the entry it comes from."""
        origin = self.entries[added.pop("from_entry")]["values"][-1] if "from_entry" in added else {}
        sourced = {key: origin[key] for key in ("source", "url") if key in origin}
        added["values"] = [
            _ordered(
                {
                    **value,
                    **sourced,
                    "source": self._title(sourced.get("source") or value["source"]),
                    "value": _number(value["value"], added["unit"]),
                }
            )
            for value in added["values"]
        ]
        self.parameters[f"paie.{name}"] = self._shaped(name, **{"note": "", **added})

    def _vat(self, vat: Entry) -> None:
        choice = self.choices["vat"]["rates"].get(vat["id"])
        if choice is None:
            self.report.elsewhere.append(vat["id"])
            return
        sources = [self.titles[source] for source in vat["sources"]]
        value = {
            "from": self.choices["vat"]["from"],
            "value": vat["rate"],
            "source": " ; ".join(source["title"] for source in sources),
            "url": sources[0]["url"],
            "confidence": OFFICIAL[vat["confidence"]],
            "warning": self.choices["vat"]["warning"],
        }
        self.parameters[f"tva.{choice['id']}"] = self._shaped(
            choice["id"],
            label=choice["label"],
            note=vat["scope"],
            values=[value],
            unit="rate",
            base="prix hors taxe",
        )


def convert(reference: Path, data: Path, cases: Path) -> Report:
    """Write the parameters under `data` and the published artists' rates under `cases`; return the report."""
    conversion = Conversion(reference)
    conversion.run()
    for name, parameter in conversion.parameters.items():
        _write(data / f"{name.replace('.', '/')}.yaml", _filled(parameter))
    _write(cases / "published_artist_rates.yaml", conversion.published)
    return conversion.report


def main(arguments: list[str] | None = None) -> int:
    """Run the conversion from the command line."""
    parser = argparse.ArgumentParser(description="Convertit le dossier de référence en données livrées.")
    parser.add_argument("reference", type=Path)
    parser.add_argument("--data", type=Path, default=Path("src/filage/data/law"))
    parser.add_argument("--cases", type=Path, default=Path("tests/cases/law"))
    options = parser.parse_args(arguments)
    if not (options.reference / "law" / "payroll_parameters.yaml").exists():
        print(f"{options.reference} : law/payroll_parameters.yaml introuvable", file=sys.stderr)
        return 2
    print("\n".join(convert(options.reference, options.data, options.cases).lines()))
    return 0


class _TextLoader(yaml.SafeLoader):
    """Numbers and days stay text, so that no percentage passes through a float."""


_NOT_READ = ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int", "tag:yaml.org,2002:timestamp")
_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NOT_READ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_TextLoader)  # noqa: S506 - a safe loader


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, encoding="utf-8")


def _by_id(entries: list[Entry]) -> dict[str, Entry]:
    return {entry["id"]: entry for entry in entries}


def _filled(fields: Entry) -> Entry:
    return {key: value for key, value in fields.items() if value not in ("", [], None)}


def _ordered(value: Entry) -> Entry:
    return {key: value[key] for key in VALUE_KEYS if key == "value" or value.get(key)}


def _before(values: list[Entry], day: str) -> list[Entry]:
    """Return the values begun before a day, the last one ending on its eve at the latest."""
    kept = [value for value in values if value["from"] < day]
    if kept and kept[-1].get("to", day) >= day:
        eve = date.fromisoformat(day) - timedelta(days=1)
        kept[-1] = _ordered({**kept[-1], "to": eve.isoformat()})
    return kept


def _number(value: object, unit: str) -> str | None:
    """Return a number as text, per cent turned into a fraction; None stays to be asked."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value))
    number = Decimal(str(value))
    return format((number / 100 if unit == "rate" else number).normalize(), "f")


def _doubt(entry: Entry) -> int:
    return RANK[entry["values"][-1]["confidence"]]


def _say_why_uncertain(parameter: Entry) -> None:
    for value in parameter["values"]:
        if value["confidence"] == "uncertain" and not value.get("warning"):
            asked = (
                "Valeur propre à la structure, à saisir"
                if value["value"] is None
                else "À vérifier avant usage"
            )
            value["warning"] = parameter["note"] or asked


def _percent(fraction: str) -> str:
    return format((Decimal(fraction) * 100).normalize(), "f").replace(".", ",") + " %"


def _french(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def _one_line(text: str) -> str:
    return " ".join((text or "").split())


def _counted(what: str, names: list[str]) -> str:
    return f"{what} : {len(names)} ({', '.join(sorted(names))})" if names else f"{what} : 0"


if __name__ == "__main__":
    sys.exit(main())
