"""What the team's pages show: engagements by budget phase, people, needs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filage.facts.base import choices, label_of
from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.people import Person
from filage.facts.team import Engagement, Forecast, Position
from filage.facts.venue import Venue
from filage.kernel import french
from filage.kernel.expression import ExpressionError, constant, evaluate
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO
from filage.kernel.step import Step
from filage.law import load_law
from filage.payroll.engagement import PayCost
from filage.payroll.minimum import MinimumCheck, check_engagement
from filage.payroll.quantity import FORECAST, Calendar, unit_words
from filage.review import Outcome, law_of_structure
from filage_web.accounts.models import Structure
from filage_web.store.cache import Recent
from filage_web.store.models import Row

UNCERTAIN: Final = 2
SHORT: Final = {
    "payroll.quantity_differs": "quantité",
    "payroll.no_quantity": "sans quantité",
    "payroll.refused": "non calculé",
    "payroll.forecast_refused": "non calculé",
    "payroll.missing_rate": "taux manquant",
    "payroll.impossible": "se contredit",
    "payroll.month_ceiling": "plafond du mois",
    "payroll.premium_due": "majoration due",
    "payroll.done_differs": "fait, pas prévu",
    "payroll.dfs_no_agreement": "accord manquant",
    "payroll.allowance_excess": "indemnité taxée",
    "payroll.allowance_unknown": "indemnité",
    "payroll.allowance_unpaid": "indemnité",
    "payroll.allowance_vehicle": "indemnité",
    "payroll.allowance_long_stay": "indemnité",
    "payroll.allowance_with_dfs": "indemnité",
    "worktime.limit": "temps de travail",
    "worktime.probable_child": "âge à donner",
    "team.contract_late": "contrat en retard",
    "team.unfilled": "à engager",
    "calendar.overlap": "deux lieux à la fois",
    "calendar.impossible_time": "heure impossible",
}
"""A finding in the two words that a cell can hold; its whole message is its title."""
OTHER: Final = "à voir"
OF_THE_MINIMUM: Final = frozenset({"payroll.below_minimum", "payroll.minimum_to_check", "payroll.no_minimum"})
"""Findings that the minimum's own cell says."""
PHASES: Final = choices(Engagement, "phase")
DEPARTMENTS: Final = choices(Position, "department")
CONTRACTS: Final = choices(Engagement, "contract")
BY_PHASE, BY_DEPARTMENT = "phase", "equipe"
MINIMUM: Final = {"below": "breach", "to_check": "doubt", "met": "done", "unknown": ""}
"""The status of each verdict on a minimum wage."""
VERDICTS: Final = {
    "below": _("sous le minimum"),
    "to_check": _("à vérifier"),
    "met": _("OK"),
    "unknown": _("non vérifié"),
}
"""Its words."""
CONTRACT_STATUS: Final = {"signed": "done", "ended": "done"}


