"""One hour under several premiums: what absorbs what, and the most an hour may be raised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from filage.kernel.interval import Interval
from filage.kernel.money import ZERO
from filage.worktime.premium_case import PremiumHours
from filage.worktime.premium_rules import Premium
from filage.worktime.premium_time import Stretch, hours_of


def absorbed(lines: Sequence[PremiumHours], rules: Sequence[Premium]) -> list[PremiumHours]:
    """Return the premiums once those that are set against others have been: an hour keeps the higher of both rates."""
    kept = list(lines)
    for rule in rules:
        absorbing = rule.parameters.get("absorbed_by", ())
        against = [line for line in kept if line.rule == rule.id]
        for kind in absorbing if against else ():
            kept = _reduced(kept, against, kind)
    return kept


def capped(lines: Sequence[PremiumHours], rules: Sequence[Premium]) -> list[PremiumHours]:
    """Return the premiums of a convention so that no hour is raised beyond its cap; the higher rates are kept first."""
    kept = list(lines)
    caps = {rule.convention: rule.parameters["cap"] for rule in rules if "cap" in rule.parameters}
    of_rule = {rule.id: rule.convention for rule in rules}
    for convention, cap in caps.items():
        mine: list[PremiumHours] = []
        others: list[PremiumHours] = []
        for line in kept:
            (mine if of_rule[line.rule] == convention and _counts(line) else others).append(line)
        kept = [*others, *_under(mine, cap)]
    return kept


def _counts(line: PremiumHours) -> bool:
    return line.pays == "uplift" and not line.raises_base and bool(line.spans)


def _reduced(lines: Sequence[PremiumHours], against: Sequence[PremiumHours], kind: str) -> list[PremiumHours]:
    kept: list[PremiumHours] = []
    by_day = _ByDay(against)
    for line in lines:
        near = by_day.near(line)
        if line.kind != kind or line in against or not near:
            kept.append(line)
            continue
        rates = {
            piece: max(line.rate - _rate_at(near, piece.interval), ZERO) for piece in _pieces(line, near)
        }
        kept.extend(_by_rate(line, rates))
    return kept


def _under(lines: Sequence[PremiumHours], cap: Decimal) -> list[PremiumHours]:
    kept: list[PremiumHours] = []
    before = _ByDay(())
    for line in sorted(lines, key=lambda line: (-line.rate, line.rule, line.on)):
        near = before.near(line)
        rates = {
            piece: min(line.rate, max(cap - _rate_at(near, piece.interval), ZERO))
            for piece in _pieces(line, near)
        }
        before.put(line)
        kept.extend(_by_rate(line, rates))
    return kept


class _ByDay:
    """Lines found again by the days of their hours, so that a year is not compared with itself."""

    def __init__(self, lines: Sequence[PremiumHours]) -> None:
        self.days: dict[date, list[PremiumHours]] = {}
        for line in lines:
            self.put(line)

    def put(self, line: PremiumHours) -> None:
        """Keep a line under each day its hours touch."""
        for day in _days(line):
            self.days.setdefault(day, []).append(line)

    def near(self, line: PremiumHours) -> list[PremiumHours]:
        """The lines kept that share a day with this one, each once."""
        found = {id(one): one for day in _days(line) for one in self.days.get(day, ())}
        return list(found.values())


def _days(line: PremiumHours) -> set[date]:
    return {moment.date() for span in line.spans for moment in (span.interval.start, span.interval.end)}


def _rate_at(lines: Sequence[PremiumHours], interval: Interval) -> Decimal:
    """The rates that lines already give to an instant, added up; a line counts once."""
    return sum(
        (line.rate for line in lines if any(span.interval.overlaps(interval) for span in line.spans)), ZERO
    )


def _pieces(line: PremiumHours, others: Sequence[PremiumHours]) -> list[Stretch]:
    """The spans of a line cut wherever one of the others begins or ends."""
    edges = {
        edge for other in others for span in other.spans for edge in (span.interval.start, span.interval.end)
    }
    return [piece for span in line.spans for piece in _cut(span, edges)]


def _cut(span: Stretch, edges: set[datetime]) -> list[Stretch]:
    start, end = span.interval.start, span.interval.end
    inside = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    return [span.part(first, last) for first, last in pairwise(inside)]


def _by_rate(line: PremiumHours, rates: Mapping[Stretch, Decimal]) -> list[PremiumHours]:
    """The line again, once per rate left; overtime stays even at no rate, for its hours may still be unpaid."""
    by_rate: dict[Decimal, list[Stretch]] = {}
    for piece, rate in rates.items():
        by_rate.setdefault(rate, []).append(piece)
    unseen = line.hours - hours_of(line.spans)
    kept: list[PremiumHours] = []
    for rate, pieces in sorted(by_rate.items(), reverse=True):
        if rate or line.kind == "overtime":
            kept.append(replace(line, rate=rate, hours=hours_of(pieces) + unseen, spans=tuple(pieces)))
        unseen = ZERO
    return kept
