"""Days laid, repeated, moved and copied in one go."""

from datetime import date

import pytest

from filage.facts.calendar import Event, Participation
from filage.facts.changing import apply_changes
from filage.facts.travel import Leg
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.planning.blocks import (
    apply_template,
    block_between,
    copy_block,
    left_out,
    recurring,
    shift_block,
    template_of,
)
from filage.planning.recurrence import MOST, Rule, occurrences
from support.dossiers import small

USUAL = add(
    "day_template/jeu",
    label="Jour de jeu",
    events=[
        {"type": "setup", "label": "Raccord lumière", "start": "14:00", "end": "17:00",
         "positions": ["position/regie"]},
        {"type": "performance", "start": "20:00", "end": "22:00",
         "moments": [{"at": "19:00", "label": "Ouverture des portes"}]},
        {"type": "travel", "label": "Retour", "start": "09:00", "end": "12:00", "days_after": "1"},
    ],
)  # fmt: skip
DOLE = ("event/dole-1", "event/dole-2")


def days_of(dossier, *abouts):
    return [dossier.find(about, Event).day.isoformat() for about in abouts]


def people_at(dossier, event):
    return sorted(
        part.engagement or part.person for part in dossier.all(Participation) if part.event == event
    )


def test_a_usual_day_is_put_on_each_day_with_those_engaged_then_in_its_positions():
    before = small(USUAL)
    after = apply_changes(before, apply_template(before, "day_template/jeu", [date(2026, 11, 10)]))
    made = {e.about: e for e in after.all(Event) if before.get(e.about) is None}
    assert [(e.about, e.day.isoformat()) for e in made.values()] == [
        ("event/setup-2026-11-10", "2026-11-10"),
        ("event/performance-2026-11-10", "2026-11-10"),
        ("event/travel-2026-11-11", "2026-11-11"),
    ]
    assert people_at(after, "event/setup-2026-11-10") == ["engagement/elie"]
    assert people_at(after, "event/performance-2026-11-10") == ["engagement/dana", "engagement/elie"]
    assert made["event/performance-2026-11-10"].moments[0].label == "Ouverture des portes"


def test_nobody_is_called_outside_their_engagement():
    before = small(USUAL)
    after = apply_changes(before, apply_template(before, "day_template/jeu", [date(2026, 11, 4)]))
    assert people_at(after, "event/performance-2026-11-04") == ["engagement/elie"]


def test_an_id_taken_or_forbidden_is_not_given_again():
    before = small(USUAL, add("event/performance-2026-11-10", type="performance", day="2026-11-10"))
    made = apply_template(
        before, "day_template/jeu", [date(2026, 11, 10)], taken=("event/performance-2026-11-10-2",)
    )
    assert [c.about for c in made if c.kind == "event"][1] == "event/performance-2026-11-10-3"


def test_a_template_that_is_gone_and_no_day_are_refused():
    with pytest.raises(BadInput, match="n’existe pas"):
        apply_template(small(), "day_template/jeu", [date(2026, 11, 10)])
    with pytest.raises(BadInput, match="aucun jour"):
        apply_template(small(USUAL), "day_template/jeu", [])


def test_a_day_of_the_calendar_becomes_a_usual_day_and_laying_it_again_gives_the_same_day():
    before = small(set_("event/premiere", moments=[{"at": "19:00", "label": "Portes"}]))
    kept = apply_changes(before, template_of(before, date(2026, 11, 5), "Jour de jeu"))
    after = apply_changes(kept, apply_template(kept, "day_template/jour-de-jeu", [date(2026, 11, 12)]))
    copy = after.find("event/performance-2026-11-12", Event)
    assert (copy.start, copy.end, copy.moments) == (
        before.find("event/premiere", Event).start,
        before.find("event/premiere", Event).end,
        before.find("event/premiere", Event).moments,
    )
    assert people_at(after, copy.about) == ["engagement/dana", "engagement/elie"]


def test_an_empty_day_makes_no_usual_day():
    with pytest.raises(BadInput, match="rien n’est prévu"):
        template_of(small(), date(2026, 11, 6), "Vide")


def given(rule, first=date(2026, 11, 3), until=date(2026, 12, 31)):
    return [day.isoformat()[5:] for day in occurrences(first, rule, until)]


def test_weeks_come_back_on_their_weekdays_after_the_first_day_only():
    assert given(Rule(weekdays=(0, 3)), until=date(2026, 11, 16)) == ["11-05", "11-09", "11-12", "11-16"]
    assert given(Rule(every=2), until=date(2026, 12, 1)) == ["11-17", "12-01"]


