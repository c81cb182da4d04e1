"""What a limit not met says to a person."""

from datetime import date, timedelta

from worktime.cases import checked


def messages(shifts, person=None, **setting):
    return [one["message"] for one in checked(shifts, person, **setting)["findings"]]


def test_days_hours_and_minutes_are_written_as_people_say_them():
    week = [f"2026-03-{day:02d}T10:00 > 2026-03-{day:02d}T12:00 meeting" for day in range(9, 16)]
    six_days, rest = messages(week)
    assert six_days == (
        "dana, semaine du lun. 9 mars 2026 : jours travaillés dans la semaine, 7 jours ; au plus 6 jours "
        "(C. trav. L3132-1)."
    )
    assert rest == (
        "dana, semaine du lun. 9 mars 2026 : plus long repos de la semaine, 22\xa0h ; au moins 35\xa0h "
        "(C. trav. L3132-2)."
    )


def test_an_average_a_little_too_high_says_so_and_what_to_take_off_in_all():
    mondays = [date(2026, 1, 5) + timedelta(days=7 * week) for week in range(12)]
    days = [monday + timedelta(days=more) for monday in mondays for more in range(5)]

    def said(last_end):
        ends = {days[-1]: last_end}
        shifts = [f"{day}T09:00 > {day}T{ends.get(day, '18:48')} meeting / 13:00-14:00" for day in days]
        return [(one["message"], one["remedies"][0]["label"]) for one in checked(shifts)["findings"]]

    head = "dana, semaine du lun. 23 mars 2026 : moyenne hebdomadaire des 12 semaines qui finissent là, "
    tail = " ; au plus 44\xa0h (C. trav. L3121-22)."
    assert said("18:48") == []
    assert said("18:49") == [
        (f"{head}un peu plus de 44\xa0h{tail}", "Retirer 0\xa0h\xa001 de ces semaines"),
    ]
    assert said("19:48") == [(f"{head}44\xa0h\xa005{tail}", "Retirer 1\xa0h de ces semaines")]


def test_a_paper_that_is_missing_is_named():
    child = {"birth_date": "2013-06-01", "status": "artiste"}
    assert messages(["2026-03-11T14:00 > 2026-03-11T15:00 shoot"], child, holiday_zone="B")[-1] == (
        "dana : une pièce manque, autorisation individuelle (C. trav. L7124-1, R7124-1)."
    )


def test_what_is_forbidden_says_so_and_the_first_of_may_is_a_principle():
    young = {"birth_date": "2009-06-01", "status": "artiste"}
    assert messages(["2026-03-10T20:00 > 2026-03-10T22:30 performance"], young) == [
        "dana, mar. 10 mars 2026 : travail aux heures interdites, 0\xa0h\xa030 ; interdit (C. trav. L3163-1, L3163-2)."
    ]
    assert messages(["2026-05-01T20:00 > 2026-05-01T22:00 performance"]) == [
        "dana, ven. 1er mai 2026 : travail le 1er mai, 2\xa0h ; chômé en principe (C. trav. L3133-4)."
    ]


def test_one_is_singular():
    actor = {"status": "artiste", "job_group": "dramatic"}
    again = [
        "2026-03-01T20:00 > 2026-03-01T22:00 performance",
        "2026-04-30T20:00 > 2026-04-30T22:00 performance",
        "2026-04-28T14:00 > 2026-04-28T17:00 rehearsal",
    ]
    assert messages(again, actor, idcc="1285") == [
        "dana, jeu. 30 avr. 2026 : services avant la reprise, 1 service ; au moins 2 services (CCNEAC XIII.2.3)."
    ]


def test_an_end_is_an_hour_of_the_clock():
    young = {"birth_date": "2009-06-01", "status": "artiste", "authorised": ["MIN-NUIT-24H"]}
    assert messages(["2026-03-14T21:00 > 2026-03-15T00:30 performance"], young)[0] == (
        "dana, sam. 14 mars 2026 : heure de fin, 00:30 le lendemain ; au plus 24:00 "
        "(C. trav. R3163-4, R7124-30-1, L3163-2)."
    )
