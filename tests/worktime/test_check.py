"""How one limit is chosen, how time is measured, and what is said not to be checked."""

from __future__ import annotations

import pytest

from worktime.cases import checked, report, rules, shift

TECHNICIAN = {"status": "technicien", "job_group": "technicien"}
NINE_HOURS_FREE = [
    "2026-03-09T14:00 > 2026-03-09T23:00 setup / 18:00-19:00",
    "2026-03-10T08:00 > 2026-03-10T16:00 setup / 12:00-13:00",
]


def missing(answer):
    return {one["rule"]: one["needs"] for one in answer["not_checked"]}


def days_from(first: int, count: int, text: str) -> list[str]:
    """A shift of March 2026 repeated over days."""
    return [text.replace("DD", f"{day:02d}") for day in range(first, first + count)]


def test_says_everything_of_a_breach():
    answer = checked(["2026-03-14T09:00 > 2026-03-14T20:30 rehearsal / 12:00-13:00"])
    [found] = answer["findings"]
    remedies = found.pop("remedies")
    assert found == {
        "rule": "CT-JOUR-10H",
        "person": "dana",
        "on": "2026-03-14",
        "limit": "10",
        "actual": "10.5",
        "unit": "h",
        "severity": "blocking",
        "legal_basis": "C. trav. L3121-18",
        "message": "dana, sam. 14 mars 2026 : travail effectif de la journée, 10\xa0h\xa030 ; au plus 10\xa0h "
        "(C. trav. L3121-18).",
    }
    assert [(one["kind"], one.get("hours")) for one in remedies] == [
        ("start_later", "0.5"),
        ("end_earlier", "0.5"),
        ("split_crew", "0.5"),
        ("move_day", "0.5"),
        ("rely_on", None),
    ]


def test_the_convention_gives_its_name_to_a_limit_it_shares():
    long_day = ["2026-03-14T09:00 > 2026-03-14T20:30 rehearsal / 12:00-13:00"]
    assert rules(checked(long_day, idcc="1285"))[0] == ("1285-JOUR-10H", "2026-03-14", "10.5")


def test_the_most_favourable_to_the_employee_applies():
    long_day = ["2026-03-14T09:00 > 2026-03-14T18:30 rehearsal / 12:00-13:00"]
    dancer = {"status": "artiste", "job_group": "danseurs"}
    found = [one for one in rules(checked(long_day, dancer, idcc="1285")) if "JOUR" in one[0]]
    assert found == [("1285-DANSE-JOUR-8H", "2026-03-14", "8.5")]


def test_a_derogation_replaces_within_its_conditions():
    eleven_hours = ["2026-03-14T09:00 > 2026-03-14T21:00 rehearsal / 12:00-13:00"]
    assert "1285-JOUR-10H" in [one[0] for one in rules(checked(eleven_hours, idcc="1285"))]
    for more in (
        {"tour": True},
        {"premiere_on": "2026-03-20"},
        {"circumstances": [{"kind": "festival", "from": "2026-03-14", "to": "2026-03-14"}]},
    ):
        assert [one for one in rules(checked(eleven_hours, idcc="1285", **more)) if "JOUR" in one[0]] == []


def test_a_circumstance_counts_on_its_days_only():
    two_days = [
        "2026-03-10T08:00 > 2026-03-10T20:00 rehearsal / 12:00-13:00",
        "2026-03-12T08:00 > 2026-03-12T20:00 rehearsal / 12:00-13:00",
    ]
    tour = {"circumstances": [{"kind": "tour", "from": "2026-03-10", "to": "2026-03-11"}]}
    found = [one for one in rules(checked(two_days, idcc="1285", **tour)) if "JOUR" in one[0]]
    assert found == [("1285-JOUR-10H", "2026-03-12", "11")]


def test_fifteen_days_before_the_premiere_end_on_its_eve():
    def limit_on(premiere):
        long_day = ["2026-03-10T08:00 > 2026-03-10T20:00 rehearsal / 12:00-13:00"]
        found = checked(long_day, idcc="1285", premiere_on=premiere)["findings"]
        return [one["rule"] for one in found if "JOUR" in one["rule"]]

    assert limit_on("2026-03-25") == []
    assert limit_on("2026-03-26") == ["1285-JOUR-10H"]
    assert limit_on("2026-03-10") == ["1285-JOUR-10H"]


