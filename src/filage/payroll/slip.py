"""A pay slip: one engagement in one calendar month, every contribution line, what it costs and what it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from filage.kernel import step as steps
from filage.kernel.money import CENT, ZERO
from filage.payroll.ceiling import Presence, ceiling, is_short_engagement
from filage.payroll.contribution import PlannedLine, plan_for
from filage.payroll.deduction import employee_pay, insured_pay
from filage.payroll.reductions import reduction_coefficient, reduction_id, with_reduced_rates
from filage.payroll.salary_tax import salary_tax_bases
from filage.payroll.terms import APPRENTI, ARTISTS, INTERMITTENTS, PERMANENTS, STAGIAIRE, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from filage.kernel.step import Source, Step
    from filage.law import Law

UNCERTAIN = steps.CERTAINTIES.index("uncertain")
EMPLOYER_COVER = ("prevoyance", "fonds_sante", "complementaire_sante")
"""The employer's contributions that join the base of CSG and CRDS."""


class Line(NamedTuple):
    """One line: base and amount in euros, rate as a fraction; negative reduces what the employer pays.

    The amount is kept, its reason is rebuilt when asked: a slip has thirty lines, and few are ever opened.
    """

    planned: PlannedLine
    basis: Step
    amount: Decimal

    @property
    def id(self) -> str:
        """The stable id of its contribution."""
        return self.planned.id

    @property
    def label(self) -> str:
        """The French name of its contribution."""
        return self.planned.label

    @property
    def tranche(self) -> str | None:
        """T1, T2, or nothing."""
        return self.planned.tranche

    @property
    def payer(self) -> str:
        """`employer` or `employee`."""
        return self.planned.payer

    @property
    def base(self) -> Decimal:
        """What the rate applies to, in euros."""
        return self.basis.value

    @property
    def rate(self) -> Decimal | None:
        """The rate as a fraction; None for an amount given as such."""
        return None if self.planned.rate is None else self.planned.rate.value

    @property
    def source(self) -> Source:
        """Where its rate comes from."""
        return self.planned.source

    @property
    def step(self) -> Step:
        """The amount and how it was obtained: the same arithmetic as `amount` (tested on every line)."""
        if self.planned.rate is None:
            return steps.relabelled(self.basis, self.label)
        return steps.rounded(steps.product(self.label, self.basis, self.planned.rate))

    @property
    def certainty(self) -> int:
        """The worst certainty of its leaves."""
        rate = self.planned.rate
        return self.basis.certainty if rate is None else max(self.basis.certainty, rate.certainty)

    @property
    def confidence(self) -> str:
        """How sure the line is: that of its weakest leaf."""
        return steps.CERTAINTIES[self.certainty]


class Totals(NamedTuple):
    """The three sums of a slip, in euros."""

    gross: Decimal
    employer_cost: Decimal
    net_before_tax: Decimal


@dataclass(frozen=True)
class Slip:
    """A slip computed: `missing` names the rates only the structure knows, which make the total incomplete.

    `insured` is what Social Security and Agirc-Arrco are based on: the gross, less DFS or a trainee's franchise.
    """

    terms: Terms
    presence: Presence
    gross: Step
    insured: Step
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    assumed: tuple[Step, ...]

    @property
    def complete(self) -> bool:
        """Whether every line due could be computed."""
        return not self.missing

    @cached_property
    def totals(self) -> Totals:
        """The sums alone, without their reasons: gross, employer cost and net before tax in euros."""
        gross = self.gross.value
        cost = net = gross
        for planned, _, amount in self.lines:
            if planned.payer == "employer":
                cost += amount
            else:
                net -= amount
        return Totals(gross, cost, net)

    @property
    def deducted(self) -> Decimal:
        """What DFS took from the pay contributions are based on, in euros."""
        return self.gross.value - self.insured.value if self.terms.dfs else ZERO

    @cached_property
    def employer_cost(self) -> Step:
        """Gross pay and every line of the employer."""
        lines = [line for line in self.lines if line.planned.payer == "employer"]
        contributions = steps.total_later(
            "Cotisations de l’employeur",
            self.totals.employer_cost - self.gross.value,
            lambda: tuple(line.step for line in lines),
            certainty=max([line.certainty for line in lines], default=0),
        )
        return steps.total("Coût employeur", [self.gross, contributions])

    @cached_property
    def net_before_tax(self) -> Step:
        """Gross pay less every line of the employee."""
        lines = (line.step for line in self.lines if line.payer == "employee")
        return steps.difference("Net avant impôt", self.gross, *lines)


@lru_cache(maxsize=20_000)
def cost_slip(terms: Terms, gross: Decimal, presence: Presence, law: Law) -> Slip:
    """Compute a slip from gross pay in euros, and remember it; LawNotCovered before the first values known."""
    return compute_slip(terms, gross, presence, law)


