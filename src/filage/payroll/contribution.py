"""The contributions as data: one file each, read strictly; and the plan of lines due under given terms."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from filage.kernel import step as steps
from filage.kernel.errors import BadInput, Problem
from filage.kernel.money import ZERO
from filage.kernel.step import Source, Step
from filage.payroll.terms import ARTISTS, CONDITIONS, REALISATEUR, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from decimal import Decimal

    from filage.law import Law

BASES = (
    "gross", "insured", "capped", "cover_t1", "t1", "t2", "t1_t2_above_ceiling", "up_to_4_pmss", "insured_up_to_4_pmss",
    "csg", "health", "salary_tax", "salary_tax_2", "salary_tax_3",
)  # fmt: skip
"""What a line may be based on: `gross` is the contract's pay, `insured` what is left of it after DFS or a franchise."""

LATE_BASES = ("csg", "salary_tax", "salary_tax_2", "salary_tax_3")
"""The bases that the employer's cover joins."""

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_GIVEN: dict[str, Callable[[Terms], Decimal | None]] = {
    "notified_at_rate": lambda terms: terms.at_rate,
    "versement_mobilite": lambda terms: terms.versement_mobilite,
    "contract_cover": lambda terms: terms.cover,
}
_GIVEN_LABELS = {
    "notified_at_rate": "Taux AT notifié",
    "versement_mobilite": "Taux de versement mobilité",
    "contract_cover": "Taux du contrat de prévoyance",
}
GIVEN_RATES = tuple(_GIVEN)
_LINE_KEYS = {"payer", "tranche", "base", "rate", "artist_rate", "increased_by", "when"}
_TYPED = Source("structure", "Valeur saisie par la structure", "", None, "confirmed")


class LineRule(NamedTuple):
    """One line a contribution may give: who pays, on which base, at which rates, when."""

    payer: str
    base: str
    rates: tuple[str, ...]
    when: tuple[str, ...]
    tranche: str | None = None
    artist_rate: bool = False
    increased_by: str = ""


