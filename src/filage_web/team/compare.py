"""Two ways or more of engaging the same person, side by side, and the changes that keep one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from filage.facts.base import choices
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement, Position
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO, round_half_up
from filage.kernel.step import CERTAINTIES
from filage.law import Law, load_law
from filage.payroll.alternatives import LineCompared, Variant, Way, compare_ways, entitlement_of
from filage.payroll.entitlement import EMPTY, Entitlement
from filage.payroll.minimum import MinimumCheck, check_engagement
from filage.payroll.ways import COST, GROSS, NET, paid_the_same, under_status, usual_ways
from filage.review import law_of_structure
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest
from filage_web.forms import FactForm
from filage_web.store.outcomes import outcome_of, preview
from filage_web.team.forms import EngagementForm
from filage_web.team.pay import base_words
from filage_web.team.queries import MINIMUM
from filage_web.why.reasons import UNCERTAIN

EQUAL: Final = {GROSS: "brut", NET: "net", COST: "coût"}
LETTERS: Final = "ABCDE"
AT_MOST: Final = 3
"""Other ways shown at once."""
PREFIX, OWN = "b", "own"
FIELDS: Final = (
    "unit", "quantity", "unit_pay", "hours", "starts_on", "ends_on", "isolated", "paid_days", "dfs", "contract_type",
    "weekly_hours",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One way, ready to draw."""

    letter: str
    way: Way
    minimum: MinimumCheck | None
    entitlement: Entitlement | None
    """The hours it brings towards unemployment rights."""
    findings: tuple[Finding, ...] | None
    """What would be said of it; None while the engagement is not whole."""
    beside: "Column | None"

    @property
    def gross(self) -> Decimal | None:
        """Gross pay in all."""
        return self.way.cost.gross.value if self.way.cost else None

    @property
    def net(self) -> Decimal | None:
        """What is left before income tax."""
        return self.way.cost.net if self.way.cost else None

    @property
    def cost(self) -> Decimal | None:
        """What the employer pays."""
        return self.way.cost.employer_cost.value if self.way.cost else None

    @property
    def coefficient(self) -> Decimal | None:
        """What one euro left to the person costs."""
        if not self.cost or not self.net or self.net <= 0:
            return None
        return round_half_up(self.cost / self.net, Decimal("0.001"))

    @property
    def base(self) -> str:
        """How many units."""
        return base_words(self.way.cost) if self.way.cost else ""

    @property
    def minimum_status(self) -> str:
        """The status of its minimum."""
        return MINIMUM[self.minimum.verdict] if self.minimum else ""

    @property
    def said(self) -> tuple[Finding, ...]:
        """What is said of it and not of the first way already; of the first way, what is about the engagement."""
        if self.findings is None:
            return ()
        if self.beside is None:
            person = self.way.engagement.person if self.way.engagement else ""
            return tuple(finding for finding in self.findings if finding.about != person)
        of_person = self.way.engagement.person if self.way.engagement else ""
        known = {finding.key for finding in self.beside.findings or () if finding.about == of_person}
        return tuple(finding for finding in self.findings if finding.key not in known)

    @property
    def fewer(self) -> int:
        """How many things said of the person with the first way would be no more."""
        if self.findings is None or self.beside is None or self.way.engagement is None:
            return 0
        person = self.way.engagement.person
        mine = {finding.key for finding in self.findings}
        return sum(
            finding.about == person and finding.key not in mine for finding in self.beside.findings or ()
        )

    @property
    def hours_left_out(self) -> str:
        """Why some of its hours do not count towards unemployment rights."""
        excluded = self.entitlement.excluded if self.entitlement else ()
        return next((one.reason for one in excluded if one.reason != EMPTY), "")

    @property
    def more_cost(self) -> Decimal | None:
        """What it adds to the employer's cost of the first way."""
        return _more(self.cost, self.beside.cost if self.beside else None)

    @property
    def more_net(self) -> Decimal | None:
        """What it adds to the net of the first way."""
        return _more(self.net, self.beside.net if self.beside else None)


def _more(mine: Decimal | None, first: Decimal | None) -> Decimal | None:
    return None if mine is None or first is None else mine - first


@dataclass(frozen=True, slots=True)
class Side:
    """The contributions of one payer: each with its amount and its difference in each way, and their totals."""

    label: str
    lines: tuple[tuple[LineCompared, tuple[tuple[Decimal | None, Decimal, bool], ...]], ...]
    totals: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """The fields of a way of one's own; unpriced when its pay is left to the comparison."""

    form: FactForm
    status: "StatusForm"
    priced: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What the page shows: what can be chosen, then the ways chosen."""

    engagement: Engagement
    usual: tuple[Variant, ...]
    chosen: frozenset[str]
    equal: str
    own: Own
    columns: tuple[Column, ...]
    sides: tuple[Side, ...]

    @property
    def repays(self) -> bool:
        """Whether any way repays expenses outside contributions."""
        return any(column.way.cost and column.way.cost.repaid for column in self.columns)


class StatusForm(forms.Form):
    """The status of a way of one's own."""

    status = forms.ChoiceField(
        required=False, label="Statut", choices=list(choices(Position, "status").items())
    )