def compute_slip(terms: Terms, gross_value: Decimal, presence: Presence, law: Law) -> Slip:
    """Compute a slip without remembering it: for long lists, each case met once."""
    gross = steps.given("Salaire brut", gross_value)
    insured = insured_pay(terms, gross, presence, law)
    terms = with_reduced_rates(terms, insured, presence, law)
    plan = plan_for(terms, law)
    bases = _bases(terms, gross, insured, presence, law)
    own = employee_pay(terms, insured, presence, law)
    lines = _lines(
        plan.early, bases, bases if own is insured else _own_bases(terms, own, bases, presence, law)
    )
    cover = [
        line.step for line in lines if line.planned.id in EMPLOYER_COVER and line.planned.payer == "employer"
    ]
    late = _late_bases(terms, gross, own, bases["ceiling"], cover, law)
    lines += _lines(plan.late, late, late)
    lines += _reductions(terms, gross, insured, presence, law)
    return Slip(
        terms=terms,
        presence=presence,
        gross=gross,
        insured=insured,
        lines=tuple(lines),
        missing=plan.missing + (("complementaire_sante",) if _health_unknown(terms) else ()),
        assumed=tuple(dict.fromkeys([*plan.assumed, *_assumed_bases(lines)])),
    )


def _assumed_bases(lines: Sequence[Line]) -> Iterator[Step]:
    """The values assumed in the bases: a ceiling not yet published, once it limits a base."""
    for line in lines:
        if line.basis.certainty == UNCERTAIN:
            yield from (leaf for leaf in line.basis.leaves() if leaf.how == "assumed")


def thresholds(terms: Terms, presence: Presence, law: Law) -> tuple[Decimal, ...]:
    """The gross pays, in euros, just above which the net falls: CET is then due on the whole of tranche 1."""
    month = law["paie.pmss"].forecast(terms.day)
    top = _pension_ceiling(terms, ceiling(terms, presence, law), month).value
    return (_highest_gross(top, terms, presence, law),)


def _highest_gross(top: Decimal, terms: Terms, presence: Presence, law: Law) -> Decimal:
    """The highest gross whose insured part stays within a ceiling; the ceiling itself when nothing is deducted."""

    def insured(gross: Decimal) -> Decimal:
        pay = insured_pay(terms, steps.given("Salaire brut", gross), presence, law)
        return employee_pay(terms, pay, presence, law).value

    if insured(top + CENT) > top:
        return top
    low, high = top, top * 2
    while insured(high) <= top:
        low, high = high, high * 2
    while high - low > CENT:
        middle = ((low + high) / 2).quantize(CENT)
        low, high = (middle, high) if insured(middle) <= top else (low, middle)
    return low


def _bases(terms: Terms, gross: Step, insured: Step, presence: Presence, law: Law) -> dict[str, Step]:
    """The bases a contribution may name, in euros, but those that wait for the employer's cover."""
    top = ceiling(terms, presence, law)
    month = law["paie.pmss"].forecast(terms.day)
    pension_top = _pension_ceiling(terms, top, month)
    # The 12 hourly ceilings a day are for old age and FNAL alone: an artist's cover goes up to the monthly ceiling.
    cover_top = month if terms.status in ARTISTS and is_short_engagement(presence) else top
    t1 = _up_to("tranche 1", insured, pension_top)
    above = insured.value > pension_top.value
    bases = {
        "gross": gross,
        "insured": insured,
        "ceiling": top,
        "capped": _up_to("brut plafonné", insured, top),
        "cover_t1": _up_to("brut dans le plafond de la prévoyance", insured, cover_top),
        "t1": t1,
        "up_to_4_pmss": _within("brut dans 4 plafonds", gross, 4, month),
        "insured_up_to_4_pmss": _within("brut dans 4 plafonds", insured, 4, month),
        "health": steps.given("part employeur de la complémentaire", terms.health or ZERO),
    }
    if above:
        within = _within("brut dans 8 plafonds", insured, 8, pension_top)
        t2 = bases["t2"] = steps.difference("tranche 2", within, pension_top)
        bases["t1_t2_above_ceiling"] = steps.total("tranches 1 et 2", [t1, t2])
    return bases


def _late_bases(
    terms: Terms, gross: Step, own: Step, top: Step, cover: Sequence[Step], law: Law
) -> dict[str, Step]:
    """The bases that the employer's cover joins: CSG and CRDS, tax on salaries."""
    late = {}
    partly_exempt = terms.status in {STAGIAIRE, APPRENTI}
    if not partly_exempt or own.value > 0:
        late["csg"] = _csg_base(own if partly_exempt else gross, top, cover, law, terms)
    if terms.salary_tax_share > 0:
        late |= salary_tax_bases(terms, steps.total("rémunération imposable", [gross, *cover]), law)
    return late


def _pension_ceiling(terms: Terms, top: Step, month: Step) -> Step:
    """Return Agirc-Arrco's ceiling: the month's for artists and non-cadre intermittents, else the slip's own.

    A non-cadre's ceiling is yearly; a cadre artist's is doubtful, since Audiens publishes a daily first tranche.
    """
    if terms.status not in INTERMITTENTS or (terms.cadre and terms.status not in ARTISTS):
        return top
    return replace(month, certainty=UNCERTAIN) if terms.cadre else month