class Contribution(NamedTuple):
    """A contribution: stable id, French name, order on the slip, and its lines."""

    id: str
    label: str
    order: int
    rules: tuple[LineRule, ...]


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line due under some terms, with its rate found in the law; `rate` is None when the line is a given amount."""

    id: str
    label: str
    tranche: str | None
    payer: str
    base: str
    rate: Step | None
    source: Source
    assumed: tuple[Step, ...] = field(default=(), compare=False)
    """What of its rate the law does not cover on the day."""
    written: dict[int, tuple[str, str, str]] = field(default_factory=dict, compare=False, repr=False)
    """How the line is written in JSON around its base and amount, by certainty: filled by who writes many."""


class Plan(NamedTuple):
    """Every line due under some terms on one day, and what the law leaves to the structure and nobody gave.

    `late` are those of its lines whose base waits for the employer's cover; `early` the others.
    """

    early: tuple[PlannedLine, ...]
    late: tuple[PlannedLine, ...]
    missing: tuple[str, ...]
    assumed: tuple[Step, ...]

    @property
    def lines(self) -> tuple[PlannedLine, ...]:
        """Every line, those that wait last."""
        return self.early + self.late


@lru_cache(maxsize=1)
def contributions() -> tuple[Contribution, ...]:
    """Read the packaged contributions in slip order; BadInput names each malformed file."""
    found: list[Contribution] = []
    problems: list[Problem] = []
    for entry in files("filage.data").joinpath("contributions").iterdir():
        if entry.name.endswith(".yaml"):
            try:
                found.append(read_contribution(entry.name.removesuffix(".yaml"), entry.read_text("utf-8")))
            except BadInput as error:
                problems.extend(error.problems)
    if problems:
        raise BadInput(problems)
    return tuple(sorted(found, key=lambda contribution: (contribution.order, contribution.id)))


def read_contribution(ident: str, text: str) -> Contribution:
    """Read one contribution; BadInput says which key, base, rate or condition is wrong."""
    data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader either way
    problems = [
        Problem(message, path=ident)
        for message in (_faults(data) if isinstance(data, dict) else ["ce n’est pas une fiche"])
    ]
    if problems:
        raise BadInput(problems)
    rules = tuple(_rule(line) for line in data["lines"])
    return Contribution(ident, data["label"], data["order"], rules)


def _faults(data: dict[str, Any]) -> list[str]:
    faults = [f"« {key} » inconnu" for key in data if key not in ("label", "order", "note", "lines")]
    faults += [f"« {key} » manque" for key in ("label", "order", "lines") if key not in data]
    lines = data.get("lines", [])
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        return [*faults, "« lines » est une liste de lignes"]
    return faults + [fault for line in lines for fault in _line_faults(line)]


def _line_faults(line: dict[str, Any]) -> list[str]:
    faults = [f"« {key} » inconnu dans une ligne" for key in line if key not in _LINE_KEYS]
    if line.get("base") not in BASES:
        faults.append(f"base « {line.get('base')} » inconnue ; bases : {', '.join(BASES)}")
    if line.get("payer") not in ("employer", "employee"):
        faults.append("payer : employer ou employee")
    if not isinstance(line.get("rate"), list):
        faults.append("rate : une liste de paramètres, vide pour un montant donné")
    if not isinstance(line.get("when", []), list):
        return [*faults, "when : une liste de conditions"]
    return faults + [
        f"condition « {name} » inconnue" for name in line.get("when", ()) if name not in CONDITIONS
    ]


def _rule(line: dict[str, Any]) -> LineRule:
    return LineRule(
        payer=line["payer"],
        base=line["base"],
        rates=tuple(line["rate"]),
        when=tuple(line.get("when", ())),
        tranche=line.get("tranche"),
        artist_rate=line.get("artist_rate", False),
        increased_by=line.get("increased_by", ""),
    )


class _Due(NamedTuple):
    """A rule that applies, with the id and the French name of its contribution."""

    id: str
    label: str
    rule: LineRule


class _Shape(NamedTuple):
    """The plan of all who differ only by the rates they were given: those lines are still to write."""

    plan: Plan
    open: tuple[tuple[int, _Due], ...]
    """The rules whose rate is given, with their places among the early lines."""


_SHAPES: dict[Hashable, _Shape] = {}
_LINES: dict[Hashable, PlannedLine] = {}
_MAX_SHAPES, _MAX_LINES = 2_000, 20_000
_CONDITION_RATES = (
    "paie.taxe_apprentissage_associations", "paie.artiste_coefficient", "paie.realisateur_coefficient",
)  # fmt: skip
"""Parameters that a plan reads besides the rates of its contributions."""


def plan_for(terms: Terms, law: Law) -> Plan:
    """Return the lines due under these terms, kept in memory for a stretch of unchanged law."""
    since = _same_law_since(terms.day, law)
    key = (law.digest, since, terms.planned_by)
    shape = _SHAPES.get(key)
    if shape is None:
        if len(_SHAPES) >= _MAX_SHAPES:
            _SHAPES.clear()
        shape = _SHAPES[key] = _shape(terms.on(since), law)
    plan = shape.plan
    if not shape.open:
        return plan
    early = list(plan.early)
    for place, due in shape.open:
        early[place] = _planned(due, terms, law, since)
    return Plan(tuple(early), plan.late, plan.missing, plan.assumed)


@lru_cache(maxsize=4_096)
def _same_law_since(day: date, law: Law) -> date:
    """Return a day since which every parameter a plan reads says the same; what is assumed names its year."""
    breaks = _breaks(law)
    last = bisect_right(breaks, day)
    return max(breaks[last - 1] if last else date.min, date(day.year, 1, 1))


@lru_cache(maxsize=128)
def _breaks(law: Law) -> list[date]:
    """Every day on which a parameter of the plans changes, in order."""
    return sorted({day for name in _parameters() for day in law[name].breaks()})


@lru_cache(maxsize=1)
def _parameters() -> frozenset[str]:
    rules = [rule for contribution in contributions() for rule in contribution.rules]
    rates = {rate for rule in rules for rate in (*rule.rates, rule.increased_by) if rate}
    return frozenset((rates - set(GIVEN_RATES)) | set(_CONDITION_RATES))


def _shape(terms: Terms, law: Law) -> _Shape:
    """Find the rules that apply under these terms, and the rates they need that only the structure knows."""
    early: list[PlannedLine] = []
    late: list[PlannedLine] = []
    missing: list[str] = []
    still: list[tuple[int, _Due]] = []
    for due in _applying(terms, law):
        unknown = [name for name in due.rule.rates if name not in _GIVEN and law[name].is_null_on(terms.day)]
        if unknown:
            missing.extend(unknown)
            continue
        if any(name in _GIVEN for name in due.rule.rates):
            still.append((len(early), due))
        (late if due.rule.base in LATE_BASES else early).append(_planned(due, terms, law, terms.day))
    assumed = tuple(step for line in (*early, *late) for step in line.assumed)
    return _Shape(Plan(tuple(early), tuple(late), tuple(missing), assumed), tuple(still))


def _applying(terms: Terms, law: Law) -> list[_Due]:
    return [
        _Due(contribution.id, contribution.label, rule)
        for contribution in contributions()
        for rule in contribution.rules
        if all(CONDITIONS[name](terms, law) for name in rule.when)
    ]


def _planned(due: _Due, terms: Terms, law: Law, since: date) -> PlannedLine:
    """The line of a rule, one for all the plans in which its rate is the same."""
    rule = due.rule
    share = terms.status if rule.artist_rate and terms.status in ARTISTS else ""
    given = [_GIVEN[name](terms) for name in rule.rates if name in _GIVEN]
    key = (law.digest, since, due.id, rule, share, *given)
    line = _LINES.get(key)
    if line is None:
        if len(_LINES) >= _MAX_LINES:
            _LINES.clear()
        rate = _rate(rule, due.label, terms.on(since), law)
        leaves = tuple(rate.leaves()) if rate else ()
        source = next((source for leaf in leaves for source in leaf.sources), _TYPED)
        assumed = tuple(leaf for leaf in leaves if leaf.how == "assumed")
        line = PlannedLine(due.id, due.label, rule.tranche, rule.payer, rule.base, rate, source, assumed)
        _LINES[key] = line
    return line


def _rate(rule: LineRule, label: str, terms: Terms, law: Law) -> Step | None:
    """The rate of a line: its parts added up, the artists' share taken and rounded to four decimals."""
    if not rule.rates:
        return None
    parts = [_one_rate(name, terms, law) for name in rule.rates]
    rate = parts[0] if len(parts) == 1 else steps.total(label, parts, unit="rate")
    if rule.artist_rate and terms.status in ARTISTS:
        director = terms.status == REALISATEUR
        coefficient = law[f"paie.{'realisateur' if director else 'artiste'}_coefficient"].forecast(terms.day)
        rate = steps.rounded(
            steps.product(f"{label}, taux des artistes", rate, coefficient, unit="rate"), "rate4"
        )
    if rule.increased_by:
        surcharge = law[rule.increased_by].forecast(terms.day)
        factor = steps.total("majoration", [steps.given("1", 1, unit="ratio"), surcharge], unit="ratio")
        rate = steps.product(f"{label}, majorée", rate, factor, unit="rate")
    return rate


def _one_rate(name: str, terms: Terms, law: Law) -> Step:
    if name in _GIVEN:
        return steps.law(_GIVEN_LABELS[name], _GIVEN[name](terms) or ZERO, _TYPED, unit="rate")
    return law[name].forecast(terms.day)
