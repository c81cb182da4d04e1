"""Languages: who does not understand the team, which audience the show, whose sheet is to be translated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from filage.facts.calendar import Event
from filage.facts.people import Person
from filage.facts.production import Production
from filage.facts.script import Need
from filage.facts.team import Engagement
from filage.facts.venue import Venue
from filage.geo.languages import code_of, country_languages, country_name, language_data, name_of
from filage.kernel import french
from filage.kernel.changes import add
from filage.kernel.finding import Finding, NotChecked, Remedy, Severity
from filage.kernel.step import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filage.facts.dossier import Dossier

SHEETS_IN: Final = ("fr", "en")
"""The languages sheets are made in."""
FILMED: Final = frozenset({"fiction", "short_film", "documentary", "captation", "tv_show", "music_video"})
SUNG: Final = frozenset({"concert", "phonogram", "festival"})


@dataclass(frozen=True, slots=True)
class Service:
    """What a language asks for: its order of cost in euros, how long before, and where that comes from."""

    key: str
    label: str
    unit: str
    low: Decimal
    high: Decimal
    lead_days: int
    source: Source
    more_low: Decimal = Decimal(0)
    more_high: Decimal = Decimal(0)
    more_unit: str = ""

    def range(self, number: int = 1, more: int = 0) -> tuple[Decimal, Decimal]:
        """The cost, lowest and highest, for so many units and so many times what comes with each."""
        return self.low * number + self.more_low * more, self.high * number + self.more_high * more


@cache
def service(key: str) -> Service:
    """Return what is known of a service (`interpreter`, `surtitles`, `subtitles`, `sheet`)."""
    data = language_data()
    row = data["services"][key]
    checked = date.fromisoformat(str(data["checked_on"]))
    source = Source(f"languages.{key}", row["source"], row["url"], checked, row["confidence"])
    amounts = {name: Decimal(row[name]) for name in ("low", "high", "more_low", "more_high") if name in row}
    return Service(
        key=key, label=row["label"], unit=row["unit"], lead_days=row["lead_days"], source=source,
        more_unit=row.get("more_unit", ""), **amounts,
    )  # fmt: skip


# --- what is missing ----------------------------------------------------------------------------------------


def language_findings(dossier: Dossier, today: date) -> list[Finding]:
    """Interpreters, surtitles or subtitles, and translated sheets that the languages known call for.

    Somebody whose languages nobody wrote says nothing: `languages_not_known` counts them. A need made from a finding
    takes it away: the need is then followed as any other.
    """
    return [*_team(dossier, today), *_audience(dossier, today)]


def languages_not_known(dossier: Dossier, today: date) -> list[NotChecked]:
    """Say how many people engaged, and whether the show, have no language that can be read."""
    missing = [person for person, _days in _engaged(dossier, today) if not _spoken(person)]
    found = []
    if missing and len(missing) < len(_engaged(dossier, today)):
        words = f"les langues de {', '.join(person.name() for person in missing[:3])}"
        more = f" et {len(missing) - 3} autres" if len(missing) > 3 else ""  # noqa: PLR2004 - enough names
        found.append(NotChecked("language.interpreter", words + more))
    return found


def _engaged(dossier: Dossier, today: date) -> list[tuple[Person, tuple[date, date]]]:
    """Who is engaged today or later, with their first and last day."""
    days: dict[str, tuple[date, date]] = {}
    for engagement in dossier.all(Engagement):
        if engagement.ends_on >= today:
            first, last = days.get(engagement.person, (engagement.starts_on, engagement.ends_on))
            days[engagement.person] = (min(first, engagement.starts_on), max(last, engagement.ends_on))
    return [(person, days[person.about]) for person in dossier.all(Person) if person.about in days]


def _spoken(person: Person) -> frozenset[str]:
    return _read(person.languages)


def _read(said: Iterable[str]) -> frozenset[str]:
    return frozenset(code for word in said if (code := code_of(word)))


def _team(dossier: Dossier, today: date) -> Iterator[Finding]:
    team = _engaged(dossier, today)
    work = code_of(dossier.production.working_language) or "fr"
    for person, (first, last) in team:
        spoken = _spoken(person)
        if spoken and work not in spoken:
            others = [(other, _spoken(other)) for other, _days in team if other.about != person.about]
            yield from _interpreter(dossier, person, spoken, others, work, (max(first, today), last), today)
        if spoken and spoken.isdisjoint(SHEETS_IN):
            yield from _sheet(dossier, person, spoken, first, today)


def _interpreter(
    dossier: Dossier,
    person: Person,
    spoken: frozenset[str],
    others: list[tuple[Person, frozenset[str]]],
    work: str,
    days: tuple[date, date],
    today: date,
) -> Iterator[Finding]:
    names = _listed(spoken)
    relays = [other.name() for other, known in others if work in known and known & spoken]
    if relays:
        words = f"{person.name()} ne parle pas {name_of(work)} ({names}) : {relays[0]} peut faire le relais."
        yield Finding("language.relay", "info", person.about, words)
        return
    need = f"langue-interprete-{person.id}"
    if _made(dossier, need):
        return
    there = _days_there(dossier, days)
    offer = service("interpreter")
    low, high = offer.range(there)
    words = (
        f"{person.name()} ne parle pas {name_of(work)} ({names}), et personne dans l’équipe ne peut faire le relais : "
        f"interprète à prévoir, {_days(there)}, {_range(low, high)}{_late(offer, days[0], today)}."
    )
    label = f"Interprète pour {person.name()} ({names})"
    remedy = _remedy(need, label, offer, (low, high), days[0])
    yield Finding(
        "language.interpreter", "warning", person.about, words, offer.source, (remedy,), "interpreter"
    )


def _days_there(dossier: Dossier, days: tuple[date, date]) -> int:
    """The days of rehearsal, shoot and work together planned within somebody's engagement: one at least."""
    together = {"rehearsal", "shoot", "residency", "meeting", "recording"}
    found = {
        event.day
        for event in dossier.all(Event)
        if event.type in together and event.option != "cancelled" and days[0] <= event.day <= days[1]
    }
    return max(1, len(found))


