"""The working time of a production: its calendar as the rules see it, its findings, formalities and remedies."""

from __future__ import annotations

from datetime import date, time

import pytest

from filage.compliance.worktime import premiere_of, worktime_findings, worktime_of
from filage.facts.changing import apply_changes
from filage.kernel.changes import add, set_
from filage.kernel.interval import Interval, instant
from filage.planning.conflicts import Shift as Busy
from filage.worktime.coverage import coverage
from support.dossiers import TODAY, reviewed, small


def wall(text):
    day, _, hour = text.partition("T")
    return instant(date.fromisoformat(day), time.fromisoformat(hour))


def found(*changes, busy=(), born=(), today=TODAY):
    findings, missing, deadlines = worktime_findings(small(*changes), today, busy, born)
    return findings, missing, deadlines


def limits(*changes, **more):
    return [(one.about, one.subject, one.severity) for one in found(*changes, **more)[0]]


def day_of(event, kind, day, start, end, who="engagement/elie", **more):
    """An event of one person."""
    return (
        add(f"event/{event}", type=kind, day=day, start=start, end=end, venue="venue/ecluse"),
        add(f"participation/{event}", event=f"event/{event}", engagement=who, **more),
    )


def test_shifts_come_from_the_calendar_with_the_kind_of_their_event():
    seen = worktime_of(small())
    assert sorted((one.person, one.day.isoformat(), one.kind) for one in seen.shifts) == [
        ("person/dana", "2026-11-05", "performance"),
        ("person/dana", "2026-11-13", "performance"),
        ("person/dana", "2026-11-14", "performance"),
        ("person/elie", "2026-11-04", "setup"),
        ("person/elie", "2026-11-05", "performance"),
        ("person/elie", "2026-11-13", "performance"),
        ("person/elie", "2026-11-14", "performance"),
    ]


def test_what_surrounds_a_show_is_preparation():
    seen = worktime_of(small(set_("participation/elie-1", call="17:00", wrap="23:30")))
    first = sorted(
        (one.interval.start, one.kind, one.hours)
        for one in seen.shifts
        if one.day == date(2026, 11, 5) and one.person == "person/elie"
    )
    assert [(kind, hours) for _, kind, hours in first] == [
        ("preparation", 3),
        ("performance", 2),
        ("preparation", 1.5),
    ]


def test_hours_done_count_once_entered():
    done = set_(
        "participation/elie-0",
        actual_start="08:00",
        actual_end="20:00",
        actual_breaks=[{"start": "12:00", "end": "12:30"}],
    )
    assert ("person/elie", "1285-JOUR-12H 2026-11-04 effective_work_per_day", "blocking") not in limits(done)
    longer = set_("participation/elie-0", actual_start="07:00", actual_end="20:00", actual_breaks=[])
    assert ("person/elie", "1285-JOUR-12H 2026-11-04 effective_work_per_day", "blocking") in limits(longer)


def test_a_cancelled_event_is_nobody_s_work():
    seen = worktime_of(small(set_("event/montage", option="cancelled")))
    assert [one for one in seen.shifts if one.kind == "setup"] == []


def test_a_worker_is_known_by_position_birth_and_papers():
    [dana, _] = sorted(
        worktime_of(
            small(
                set_("position/marie", job_group="dramatic", job="Comédienne"),
                set_("engagement/dana", authorised=["MIN-ENF-AUTORISATION"]),
                add("person_private/dana", person="person/dana", born_on="2012-05-02"),
            )
        ).workers,
        key=lambda one: one.id,
    )
    assert (dana.id, dana.name, dana.status, dana.job, dana.job_group, dana.born_on, dana.authorised) == (
        "person/dana",
        "Dana Morel",
        "artiste",
        "Comédienne",
        "dramatic",
        date(2012, 5, 2),
        ("MIN-ENF-AUTORISATION",),
    )


def test_a_birth_day_known_elsewhere_serves():
    workers = worktime_of(small(), born=[("person/elie", date(1985, 1, 2))]).workers
    assert {one.id: one.born_on for one in workers} == {"person/dana": None, "person/elie": date(1985, 1, 2)}