def test_an_agreement_is_relied_on_by_its_id():
    eleven_hours = ["2026-03-14T09:00 > 2026-03-14T21:00 rehearsal / 12:00-13:00"]
    assert rules(checked(eleven_hours, agreements=["CT-JOUR-12H-DEROG"])) == []
    thirteen = ["2026-03-14T08:00 > 2026-03-14T20:30 rehearsal / 12:00-12:20"]
    assert rules(checked(thirteen, agreements=["CT-JOUR-12H-DEROG"])) == [
        ("CT-JOUR-12H-DEROG", "2026-03-14", "12.1667")
    ]


def test_a_derogation_serves_as_often_as_its_quota_says():
    """Four short rests a week on tour (IDCC 3090, annex IV): the fifth is held to eleven hours."""
    shifts = days_from(9, 6, "2026-03-DDT08:00 > 2026-03-DDT22:00 setup / 12:00-16:00")
    answer = checked(shifts, TECHNICIAN, idcc="3090", annex="4", tour=True)
    found = [one for one in answer["findings"] if "REPOS" in one["rule"]]
    assert [(one["rule"], one["on"], one["limit"], one["actual"]) for one in found] == [
        ("CT-REPOS-11H", "2026-03-14", "11", "10")
    ]


def test_a_rest_below_the_derogation_is_held_to_the_derogation():
    shifts = [NINE_HOURS_FREE[0], "2026-03-10T07:30 > 2026-03-10T16:00 setup / 12:00-13:00"]
    answer = checked(shifts, TECHNICIAN, idcc="3090", annex="2")
    found = [
        (one["rule"], one["limit"], one["actual"]) for one in answer["findings"] if "REPOS" in one["rule"]
    ]
    assert found == [("3090-A2-REPOS-9H", "9", "8.5")]


def test_a_derogation_needs_its_work():
    rehearsals = [text.replace("setup", "meeting") for text in NINE_HOURS_FREE]
    found = rules(checked(rehearsals, TECHNICIAN, idcc="3090", annex="2"))
    assert [one for one in found if "REPOS" in one[0]] == [("CT-REPOS-11H", "2026-03-10", "9")]


def test_one_pair_of_double_days_a_month():
    """Two performances on two days in a row: once a month (CCNEAC XIII.2.4)."""

    def doubles(*days):
        return [
            f"2026-03-{day:02d}T{start} > 2026-03-{day:02d}T{end} performance"
            for day in days
            for start, end in (("15:00", "16:30"), ("20:00", "21:30"))
        ]

    actor = {"status": "artiste", "job_group": "dramatic"}
    twice = rules(checked(doubles(10, 11, 17, 18), actor, idcc="1285"))
    assert [one for one in twice if "2REP" in one[0]] == [("1285-DRAM-2REP-JOUR", "2026-03-18", "2")]
    assert [one for one in rules(checked(doubles(10, 11), actor, idcc="1285")) if "2REP" in one[0]] == []


def test_four_journeys_of_nine_hours_a_month_never_two_days_running():
    def journeys(*days):
        return [f"2026-03-{day:02d}T08:00 > 2026-03-{day:02d}T18:00 travel" for day in days]

    known = {"idcc": "3090", "annex": "4", "agreements": ["3090-A4-VOYAGE-9H"]}
    person = {"status": "artiste", "job_group": "annexe 4 artistes"}
    assert rules(checked(journeys(2, 4, 6, 9), person, **known)) == []
    assert rules(checked(journeys(2, 3), person, **known)) == [("3090-A4-VOYAGE-9H", "2026-03-03", "10")]
    assert rules(checked(journeys(2, 4, 6, 9, 11), person, **known)) == [
        ("3090-A4-VOYAGE-9H", "2026-03-11", "10")
    ]


@pytest.mark.parametrize(
    ("night", "next_start", "rest"),
    [
        ("2026-03-28T15:00 > 2026-03-28T23:00", "2026-03-29T10:30", "10.5"),
        ("2026-10-24T15:00 > 2026-10-24T23:00", "2026-10-25T08:30", "10.5"),
    ],
    ids=["an hour is lost in spring", "an hour is won in autumn"],
)
def test_rest_is_elapsed_time_across_summer_time(night, next_start, rest):
    day = next_start[:10]
    answer = checked([f"{night} rehearsal / 18:00-19:00", f"{next_start} > {day}T13:00 rehearsal"])
    assert rules(answer) == [("CT-REPOS-11H", day, rest)]


def test_a_night_of_work_counts_the_hour_that_comes_twice():
    answer = checked(["2026-10-24T21:00 > 2026-10-25T07:00 shoot / 00:00-00:30"])
    assert rules(answer) == [("CT-JOUR-10H", "2026-10-24", "10.5")]


