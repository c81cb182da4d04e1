"""The week, the resources, the filters, the holidays: what each view draws and where."""

from __future__ import annotations

import re

from filage.kernel.changes import add, set_

from .conftest import Office


def test_the_week_places_a_date_by_its_hours(office: Office) -> None:
    html = office.html("calendrier/?vue=semaine&du=2026-11-11")
    assert re.search(r'class="slot option from-48 for-8 lane-1"[^>]* id="event-p1"', html)
    assert '<td class="scale"' in html
    assert "lun. 9 nov." in html


def test_what_lasts_all_day_stands_above_the_hours(office: Office) -> None:
    html = office.html("calendrier/?vue=semaine&du=2026-11-17")
    lane = html[html.index('<tr class="all-day">') : html.index('<tr class="hours">')]
    assert "Bilan" in lane


def test_an_option_says_until_when(office: Office) -> None:
    assert '<span class="until">→ 1er nov.</span>' in office.html("calendrier/?vue=mois&du=2026-11-01")


def test_public_and_school_holidays_are_shown(office: Office) -> None:
    office.write(set_(office.dossier.employer.about, holiday_zone="A"))
    html = office.html("calendrier/?vue=mois&du=2026-11-01")
    eleventh = html[html.index('data-day="2026-11-11"') :][:300]
    assert "11 novembre" in eleventh
    assert re.search(r'data-day="2026-10-31" class="[^"]*school', html)
    assert not re.search(r'data-day="2026-11-12" class="[^"]*school', html)


def test_the_resources_show_people_venues_and_vehicles(office: Office) -> None:
    html = office.html("calendrier/?vue=ressources&du=2026-11-13")
    board = html[html.index('<table hx-target="#panel"') :]
    rows = re.findall(r'<th scope="row">([^<]*)', board)
    assert [row.strip() for row in rows] == [
        "L’Écluse",
        "La Fabrique",
        "Dana Morel",
        "Élie Vasseur",
        "Fourgon",
    ]
    assert '<span class="what">14 – 23</span>' in board


def test_a_rest_too_short_is_drawn_where_it_is_missing(office: Office) -> None:
    assert (
        "slot gap"
        not in office.html("calendrier/?vue=ressources&du=2026-11-13")
        .partition("<table")[2]
        .partition("</table>")[0]
    )
    office.write(set_("event/m1", day="2026-11-15"))
    html = office.html("calendrier/?vue=ressources&du=2026-11-13")
    assert "8 h 30 < 11 h" in html
    told = re.findall(r'slot gap (from-\d+ for-\d+) lane-1" title="([^"]*)"', html)
    assert [place for place, _ in told] == ["from-64 for-4", "from-0 for-2"]
    assert told[0][1].startswith("Élie Vasseur, dim. 15 nov. 2026 : repos avant cette journée, 8 h 30")


def test_two_weeks_have_fourteen_columns(office: Office) -> None:
    html = office.html("calendrier/?vue=ressources&du=2026-11-09&jours=14")
    assert len(re.findall(r'<th scope="col" class="', html)) == 14


def test_the_filters_keep_what_they_name_and_the_addresses_carry_them(office: Office) -> None:
    html = office.html("calendrier/?vue=mois&du=2026-11-01&lieu=venue/fabrique")
    assert 'id="event-m1"' in html
    assert 'id="event-p1"' not in html
    assert "vue=semaine&du=2026-11-01&lieu=venue%2Ffabrique" in html
    assert 'id="event-p1"' not in office.html("calendrier/?vue=mois&du=2026-11-01&nature=setup")
    assert 'id="event-m1"' not in office.html("calendrier/?vue=mois&du=2026-11-01&personne=person/dana")
    assert 'id="event-p1"' in office.html("calendrier/?vue=mois&du=2026-11-01&service=technical")


def test_filters_that_leave_nothing_offer_to_show_all(office: Office) -> None:
    html = office.html("calendrier/?vue=mois&nature=setup&personne=person/dana")
    assert "Aucune date ne répond à ces filtres" in html
    assert "Tout montrer" in html


def test_an_unknown_filter_is_left_out(office: Office) -> None:
    assert 'id="event-p1"' in office.html("calendrier/?vue=mois&du=2026-11-01&lieu=venue/nulle-part&nature=x")


def test_a_reader_sees_without_being_offered_to_move(office: Office) -> None:
    for view in ("liste", "mois", "semaine", "ressources"):
        answer = office.cast.browser("rene").get(office.cast.address(f"calendrier/?vue={view}&du=2026-11-14"))
        html = answer.content.decode()
        assert "20:00" in html
        assert "data-event" not in html


def test_who_is_not_free_is_marked_in_their_row(office: Office) -> None:
    days = {"starts_on": "2026-11-14", "ends_on": "2026-11-15"}
    office.write(add("availability/dana", person="person/dana", answer="busy", **days))
    html = office.html("calendrier/?vue=ressources&du=2026-11-13")
    row = html[html.index('<th scope="row">Dana Morel') :].partition("</tr>")[0]
    assert re.findall(r'<td data-day="([\d-]+)" class="away"><span class="away-word">([^<]*)', row) == [
        ("2026-11-14", "indisponible"), ("2026-11-15", "indisponible"),
    ]  # fmt: skip


def test_what_lasts_several_days_is_shown_on_each_and_a_night_on_one(office: Office) -> None:
    office.write(
        add("event/resi", type="residency", label="Ermitage", day="2026-11-24", end_day="2026-11-26"),
        add("event/nuit", type="setup", label="Nuitée", day="2026-11-24", start="22:00", end="02:00",
            end_day="2026-11-25"),
    )  # fmt: skip
    html = office.html("calendrier/?vue=mois&du=2026-11-01")
    assert html.count('<span class="what">Ermitage</span>') == 3
    assert html.count('id="event-resi"') == 1
    assert html.count('<span class="what">Nuitée') == 1


def test_the_boxes_are_explained_where_boxes_are_drawn(office: Office) -> None:
    explained = {
        view: "confirmé ou signé" in office.html(f"calendrier/?vue={view}&du=2026-11-14")
        for view in ("liste", "mois", "semaine", "ressources")
    }
    assert explained == {"liste": False, "mois": True, "semaine": True, "ressources": True}


def test_a_film_counts_its_days_of_shooting(office: Office) -> None:
    assert "1 représentation, 2 villes" in office.html("calendrier/")
    office.write(set_("production/woyzeck", form="short_film"))
    assert "0 jour de tournage" in office.html("calendrier/")
    assert '<option value="shoot" selected>' in office.html("calendrier/poser/")
    office.write(
        add("event/t1", type="shoot", day="2026-11-20", start="09:00", end="12:00"),
        add("event/t2", type="shoot", day="2026-11-20", start="14:00", end="18:00"),
        add("event/t3", type="shoot", day="2026-11-21", start="14:00", end="18:00"),
    )
    html = office.html("calendrier/")
    assert "2 jours de tournage" in html
    assert "représentation," not in html
