"""Working time, minima and premiums reach the review, with ways out that have a price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from filage.facts.dossier import Dossier
from filage.kernel.changes import Change, add, set_
from filage.law import load_law
from filage.review import Context, Outcome, review
from support.dossiers import TODAY, small

EARLY = (
    add("event/tot", type="rehearsal", day="2026-11-06", start="08:00", end="10:00", venue="venue/ecluse"),
    add("participation/tot", event="event/tot", engagement="engagement/dana", units="1"),
)
"""Nine hours and a half after the première of the evening before."""


def worktime(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(f.severity, f.about, f.subject) for f in outcome.findings if f.code == "worktime.limit"]


def rests(dossier: Dossier, **known: object) -> list[str]:
    outcome = review(dossier, load_law(), TODAY, Context(**known))  # type: ignore[arg-type]
    return [f.message for f in outcome.findings if f.code == "worktime.limit" and "repos" in f.message]


def with_early(*more: Change) -> Outcome:
    return review(small(*EARLY, *more), load_law(), TODAY)


def test_a_rest_too_short_is_a_finding_with_its_article_and_priced_ways_out() -> None:
    (found,) = [f for f in with_early().findings if f.code == "worktime.limit" and "repos" in f.message]
    assert (found.severity, found.about) == ("blocking", "person/dana")
    assert found.source is not None
    assert "VI.7" in found.source.title
    made = [remedy for remedy in found.remedies if remedy.changes]
    assert [(remedy.changes[-1].about, remedy.cost) for remedy in made] == [
        ("participation/tot", Decimal(0)),
        ("participation/dana-1", Decimal(0)),
        ("participation/tot", Decimal(0)),
    ]


def test_the_way_out_of_a_rest_settles_it() -> None:
    dossier = small(*EARLY)
    (found,) = [
        f
        for f in review(dossier, load_law(), TODAY).findings
        if f.code == "worktime.limit" and "repos" in f.message
    ]
    for remedy in found.remedies:
        if remedy.changes:
            assert rests(small(*EARLY, *remedy.changes)) == []


def test_what_the_same_person_does_elsewhere_counts_in_their_rest() -> None:
    from datetime import time

    from filage.kernel.interval import Interval, instant
    from filage.planning.conflicts import Shift

    night = Interval(instant(date(2026, 11, 5), time(23)), instant(date(2026, 11, 6), time(1)))
    busy = (Shift("person/dana", "autre:event/p", night, "Concert, Autre"),)
    assert rests(small()) == []
    assert rests(small(EARLY[0], EARLY[1]), busy=busy) != rests(small(*EARLY))


def test_a_birth_day_known_by_the_structure_protects_a_minor() -> None:
    outcome = review(small(), load_law(), TODAY, Context(born=(("person/dana", date(2012, 5, 1)),)))
    rules = {subject for _, about, subject in worktime(outcome) if about == "person/dana"}
    assert any("MIN-NUIT-16" in rule for rule in rules)
    assert any("MIN-ENF-AUTORISATION" in rule for rule in rules)


def test_pay_below_the_minimum_of_the_job_is_a_finding_that_raising_it_settles() -> None:
    job = set_("position/marie", job="Artiste dramatique ou chorégraphique")
    low = set_("engagement/dana", unit_pay="50")
    member = set_("employer/fil", union_member="true")
    (found,) = [
        f
        for f in review(small(job, low, member), load_law(), TODAY).findings
        if f.code == "payroll.below_minimum"
    ]
    (raise_,) = found.remedies
    assert raise_.cost is not None
    assert raise_.cost > 0
    settled = review(small(job, low, member, *raise_.changes), load_law(), TODAY)
    assert [f.code for f in settled.findings if f.code == "payroll.below_minimum"] == []