def test_a_working_day_goes_on_past_midnight():
    show_and_strike = [
        "2026-03-14T17:00 > 2026-03-14T23:30 performance / 19:00-20:00",
        "2026-03-15T00:00 > 2026-03-15T05:00 setup",
    ]
    assert rules(checked(show_and_strike)) == [("CT-JOUR-10H", "2026-03-14", "10.5")]


def test_a_short_night_is_a_rest_too_short():
    answer = checked(
        [
            "2026-03-14T16:00 > 2026-03-14T23:30 rehearsal / 19:00-20:00",
            "2026-03-15T07:00 > 2026-03-15T09:00 rehearsal",
        ]
    )
    assert ("CT-REPOS-11H", "2026-03-15", "7.5") in rules(answer)


def test_an_afternoon_off_is_not_a_night():
    answer = checked(
        ["2026-03-14T10:00 > 2026-03-14T12:00 rehearsal", "2026-03-14T20:00 > 2026-03-14T22:00 performance"]
    )
    assert rules(answer) == []


def test_a_week_is_cut_at_monday_midnight():
    weeks = days_from(9, 5, "2026-03-DDT09:00 > 2026-03-DDT18:00 rehearsal / 12:00-13:00")
    weeks += ["2026-03-15T16:00 > 2026-03-16T02:00 rehearsal / 20:00-20:30"]
    found = [one for one in rules(checked(weeks)) if "SEM" in one[0]]
    assert found == []
    weeks[-1] = "2026-03-15T14:00 > 2026-03-16T00:30 rehearsal / 20:00-20:30"
    assert [one for one in rules(checked(weeks)) if "SEM" in one[0]] == [("CT-SEM-48H", "2026-03-09", "49.5")]


def test_a_rest_over_sunday_and_monday_counts_for_the_week_that_holds_a_day_of_it():
    weeks = days_from(10, 6, "2026-03-DDT14:00 > 2026-03-DDT17:00 rehearsal")
    weeks += days_from(17, 6, "2026-03-DDT14:00 > 2026-03-DDT17:00 rehearsal")
    assert rules(checked(weeks)) == []


def test_a_break_before_midnight_does_not_serve_for_the_night_that_follows():
    show_and_strike = [
        "2026-03-14T19:00 > 2026-03-14T22:30 performance",
        "2026-03-15T00:00 > 2026-03-15T06:15 setup",
    ]
    assert rules(checked(show_and_strike)) == [("CT-PAUSE-20-6H", "2026-03-15", "0")]


def test_a_night_too_short_does_not_hide_what_the_next_day_breaks():
    person = {"status": "technicien", "birth_date": "1990-06-01"}
    evening, long_day, short_call = (
        "2026-03-14T15:00 > 2026-03-14T22:30 performance / 19:00-20:00",
        "2026-03-15T06:30 > 2026-03-15T18:30 performance / 12:00-13:00",
        "2026-03-15T06:30 > 2026-03-15T09:30 performance",
    )
    long_found, short_found = (
        rules(checked([evening, one], person, idcc="1285")) for one in (long_day, short_call)
    )
    assert ("1285-JOUR-10H", "2026-03-15", "11") in long_found
    assert ("1285-CONVOC-3H30", "2026-03-15", "3") in short_found


def test_work_after_midnight_is_of_the_night_before():
    person = {"birth_date": "2009-06-01", "status": "artiste", "authorised": ["MIN-NUIT-24H"]}
    found = rules(checked(["2026-03-14T21:00 > 2026-03-15T00:30 performance"], person))
    assert found == [("MIN-NUIT-24H", "2026-03-14", "24.5"), ("MIN-NUIT-24H", "2026-03-15", "0.5")]


def test_travel_and_standby_are_not_work():
    day = [
        "2026-03-14T06:00 > 2026-03-14T09:00 travel",
        "2026-03-14T09:00 > 2026-03-14T18:00 setup / 12:00-13:00",
        "2026-03-14T18:00 > 2026-03-15T06:00 standby",
    ]
    assert rules(checked(day)) == []


def test_travel_counts_in_the_span():
    day = [
        "2026-03-14T05:00 > 2026-03-14T09:00 travel",
        "2026-03-14T09:30 > 2026-03-14T18:30 setup / 12:00-13:00",
    ]
    assert rules(checked(day)) == [("CT-AMPL-13H", "2026-03-14", "13.5")]


def test_overlapping_shifts_count_once_and_are_told():
    answer = checked(
        [
            "2026-03-14T09:00 > 2026-03-14T15:00 rehearsal / 12:00-13:00",
            "2026-03-14T13:00 > 2026-03-14T19:30 setup / 18:00-18:30",
        ]
    )
    assert [(one["rule"], one["on"], one["actual"], one["unit"]) for one in answer["findings"]] == [
        ("calendar.overlap", "2026-03-14", "2", "h")
    ]


