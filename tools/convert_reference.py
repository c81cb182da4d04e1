"""Convert the researched reference folder into the law data shipped with Filage.

    python tools/convert_reference.py REFERENCE [--data src/filage/data/law] [--cases tests/cases/law]

Reads `law/payroll_parameters.yaml`, `law/complements_2026.yaml` and the VAT rates of `law/rights_tariffs.yaml`; writes
one YAML file a parameter, always the same for the same input, and prints what became of every entry. Percentages become
fractions here and nowhere else. Confidence follows DECISIONS D5; a complement replaces a value only when its own
confidence is better, otherwise the older value stays and its warning says what the other would change. Artists' reduced
rates are written beside the tests, since payroll computes them; rules in prose are named, not shipped.
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

CHECKED_ON = "2026-11-22"
RANK = {"confirmed": 0, "one_source": 1, "uncertain": 2}
CONFIDENCE = {"confirmed": "one_source", "one_source": "one_source", "uncertain": "uncertain"}
"""The files' `confirmed` means several secondary sources: `confirmed` is kept for texts in force that were read."""

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
RULE_UNITS = ("formule", "règle", "texte")

REVISED = {
    "yearly-01-01": (
        "pass pmss pjss phss plafond_artiste_engagement_court smic_horaire smic_horaire_reference_rgdu atmp_artiste"
        " atmp_technicien atmp_moyen_national taxe_salaires_seuil_1 taxe_salaires_seuil_2 minimum_garanti"
        " urssaf_repas_restaurant urssaf_repas_hors_restaurant urssaf_repas_lieu_travail urssaf_gd_paris"
        " urssaf_gd_autres"
    ).split(),
    "yearly-04-01": ["conges_spectacles"],
    "never": (
        "artiste_coefficient heures_mensuelles_legales maladie_employeur_reduit allocations_familiales_reduit"
        " rg_tmax_moins_50 rg_tmax_50_et_plus dfs_20 dfs_25 seuil_maladie_reduite_2025 seuil_af_reduites_2025"
        " cachet_heures_reduction"
    ).split(),
}

KEPT_ARTIST = ("atmp_artiste", "rgdu_artiste")
"""Entries about artists that are values of their own, not 70 % of another."""

SHIPPED_COMPLEMENTS = {
    "atmp_moyen_national": "paie",
    "prevoyance_ccneac_cadre_ta": "paie",
    "prevoyance_ccneac_cadre_tb": "paie",
    "thalie_permanent": "paie",
    "minimum_garanti": "paie",
    "urssaf_repas_restaurant": "defraiement",
    "urssaf_repas_hors_restaurant": "defraiement",
    "urssaf_repas_lieu_travail": "defraiement",
    "urssaf_gd_paris": "defraiement",
    "urssaf_gd_autres": "defraiement",
    "ccneac_deplacement_2024": "defraiement",
}
"""Complements that stand alone and are shipped, with their area."""

ALSO_REPLACES = {"prevoyance_intermittent_salarie_2026": ["prevoyance_intermittent_cadre_salarie"]}
"""A complement says « cadres et non cadres » but names one entry."""

REMARKS = {
    "chomage_total_employeur_2026": (
        ("chomage_spectacle_employeur",),
        "Total employeur 9,00 % retenu (4,00 + 5,00) ; un exemple d’Audiens de 2026 ne se retrouve qu’avec 9,05 % : "
        "0,05 point de plus",
    ),
    "fnal_majoration_assiette_conges": (
        ("fnal_moins_50", "fnal_50_et_plus"),
        "À vérifier : un exemple d’Audiens de 2026 majore l’assiette de 1,115 quand une caisse verse les congés ; une "
        "seule source, non appliqué",
    ),
    "prevoyance_fonds_sante_cadre_2026": (
        ("fonds_sante_intermittent_cadre",),
        "Total 2026 de 1,69 % selon Audiens cité par une seule source, soit 0,81 % de fonds santé par déduction au "
        "lieu de 0,74 %",
    ),
    "atmp_exemple_audiens": (
        ("atmp_artiste",),
        "Taux à saisir d’après la notification de la caisse ; un exemple d’Audiens de 2026 retient 1,19 %",
    ),
    "prevoyance_ccneac_cadre_ta": (
        ("prevoyance_cadre_permanent",),
        "Minimum légal ; la convention 1285 demanderait 2,14 % (tranche A) et 0,95 % (tranche B) selon une seule source",
    ),
}
"""Complements that replace nothing but cast a doubt: the values concerned say what would change."""

