"""The conditions of schemes that a production can answer: named checks, each with the value seen and the value asked.

A check never says that an aid is due: a condition is held, missing, or left to be checked by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from filage.facts.base import choices, label_of
from filage.facts.deal import Ticketing
from filage.facts.employer import Employer
from filage.kernel import french
from filage.kernel import step as steps
from filage.kernel.interval import days_between

if TYPE_CHECKING:
    from filage.funding.scheme_data import Asked, Condition
    from filage.funding.situation import Situation
    from filage.kernel.step import Step

HELD, MISSING, TO_CHECK = "held", "missing", "to_check"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check found: the state, the value seen and the value asked in words, and the figure's reason."""

    state: str
    seen: str = ""
    asked: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One condition and its answer for a production; `confidence` is that of the rule's source."""

    text: str
    check: str
    answer: Answer
    confidence: str

    @property
    def state(self) -> str:
        """Held, missing or to check."""
        return self.answer.state

    @property
    def figures(self) -> str:
        """« 6 représentations, 8 demandées » when both are known."""
        parts = (self.answer.seen, f"demandé : {self.answer.asked}" if self.answer.asked else "")
        return " ; ".join(part for part in parts if part)


Check = Callable[["Situation", "Asked"], Answer]
UNKNOWN = Answer(TO_CHECK)
SINGULAR = {
    "partenaires": "partenaire", "représentations": "représentation", "interprètes": "interprète",
    "représentations confirmées": "représentation confirmée", "interprètes prévus": "interprète prévu",
    "dates à l’étranger": "date à l’étranger", "lieux": "lieu", "jours de tournage": "jour de tournage",
    "dates": "date", "jours": "jour",
}  # fmt: skip
GENERAL = frozenset({"licence", "legal_form", "before_first", "minutes", "corporate_tax"})
"""The checks that say nothing of the aid's own rules: held alone, they make nothing look possible."""


def answered(condition: Condition, situation: Situation) -> ConditionView:
    """Compute one condition; a name nobody computes is left to be checked by hand."""
    check = CHECKS.get(condition.check)
    answer = check(situation, condition.asked) if check else UNKNOWN
    return ConditionView(condition.text, condition.check, answer, condition.confidence)


def _words(value: Decimal, unit: str) -> str:
    """Write a value, its unit in the singular when there are fewer than two."""
    return french.quantity(value, SINGULAR.get(unit, unit) if value < 2 else unit)  # noqa: PLR2004 - a French plural


def _compared(seen: Step, asked: Asked) -> Answer:
    """Hold a value between what is asked at least and at most."""
    words = _words(seen.value, seen.unit)
    least, most = asked.get("at_least"), asked.get("at_most")
    wanted = [
        f"{word} {_words(Decimal(value), seen.unit)}"
        for word, value in (("au moins", least), ("au plus", most))
        if value is not None
    ]
    held = (least is None or seen.value >= Decimal(least)) and (most is None or seen.value <= Decimal(most))
    return Answer(HELD if held else MISSING, words, " et ".join(wanted), seen)


def _share(label: str, part: Step, whole: Step, asked: Asked) -> Answer:
    if not whole.value:
        return Answer(TO_CHECK, "rien à comparer")
    return _compared(steps.rounded(steps.quotient(label, part, whole, unit="rate"), "rate4"), asked)


def _partners(situation: Situation, asked: Asked) -> Answer:
    names = situation.partners
    seen = steps.given("Partenaires de production", len(names), unit="partenaires")
    found = _compared(seen, asked)
    listed = f" ({' ; '.join(names[:3])}{'…' if len(names) > 3 else ''})" if names else ""  # noqa: PLR2004 - a few names
    return Answer(found.state, f"{found.seen}{listed}", found.asked, seen)


def _performances(situation: Situation, asked: Asked) -> Answer:
    events = situation.performances
    if asked.get("sure"):
        events = tuple(one for one in events if one.option in ("confirmed", "signed"))
    months = asked.get("months")
    if months:
        events = situation.within(events, int(months))
    wanted = asked.get("by_form", {}).get(situation.form, asked["at_least"])
    word = "représentations confirmées" if asked.get("sure") else "représentations"
    label = f"{word.capitalize()} sur {months} mois" if months else word.capitalize()
    return _compared(steps.given(label, len(events), unit=word), {"at_least": wanted})


def _public_share(situation: Situation, asked: Asked) -> Answer:
    return _share("Part d’argent public", situation.amount_of(("public",)), situation.expense, asked)


def _producer_share(situation: Situation, asked: Asked) -> Answer:
    return _share("Part du producteur", situation.amount_of(("own",)), situation.expense, asked)


def _presale_share(situation: Situation, asked: Asked) -> Answer:
    return _share("Part des préachats", situation.amount_of(("presale",)), situation.expense, asked)


def _structure_share(situation: Situation, asked: Asked) -> Answer:
    return _share("Part des frais de structure", situation.structure_costs, situation.expense, asked)


def _presale(situation: Situation, _asked: Asked) -> Answer:
    seen = situation.amount_of(("presale",))
    return Answer(HELD if seen.value else MISSING, french.euro(seen.value), "un préachat", seen)


def _own_money(situation: Situation, _asked: Asked) -> Answer:
    seen = situation.amount_of(("own",))
    return Answer(HELD if seen.value else MISSING, french.euro(seen.value), "un apport propre", seen)


def _free_dates(situation: Situation, asked: Asked) -> Answer:
    """Dates whose tickets are free or not written: known once the tickets of one date at least are."""
    paying = {
        one.event for one in situation.dossier.all(Ticketing) if any(tariff.price for tariff in one.tariffs)
    }
    dates = situation.performances
    if not dates or not any(event.about in paying for event in dates):
        return Answer(TO_CHECK, "billetteries des dates à saisir")
    free = steps.given(
        "Dates sans billetterie", sum(event.about not in paying for event in dates), unit="dates"
    )
    return _share(
        "Part des dates sans billetterie", free, steps.given("Dates", len(dates), unit="dates"), asked
    )


