"""What a limit not met says to a person: the sentence, and the ways out."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from filage.kernel import french
from filage.kernel.money import ZERO, round_half_up
from filage.worktime.check import HELD, Breach, Clash
from filage.worktime.limit import Limit
from filage.worktime.metrics import AVERAGED_WEEKS, METRICS

CLASH = "calendar.overlap"
"""The rule of two shifts at once: no row of the texts, the same code as in a review."""
_WHOLE_HOUR = Decimal(1)
PLURAL, MIDNIGHT = 2, 24


class Way(NamedTuple):
    """A way out: what to do in French, its kind for a program, and the hours it moves when that is known.

    Kinds: `start_later`, `end_earlier`, `split_crew`, `move_day`, `add_break`, `add_time`, `lighten_week`,
    `rely_on`, `ask`.
    """

    kind: str
    label: str
    hours: Decimal | None = None


def message(breach: Breach) -> str:
    """One sentence: who, when, what was measured, against which limit and which text."""
    metric = METRICS[breach.limit.asked.metric]
    name = breach.worker.name or breach.worker.id
    if breach.limit.asked.metric in HELD:
        return f"{name} : une pièce manque, {metric.label} ({breach.limit.row.legal_basis})."
    when = f"semaine du {french.day(breach.on)}" if metric.week else french.day(breach.on)
    return (
        f"{name}, {when} : {metric.label}, {_actual(breach)} ; "
        f"{bound(breach.limit, breach.threshold)} ({breach.limit.row.legal_basis})."
    )


def clash_message(clash: Clash) -> str:
    """Two shifts at once, said in one sentence."""
    name = clash.worker.name or clash.worker.id
    return (
        f"{name}, {french.day(clash.on)} : deux présences se chevauchent ({french.duration(clash.hours)}) ; "
        "ce temps est compté une fois."
    )


def amount(value: Decimal, limit: Limit) -> str:
    """A value in the unit of a row: `10 h 30`, `15 min`, `3 services`, `23:30`."""
    match limit.unit:
        case "h":
            return french.duration(value)
        case "min":
            return f"{french.number(round_half_up(value, _WHOLE_HOUR))}{french.NBSP}min"
        case "heure":
            hours, minutes = divmod(int(value * 60), 60)
            late = hours >= MIDNIGHT and value > MIDNIGHT
            return (
                f"{hours - MIDNIGHT:02d}:{minutes:02d} le lendemain" if late else f"{hours:02d}:{minutes:02d}"
            )
        case "repr.":
            return f"{french.number(value)} représentation{'s' if value > 1 else ''}"
        case unit:
            said = unit.removesuffix("s") if abs(value) < PLURAL else unit
            return f"{french.number(round_half_up(value, Decimal('0.01')))} {said}"


def _actual(breach: Breach) -> str:
    """The value measured, on the right side of the limit when both would be written alike."""
    said = amount(breach.actual, breach.limit)
    if breach.actual == breach.threshold or said != amount(breach.threshold, breach.limit):
        return said
    return f"un peu {'plus' if breach.actual > breach.threshold else 'moins'} de {said}"


def bound(limit: Limit, threshold: Decimal) -> str:
    """The limit in words: `au plus 10 h`, `au moins 11 h`, `interdit`."""
    if threshold == 0 and not limit.is_minimum:
        return "chômé en principe" if limit.asked.metric == "may_first" else "interdit"
    words = {">=": "au moins", "<": "moins de"}.get(limit.operator, "au plus")
    return f"{words} {amount(threshold, limit)}"


def ways_out(breach: Breach) -> tuple[Way, ...]:
    """What would meet the limit, the least change first."""
    ways = _WAYS.get(breach.limit.asked.metric, _move_day)(breach)
    relief = tuple(
        Way(
            "rely_on",
            f"Si un accord ou une autorisation le permet, l’invoquer : {one.id} ({bound(one, one.threshold)})",
        )
        for one in breach.relief
    )
    return (*ways, *relief)


def _margin_hours(breach: Breach) -> Decimal | None:
    """How many hours to move; None when what is counted is not time."""
    match breach.limit.unit:
        case "h":
            return breach.margin
        case "min":
            return (breach.margin / 60).quantize(Decimal("0.0001")).normalize() + 0
        case _:
            return None


def _duration(breach: Breach) -> str:
    hours = _margin_hours(breach)
    return french.duration(hours) if hours is not None else amount(breach.margin, breach.limit)


def _shorten_day(breach: Breach) -> tuple[Way, ...]:
    hours = _margin_hours(breach)
    return (
        Way("start_later", f"Commencer {_duration(breach)} plus tard", hours),
        Way("end_earlier", f"Finir {_duration(breach)} plus tôt", hours),
        Way("split_crew", "Partager la journée entre deux personnes", hours),
        Way("move_day", "Reporter une partie à un autre jour", hours),
    )


def _rest_more(breach: Breach) -> tuple[Way, ...]:
    hours = _margin_hours(breach)
    return (
        Way("start_later", f"Commencer {_duration(breach)} plus tard", hours),
        Way("end_earlier", f"Finir {_duration(breach)} plus tôt la veille", hours),
        Way("split_crew", "Confier l’un des deux services à une autre personne", hours),
    )


def _start_later(breach: Breach) -> tuple[Way, ...]:
    hours = _margin_hours(breach)
    return (
        Way("start_later", f"Commencer {_duration(breach)} plus tard", hours),
        Way("move_day", "Voyager ou répéter un autre jour"),
    )


def _lighten_week(breach: Breach) -> tuple[Way, ...]:
    """An average too high by one hour is too high by one hour each week it is taken over."""
    weeks = AVERAGED_WEEKS if breach.limit.asked.metric == "avg_weekly_work_over_12_weeks" else 1
    hours = (_margin_hours(breach) or ZERO) * weeks
    return (
        Way("lighten_week", f"Retirer {french.duration(hours)} de ces semaines", hours),
        Way("split_crew", "Partager la charge entre deux personnes"),
    )


def _rest_in_week(breach: Breach) -> tuple[Way, ...]:
    return (
        Way(
            "move_day",
            f"Libérer {_duration(breach)} de plus à la suite dans la semaine",
            _margin_hours(breach),
        ),
        Way("split_crew", "Confier une journée à une autre personne"),
    )


def _add_break(breach: Breach) -> tuple[Way, ...]:
    missing = amount(breach.threshold, breach.limit)
    return (Way("add_break", f"Prévoir une pause : au moins {missing}", _margin_hours(breach)),)


def _cut_in_two(breach: Breach) -> tuple[Way, ...]:
    longest = amount(breach.threshold, breach.limit)
    return (Way("add_break", f"Couper par une pause : au plus {longest} d’affilée", _margin_hours(breach)),)


def _finish_before(breach: Breach) -> tuple[Way, ...]:
    hours = _margin_hours(breach)
    return (
        Way("end_earlier", f"Finir ce qui précède {_duration(breach)} plus tôt", hours),
        Way("start_later", f"Jouer {_duration(breach)} plus tard", hours),
    )


def _shorten(breach: Breach) -> tuple[Way, ...]:
    return (
        Way("end_earlier", f"Réduire de {_duration(breach)}", _margin_hours(breach)),
        Way("move_day", "Reporter le reste à un autre moment"),
    )


def _lengthen(breach: Breach) -> tuple[Way, ...]:
    return (Way("add_time", f"Convoquer, et payer, au moins {amount(breach.threshold, breach.limit)}"),)


def _move_day(breach: Breach) -> tuple[Way, ...]:  # noqa: ARG001 - one shape for all
    return (
        Way("move_day", "Déplacer l’un d’eux à un autre jour"),
        Way("split_crew", "Confier l’un d’eux à une autre personne"),
    )


def _ask(breach: Breach) -> tuple[Way, ...]:
    return (Way("ask", f"L’obtenir avant d’engager, puis la noter parmi les pièces : {breach.rule}"),)


_WAYS = {
    "effective_work_per_day": _shorten_day,
    "span_per_day": _shorten_day,
    "work_between": _shorten_day,
    "latest_end_time": _shorten,
    "daily_rest": _rest_more,
    "rest_after_travel": _start_later,
    "rest_before_show": _finish_before,
    "gap_rehearsal_to_show": _finish_before,
    "gap_between_shows": _start_later,
    "weekly_rest_consecutive": _rest_in_week,
    "effective_work_per_week": _lighten_week,
    "avg_weekly_work_over_12_weeks": _lighten_week,
    "driving_per_week": _lighten_week,
    "driving_per_two_weeks": _lighten_week,
    "break_minutes": _add_break,
    "break_minutes_per_six_hours": _add_break,
    "break_minutes_per_hour": _add_break,
    "meal_break": _add_break,
    "continuous_work": _cut_in_two,
    "continuous_driving": _cut_in_two,
    "continuous_danced_time": _cut_in_two,
    "min_call_duration": _lengthen,
    "show_call_duration": _lengthen,
    "minimum_service_duration": _lengthen,
    "refresh_rehearsals": _lengthen,
    "performance_duration": _shorten,
    "soundcheck_duration": _shorten,
    "rehearsal_service_duration": _shorten,
    "musical_work_per_day": _shorten,
    "danced_time_per_day": _shorten,
    "driving_per_day": _shorten,
    "side_activity_on_show_day": _shorten,
    "travel_between_shows": _shorten,
    "has_individual_authorisation": _ask,
    "written_consent_of_child": _ask,
}
"""The ways out of each metric; moving a thing to another day for the others."""