CONFIRMING = (
    "prevoyance_fonds_sante_nc_2026",
    "afdas_2026",
    "atmp_notifies_exemples",
    "agirc_arrco_cadre_t1_journalier",
    "exemple_audiens_2026_artiste_400",
)
"""Complements that repeat a value already shipped, or only illustrate it."""


RULES = (
    "guso_regles",
    "guso_majoration_retard",
    "guso_taux_global",
    "arrondi_taux_artistes",
    "urssaf_gd_degressivite",
)
MINIMUM_PREFIX = "mini_"

NOTES = {
    "artiste_coefficient": (
        "Taux arrondi à 2 décimales de pour cent (taux publiés par l’Urssaf : 5,99 / 4,83 / 0,28 / 1,41 / 2,42 / 4,90). "
        "CSA, CSG-CRDS, dialogue social, chômage, AGS, retraite complémentaire : pas d’abattement. Activité accessoire "
        "(cours, stage, technique) : taux plein."
    ),
    "chomage_majoration_cddu": (
        "Toujours appliquée en 2026 selon Audiens cité par une source. Non due en saisonnier ; remboursable si CDI."
    ),
    "conges_spectacles": (
        "Taux fixé chaque 1er avril par le conseil d’administration de la caisse ; « stable jusqu’au 31/03/2027 ». Assiette "
        ": brut avant DFS. CDD de moins de 12 mois, hors précarité. Jamais d’indemnité de congés versée par l’employeur."
    ),
    "medecine_travail_intermittent": (
        "0,35 % HT, 0,42 % TTC (TVA 20 %), déclaré en DSN depuis le 01/01/2026. Charge de structure, hors bulletin ; une "
        "association hors TVA supporte le TTC. Permanents : forfait par salarié."
    ),
    "taxe_apprentissage_majoration_intermittents": (
        "La taxe des intermittents est majorée de 10 % (0,649 % + 0,099 %). Portée à confirmer, texte lu par extrait."
    ),
    "fnas": "11 à 50 salariés : partage FNAS/CSEC ; 50 et plus : CSE. Date du passage à 1,45 % non retrouvée.",
    "fcap_svp": "Au moins 80 € et au plus 300 € par entreprise et par an.",
    "ccneac_deplacement_2024": (
        "2 repas à 20,70 € et une chambre avec petit déjeuner à 74,30 €. Si l’alignement sur l’Urssaf suit chaque année, "
        "2026 donnerait 2 × 21,40 + 76,60 = 119,40 € (hypothèse, non lue)."
    ),
}
"""Notes rewritten where the researched one speaks of its own files or of a doubt since settled."""

WARNINGS = {
    (
        "conges_spectacles",
        "2023-04-01",
    ): "Lu pour avril 2023 et pour 2026 : 15,50 % aux deux bornes, rien entre les deux",
    ("smic_horaire_reference_rgdu", "2026-01-01"): (
        "Une source suit le Smic réel (12,31 € dès le 01/06/2026) ; on suit le décret cité par l’autre"
    ),
    ("taxe_apprentissage_majoration_intermittents", "2022-01-01"): "Texte lu par extrait, portée à confirmer",
    ("rgdu_majoration_caisse_conges", "2011-01-01"): (
        "Admis pour les caisses de congés ; application aux Congés Spectacles non lue mot pour mot"
    ),
    (
        "agirc_arrco_t1_employeur_general",
        "2019-01-01",
    ): "La convention peut partager par moitié (3,94 / 3,93)",
    ("agirc_arrco_t1_salarie_general", "2019-01-01"): "La convention peut partager par moitié (3,94 / 3,93)",
}
"""Doubts of a shipped value that the researched file keeps in its notes."""