def _licence(situation: Situation, asked: Asked) -> Answer:
    categories = asked["categories"]
    word = "licence " + " ou ".join(categories)
    held = [one for one in situation.dossier.employer.licences if one.category in categories]
    valid = [one for one in held if one.expires_on is None or one.expires_on >= situation.today]
    if valid:
        day = max((one.expires_on for one in valid if one.expires_on), default=None)
        until = f", jusqu’au {french.day(day)}" if day else ""
        return Answer(HELD, f"licence {valid[0].category}{until}", word)
    return Answer(MISSING, "licence expirée" if held else "aucune saisie", word)


def _legal_form(situation: Situation, asked: Asked) -> Answer:
    employer = situation.dossier.employer
    words = choices(Employer, "legal_form")
    wanted = " ou ".join(words.get(one, one).lower() for one in asked["among"])
    state = HELD if employer.legal_form in asked["among"] else MISSING
    return Answer(state, label_of(employer, "legal_form").lower(), wanted)


def _performers(situation: Situation, asked: Asked) -> Answer:
    fewest = situation.fewest_performers
    if fewest is None:
        people = sum(cost.people for cost in situation.performers)
        seen = steps.given("Interprètes prévus", people, unit="interprètes prévus")
        found = _compared(seen, asked)
        return found if people else Answer(TO_CHECK, "personne n’est encore inscrit aux dates", found.asked)
    return _compared(steps.given("Interprètes par date, au moins", fewest, unit="interprètes"), asked)


def _minutes(situation: Situation, asked: Asked) -> Answer:
    duration = situation.dossier.production.duration
    if duration is None:
        return Answer(TO_CHECK, "durée non saisie")
    return _compared(steps.given("Durée", duration, unit="min"), asked)


def _minutes_by_form(situation: Situation, asked: Asked) -> Answer:
    least = asked["by_form"].get(situation.form)
    return UNKNOWN if least is None else _minutes(situation, {"at_least": least})


def _cost_per_minute(situation: Situation, asked: Asked) -> Answer:
    least, duration = asked["by_form"].get(situation.form), situation.dossier.production.duration
    if least is None or not duration:
        return Answer(TO_CHECK, "" if duration else "durée non saisie")
    length = steps.given("Durée", duration, unit="min")
    cost = steps.rounded(steps.quotient("Coût par minute", situation.expense, length))
    return _compared(cost, {"at_least": least})


def _expense(situation: Situation, asked: Asked) -> Answer:
    return _compared(situation.expense, asked)


def _before_first(situation: Situation, asked: Asked) -> Answer:
    events = situation.dated(asked["type"])
    word = {"performance": "première", "shoot": "premier jour de tournage"}[asked["type"]]
    wanted = f"{asked['days']} jour{'s' if asked['days'] > 1 else ''} avant au moins"
    if not events:
        return Answer(TO_CHECK, f"{word} : pas encore au calendrier", wanted)
    days = days_between(situation.today, events[0].day) - 1
    left = steps.given(f"Jours avant : {word}", days, unit="jours")
    state = HELD if left.value >= asked["days"] else MISSING
    return Answer(state, f"{word} le {french.day(events[0].day)}", wanted, left)


def _abroad(situation: Situation, _asked: Asked) -> Answer:
    away = [one for one in situation.performances if situation.country(one) not in ("FR", None)]
    seen = steps.given("Dates à l’étranger", len(away), unit="dates à l’étranger")
    return _compared(seen, {"at_least": 1})


def _venues(situation: Situation, asked: Asked) -> Answer:
    return _compared(steps.given("Lieux", len(situation.venues), unit="lieux"), asked)


def _shoot_days(situation: Situation, asked: Asked) -> Answer:
    days = {event.day for event in situation.dated("shoot")}
    return _compared(steps.given("Jours de tournage", len(days), unit="jours de tournage"), asked)


def _french_dates(situation: Situation, asked: Asked) -> Answer:
    dates = situation.performances
    known = [one for one in dates if situation.country(one) is not None]
    if not dates or len(known) < len(dates):
        return Answer(TO_CHECK, "lieux de dates à saisir")
    home = steps.given("Dates en France", sum(situation.country(one) == "FR" for one in dates), unit="dates")
    return _share("Dates en France", home, steps.given("Dates", len(dates), unit="dates"), asked)


def _corporate_tax(situation: Situation, _asked: Asked) -> Answer:
    held = situation.dossier.employer.corporate_tax
    return Answer(HELD if held else MISSING, "soumise" if held else "non soumise", "impôt sur les sociétés")


CHECKS: Mapping[str, Check] = {
    "partners": _partners,
    "performances": _performances,
    "public_share": _public_share,
    "producer_share": _producer_share,
    "presale_share": _presale_share,
    "structure_share": _structure_share,
    "presale": _presale,
    "own_money": _own_money,
    "free_dates": _free_dates,
    "licence": _licence,
    "legal_form": _legal_form,
    "performers": _performers,
    "minutes": _minutes,
    "minutes_by_form": _minutes_by_form,
    "cost_per_minute": _cost_per_minute,
    "expense": _expense,
    "before_first": _before_first,
    "abroad": _abroad,
    "venues": _venues,
    "shoot_days": _shoot_days,
    "french_dates": _french_dates,
    "corporate_tax": _corporate_tax,
}
"""Every check a data file may name, with what it is asked; `by_hand` is nobody's: to be checked."""
