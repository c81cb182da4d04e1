"""One person's hours of a day, in order."""

from filage.facts.changing import apply_changes
from filage.kernel.changes import set_
from filage.planning.conflicts_hours import hours_findings
from support.dossiers import reviewed, small

DANA = "participation/dana-1"


def said(*changes):
    return [(one.about, one.message) for one in hours_findings(small(*changes))]


def test_an_hour_left_behind_by_a_later_call_is_told_with_both_hours():
    left = set_(DANA, call="18:00", pickup="17:15", dressing="16:30", ready="19:30")
    assert said(left) == [
        (
            DANA,
            "Dana Morel, jeu. 5 nov. : loges à 16:30, avant la convocation (18:00).",
        )
    ]


def test_the_remedy_clears_only_the_hours_that_no_longer_hold():
    dossier = small(set_(DANA, call="18:00", pickup="17:15", dressing="16:30", ready="19:30"))
    (found,) = hours_findings(dossier)
    (remedy,) = found.remedies
    assert remedy.label == "Effacer ce qui ne tient plus : loges (16:30)"
    assert remedy.changes == (set_(DANA, ("dressing",)),)
    assert hours_findings(apply_changes(dossier, remedy.changes)) == []


def test_hours_in_order_say_nothing_midnight_included():
    assert said(set_(DANA, pickup="17:00", call="18:00", dressing="18:30", ready="19:30", wrap="22:30")) == []
    night = set_("event/premiere", start="22:00", end="04:00")
    assert said(night, set_(DANA, pickup="21:30", dressing="23:00", ready="00:30", wrap="03:30")) == []
    early = set_("event/premiere", start="00:30", end="05:00")
    assert said(early, set_(DANA, pickup="23:45", call="00:15")) == []


def test_an_hour_past_the_end_is_told_past_midnight_too():
    night = set_("event/premiere", start="22:00", end="04:00")
    assert said(night, set_(DANA, ready="03:45", wrap="03:30")) == [
        (DANA, "Dana Morel, jeu. 5 nov. : fin à 03:30, avant l’heure de prêt (03:45).")
    ]


def test_an_end_before_the_call_has_no_evident_remedy():
    (found,) = hours_findings(small(set_(DANA, call="18:00", wrap="17:30")))
    assert found.message == "Dana Morel, jeu. 5 nov. : fin à 17:30, avant la convocation (18:00)."
    assert found.remedies == ()


def test_a_cancelled_day_and_an_hour_that_does_not_exist_are_left_out():
    assert said(set_("event/premiere", option="cancelled"), set_(DANA, ready="19:00")) == []
    spring = set_("event/premiere", day="2026-03-29", start="01:00", end="05:00")
    assert said(spring, set_(DANA, ready="02:30")) == []


def test_the_review_tells_it():
    outcome = reviewed(set_(DANA, ready="19:00"))
    assert [(one.severity, one.about) for one in outcome.findings if one.code == "calendar.hours_order"] == [
        ("warning", DANA)
    ]