FROM = {"atmp_technicien": "2024-01-01"}
"""A rate that every employer has from before the first year covered is asked from there on."""

ADDED: list[dict[str, Any]] = [
    {
        "id": "paie.seuil_maladie_reduite_2025",
        "label": "Seuil du taux réduit maladie de 2025, en nombre de Smic",
        "unit": "ratio",
        "applies_to": ["artiste", "technicien", "permanent"],
        "note": "Rémunération comparée au Smic au 01/01/2025 (11,88 € de l’heure).",
        "from_entry": "maladie_employeur_reduit",
        "values": [{"from": "2025-01-01", "to": "2025-12-31", "value": "2.25", "confidence": "one_source"}],
    },
    {
        "id": "paie.seuil_af_reduites_2025",
        "label": "Seuil du taux réduit d’allocations familiales de 2025, en nombre de Smic",
        "unit": "ratio",
        "applies_to": ["artiste", "technicien", "permanent"],
        "note": "Rémunération comparée au Smic au 01/01/2025 (11,88 € de l’heure).",
        "from_entry": "allocations_familiales_reduit",
        "values": [{"from": "2025-01-01", "to": "2025-12-31", "value": "3.3", "confidence": "one_source"}],
    },
    {
        "id": "paie.cachet_heures_reduction",
        "label": "Heures d’un cachet pour comparer la paie au Smic",
        "unit": "hours",
        "applies_to": ["artiste"],
        "note": "Sert aux seuls taux réduits de 2025.",
        "from_entry": "cachet_heures_chomage",
        "values": [
            {
                "from": "2025-01-01",
                "to": "2025-12-31",
                "value": "12",
                "confidence": "uncertain",
                "warning": "Par analogie avec l’assurance chômage (annexe 10) ; aucun texte lu pour les cotisations",
            }
        ],
    },
    {
        "id": "paie.taxe_apprentissage_associations",
        "label": "Taxe d’apprentissage due par les associations",
        "unit": "flag",
        "part": "employeur",
        "applies_to": ["association"],
        "note": "Exonérées jusqu’à la période d’emploi de février 2026, redevables depuis mars 2026 (LF 2026 art. 135).",
        "from_entry": "taxe_apprentissage_solde",
        "values": [
            {"from": "2022-01-01", "to": "2026-02-28", "value": "0", "confidence": "one_source"},
            {
                "from": "2026-03-01",
                "value": "1",
                "confidence": "one_source",
                "warning": "L’entrée en vigueur en mars 2026 est une tolérance de l’Urssaf, à vérifier",
            },
        ],
    },
]
"""What the cost engine needs and the researched list holds only in labels and notes; the source is that entry's."""

VAT = {
    "TVA-210": ("billetterie_premieres", "TVA de la billetterie, 140 premières représentations"),
    "TVA-550": ("spectacle", "TVA du spectacle : cession et billetterie"),
    "TVA-1000": ("droits", "TVA des droits d’auteur et d’interprète, hébergement, restauration, transport"),
    "TVA-2000": ("normal", "TVA, taux normal"),
}
VAT_CONFIDENCE = {"high": "one_source", "medium": "one_source", "low": "uncertain"}
VAT_FROM = "2020-09-23"
"""The day of the BOFiP page read: nothing is claimed before."""
VAT_WARNING = "Article du CGI non relu dans sa version en vigueur ; taux lu dans le BOFiP ou ses reprises"


