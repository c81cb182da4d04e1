"""The dates a new engagement would join, and a job that nobody is lacking for."""

from datetime import date

import pytest

from filage.facts.changing import apply_changes
from filage.facts.team import Engagement
from filage.kernel.changes import add, set_
from filage.planning.joining import already_filled, dates_to_join, joined
from support.dossiers import small


def engaged(dossier, **values):
    told = {
        "person": "person/elie", "position": "position/marie", "unit": "cachet", "unit_pay": "160",
        "starts_on": "2026-11-05", "ends_on": "2026-11-14", **values,
    }  # fmt: skip
    after = apply_changes(dossier, [add("engagement/neuve", **told)])
    return after, after.find("engagement/neuve", Engagement)


def test_a_new_engagement_joins_the_dates_of_those_paid_likewise_for_its_job():
    after, new = engaged(small())
    names = [event.about for event in dates_to_join(after, new)]
    assert names == ["event/premiere", "event/dole-1", "event/dole-2"]
    unpaid = apply_changes(after, [set_("participation/dana-1", units="0")])
    assert [change.values.get("units") for change in joined(unpaid, new)] == ["0", None, None]
    changes = joined(after, new)
    assert [change.values["event"] for change in changes] == names
    assert dates_to_join(apply_changes(after, changes), new) == ()


@pytest.mark.parametrize(
    "values",
    [
        {"quantity": "3"},
        {"unit": "package"},
        {"ends_on": "2026-11-05", "starts_on": "2026-11-01", "unit": "hour"},
    ],
)
def test_what_says_its_quantity_or_finds_no_date_joins_nothing(values):
    after, new = engaged(small(), **values)
    assert dates_to_join(after, new) == ()


def test_cachets_of_a_job_nobody_holds_join_the_performances():
    dossier = apply_changes(small(), [add("position/narrateur", label="Narrateur", status="artiste")])
    after, new = engaged(dossier, position="position/narrateur")
    assert [event.about for event in dates_to_join(after, new)] == [
        "event/premiere",
        "event/dole-1",
        "event/dole-2",
    ]


def test_a_job_held_in_these_days_by_as_many_as_it_needs_is_filled():
    after, new = engaged(small())
    assert already_filled(after, new) == ("person/dana",)
    after, same = engaged(small(), person="person/dana")
    assert already_filled(after, same) == ()
    after, later = engaged(small(), starts_on="2027-05-01", ends_on="2027-05-02")
    assert (already_filled(after, later), later.starts_on) == ((), date(2027, 5, 1))
