"""Who is called: those who hold the roles of a scene, those who are always there, what their day weighs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from filage.facts.calendar import Event
from filage.facts.people import Person, PersonPrivate
from filage.facts.production import Production
from filage.facts.script import Element, Scene
from filage.facts.team import Engagement, Position
from filage.kernel.text import fold
from filage.planning.schedule.laying_hours import is_minor, limits_on
from filage.planning.schedule.laying_problem import Called, rounded_up
from filage.worktime.shift import Circumstance, Setting, Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from filage.facts.dossier import Dossier
    from filage.facts.plan import Plan

KIND = {"shoot": "shoot", "rehearse": "rehearsal"}
DIRECTS = ("mise en scene", "metteu", "realisat", "choregraph", "direction musicale")
"""Jobs without which one does not rehearse."""
DAYS_PAID = {"day": Decimal(1), "cachet": Decimal(1), "service": Decimal(1), "hour": Decimal(8)}
"""How many units a day is; a week is five days, a month twenty-two."""
A_WEEK, A_MONTH = 5, 22


class People:
    """The people of one plan, found once from their roles and engagements."""

    def __init__(
        self,
        dossier: Dossier,
        plan: Plan,
        born: Mapping[str, date],
        day_cost: Mapping[str, Decimal] | None,
    ) -> None:
        self.dossier, self.plan, self.day_cost = dossier, plan, day_cost
        self.born = dict(born) | {
            one.person: one.born_on for one in dossier.all(PersonPrivate) if one.born_on is not None
        }
        self.positions = {position.about: position for position in dossier.all(Position)}
        self.names = {person.about: person.name() for person in dossier.all(Person)}
        self.engagements = self._engagements()
        self.warnings: list[str] = []
        self._cast: dict[str, int] = {}
        self._holders = self._holders_of_roles()

    def of(self, scene: Scene) -> frozenset[str]:
        """The people who play in a scene; a role nobody holds is a warning."""
        found: set[str] = set()
        for about in scene.elements:
            element = self.dossier.find(about, Element)
            holders = self._holders.get(about, ())
            if element is not None and element.category == "cast" and not holders:
                warning = (
                    f"Personne ne tient le rôle « {element.label} » : il n’attend ni ne coûte dans ce plan."
                )
                if warning not in self.warnings:
                    self.warnings.append(warning)
            for person in holders:
                found.add(person)
                ready = (element.minutes or 0) if element and self.plan.type == "shoot" else 0
                self._cast[person] = max(self._cast.get(person, 0), ready)
        return frozenset(found)

    def called(self, days: Sequence[date]) -> tuple[Called, ...]:
        """Everybody the plan calls: the cast of the scenes read, then those who are always there."""
        cast = [self._called(person, days, crew=False) for person in self._cast]
        crew = [self._called(person, days, crew=True) for person in self._always_there()]
        return (*cast, *crew)

    def _engagements(self) -> dict[str, list[Engagement]]:
        """Engagements by position, those of the plan’s days first."""
        found: dict[str, list[Engagement]] = defaultdict(list)
        for engagement in self.dossier.all(Engagement):
            found[engagement.position].append(engagement)
        for own in found.values():
            own.sort(key=lambda one: not self._covers(one))
        return found

    def _covers(self, engagement: Engagement) -> bool:
        return engagement.starts_on <= self.plan.ends_on and self.plan.starts_on <= engagement.ends_on

    def _holders_of_roles(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for position in self.positions.values():
            own = self.engagements.get(position.about, [])
            current = [one for one in own if self._covers(one)] or own[-1:]
            for role in position.roles:
                found[role] |= dict.fromkeys(one.person for one in current)
        return {role: tuple(people) for role, people in found.items()}

    def _always_there(self) -> Iterable[str]:
        found: dict[str, None] = {}
        for position in self.positions.values():
            if position.roles:
                continue
            own = self.engagements.get(position.about, [])
            if self.plan.type == "shoot":
                wanted = position.department == "technical" or self._directs(position, own)
                people = [one.person for one in own if self._covers(one)] if wanted else []
            else:
                people = [one.person for one in own[:1]] if self._directs(position, own) else []
            found |= dict.fromkeys(people)
        return [person for person in found if person not in self._cast]

    def _directs(self, position: Position, own: Sequence[Engagement]) -> bool:
        words = fold(f"{position.label} {position.job or ''}")
        productions = self.dossier.all(Production)
        director = fold(productions[0].director or "") if productions else ""
        named = director and any(fold(self.names.get(one.person, "")) == director for one in own)
        return position.status == "realisateur" or bool(named) or any(job in words for job in DIRECTS)

    def _called(self, person: str, days: Sequence[date], *, crew: bool) -> Called:
        engagement = self._engagement(person)
        position = self.positions.get(engagement.position) if engagement else None
        worker = self._worker(person, position)
        setting = setting_of(self.dossier)
        return Called(
            person=person,
            name=self.names.get(person, person),
            cost=self._cost(person, engagement),
            limits=tuple(limits_on(worker, setting, day, KIND[self.plan.type]) for day in days),
            crew=crew,
            minor=bool(days) and is_minor(worker, days[0]),
            preparation=rounded_up(self._cast.get(person, 0)),
            engagement=engagement.about if engagement and self._covers(engagement) else "",
        )

    def _engagement(self, person: str) -> Engagement | None:
        own = [one for one in self.dossier.all(Engagement) if one.person == person]
        playing = [one for one in own if self._covers(one)]
        return next(iter(playing or own), None)

    def _cost(self, person: str, engagement: Engagement | None) -> int:
        """Cents a day of somebody weighs: given, else the gross pay of their engagement."""
        if self.day_cost is not None and person in self.day_cost:
            return _cents(self.day_cost[person])
        return _cents(gross_per_day(engagement)) if engagement else 0

    def worker(self, person: str) -> Worker:
        """Somebody as the rules of working time see them."""
        engagement = self._engagement(person)
        return self._worker(person, self.positions.get(engagement.position) if engagement else None)

    def _worker(self, person: str, position: Position | None) -> Worker:
        own = [one for one in self.dossier.all(Engagement) if one.person == person]
        status = position.status if position else ""
        return Worker(
            id=person,
            name=self.names.get(person, person),
            status=status,
            job=(position.job or position.label) if position else "",
            job_group=(position.job_group or "") if position else "",
            born_on=self.born.get(person),
            permanent=status == "permanent",
            full_time=status == "permanent",
            authorised=tuple(dict.fromkeys(rule for one in own for rule in one.authorised)),
        )


def _cents(euros: Decimal) -> int:
    return int((euros * 100).quantize(Decimal(1), ROUND_HALF_UP))


def gross_per_day(engagement: Engagement) -> Decimal:
    """What a day of an engagement is paid, gross: a week is 5 days, a month 22, a package its whole period."""
    pay = engagement.unit_pay
    if engagement.unit in DAYS_PAID:
        return pay * DAYS_PAID[engagement.unit]
    if engagement.unit == "week":
        return pay / A_WEEK
    if engagement.unit == "month":
        return pay / A_MONTH
    return pay / max(1, (engagement.ends_on - engagement.starts_on).days + 1)


def setting_of(dossier: Dossier) -> Setting:
    """What the employer and the production decide about working time."""
    production, employer = dossier.production, dossier.employer
    shows = [one for one in dossier.all(Event) if one.type == "performance" and one.option != "cancelled"]
    named = [one.day for one in shows if one.premiere]
    return Setting(
        idcc=employer.idcc,
        annex=production.annex,
        circumstances=tuple(
            Circumstance(one.type, one.starts_on, one.ends_on) for one in production.circumstances
        ),
        premiere_on=min(named or [one.day for one in shows], default=None),
        holiday_zone=employer.holiday_zone,
        agreements=employer.agreements,
    )