@dataclass
class Report:
    """What became of every entry read."""

    read: int = 0
    shipped: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    confirming: list[str] = field(default_factory=list)
    artist_rates: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    minimums: int = 0

    def lines(self) -> list[str]:
        """Return the report as text, counts first."""
        return [
            f"lus : {self.read} (dont {self.minimums} minima, convertis avec les conventions)",
            f"livrés : {len(self.shipped)}",
            f"remplacés par un complément mieux sourcé : {len(self.replaced)} ({', '.join(self.replaced)})",
            f"gardés avec un avertissement : {len(self.warned)} ({', '.join(self.warned)})",
            f"compléments qui répètent ou illustrent : {len(self.confirming)} ({', '.join(self.confirming)})",
            f"taux d’artistes publiés, gardés pour les tests : {len(self.artist_rates)}",
            f"règle, non livrée : {len(self.rules)} ({', '.join(self.rules)})",
            f"hors de la paie, non livrés : {len(self.elsewhere)} ({', '.join(self.elsewhere)})",
        ]


class Conversion:
    """One conversion: the entries read, the parameters to write, the report."""

    def __init__(self, reference: Path) -> None:
        self.entries = {
            entry["id"]: entry for entry in _read(reference / "law/payroll_parameters.yaml")["parameters"]
        }
        complements = reference / "law/complements_2026.yaml"
        self.complements = {
            entry["id"]: entry for entry in (_read(complements) if complements.exists() else [])
        }
        tariffs = reference / "law/rights_tariffs.yaml"
        self.tariffs: dict[str, Any] = _read(tariffs) if tariffs.exists() else {"vat_rates": []}
        self.parameters: dict[str, dict[str, Any]] = {}
        self.published: list[dict[str, Any]] = []
        self.report = Report(read=len(self.entries) + len(self.complements) + len(self.tariffs["vat_rates"]))

    def run(self) -> None:
        """Convert everything in memory."""
        for entry in self.entries.values():
            self._entry(entry)
        for complement in self.complements.values():
            self._complement(complement)
        for added in ADDED:
            self._added(added)
        for vat in self.tariffs["vat_rates"]:
            self._vat(vat)
        for parameter in self.parameters.values():
            _say_why_uncertain(parameter)
        self.report.shipped = sorted(self.parameters)
        self.report.rules = sorted(self.report.rules)

    def _entry(self, entry: dict[str, Any]) -> None:
        name = entry["id"]
        if entry["unit"] in RULE_UNITS:
            self.report.rules.append(name)
        elif name.endswith("_artiste") and name not in KEPT_ARTIST:
            self._artist_rate(entry)
        else:
            self.parameters[f"paie.{name}"] = self._parameter(entry)

    def _artist_rate(self, entry: dict[str, Any]) -> None:
        """Keep a published artists' rate for the test of the computed ones."""
        full = entry["id"].removesuffix("_artiste")
        self.report.artist_rates.append(entry["id"])
        for value in entry["values"]:
            self.published.append(
                {
                    "parameter": f"paie.{full}",
                    "from": value["from"],
                    **({"to": value["to"]} if "to" in value else {}),
                    "published": _number(value["value"], "rate"),
                    "source": value["source"],
                    "url": value["url"] or "",
                }
            )

    def _parameter(self, entry: dict[str, Any]) -> dict[str, Any]:
        name, unit = entry["id"], UNITS[entry["unit"]]
        base = entry.get("base", "PMSS" if entry["unit"] == "% PMSS" else "")
        values = [_value(value, unit, name) for value in entry["values"]]
        if name in FROM:
            values[0]["from"] = FROM[name]
        applies_to = list(entry.get("applies_to", []))
        if f"{name}_artiste" in self.entries and name != "rgdu":
            applies_to.insert(0, "artiste")
        return {
            "label": _upper_first(entry.get("label_fr") or entry["label"]),
            "unit": unit,
            "part": entry.get("part", ""),
            "base": base,
            "applies_to": applies_to,
            "note": " ".join(NOTES.get(name, entry.get("note") or "").split()),
            "revised": next((revised for revised, names in REVISED.items() if name in names), "on_text"),
            "checked_on": CHECKED_ON,
            "values": values,
        }

    def _complement(self, entry: dict[str, Any]) -> None:
        name = entry["id"]
        if name.startswith(MINIMUM_PREFIX) or "replaces_minimum" in entry:
            self.report.minimums += 1
            return
        if name in REMARKS:
            targets, remark = REMARKS[name]
            for target in targets:
                self._warn(target, remark)
        if "replaces" in entry:
            for target in [entry["replaces"], *ALSO_REPLACES.get(name, [])]:
                self._replace(target, entry)
        elif name in SHIPPED_COMPLEMENTS:
            self.parameters[f"{SHIPPED_COMPLEMENTS[name]}.{name}"] = self._parameter(entry)
        elif name in RULES or entry["unit"] in RULE_UNITS:
            self.report.rules.append(name)
        elif name in CONFIRMING:
            self.report.confirming.append(name)
        elif name not in REMARKS:
            self.report.elsewhere.append(name)

    def _replace(self, target: str, complement: dict[str, Any]) -> None:
        """Take the complement's values from their first day when better sourced, else warn of any difference."""
        parameter = self.parameters.get(f"paie.{target}")
        if parameter is None:
            return
        old = self.entries[target]["values"][-1]
        new = [_value(value, parameter["unit"], complement["id"]) for value in complement["values"]]
        if _doubt(complement["values"][-1]) < _doubt(old):
            starts = new[0]["from"]
            kept = [value for value in parameter["values"] if value["from"] < starts]
            if kept and kept[-1].get("to", "9999") >= starts:
                kept[-1] = _ending(kept[-1], date.fromisoformat(starts) - timedelta(days=1))
            parameter["values"] = [*kept, *new]
            self.report.replaced.append(target)
        elif new[-1]["value"] != parameter["values"][-1]["value"]:
            self._warn(
                target,
                f"Une autre source de même poids donne {_percent(new[-1]['value'])} depuis le "
                f"{_french(new[-1]['from'])} : {_short(complement)}",
            )
        else:
            self.report.confirming.append(complement["id"])

    def _warn(self, target: str, remark: str) -> None:
        parameter = self.parameters.get(f"paie.{target}")
        if parameter is None:
            return
        last = parameter["values"][-1]
        last["warning"] = f"{last['warning']} ; {remark}" if last.get("warning") else remark
        self.report.warned.append(target)

    def _added(self, added: dict[str, Any]) -> None:
        source = self.entries.get(added["from_entry"])
        if source is None:
            return
        name = added["id"].removeprefix("paie.")
        origin = source["values"][-1]
        values = []
        for value in added["values"]:
            sourced = {
                "source": origin["source"],
                "url": origin["url"] or "",
                "confidence": value["confidence"],
            }
            values.append(_ordered_value({**value, **sourced}))
        self.parameters[added["id"]] = {
            "label": added["label"],
            "unit": added["unit"],
            "part": added.get("part", ""),
            "base": "",
            "applies_to": added["applies_to"],
            "note": added["note"],
            "revised": next((revised for revised, names in REVISED.items() if name in names), "on_text"),
            "checked_on": CHECKED_ON,
            "values": values,
        }

    def _vat(self, vat: dict[str, Any]) -> None:
        if vat["id"] not in VAT:
            self.report.elsewhere.append(vat["id"])
            return
        name, label = VAT[vat["id"]]
        sources = [self.tariffs["sources"][source] for source in vat["sources"]]
        self.parameters[f"tva.{name}"] = {
            "label": label,
            "unit": "rate",
            "part": "",
            "base": "prix hors taxe",
            "applies_to": [],
            "note": " ".join(vat["scope"].split()),
            "revised": "on_text",
            "checked_on": CHECKED_ON,
            "values": [
                {
                    "from": VAT_FROM,
                    "value": format(Decimal(vat["rate"]), "f"),
                    "source": " ; ".join(source["title"] for source in sources),
                    "url": sources[0]["url"],
                    "confidence": VAT_CONFIDENCE[vat["confidence"]],
                    "warning": VAT_WARNING,
                }
            ],
        }