def test_the_setting_comes_from_the_structure_and_the_production():
    setting = worktime_of(
        small(
            set_("employer/fil", agreements=["CT-JOUR-12H-DEROG"], holiday_zone="A"),
            set_(
                "production/petite",
                annex="4",
                circumstances=[{"type": "tour", "starts_on": "2026-11-04", "ends_on": "2026-11-14"}],
            ),
        )
    ).setting
    assert (setting.idcc, setting.annex, setting.agreements, setting.holiday_zone, setting.premiere_on) == (
        "1285",
        "4",
        ("CT-JOUR-12H-DEROG",),
        "A",
        date(2026, 11, 5),
    )
    assert [(one.kind, one.first) for one in setting.circumstances] == [("tour", date(2026, 11, 4))]


def test_the_premiere_is_the_event_that_says_so_or_the_first_performance():
    assert premiere_of(small(set_("event/premiere", premiere="false"))) == date(2026, 11, 5)
    later = (set_("event/premiere", premiere="false"), set_("event/dole-1", premiere="true"))
    assert premiere_of(small(*later)) == date(2026, 11, 13)


def test_a_breach_is_a_finding_about_the_person_with_the_article():
    night = day_of("demontage", "strike", "2026-11-06", "06:00", "12:00")
    [rest] = [one for one in found(*night)[0] if "REPOS" in one.subject]
    assert (rest.code, rest.severity, rest.about, rest.subject) == (
        "worktime.limit",
        "blocking",
        "person/elie",
        "1285-REPOS-9H 2026-11-06 daily_rest",
    )
    assert rest.message == (
        "Élie Vasseur, ven. 6 nov. 2026 : repos avant cette journée, 8\xa0h ; au moins 9\xa0h (CCNEAC VI.7)."
    )
    assert rest.source == next(row.source for row in coverage() if row.id == "1285-REPOS-9H")


def test_a_remedy_is_a_change_that_does_it():
    early = day_of("demontage", "strike", "2026-11-06", "06:00", "12:00")
    [rest] = [one for one in found(*early)[0] if "daily_rest" in one.subject]
    later, earlier = ([dict(change.values) for change in remedy.changes] for remedy in rest.remedies[:2])
    assert (later, earlier) == ([{"call": "07:00"}], [{"wrap": "21:00"}])
    for remedy in rest.remedies[:3]:
        changed = apply_changes(small(*early), remedy.changes)
        left = [one for one in worktime_findings(changed, TODAY)[0] if "daily_rest" in one.subject]
        assert left == []


def test_sharing_a_day_hires_somebody_at_the_same_pay_and_says_what_it_costs():
    early = day_of("demontage", "strike", "2026-11-06", "06:00", "12:00")
    [rest] = [one for one in reviewed(*early).findings if "daily_rest" in one.subject]
    shared = rest.remedies[2]
    assert [(change.op, change.about) for change in shared.changes] == [
        ("add", "person/renfort"),
        ("add", "engagement/renfort-demontage"),
        ("set", "participation/demontage"),
    ]
    assert dict(shared.changes[1].values) == {
        "position": "position/regie",
        "person": "person/renfort",
        "phase": "exploitation",
        "starts_on": "2026-11-06",
        "ends_on": "2026-11-06",
        "unit": "day",
        "unit_pay": "200",
    }
    assert shared.cost is not None


def test_moving_a_day_finds_the_next_one_when_nobody_called_works():
    long_day = day_of("filage", "rehearsal", "2026-11-05", "06:00", "19:00", who="engagement/dana")
    [day] = [one for one in found(*long_day)[0] if "1285-JOUR" in one.subject and one.about == "person/dana"]
    [moved] = [remedy for remedy in day.remedies if remedy.label.startswith("Reporter")]
    assert moved.label == "Reporter une partie à un autre jour"
    alone = day_of("italienne", "rehearsal", "2026-11-12", "06:00", "19:00", who="engagement/dana")
    [day] = [one for one in found(*alone)[0] if "1285-JOUR" in one.subject and one.about == "person/dana"]
    [moved] = [remedy for remedy in day.remedies if remedy.label.startswith("Reporter")]
    assert moved.label == "Reporter « Répétition, jeu. 12 nov. 2026 » au dim. 15 nov. 2026"
    assert [(change.about, dict(change.values)) for change in moved.changes] == [
        ("event/italienne", {"day": "2026-11-15"})
    ]


