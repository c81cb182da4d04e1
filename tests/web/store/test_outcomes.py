"""Outcomes: reviewed once per revision, previews that write nothing, what the same people do elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.kernel.interval import Interval
from filage.payroll.person_month import paid_periods
from filage.payroll.structure_charges import years_paid
from filage_web import clock
from filage_web.store import outcomes
from filage_web.store.changes import apply
from filage_web.store.context import context_of
from filage_web.store.errors import UnknownProduction
from filage_web.store.models import ChangeSet, Row
from filage_web.store.outcomes import open_production, outcome_of, preview
from filage_web.store.queries import productions_of

DAY = date(2026, 11, 22)
LENZ = (
    add("production/lenz", label="Lenz", form="theatre"),
    add("position/lenz", label="Comédien"),
    add("engagement/lenz", position="position/lenz", person="person/marie", starts_on="2026-11-01",
        ends_on="2026-12-31", unit="cachet", unit_pay="200"),
    add("event/p1", type="rehearsal", label="Filage", day="2026-12-01", start="19:00", end="21:00"),
    add("participation/p1", event="event/p1", engagement="engagement/lenz"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_kept():
    outcomes.forget_outcomes()
    yield
    outcomes.forget_outcomes()


@pytest.fixture
def reviews(monkeypatch) -> list[str]:
    """Each real review, as it happens."""
    done: list[str] = []
    real = outcomes.review

    def counted(dossier, *rest):
        done.append(dossier.production.id)
        return real(dossier, *rest)

    monkeypatch.setattr(outcomes, "review", counted)
    return done


def test_an_outcome_is_computed_once_per_revision(structure, woyzeck, alice, reviews):
    first = outcome_of(structure, "woyzeck", DAY)
    assert outcome_of(structure, "woyzeck", DAY) is first
    assert len(reviews) == 1
    apply(structure, "woyzeck", [set_("engagement/marie", unit_pay="250")], actor=alice)
    after = outcome_of(structure, "woyzeck", DAY)
    assert len(reviews) == 2
    assert after.budget.expense > first.budget.expense


def test_another_day_or_scenario_is_another_outcome(structure, woyzeck, alice, reviews):
    change = {"op": "set", "about": "engagement/marie", "values": {"unit_pay": "300"}}
    apply(structure, "woyzeck", [add("scenario/plus", label="Plus", changes=[change])], actor=alice)
    plain = outcome_of(structure, "woyzeck", DAY)
    dearer = outcome_of(structure, "woyzeck", DAY, "plus")
    outcome_of(structure, "woyzeck", date(2026, 11, 23))
    assert len(reviews) == 3
    assert dearer.budget.expense > plain.budget.expense


def test_an_edited_shared_fact_makes_the_outcome_anew(structure, woyzeck, alice, reviews):
    outcome_of(structure, "woyzeck", DAY)
    apply(structure, None, [set_("employer/le-fil", headcount="60")], actor=alice)
    assert outcome_of(structure, "woyzeck", DAY).dossier.employer.headcount == 60


def test_a_warm_production_takes_two_queries_whatever_its_size(
    structure, woyzeck, alice, django_assert_num_queries
):
    open_production(structure, "woyzeck")
    with django_assert_num_queries(2):
        open_production(structure, "woyzeck")
    more = [
        add(f"event/r{n}", type="rehearsal", day="2026-11-25", start="10:00", end="13:00") for n in range(20)
    ]
    apply(structure, "woyzeck", more, actor=alice)
    open_production(structure, "woyzeck")
    with django_assert_num_queries(2):
        open_production(structure, "woyzeck")


def test_the_list_shows_the_figures_of_the_last_review(structure, woyzeck, alice):
    (line,) = productions_of(structure)
    assert (line.balance, line.fresh) == (None, False)
    outcome = outcome_of(structure, "woyzeck")
    (line,) = productions_of(structure)
    assert (line.balance, line.findings, line.fresh) == (
        f"{outcome.budget.balance:.2f}",
        outcome.count(line.severity),
        True,
    )
    apply(structure, "woyzeck", [set_("event/p1", day="2026-12-05")], actor=alice)
    (line,) = productions_of(structure)
    assert line.fresh is False


def test_a_preview_shows_the_difference_and_writes_nothing(structure, woyzeck):
    found = preview(structure, "woyzeck", [set_("engagement/marie", unit_pay="250.00")], day=DAY)
    assert [change.about for change in found.difference.facts] == ["engagement/marie"]
    assert found.after.budget.expense > found.before.budget.expense
    assert found.revision == woyzeck.pk
    assert ChangeSet.objects.count() == 1
    assert Row.objects.get(kind="engagement").body["unit_pay"] == "200"


def test_a_preview_that_does_not_apply_says_why(structure, woyzeck):
    with pytest.raises(BadInput) as error:
        preview(
            structure,
            "woyzeck",
            [set_("event/p1", venue="venue/sud"), set_("event/x", day="2026-01-01")],
            day=DAY,
        )
    assert [problem.path for problem in error.value.problems] == ["event/x", "event/p1.venue"]


def test_a_preview_knows_the_people_of_the_structure_not_yet_in_the_production(structure, woyzeck, alice):
    joel = add("person/joel", given_name="Joël", family_name="Tarn")
    apply(
        structure,
        None,
        [joel, add("company/b", label="B"), add("venue/b", label="B", company="company/b")],
        actor=alice,
    )
    changes = [set_("engagement/marie", person="person/joel"), set_("event/p1", venue="venue/b")]
    found = preview(structure, "woyzeck", changes, day=DAY)
    assert found.after.dossier.get("company/b") is not None


def test_a_preview_of_private_data_shows_none_of_it(structure, woyzeck):
    found = preview(structure, "woyzeck", [set_("person_private/marie", nir="2")], day=DAY)
    assert found.difference.is_empty
    assert found.after.dossier.get("person_private/marie") is None


def test_a_fact_that_no_longer_reads_is_among_the_findings(structure, woyzeck):
    row = Row.objects.get(kind="event")
    Row.objects.filter(pk=row.pk).update(body={**row.body, "option": "disparue"})
    codes = [finding.code for finding in outcome_of(structure, "woyzeck", DAY).findings]
    assert "store.unreadable_fact" in codes
    found = preview(structure, "woyzeck", [set_("position/marie", label="M.")], day=DAY)
    assert found.difference.new_findings == ()


def test_context_is_the_hours_of_the_same_people_elsewhere(
    structure, woyzeck, alice, django_assert_num_queries
):
    assert context_of(structure, "woyzeck").busy == ()
    apply(structure, "lenz", LENZ, actor=alice)
    with django_assert_num_queries(1):
        (shift,) = context_of(structure, "woyzeck").busy
    assert (shift.person, shift.event, shift.label) == ("person/marie", "lenz:event/p1", "Filage, Lenz")
    assert shift.interval.hours == 2
    assert "calendar.overlap" in [finding.code for finding in outcome_of(structure, "woyzeck", DAY).findings]


def test_context_leaves_out_what_is_cancelled_far_unless_asked_or_of_another_structure(
    structure, woyzeck, alice, bob
):
    from filage_web.accounts.services import create_structure

    apply(structure, "lenz", LENZ, actor=alice)
    apply(structure, "lenz", [set_("event/p1", option="cancelled")], actor=alice)
    assert context_of(structure, "woyzeck").busy == ()
    apply(structure, "lenz", [set_("event/p1", option="confirmed", day="2027-06-01")], actor=alice)
    assert context_of(structure, "woyzeck").busy == ()
    over = Interval(*(datetime(2027, month, 1, tzinfo=UTC) for month in (5, 7)))
    assert [shift.event for shift in context_of(structure, "woyzeck", over).busy] == ["lenz:event/p1"]
    elsewhere = create_structure("Ailleurs", bob)
    same = add("person/marie", given_name="Marie", family_name="Œdipe")
    apply(elsewhere, "lenz", [same, *LENZ], actor=bob)
    assert context_of(structure, "woyzeck").busy == ()


def test_a_stranger_production_is_unknown(structure, woyzeck):
    with pytest.raises(UnknownProduction):
        open_production(structure, "autre")


def test_an_employer_rate_the_law_does_not_know_is_refused(structure, woyzeck, alice):
    rate = {"parameter": "paie.inconnue", "value": "0.01", "starts_on": "2026-01-01", "source": "Lettre"}
    with pytest.raises(BadInput, match="inconnue"):
        apply(structure, None, [set_("employer/le-fil", rates=[rate])], actor=alice)


def test_the_birth_days_of_its_people_reach_the_review_and_nothing_else_private(structure, woyzeck, alice):
    apply(structure, "woyzeck", [set_("person_private/marie", born_on="2013-05-01")], actor=alice)
    context = context_of(structure, "woyzeck")
    assert (context.busy, context.born) == ((), (("person/marie", date(2013, 5, 1)),))
    assert context_of(structure, "ailleurs").born == ()


def test_what_the_other_productions_pay_reaches_the_review(structure, woyzeck, alice):
    apply(structure, "lenz", LENZ, actor=alice)
    own = outcome_of(structure, "lenz", clock.today())
    context = context_of(structure, "woyzeck")
    assert context.paid == paid_periods(own.costs)
    assert {period.person for period in context.paid} == {"person/marie"}
    assert context.years == years_paid(own.costs)
    other = outcome_of(structure, "woyzeck", clock.today())
    assert context_of(structure, "lenz").years == years_paid(other.costs)