@dataclass(frozen=True, slots=True)
class Control:
    """What a cell says of an engagement."""

    status: str
    word: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One engagement, or the unfilled part of a position, as a row."""

    about: str
    ident: str
    kind: str
    person: str
    person_id: str
    job: str
    quantity: Decimal
    unit: str
    unit_pay: Decimal
    people: int
    basis: str
    gross: Decimal
    net: Decimal
    cost: Decimal
    controls: tuple[Control, ...]
    contract: str
    contract_key: str
    contract_status: str
    department: str
    status: str
    minimum: MinimumCheck | None
    edit: str = ""
    """Where it is changed, where what is said of it is read, where its cost is explained."""
    said: str = ""
    why: str = ""

    @property
    def undated(self) -> bool:
        """Whether nothing is counted of it yet: no quantity, no date."""
        return bool(self.person) and not self.quantity

    @property
    def minimum_word(self) -> str | Promise:
        """What its minimum wage says, in two words."""
        return VERDICTS[self.minimum.verdict] if self.minimum else ""

    @property
    def minimum_status(self) -> str:
        """The status of its minimum wage."""
        return MINIMUM[self.minimum.verdict] if self.minimum else ""

    @property
    def margin(self) -> Decimal | None:
        """What one unit is paid over its minimum."""
        return self.minimum.margin if self.minimum else None

    @property
    def worst(self) -> Control | None:
        """The gravest of what is said of it."""
        return self.controls[0] if self.controls else None


@dataclass(slots=True)
class Group:
    """The engagements of one budget phase, or of one department, and what they amount to."""

    key: str
    label: str
    first: date | None = None
    last: date | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """All gross pay of the group."""
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def net(self) -> Decimal:
        """All net pay of the group."""
        return sum((line.net for line in self.lines), ZERO)

    @property
    def cost(self) -> Decimal:
        """All employer cost of the group."""
        return sum((line.cost for line in self.lines), ZERO)


def groups_of(outcome: Outcome, by: str = BY_PHASE) -> list[Group]:
    """Group the engagements by budget phase, exploitation first as it comes with the dates; or by department."""
    dossier = outcome.dossier
    by_about: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        by_about[finding.about].append(finding)
    checks = minimums_of(outcome)
    names = DEPARTMENTS if by == BY_DEPARTMENT else dict(reversed(PHASES.items()))
    groups = {key: Group(key, label) for key, label in names.items()}
    for cost in outcome.costs:
        engagement = dossier.find(cost.about, Engagement)
        phase = engagement.phase if engagement else cost.by_phase[0][0]
        group = groups[cost.department if by == BY_DEPARTMENT else phase]
        group.lines.append(_line(cost, engagement, dossier, by_about, checks.get(cost.about)))
        if engagement:
            group.first = min(group.first or engagement.starts_on, engagement.starts_on)
            group.last = max(group.last or engagement.ends_on, engagement.ends_on)
    return [group for group in groups.values() if group.lines]


# the outcome is kept with its checks: while it is, no other has its identity
_CHECKS: Final[Recent[tuple[Outcome, dict[str, MinimumCheck]]]] = Recent(12)


def minimums_of(outcome: Outcome) -> dict[str, MinimumCheck]:
    """Compare every engagement with its minimum wage; kept as long as its outcome is the same."""

    def checked() -> tuple[Outcome, dict[str, MinimumCheck]]:
        dossier = outcome.dossier
        law, calendar = law_of_structure(dossier.employer, load_law()), Calendar(dossier)
        return outcome, {
            engagement.about: check_engagement(dossier, engagement, law, outcome.on, calendar)
            for engagement in dossier.all(Engagement)
        }

    return _CHECKS.get(id(outcome), checked)[1]


def _line(
    cost: PayCost,
    engagement: Engagement | None,
    dossier: Dossier,
    findings: dict[str, list[Finding]],
    minimum: MinimumCheck | None,
) -> Line:
    person = dossier.find(cost.person, Person)
    position = dossier.find(cost.position, Position)
    job = (engagement.label if engagement else None) or (position.label if position else "")
    kind, _slash, ident = cost.about.partition("/")
    return Line(
        about=cost.about,
        ident=ident,
        kind=kind,
        person=person.name() if person else "",
        person_id=person.id if person else "",
        job=job,
        quantity=cost.quantity,
        unit=unit_words(cost.unit, cost.quantity),
        unit_pay=cost.unit_pay,
        people=cost.people,
        basis=cost.basis,
        gross=cost.gross.value,
        net=cost.net,
        cost=cost.employer_cost.value,
        controls=tuple(_controls(cost, [*findings[cost.about], *findings[cost.person or ""]])),
        contract=label_of(engagement, "contract") if engagement else "",
        contract_key=engagement.contract if engagement else "",
        contract_status=CONTRACT_STATUS.get(engagement.contract, "") if engagement else "",
        department=cost.department,
        status=label_of(position, "status") if position else "",
        minimum=minimum,
    )


def _controls(cost: PayCost, findings: Iterable[Finding]) -> list[Control]:
    status = {"blocking": "breach", "warning": "doubt", "info": "info"}
    controls = [
        Control(status[finding.severity], SHORT.get(finding.code, OTHER), finding.message)
        for finding in findings
        if finding.code not in OF_THE_MINIMUM
    ]
    if not cost.complete:
        controls.append(Control("doubt", "incomplet", "Un taux que seule la structure connaît manque."))
    elif cost.employer_cost.certainty == UNCERTAIN:
        controls.append(Control("doubt", "taux à vérifier", "Un taux de ce coût reste à vérifier."))
    return sorted(controls, key=lambda control: ("breach", "doubt", "info").index(control.status))


@dataclass(frozen=True, slots=True)
class Need:
    """A position: what is expected, who fills it, who is still to find."""

    position: Position
    department: str
    status: str
    forecast: tuple[str, ...]
    people: tuple[str, ...]
    missing: int
    cost: Decimal | None


def needs_of(outcome: Outcome) -> list[Need]:
    """List the positions with their forecast and who fills them."""
    dossier = outcome.dossier
    filled: dict[str, dict[str, None]] = defaultdict(dict)
    for engagement in dossier.all(Engagement):
        filled[engagement.position][engagement.person] = None
    to_find: dict[str, tuple[int, Decimal]] = {}
    for cost in outcome.costs:
        if cost.basis == FORECAST:
            wanted, value = to_find.get(cost.about, (0, ZERO))
            to_find[cost.about] = (max(wanted, cost.people), value + cost.employer_cost.value)
    found = []
    for position in dossier.all(Position):
        people = [dossier.find(about, Person) for about in filled[position.about]]
        forecast_missing, cost_left = to_find.get(position.about, (0, None))
        found.append(
            Need(
                position=position,
                department=label_of(position, "department"),
                status=label_of(position, "status"),
                forecast=tuple(_expected(each, outcome.variables) for each in position.forecast),
                people=tuple(person.name() for person in people if person),
                missing=max(forecast_missing, position.people - len(people), 0),
                cost=cost_left,
            )
        )
    return found


def _expected(forecast: Forecast, variables: Mapping[str, Step]) -> str:
    """Say a forecast: « 14 cachets (nb_dates) × 160,00 €, exploitation »."""
    try:
        quantity = evaluate(forecast.quantity, variables).value
        pay = evaluate(forecast.unit_pay, variables).value
    except (ExpressionError, ArithmeticError):
        return f"{forecast.quantity} × {forecast.unit_pay}, {PHASES[forecast.phase].lower()}"
    typed = "" if constant(forecast.quantity) is not None else f" ({forecast.quantity})"
    unit = unit_words(forecast.unit, quantity)
    return f"{french.number(quantity)} {unit}{typed} × {french.euro(pay)}, {PHASES[forecast.phase].lower()}"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the structure, and what they do here."""

    id: str
    name: str
    trade: str
    city: str
    jobs: tuple[str, ...]
    next_on: date | None