def test_a_break_to_add_is_a_change_too():
    [pause] = [one for one in found()[0] if "break_minutes" in one.subject]
    [remedy] = pause.remedies
    [change] = remedy.changes
    assert (change.about, dict(change.values)) == (
        "participation/elie-0",
        {"breaks": [{"start": "13:20", "end": "13:40"}]},
    )


def test_what_is_past_is_not_changed():
    [pause] = [one for one in found(today=date(2026, 12, 1))[0] if "break_minutes" in one.subject]
    assert [remedy.changes for remedy in pause.remedies] == [()]


def test_another_production_shortens_a_rest():
    elsewhere = Busy(
        "person/dana",
        "event/ailleurs",
        Interval(wall("2026-11-06T06:00"), wall("2026-11-06T09:00")),
        "Ailleurs",
    )
    assert ("person/dana", "1285-REPOS-11H 2026-11-06 daily_rest", "blocking") in limits(busy=[elsewhere])


def test_what_another_production_breaks_alone_is_not_told_here():
    elsewhere = Busy(
        "person/dana",
        "event/ailleurs",
        Interval(wall("2026-12-10T06:00"), wall("2026-12-10T22:00")),
        "Ailleurs",
    )
    assert limits(busy=[elsewhere]) == limits()


def test_missing_facts_are_told_once_for_everybody():
    missing = {one.needs: one.rule for one in found()[1]}
    birth = next(needs for needs in missing if "naissance" in needs)
    assert birth == "la date de naissance : Dana Morel, Élie Vasseur"
    assert "MIN-ENF-AUTORISATION" in missing[birth]


def test_a_presence_without_hours_is_told():
    untimed = set_("event/montage", clear=("start", "end"))
    assert ("temps de travail", "les horaires de 1 présence") in [
        (one.rule, one.needs) for one in found(untimed)[1]
    ]


def test_plannings_to_come_are_deadlines():
    deadlines = found(
        *day_of("repetition", "rehearsal", "2026-12-16", "14:00", "18:00", who="engagement/dana"),
        set_("position/marie", job_group="dramatic"),
    )[2]
    assert sorted((one.on.isoformat(), one.label) for one in deadlines) == [
        ("2026-10-12", "Communiquer l’horaire définitif de la semaine du lun. 2 nov."),
        ("2026-10-30", "Afficher le planning de la semaine du lun. 2 nov."),
    ]


def test_a_child_s_authorisation_is_asked_for_a_month_before():
    child = add("person_private/dana", person="person/dana", born_on="2014-05-02")
    deadlines = [(one.on.isoformat(), one.label) for one in found(child)[2]]
    assert ("2026-10-05", "Demander l’autorisation individuelle de Dana Morel") in deadlines


@pytest.mark.parametrize(("first", "told"), [("2026-10-08", []), ("2026-10-09", ["1285-DRAM-4SEM"])])
def test_a_creation_is_rehearsed_for_four_weeks(first, told):
    rehearsal = (
        *day_of("repetition", "rehearsal", first, "14:00", "18:00", who="engagement/dana"),
        set_("position/marie", job_group="dramatic"),
        set_("engagement/dana", phase="production"),
    )
    papers = [one.subject for one in found(*rehearsal)[0] if one.code == "worktime.formality"]
    assert papers == told


def test_a_child_on_a_shoot_needs_a_coordinator_where_the_cnc_helps():
    shoot = (
        *day_of("tournage", "shoot", "2026-11-11", "14:00", "15:00", who="engagement/dana"),
        add("person_private/dana", person="person/dana", born_on="2014-05-02"),
    )
    papers = [(one.about, one.severity) for one in found(*shoot)[0] if one.code == "worktime.formality"]
    assert papers == [("person/dana", "info")]