def _assumed(step: Step) -> list[Step]:
    return [leaf for leaf in step.leaves() if leaf.how == "assumed"] if step.certainty else []


def _up_to(label: str, gross: Step, top: Step) -> Step:
    return gross if gross.value <= top.value else steps.least(label, gross, top)


def _within(label: str, gross: Step, times: int, top: Step) -> Step:
    """The gross, at most so many times a ceiling."""
    if gross.value <= top.value * times:
        return gross
    return steps.least(label, gross, _times(times, top))


def _times(times: int, top: Step) -> Step:
    return steps.product(f"{times} plafonds", steps.given(str(times), times, unit="ratio"), top)


def _csg_base(gross: Step, top: Step, cover: Sequence[Step], law: Law, terms: Terms) -> Step:
    """98.25 % of gross up to four ceilings, all of it beyond, plus the employer's cover (CSS L136-1-1, L136-2)."""
    share = law["paie.csg_assiette"].forecast(terms.day)
    within = _within("brut dans 4 plafonds", gross, 4, top)
    parts = [steps.product("part soumise du brut", within, share)]
    if within is not gross:
        parts.append(steps.difference("brut au-delà de 4 plafonds", gross, _times(4, top)))
    return steps.rounded(steps.total("base de CSG-CRDS", [*parts, *cover]), "cent")


def _lines(planned: Iterable[PlannedLine], bases: Mapping[str, Step], own: Mapping[str, Step]) -> list[Line]:
    """The lines due on these bases, and on the employee's own; each to the cent, none on a base of nothing."""
    known = {name: base for name, base in bases.items() if base.value > 0}
    if own is bases:
        return [_line(line, known[line.base]) for line in planned if line.base in known]
    theirs = {name: base for name, base in own.items() if base.value > 0}
    sides = {"employer": known, "employee": theirs}
    return [_line(line, sides[line.payer][line.base]) for line in planned if line.base in sides[line.payer]]


def _own_bases(
    terms: Terms, own: Step, bases: Mapping[str, Step], presence: Presence, law: Law
) -> dict[str, Step]:
    """The bases of an apprentice's own contributions; what covers him is not exempt."""
    return {**_bases(terms, own, own, presence, law), "cover_t1": bases["cover_t1"]}


def _line(planned: PlannedLine, base: Step) -> Line:
    rate = planned.rate
    amount = base.value if rate is None else (base.value * rate.value).quantize(CENT, ROUND_HALF_UP)
    return Line(planned, base, amount)


def _reductions(terms: Terms, gross: Step, insured: Step, presence: Presence, law: Law) -> list[Line]:
    """The reduction due at this pay, as a line at a negative rate; none above its threshold."""
    coefficient = reduction_coefficient(terms, insured, presence, law)
    if coefficient is None:
        return []
    base: Step = insured
    if insured is not gross:
        capped = _without_dfs(terms, gross, presence, law)
        if capped is None:
            return []
        if capped.value * gross.value < coefficient.value * insured.value:
            base, coefficient = gross, capped
    ident = reduction_id(terms) or ""
    label = "Réduction générale dégressive unique" if ident == "rgdu" else "Réduction générale"
    source = next(s for leaf in coefficient.leaves() for s in leaf.sources)
    planned = PlannedLine(ident, label, None, "employer", "insured", steps.negative(coefficient), source)
    return [_line(planned, base)]


def _without_dfs(terms: Terms, gross: Step, presence: Presence, law: Law) -> Step | None:
    """130 % of the coefficient due without DFS: the most the reduction may be; None when none would be due."""
    without = reduction_coefficient(terms, gross, presence, law)
    if without is None:
        return None
    most = law["paie.dfs_plafond_reduction"].forecast(terms.day)
    return steps.product("130 % de la réduction sans DFS", most, without, unit="rate")


def _health_unknown(terms: Terms) -> bool:
    """A permanent's health cover is due; its price is the structure's own."""
    return terms.status in PERMANENTS and terms.health is None


def line_json(line: Line, *, inline_source: bool) -> dict[str, Any]:
    """Return the published shape of a line: numbers are text, amounts with two decimals."""
    planned = line.planned
    source, rate = planned.source, planned.rate
    return {
        "id": planned.id,
        "tranche": planned.tranche,
        "payer": planned.payer,
        "base": f"{line.base:.2f}",
        "rate": None if rate is None else rate_text(rate.value),
        "amount": f"{line.amount:.2f}",
        "source": {"title": source.title, "url": source.url} if inline_source else source.id,
        "confidence": line.confidence,
    }


@lru_cache(maxsize=4_096)
def rate_text(rate: Decimal) -> str:
    """Return a rate as plain digits, without useless zeros."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