def compared(request: MemberRequest, form: EngagementForm, asked: QueryDict) -> Compared:
    """Compare an engagement as its form says with the ways asked for; BadInput while it cannot be costed."""
    form.is_valid()
    if form.figure is None:
        raise BadInput(form.refusal or _("il manque le montant"))
    dossier = form.dossier
    law = law_of_structure(dossier.employer, load_law())
    engagement = form.drafted().model_copy(update={"unit_pay": form.figure.cost.unit_pay})
    dossier = form.placed(engagement)
    usual = usual_ways(dossier, engagement, law)
    equal = asked.get("egal", "") if asked.get("egal") in EQUAL else GROSS
    own = _own_forms(form, dossier, engagement, asked)
    wanted = asked.getlist("avec") or [variant.key for variant in usual[:2]]
    chosen = [variant for variant in usual if variant.key in wanted][:AT_MOST]
    variants = [paid_the_same(dossier, engagement, variant, law, equal) for variant in chosen]
    mine = _own_variant(dossier, engagement, own, law, equal)
    variants = [*([mine] if mine else []), *variants][:AT_MOST]
    comparison = compare_ways(dossier, engagement, variants, law)
    return Compared(
        engagement=engagement,
        usual=usual,
        chosen=frozenset(variant.key for variant in chosen),
        equal=equal,
        own=own,
        columns=_columns(request, form, comparison.ways, law),
        sides=tuple(_sides(comparison.lines, len(comparison.ways))),
    )


def _own_forms(form: EngagementForm, dossier: Dossier, engagement: Engagement, asked: QueryDict) -> Own:
    """The fields of a way of one's own, filled with the engagement's at first."""
    position = dossier.find(engagement.position, Position)
    typed = None
    priced = bool(asked.get(f"{PREFIX}-unit_pay"))
    if asked.get("autre"):
        typed = asked.copy()
        if not priced:
            typed[f"{PREFIX}-unit_pay"] = "1"
    own = FactForm("engagement", typed, choices=form.choices, fact=engagement, only=FIELDS, prefix=PREFIX)
    own.initial["unit_pay"] = None
    status = StatusForm(typed, prefix=PREFIX, initial={"status": position.status if position else ""})
    return Own(own, status, priced)


def _own_variant(dossier: Dossier, engagement: Engagement, own: Own, law: Law, equal: str) -> Variant | None:
    """The way typed; None when nothing is, or while it is wrong (its fields then say so)."""
    if not own.form.is_bound or not own.form.is_valid() or not own.status.is_valid():
        return None
    label = _("Votre variante")
    change = next(iter(own.form.changes()), Change(op="set", about=engagement.about))
    variant = Variant(OWN, label, (change,))
    position = dossier.find(engagement.position, Position)
    asked = own.status.cleaned_data["status"]
    if position and asked and asked != position.status:
        made = under_status(dossier, engagement, position, asked, label, change)
        variant = Variant(OWN, label, made.changes)
    return variant if own.priced else paid_the_same(dossier, engagement, variant, law, equal)


def _columns(
    request: MemberRequest, form: EngagementForm, ways: Iterable[Way], law: Law
) -> tuple[Column, ...]:
    found: list[Column] = []
    for letter, way in zip(LETTERS, ways, strict=False):
        minimum = None
        if way.engagement is not None:
            minimum = check_engagement(way.dossier, way.engagement, law, clock.today())
        found.append(
            Column(
                letter=letter,
                way=way,
                minimum=minimum,
                entitlement=entitlement_of(way, law),
                findings=_findings(request, form, way),
                beside=found[0] if found else None,
            )
        )
    return tuple(found)


def _findings(request: MemberRequest, form: EngagementForm, way: Way) -> tuple[Finding, ...] | None:
    """What would be said of the engagement, its position and its person, were it made so; the pay first."""
    if way.engagement is None or not form.is_valid():
        return None
    try:
        changes = kept(form, way)
        place = (request.structure, request.production_id or "")
        outcome = preview(*place, changes).after if changes else outcome_of(*place)
    except BadInput:
        return None
    about = [way.engagement.about, way.engagement.position, way.engagement.person]
    found = [finding for finding in outcome.findings if finding.about in about]
    return tuple(sorted(found, key=lambda finding: about.index(finding.about)))


def kept(form: EngagementForm, way: Way) -> tuple[Change, ...]:
    """The changes that make an engagement as one of its ways says, one for each fact."""
    made: dict[str, Change] = {}
    for change in (*form.changes(), *way.changes):
        before = made.get(change.about)
        made[change.about] = change if before is None else _then(before, change)
    return tuple(made.values())


def _then(before: Change, after: Change) -> Change:
    """Two changes of one fact as one."""
    values: dict[str, Any] = {**before.values, **after.values}
    for cleared in after.clear:
        values.pop(cleared, None)
    clear = {*before.clear, *after.clear} - after.values.keys() if before.op == "set" else ()
    return Change(op=before.op, about=before.about, values=values, clear=tuple(sorted(clear)))


def _doubts(line: LineCompared) -> tuple[bool, ...]:
    return tuple(confidence == CERTAINTIES[UNCERTAIN] for confidence in line.confidences)


def _sides(lines: tuple[LineCompared, ...], ways: int) -> Iterable[Side]:
    for payer, label in (("employer", _("Part de l’employeur")), ("employee", _("Part du salarié"))):
        rows = tuple(
            (line, tuple(zip(line.amounts, (ZERO, *line.differences), _doubts(line), strict=True)))
            for line in lines
            if line.payer == payer
        )
        totals = tuple(sum((cells[place][0] or ZERO for _line, cells in rows), ZERO) for place in range(ways))
        yield Side(label, rows, totals)
