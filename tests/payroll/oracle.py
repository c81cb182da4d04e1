"""The comparison with Urssaf's own rules: every line both compute, and the page of the documentation that shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from filage.law import load_law
from filage.payroll.case import cost_cases

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "payroll" / "oracle.json"
PAGE = ROOT / "docs" / "payroll-oracle.md"
CSG = ("csg_deductible", "csg_non_deductible", "crds")
COVERS = ("prevoyance", "fonds_sante", "complementaire_sante")
ORACLE_CADRE_COVER = Decimal("0.015")
CENT = Decimal("0.01")
COVER = (
    "Filage met dans la base de CSG-CRDS la part patronale de la prévoyance et du fonds santé des intermittents"
    "\n(Code de la sécurité sociale, article L136-1-1), comme les exemples chiffrés ; l’oracle ne connaît pas cette "
    "prévoyance\n(pour un cadre, il compte 1,50 %). Avec la sienne, nos montants\n"
    "sont les siens, à la même tolérance (testé)."
)


@dataclass(frozen=True)
class Compared:
    """One line computed twice."""

    case: str
    status: str
    id: str
    payer: str
    base: Decimal
    ours: Decimal
    theirs: Decimal
    with_their_cover: Decimal
    """What we would say with the oracle's idea of the employer's cover: none, or a cadre's 1.50 %."""

    @property
    def difference(self) -> Decimal:
        return self.ours - self.theirs

    @property
    def tolerance(self) -> Decimal:
        """A hundredth of a per cent of the base, never less than a cent."""
        return max(self.base / 10_000, CENT)

    @property
    def agrees(self) -> bool:
        return abs(self.difference) <= self.tolerance

    @property
    def known_gap(self) -> bool:
        """Whether the difference is the one we know and stand by."""
        return self.id in CSG and self.status != "permanent"


@cache
def compared() -> tuple[Compared, ...]:
    """Every line of the oracle beside ours; a contribution in two tranches is compared whole."""
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    answers = cost_cases([case["case"] for case in cases], load_law())
    return tuple(
        _compare(case["case"], answer, line)
        for case, answer in zip(cases, answers, strict=True)
        for line in case["lines"]
    )


def _compare(case, answer, line) -> Compared:
    same = [ours for ours in answer["lines"] if (ours["id"], ours["payer"]) == (line["id"], line["payer"])]
    base = Decimal(line["base"]) if line["base"] is not None else Decimal(case["gross"])
    ours = _sum(same)
    cover = _sum(one for one in answer["lines"] if one["id"] in COVERS and one["payer"] == "employer")
    theirs_cover = Decimal(case["gross"]) * ORACLE_CADRE_COVER if case["cadre"] else 0
    bare = sum(
        (
            Decimal(one["rate"]) * (Decimal(one["base"]) - cover + theirs_cover)
            for one in same
            if one["id"] in CSG
        ),
        Decimal(0),
    )
    theirs = _signed(line["id"], Decimal(line["amount"]))
    return Compared(case["id"], case["status"], line["id"], line["payer"], base, ours, theirs, bare)


def _sum(lines) -> Decimal:
    return sum((Decimal(line["amount"]) for line in lines), Decimal(0))


def _signed(ident: str, amount: Decimal) -> Decimal:
    """What reduces is negative with us, positive there."""
    return -abs(amount) if ident in ("rgdu", "reduction_generale") else amount


def page() -> str:
    """The page of the documentation, whole."""
    lines = compared()
    apart = [line for line in lines if not line.agrees]
    text = [
        "# Les cotisations comparées à celles de l’Urssaf",
        "",
        f"{len({line.case for line in lines})} bulletins calculés deux fois : par Filage, sans caisse de congés",
        "(`paid_leave_fund` à `false`), et par les règles que l’Urssaf publie (`modele-social` 11.1.0,",
        "et 8.0.0 pour 2025),",
        f"évaluées sur la même machine. {len(lines)} lignes sont comparables ; {len(lines) - len(apart)} sont égales à",
        "0,01 % de la base près, jamais moins d’un centime (les taux des artistes n’y sont pas arrondis). Les autres",
        f"s’expliquent toutes ainsi : {COVER}",
        "",
        "Ne sont pas comparées les lignes que ces règles ne savent pas calculer pour un intermittent :",
        "chômage des annexes 8 et 10, formation, congés, prévoyance, plafond des engagements courts. Un test",
        "(`tests/payroll/test_oracle.py`) refait la comparaison et cette page.",
        "",
        "| Cas | Cotisation | Part | Base | Filage | Oracle | Écart | Raison |",
        "|---|---|---|--:|--:|--:|--:|---|",
    ]
    text += [_row(line) for line in lines]
    return "\n".join(text) + "\n"


def _row(line: Compared) -> str:
    payer = {"employer": "employeur", "employee": "salarié"}[line.payer]
    reason = "prévoyance dans la base" if line.known_gap and line.difference else ""
    reason = reason or ("arrondi" if line.difference else "")
    return (
        f"| {line.case} | `{line.id}` | {payer} | {line.base:.2f} | {line.ours:.2f} | {line.theirs:.2f} "
        f"| {line.difference:+.2f} | {reason} |"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