def test_months_come_back_on_the_day_or_on_the_same_weekday():
    assert given(Rule("month"), date(2026, 1, 31), date(2026, 6, 1)) == ["03-31", "05-31"]
    second_tuesday = Rule("month", same_weekday=True)
    assert given(second_tuesday, date(2026, 11, 10), date(2027, 1, 31)) == ["12-08", "01-12"]


def test_a_repetition_copies_the_event_and_who_takes_part_but_on_exceptions():
    before = small()
    made = recurring(before, "event/dole-1", Rule(), date(2026, 12, 4), [date(2026, 11, 27)])
    after = apply_changes(before, made)
    assert [change.about for change in made if change.kind == "event"] == [
        "event/performance-2026-11-20",
        "event/performance-2026-12-04",
    ]
    assert people_at(after, "event/performance-2026-12-04") == ["engagement/dana", "engagement/elie"]


def test_a_repetition_without_a_day_or_with_too_many_is_refused():
    with pytest.raises(BadInput, match="aucun jour"):
        recurring(small(), "event/dole-1", Rule(), date(2026, 11, 14))
    with pytest.raises(BadInput, match=f"{MOST} au plus"):
        recurring(small(), "event/dole-1", Rule(weekdays=tuple(range(7))), date(2030, 1, 1))
    with pytest.raises(BadInput, match="à partir de 1"):
        recurring(small(), "event/dole-1", Rule(every=0), date(2030, 1, 1))


def test_a_block_moves_with_its_journeys_and_back_again():
    leg = add("leg/aller", mode="van", origin="Besançon", destination="Dole", day="2026-11-13", event=DOLE[0])
    before = small(leg)
    after = apply_changes(before, shift_block(before, DOLE, 7))
    assert days_of(after, *DOLE) == ["2026-11-20", "2026-11-21"]
    assert after.find("leg/aller", Leg).day == date(2026, 11, 20)
    assert apply_changes(after, shift_block(after, DOLE, -7)) == before


def test_locked_cancelled_and_done_events_stay_and_are_named():
    before = small(
        set_("event/dole-1", locked="true"),
        set_("event/dole-2", option="cancelled"),
        set_("participation/dana-1", actual_start="19:00", actual_end="23:00"),
    )
    block = ("event/montage", "event/premiere", *DOLE, "event/parti")
    assert [change.about for change in shift_block(before, block, 1)] == ["event/montage"]
    assert [(one.about, one.reason) for one in left_out(before, block)] == [
        ("event/premiere", "done"),
        ("event/dole-1", "locked"),
        ("event/dole-2", "cancelled"),
        ("event/parti", "unknown"),
    ]


def test_an_option_keeps_its_deadline_unless_the_event_now_comes_first():
    before = small(set_("event/dole-1", option="option_1", option_until="2026-11-06"))
    later = apply_changes(before, shift_block(before, DOLE, 7)).find("event/dole-1", Event)
    sooner = apply_changes(before, shift_block(before, DOLE, -8)).find("event/dole-1", Event)
    assert (later.option_until, sooner.option_until) == (date(2026, 11, 6), date(2026, 11, 4))


def test_an_offset_written_for_the_old_day_does_not_follow():
    before = small(set_("event/premiere", day="2026-10-25", start="02:30+01:00", end="05:00"))
    after = apply_changes(before, shift_block(before, ["event/premiere"], 7)).find("event/premiere", Event)
    assert (str(after.start), after.start.tzinfo) == ("02:30:00", None)


def test_a_copy_is_not_the_premiere_not_locked_not_signed_and_not_done():
    before = small(
        set_("event/premiere", locked="true", option="signed", end_day="2026-11-05"),
        set_("participation/dana-1", call="18:00", actual_start="17:45", actual_end="23:00",
             validated_on="2026-11-06"),
    )  # fmt: skip
    made = copy_block(before, ["event/premiere"], 14)
    after = apply_changes(before, made)
    copy = after.find("event/performance-2026-11-19", Event)
    assert (copy.premiere, copy.locked, copy.option, copy.end_day) == (
        False, False, "confirmed", date(2026, 11, 19),
    )  # fmt: skip
    part = next(
        p for p in after.all(Participation) if p.event == copy.about and p.engagement == "engagement/dana"
    )
    assert (str(part.call), part.actual_start, part.validated_on) == ("18:00:00", None, None)


def test_cancelled_dates_are_not_copied_and_a_copy_on_the_same_day_is_refused():
    before = small(set_("event/dole-2", option="cancelled"))
    assert [c.about for c in copy_block(before, DOLE, 7) if c.kind == "event"] == [
        "event/performance-2026-11-20"
    ]
    with pytest.raises(BadInput, match="même jour"):
        copy_block(before, DOLE, 0)


def test_a_block_is_what_lies_between_two_days():
    assert block_between(small(), date(2026, 11, 5), date(2026, 11, 13)) == ("event/premiere", "event/dole-1")