def _sheet(
    dossier: Dossier, person: Person, spoken: frozenset[str], first: date, today: date
) -> Iterator[Finding]:
    need = f"langue-feuille-{person.id}"
    if _made(dossier, need):
        return
    offer = service("sheet")
    low, high = offer.range()
    names = _listed(spoken)
    words = (
        f"{person.name()} ne lit ni français ni anglais ({names}) : ses feuilles sont à traduire, "
        f"{_range(low, high)} {offer.unit}{_late(offer, max(first, today), today)}."
    )
    label = f"Feuilles traduites pour {person.name()} ({names})"
    remedy = _remedy(need, label, offer, (low, high), max(first, today))
    yield Finding("language.sheet", "warning", person.about, words, offer.source, (remedy,), "sheet")


def _audience(dossier: Dossier, today: date) -> Iterator[Finding]:
    """Countries where the show is to be played and nobody is taken to understand it."""
    production = dossier.production
    heard = _read(production.languages)
    if not heard:
        return
    abroad: dict[str, list[Event]] = defaultdict(list)
    for event in dossier.all(Event):
        venue = dossier.find(event.venue, Venue)
        if venue and event.type == "performance" and event.option != "cancelled" and event.day >= today:
            understood = country_languages(venue.country)
            if understood and heard.isdisjoint(understood):
                abroad[venue.country.strip().upper()].append(event)
    for country, events in sorted(abroad.items()):
        yield from _titles(
            dossier, production, heard, country, sorted(events, key=lambda event: event.day), today
        )


def _titles(
    dossier: Dossier,
    production: Production,
    heard: frozenset[str],
    country: str,
    events: list[Event],
    today: date,
) -> Iterator[Finding]:
    filmed = production.form in FILMED
    need = f"langue-titres-{country.lower()}"
    if _made(dossier, need):
        return
    offer = service("subtitles" if filmed else "surtitles")
    units = production.duration if filmed else 1
    spoken = _listed(country_languages(country))
    words = (
        f"{_dates(len(events))} en {country_name(country)} à partir du {french.day(events[0].day)}, où l’on parle "
        f"{spoken} ; le spectacle est en {_listed(heard)} : {offer.label.lower()} à prévoir"
    )
    cost = offer.range(units, 0 if filmed else len(events)) if units else None
    if cost:
        words += f", {_range(*cost)}"
    else:
        words += f", {_range(offer.low, offer.high)} {offer.unit}"
    words += f"{_late(offer, events[0].day, today)}."
    remedy = _remedy(need, f"{offer.label} en {spoken} ({country_name(country)})", offer, cost, events[0].day)
    severity: Severity = "info" if production.form in SUNG else "warning"
    yield Finding(
        "language.titles", severity, production.about, words, offer.source, (remedy,), f"titles-{country}"
    )


# --- words --------------------------------------------------------------------------------------------------


def _made(dossier: Dossier, need: str) -> bool:
    return dossier.find(f"need/{need}", Need) is not None


def _remedy(
    ident: str, label: str, offer: Service, cost: tuple[Decimal, Decimal] | None, day: date
) -> Remedy:
    """Add the need, at the middle of the range, for the day it serves."""
    values: dict[str, Any] = {
        "label": label,
        "department": "production",
        "state": "to_find",
        "needed_on": day.isoformat(),
    }
    note = f"À demander {offer.lead_days} jours avant. "
    if cost:
        values["estimate"] = str(((cost[0] + cost[1]) / 2).quantize(Decimal(1)))
        note += f"Estimation au milieu de {_range(*cost)}, à vérifier : "
    values["note"] = note + offer.source.title
    return Remedy(f"Ajouter le besoin : {label}", None, (add(f"need/{ident}", **values),))


def _late(offer: Service, day: date, today: date) -> str:
    ask_by = day - timedelta(days=offer.lead_days)
    if ask_by < today:
        return f" ; comptez {offer.lead_days} jours, il est déjà tard pour le {french.day(day)}"
    return f" ; à demander avant le {french.day(ask_by)}"


def _range(low: Decimal, high: Decimal) -> str:
    return f"de {french.number(low, 0)} à {french.number(high, 0)}{french.NBSP}€ (à vérifier)"


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(name_of(code) for code in codes))


def _days(number: int) -> str:
    return f"{number} jour{'s' if number > 1 else ''}"


def _dates(number: int) -> str:
    return f"{number} représentation{'s' if number > 1 else ''}"