def convert(reference: Path, data: Path, cases: Path) -> Report:
    """Convert `reference` into `data` (one file a parameter) and `cases` (published artists' rates); return the report."""
    conversion = Conversion(reference)
    conversion.run()
    for name, parameter in conversion.parameters.items():
        filled = {key: value for key, value in parameter.items() if value not in ("", [])}
        _write(data / f"{name.replace('.', '/')}.yaml", filled)
    _write(cases / "published_artist_rates.yaml", conversion.published)
    return conversion.report


def main(arguments: list[str] | None = None) -> int:
    """Run the conversion from the command line."""
    parser = argparse.ArgumentParser(description="Convertit le dossier de référence en données livrées.")
    parser.add_argument("reference", type=Path)
    parser.add_argument("--data", type=Path, default=Path("src/filage/data/law"))
    parser.add_argument("--cases", type=Path, default=Path("tests/cases/law"))
    options = parser.parse_args(arguments)
    if not (options.reference / "law/payroll_parameters.yaml").exists():
        print(f"{options.reference} : law/payroll_parameters.yaml introuvable", file=sys.stderr)
        return 2
    print("\n".join(convert(options.reference, options.data, options.cases).lines()))
    return 0


class _TextLoader(yaml.SafeLoader):
    """Numbers stay text, so that no percentage passes through a float."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NUMBERS]
    for _NUMBERS in [("tag:yaml.org,2002:float", "tag:yaml.org,2002:int", "tag:yaml.org,2002:timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(path: Path) -> Any:  # noqa: ANN401 - the researched files are lists or mappings
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_TextLoader)  # noqa: S506 - a safe loader


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, encoding="utf-8")


def _value(value: dict[str, Any], unit: str, name: str) -> dict[str, Any]:
    warnings = [WARNINGS[name, value["from"]]] if (name, value["from"]) in WARNINGS else []
    if value.get("from_uncertain") == "true" or value.get("from_uncertain") is True:
        warnings.append("Date d’effet à vérifier")
    return _ordered_value(
        {
            "from": value["from"],
            "to": value.get("to", ""),
            "value": _number(value["value"], unit),
            "source": " ".join(value["source"].split()),
            "url": value["url"] or "",
            "confidence": CONFIDENCE[value["confidence"]],
            "warning": " ; ".join(warnings),
            "own_formula": value.get("formula", "").replace("12*phss", "12 × plafond horaire"),
        }
    )


def _ordered_value(value: dict[str, Any]) -> dict[str, Any]:
    keys = ("from", "to", "value", "source", "url", "confidence", "warning", "own_formula")
    return {key: value[key] for key in keys if key == "value" or value.get(key)}


def _ending(value: dict[str, Any], day: date) -> dict[str, Any]:
    return _ordered_value({**value, "to": day.isoformat()})


def _number(value: object, unit: str) -> str | None:
    """Return a number as text, per cent turned into a fraction; None stays to be asked."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(int(value))
    number = Decimal(str(value))
    return format((number / 100 if unit == "rate" else number).normalize(), "f")


def _doubt(value: dict[str, Any]) -> int:
    return RANK[value["confidence"]]


def _say_why_uncertain(parameter: dict[str, Any]) -> None:
    for value in parameter["values"]:
        if value["confidence"] == "uncertain" and not value.get("warning"):
            asked = value["value"] is None
            value["warning"] = parameter["note"] or (
                "Valeur propre à la structure" if asked else "À vérifier avant usage"
            )


def _percent(fraction: str) -> str:
    return format((Decimal(fraction) * 100).normalize(), "f").replace(".", ",") + " %"


def _french(day: str) -> str:
    year, month, number = day.split("-")
    return f"{number}/{month}/{year}"


def _short(complement: dict[str, Any]) -> str:
    return " ".join(complement["values"][-1]["source"].split()).split(" (", maxsplit=1)[0]


def _upper_first(label: str) -> str:
    return label[:1].upper() + label[1:]


if __name__ == "__main__":
    sys.exit(main())