def people_of(structure: Structure, dossier: Dossier, today: date) -> tuple[list[Member], list[Member]]:
    """List who works on the production, then the structure's other people, in one query."""
    jobs: dict[str, list[str]] = defaultdict(list)
    for engagement in dossier.all(Engagement):
        position = dossier.find(engagement.position, Position)
        jobs[engagement.person].append(engagement.label or (position.label if position else ""))
    coming = next_dates(dossier, today)
    rows = Row.objects.filter(structure=structure, production=None, kind="person").order_by("sort", "pk")
    here: list[Member] = []
    elsewhere: list[Member] = []
    for ident, label in rows.values_list("ident", "label"):
        about = f"person/{ident}"
        person = dossier.find(about, Person)
        member = Member(
            id=ident,
            name=person.name() if person else label,
            trade=(person.trade or "") if person else "",
            city=(person.city or "") if person else "",
            jobs=tuple(dict.fromkeys(jobs[about])),
            next_on=coming.get(about),
        )
        (here if person is not None else elsewhere).append(member)
    return here, elsewhere


def next_dates(dossier: Dossier, today: date) -> dict[str, date]:
    """The next day each person is expected."""
    found: dict[str, date] = {}
    for person, event, _part in _parts(dossier):
        if event.day >= today and event.day <= found.get(person, event.day):
            found[person] = event.day
    return found


@dataclass(frozen=True, slots=True)
class Date:
    """One day of somebody's calendar."""

    event: Event
    kind: str
    venue: str
    call: str


def dates_of(dossier: Dossier, about: str, today: date) -> list[Date]:
    """List what a person is expected at from today."""
    found = []
    for person, event, part in _parts(dossier):
        if person == about and event.day >= today:
            venue = dossier.find(event.venue, Venue)
            place = ", ".join(text for text in (venue.label, venue.city) if text) if venue else ""
            start = part.call or event.start
            found.append(Date(event, event.label or label_of(event, "type"), place, str(start or "")[:5]))
    return sorted(found, key=lambda each: (each.event.day, each.call))


def _parts(dossier: Dossier) -> list[tuple[str, Event, Participation]]:
    engaged = {engagement.about: engagement.person for engagement in dossier.all(Engagement)}
    events = {event.about: event for event in dossier.all(Event) if event.option != "cancelled"}
    return [
        (part.person or engaged.get(part.engagement or "", ""), events[part.event], part)
        for part in dossier.all(Participation)
        if part.event in events
    ]
