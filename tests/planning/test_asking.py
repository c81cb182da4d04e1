"""Asking when people are free, and writing what they answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.facts.calendar import Availability
from filage.facts.changing import apply_changes
from filage.kernel.changes import add
from filage.kernel.errors import BadInput
from filage.planning.asking import LONGEST, answered, asked, days_worked, people_to_ask, withdrawn
from filage.planning.availability import answers_of
from support.dossiers import small

TODAY = date(2026, 10, 12)
FIRST = date(2026, 11, 2)
WEEK = [FIRST + timedelta(days=rank) for rank in range(5)]
DANA, ELIE = "person/dana", "person/elie"


def after(dossier, changes):
    return apply_changes(dossier, changes)


def facts(dossier):
    return sorted(
        (
            fact.person[7:],
            fact.starts_on.isoformat()[5:],
            fact.ends_on.isoformat()[5:],
            fact.answer,
            fact.said,
        )
        for fact in dossier.all(Availability)
    )


def test_one_question_covers_days_that_follow_each_other():
    dossier = small()
    made = after(dossier, asked(dossier, [DANA, ELIE], [*WEEK, date(2026, 11, 9)]))
    assert facts(made) == [
        ("dana", "11-02", "11-06", "asked", None),
        ("dana", "11-09", "11-09", "asked", None),
        ("elie", "11-02", "11-06", "asked", None),
        ("elie", "11-09", "11-09", "asked", None),
    ]


def test_what_was_asked_is_not_asked_again():
    made = after(small(), asked(small(), [DANA], WEEK[1:3]))
    assert facts(after(made, asked(made, [DANA], WEEK))) == [
        ("dana", "11-02", "11-02", "asked", None),
        ("dana", "11-03", "11-04", "asked", None),
        ("dana", "11-05", "11-06", "asked", None),
    ]
    assert asked(made, [DANA], WEEK[1:3]) == []


def test_nobody_no_day_and_too_many_days_are_refused_at_once():
    with pytest.raises(BadInput, match="personne n’est choisi") as wrong:
        asked(small(), [], [])
    assert len(wrong.value.problems) == 2
    with pytest.raises(BadInput, match=f"{LONGEST} au plus"):
        asked(small(), [DANA], [FIRST + timedelta(days=rank) for rank in range(LONGEST + 1)])


def test_answers_are_written_day_by_day_and_days_told_alike_make_one_fact():
    made = after(small(), asked(small(), [DANA], WEEK))
    changes = answered(
        made,
        DANA,
        {WEEK[1]: ("busy", "Tournage"), WEEK[2]: ("busy", "Tournage"), WEEK[3]: ("free", "")},
        TODAY,
    )
    told = after(made, changes)
    assert facts(told) == [
        ("dana", "11-02", "11-02", "asked", None),
        ("dana", "11-03", "11-04", "busy", "Tournage"),
        ("dana", "11-05", "11-05", "free", None),
        ("dana", "11-06", "11-06", "asked", None),
    ]
    assert {fact.answered_on for fact in told.all(Availability) if fact.answer != "asked"} == {TODAY}


def test_a_new_mind_replaces_the_first_and_the_same_one_changes_nothing():
    made = after(small(), asked(small(), [DANA], WEEK))
    told = after(made, answered(made, DANA, dict.fromkeys(WEEK, ("free", "")), TODAY))
    assert facts(told) == [("dana", "11-02", "11-06", "free", None)]
    later = TODAY + timedelta(days=3)
    assert answered(told, DANA, dict.fromkeys(WEEK, ("free", "")), later) == []
    changed = after(told, answered(told, DANA, {WEEK[4]: ("maybe", "")}, later))
    assert facts(changed) == [
        ("dana", "11-02", "11-05", "free", None),
        ("dana", "11-06", "11-06", "maybe", None),
    ]


def test_a_day_nobody_asked_about_and_a_day_past_are_refused_by_name():
    made = after(small(), asked(small(), [DANA], WEEK))
    with pytest.raises(BadInput, match=r"le lun\. 9 nov\. 2026 n’est pas demandé"):
        answered(made, DANA, {date(2026, 11, 9): ("free", "")}, TODAY)
    with pytest.raises(BadInput, match=r"le lun\. 2 nov\. 2026 est passé"):
        answered(made, DANA, {FIRST: ("free", "")}, WEEK[1])
    with pytest.raises(BadInput, match="n’est pas demandé"):
        answered(made, ELIE, {FIRST: ("free", "")}, TODAY)


def test_a_part_of_a_day_is_left_alone():
    hours = add("availability/matin", person=DANA, starts_on="2026-11-02", ends_on="2026-11-02", start="09:00",
                end="12:00", answer="busy")  # fmt: skip
    made = after(small(hours), asked(small(hours), [DANA], WEEK))
    told = after(made, answered(made, DANA, dict.fromkeys(WEEK, ("free", "")), TODAY))
    assert [fact.id for fact in told.all(Availability) if fact.start] == ["matin"]


def test_no_longer_asking_keeps_what_was_answered():
    made = after(small(), asked(small(), [DANA, ELIE], WEEK))
    told = after(made, answered(made, DANA, {WEEK[2]: ("free", "")}, TODAY))
    assert facts(after(told, withdrawn(told, [DANA], WEEK))) == [
        ("dana", "11-04", "11-04", "free", None),
        ("elie", "11-02", "11-06", "asked", None),
    ]


def test_the_team_is_whom_one_asks_about_the_days_of_the_calendar():
    dossier = small(add("person/autre", given_name="Autre", family_name="Ailleurs"))
    assert [person.id for person in people_to_ask(dossier)] == ["dana", "elie"]
    assert days_worked(dossier, date(2026, 11, 5), date(2026, 11, 13)) == [
        date(2026, 11, 5),
        date(2026, 11, 13),
    ]


ANSWERS = st.dictionaries(
    st.sampled_from(WEEK),
    st.tuples(st.sampled_from(("free", "maybe", "busy")), st.sampled_from(("", "Oui, le soir"))),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANSWERS, max_size=4))
def test_whatever_is_answered_each_day_holds_the_last_answer_and_no_day_is_lost(rounds):
    dossier = small()
    dossier = after(dossier, asked(dossier, [DANA], WEEK))
    expected = dict.fromkeys(WEEK, ("asked", ""))
    for rank, answers in enumerate(rounds):
        dossier = after(dossier, answered(dossier, DANA, answers, TODAY + timedelta(days=rank)))
        expected |= answers
    known = answers_of(dossier)[DANA]
    assert {day: (answer.answer, answer.said) for day, answer in known.items()} == expected
    covered = [day for fact in dossier.all(Availability) for day in (fact.starts_on, fact.ends_on)]
    assert len({fact.id for fact in dossier.all(Availability)}) == len(dossier.all(Availability))
    assert (min(covered), max(covered)) == (WEEK[0], WEEK[-1])