def test_a_call_to_work_during_standby_is_no_overlap():
    answer = checked(
        ["2026-03-14T18:00 > 2026-03-15T08:00 standby", "2026-03-14T20:00 > 2026-03-14T22:00 setup"]
    )
    assert answer["findings"] == []
    assert checked(["2026-03-14T18:00 > 2026-03-15T08:00 standby"]) == {"not_checked": [], "findings": []}


def test_work_over_a_journey_counts_as_work():
    answer = checked(
        ["2026-03-14T09:00 > 2026-03-14T20:00 travel", "2026-03-14T09:00 > 2026-03-14T19:15 driving"]
    )
    assert ("CT-JOUR-10H", "2026-03-14", "10.25") in rules(answer)


def test_an_age_is_that_of_the_day():
    evening = "2026-03-DDT20:00 > 2026-03-DDT22:30 performance"
    person = {"birth_date": "2008-03-11", "status": "artiste"}
    found = rules(checked([evening.replace("DD", "10"), evening.replace("DD", "11")], person))
    assert found == [("MIN-NUIT-16-18", "2026-03-10", "0.5")]


def test_a_child_without_authorisation_may_not_work():
    person = {"birth_date": "2013-06-01", "status": "artiste"}
    afternoon = ["2026-03-11T14:00 > 2026-03-11T15:00 shoot"]
    answer = checked(afternoon, person, holiday_zone="B")
    assert [(one["rule"], one["limit"], one["actual"], one["severity"]) for one in answer["findings"]] == [
        ("MIN-ENF-AUTORISATION", "1", "0", "blocking")
    ]
    held = {**person, "authorised": ["MIN-ENF-AUTORISATION"]}
    assert rules(checked(afternoon, held, holiday_zone="B")) == []


def test_a_child_over_thirteen_gives_its_opinion():
    person = {"birth_date": "2012-06-01", "status": "artiste", "authorised": ["MIN-ENF-AUTORISATION"]}
    afternoon = ["2026-03-11T14:00 > 2026-03-11T15:00 shoot"]
    assert [one[0] for one in rules(checked(afternoon, person, holiday_zone="B"))] == ["MIN-ENF-13-AVIS"]


def test_a_child_works_longer_in_the_holidays_of_its_zone():
    person = {"birth_date": "2016-06-01", "status": "artiste", "authorised": ["MIN-ENF-AUTORISATION"]}
    four_hours = [
        f"2026-02-10T{start} > 2026-02-10T{end} shoot"
        for start, end in (("09:00", "10:00"), ("11:00", "12:00"), ("14:00", "15:00"), ("16:00", "17:00"))
    ]
    assert rules(checked(four_hours, person, holiday_zone="A")) == []
    assert rules(checked(four_hours, person, holiday_zone="C")) == [
        ("MIN-ENF-6-11-JOUR-SCO", "2026-02-10", "4")
    ]
    unknown = checked(four_hours, person)
    assert rules(unknown) == []
    assert "holiday_zone" in missing(unknown)["MIN-ENF-6-11-JOUR-SCO"]
    assert "MIN-ENF-6-11-JOUR-VAC" not in missing(unknown)


def test_a_calendar_year_not_known_is_said():
    person = {"birth_date": "2026-06-01", "status": "artiste", "authorised": ["MIN-ENF-AUTORISATION"]}
    answer = checked(["2029-03-14T09:00 > 2029-03-14T12:00 shoot"], person, holiday_zone="A")
    assert "MIN-ENF-0-3-JOUR-SCO" in missing(answer)


def test_an_unknown_birth_date_is_asked_only_where_it_could_matter():
    nobody = {"birth_date": None}
    assert missing(checked(["2026-03-14T10:00 > 2026-03-14T10:30 meeting"], nobody)) == {
        "MIN-ENF-AUTORISATION": "la date de naissance (birth_date) : dana",
        "MIN-ENF-13-AVIS": "la date de naissance (birth_date) : dana",
    }
    long_day = checked(["2026-03-14T09:00 > 2026-03-14T18:30 meeting / 12:00-13:00"], nobody)
    assert "MIN-16-18-JOUR-8H" in missing(long_day)
    assert "MIN-NUIT-16-18" not in missing(long_day)


