"""What is known of a worker, and what is asked where it is not."""

import pytest

from filage.worktime.population import POPULATIONS, Someone, needs_of, profile_of
from filage.worktime.shift import Setting, Worker

NOTHING = Setting()


def answer(population, age=30, setting=NOTHING, **worker):
    return POPULATIONS[population](Someone(profile_of(Worker("dana", **worker), setting), age))


@pytest.mark.parametrize(
    ("population", "worker", "expected"),
    [
        ("dramatic", {"status": "artiste", "job_group": "dramatic"}, True),
        ("dramatic", {"status": "artiste", "job_group": "Artistes Dramatiques"}, True),
        ("dramatic", {"status": "artiste"}, None),
        ("dramatic", {"status": "technicien"}, False),
        ("dramatic", {}, None),
        ("technicians", {"status": "realisateur"}, True),
        ("technicians", {"job_group": "roads"}, True),
        ("technicians", {"job_group": "office"}, False),
        ("extras", {"status": "figurant"}, True),
        ("interpreters", {"status": "artiste"}, True),
        ("interpreters", {"status": "figurant"}, False),
        ("not_artists", {"status": "permanent"}, True),
        ("not_artists", {}, None),
        ("permanents", {"status": "permanent", "permanent": True}, True),
        ("permanents", {"status": "artiste"}, False),
        ("musicians_fixed_term", {"job_group": "musiciens CDD"}, True),
        ("musicians_fixed_term", {"job_group": "musician", "permanent": True}, False),
        ("technicians_paris", {"job_group": "techniciens, tournage région parisienne"}, True),
        ("technicians_region", {"job_group": "techniciens, tournage région parisienne"}, False),
        ("technicians_region", {"status": "technicien"}, None),
        ("annex_4_technicians", {"job_group": "annexe 4 techniciens"}, True),
        ("annex_4_technicians", {"job_group": "annexe 1 techniciens"}, False),
        ("annex_4_technicians", {"status": "technicien"}, None),
        ("annex_4_technicians", {"status": "artiste"}, False),
        ("drivers", {"status": "technicien"}, False),
        ("everyone", {}, True),
    ],
)
def test_a_population_answers_yes_no_or_unknown(population, worker, expected):
    assert answer(population, **worker) is expected


def test_the_annex_may_come_from_the_setting():
    assert answer("annex_2_artists", setting=Setting(annex="2"), status="artiste") is True
    assert answer("annex_2_artists", setting=Setting(annex="1"), status="artiste") is False


@pytest.mark.parametrize(
    ("age", "names"),
    [
        (2, {"under_18", "under_16", "under_3"}),
        (3, {"under_18", "under_16", "age_3_5"}),
        (6, {"under_18", "under_16", "age_6_11"}),
        (12, {"under_18", "under_16", "age_12_15"}),
        (13, {"under_18", "under_16", "age_12_15", "age_13_15"}),
        (16, {"under_18", "age_16_17"}),
        (18, {"adults"}),
    ],
)
def test_ages_fall_in_their_bands(age, names):
    bands = ("adults", *(name for name in POPULATIONS if name.startswith(("age_", "under_"))))
    assert {name for name in bands if answer(name, age=age)} == names


def test_an_unknown_age_is_an_adult_s_and_asked_for_the_young():
    assert answer("adults", age=None) is True
    assert answer("under_18", age=None) is None
    someone = Someone(profile_of(Worker("dana"), Setting()), None)
    assert needs_of("under_18", someone) == "la date de naissance (birth_date)"
    assert needs_of("annex_1_artists", someone) == "l’annexe de la convention (annex)"


def test_a_job_called_for_two_hours_is_known_by_its_name():
    assert profile_of(Worker("dana", job="Agent d’accueil"), Setting()).two_hour_job
    assert not profile_of(Worker("dana", job="Régisseuse"), Setting()).two_hour_job