def test_a_missing_fact_is_asked_once_for_everybody():
    people = [{"id": f"p{number}"} for number in range(7)]
    shifts = [shift("2026-03-14T09:00 > 2026-03-14T18:30 meeting / 12:00-13:00", one["id"]) for one in people]
    answer = report({"people": people, "shifts": shifts})
    assert missing(answer)["MIN-16-18-JOUR-8H"] == (
        "la date de naissance (birth_date) : p0, p1, p2, p3, p4 et 2 autres"
    )


def test_an_unknown_population_is_asked_where_its_rule_would_be_broken():
    long_service = ["2026-03-14T09:00 > 2026-03-14T13:30 rehearsal"]
    answer = checked(long_service, {"status": "artiste"}, idcc="1285")
    assert "job_group" in missing(answer)["1285-DRAM-SERVICE-4H"]
    technician = checked(long_service, {"status": "technicien"}, idcc="1285")
    assert "1285-DRAM-SERVICE-4H" not in missing(technician)


def test_the_annex_is_asked_where_its_rule_would_be_broken():
    answer = checked(
        ["2026-03-14T09:00 > 2026-03-14T13:30 rehearsal"], {"job_group": "dramatic"}, idcc="3090"
    )
    assert "annex" in missing(answer)["3090-A1-REP-4H"]


def test_a_convention_not_described_is_said():
    answer = checked(["2026-03-14T09:00 > 2026-03-14T12:00 meeting"], idcc="1734")
    assert answer["not_checked"] == [
        {
            "rule": "IDCC-1734",
            "needs": "la convention 1734, que Filage ne décrit pas : seul le Code du travail est appliqué",
        }
    ]


def test_a_day_before_the_texts_read_is_not_checked():
    answer = checked(["2016-03-14T09:00 > 2016-03-14T20:30 rehearsal / 12:00-13:00"])
    assert rules(answer) == []
    assert missing(answer)["CT-JOUR-10H"] == "le texte en vigueur avant le 2017-01-01 : dana"


def test_two_hundred_and_seventy_hours_of_night_make_a_night_worker():
    nights = [
        f"2026-0{month}-{day:02d}T23:30 > 2026-0{month}-{day + 1:02d}T06:00 setup / 03:00-03:30"
        for month in (1, 2, 3)
        for day in range(1, 28)
        if day % 7
    ]
    nine_hours = "2026-04-13T09:00 > 2026-04-13T18:30 setup / 12:00-12:30"
    found = [one for one in rules(checked([*nights, nine_hours])) if one[0] == "CT-NUIT-JOUR-8H"]
    assert found == [("CT-NUIT-JOUR-8H", "2026-04-13", "9")]
    assert [one for one in rules(checked([*nights[:30], nine_hours])) if "NUIT" in one[0]] == []


def test_a_driver_stops_every_four_hours_and_drives_eight_a_day():
    driver = {"status": "technicien", "job_group": "conducteurs"}
    day = [
        "2026-03-10T06:00 > 2026-03-10T10:00 driving",
        "2026-03-10T10:30 > 2026-03-10T14:30 driving",
        "2026-03-10T15:00 > 2026-03-10T15:30 driving",
    ]
    found = [one for one in checked(day, driver, idcc="1285")["findings"] if "CONDUITE" in one["rule"]]
    assert [(one["rule"], one["limit"], one["actual"]) for one in found] == [("1285-CONDUITE-4H", "8", "8.5")]


def test_an_occasional_driver_stops_at_three_hours():
    day = ["2026-03-10T06:00 > 2026-03-10T09:15 driving"]
    answer = checked(day, TECHNICIAN, idcc="1285")
    assert [one for one in rules(answer) if "CONDUITE" in one[0]] == [
        ("1285-CONDUITE-OCCAS-3H", "2026-03-10", "3.25")
    ]


def test_a_musician_s_service_lasts_two_hours_at_least():
    person = {"status": "artiste", "job_group": "musiciens"}
    answer = checked(["2026-03-10T10:00 > 2026-03-10T11:30 rehearsal"], person, idcc="1285")
    assert rules(answer) == [("1285-MUS-SERVICE", "2026-03-10", "1.5")]


def test_a_person_without_shift_is_fine():
    assert report({"people": [{"id": "dana"}], "shifts": []}) == {"not_checked": [], "findings": []}


def test_what_a_derogation_supposes_and_no_calendar_tells_is_said():
    person = {**TECHNICIAN, "job_group": "fonctions listées VI.3.3"}
    answer = checked(NINE_HOURS_FREE, person, idcc="2642")
    assert rules(answer) == []
    assert missing(answer)["2642-REPOS-9H"] == (
        "l’hébergement et la distance de Paris, sans lesquels le repos reste de 11 h : dana"
    )
