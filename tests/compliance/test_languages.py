"""Interpreters, surtitles and translated sheets: told from the languages known, taken away by the need they make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from filage.compliance.languages import language_findings, languages_not_known, service
from filage.facts.changing import apply_changes
from filage.facts.script import Need
from filage.kernel.changes import Change, set_
from filage.kernel.finding import Finding
from support.dossiers import TODAY, small

FRENCH = set_("person/elie", languages=["français"])


def found(*changes: Change, on: date = TODAY) -> list[Finding]:
    return language_findings(small(*changes), on)


def codes(*changes: Change, on: date = TODAY) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.about) for one in found(*changes, on=on)]


def test_nothing_is_said_of_languages_nobody_wrote():
    assert codes() == []
    assert languages_not_known(small(), TODAY) == []


def test_some_languages_written_and_others_not_is_said_not_checked():
    (one,) = languages_not_known(small(FRENCH), TODAY)
    assert (one.rule, one.needs) == ("language.interpreter", "les langues de Dana Morel")


def test_somebody_nobody_understands_needs_an_interpreter_priced_by_the_day():
    (one,) = found(FRENCH, set_("person/dana", languages=["espagnol", "anglais"]))
    assert (one.code, one.severity, one.about) == ("language.interpreter", "warning", "person/dana")
    assert "Dana Morel ne parle pas français (anglais, espagnol)" in one.message
    assert "1 jour, de 300 à 900\u00a0€ (à vérifier)" in one.message
    assert one.source is not None
    assert one.source.confidence == "uncertain"


def test_somebody_whom_another_can_help_only_needs_a_relay():
    relay = set_("person/elie", languages=["français", "anglais"])
    (one,) = found(relay, set_("person/dana", languages=["en"]))
    assert (one.code, one.severity) == ("language.relay", "info")
    assert "Élie Vasseur peut faire le relais" in one.message


def test_one_who_speaks_the_language_of_work_needs_nothing():
    assert codes(FRENCH, set_("person/dana", languages=["fr", "arabe"])) == []
    assert (
        codes(
            set_("production/petite", working_language="anglais"),
            set_("person/elie", languages=["en"]),
            set_("person/dana", languages=["English"]),
        )
        == []
    )


def test_a_reader_of_neither_french_nor_english_needs_a_translated_sheet():
    assert codes(FRENCH, set_("person/dana", languages=["espagnol"])) == [
        ("language.interpreter", "warning", "person/dana"),
        ("language.sheet", "warning", "person/dana"),
    ]


def test_an_engagement_that_is_over_asks_nothing_more():
    spanish = set_("person/dana", languages=["espagnol"])
    assert codes(FRENCH, spanish, on=date(2026, 11, 14)) != []
    assert codes(FRENCH, spanish, on=date(2026, 11, 15)) == []


def test_an_audience_that_does_not_understand_the_show_needs_surtitles_counted_by_country():
    (one,) = found(set_("production/petite", languages=["fr"]), set_("venue/fabrique", country="DE"))
    assert (one.code, one.severity, one.about) == ("language.titles", "warning", "production/petite")
    assert (
        "2 représentations en Allemagne à partir du ven. 13 nov. 2026, où l’on parle allemand" in one.message
    )
    assert "surtitres à prévoir, de 1\u202f900 à 5\u202f900\u00a0€" in one.message


def test_a_country_where_the_show_is_understood_needs_nothing():
    assert (
        codes(set_("production/petite", languages=["français"]), set_("venue/fabrique", country="BE")) == []
    )
    assert codes(set_("venue/fabrique", country="DE")) == []


def test_a_film_needs_subtitles_priced_by_its_minutes():
    film = set_("production/petite", form="short_film", languages=["fr"], duration="10")
    (one,) = found(film, set_("venue/fabrique", country="GB"))
    assert "sous-titres à prévoir, de 160 à 450\u00a0€" in one.message


def test_a_concert_is_only_told():
    sung = set_("production/petite", form="concert", languages=["fr"])
    assert codes(sung, set_("venue/fabrique", country="DE")) == [
        ("language.titles", "info", "production/petite")
    ]


def test_the_delay_is_told_before_and_after_it_has_passed():
    changes = (set_("production/petite", languages=["fr"]), set_("venue/fabrique", country="DE"))
    assert "à demander avant le ven. 2 oct. 2026" in found(*changes, on=date(2026, 10, 2))[0].message
    assert "il est déjà tard" in found(*changes, on=date(2026, 10, 3))[0].message


def test_the_remedy_makes_a_need_with_its_estimate_and_takes_the_finding_away():
    dossier = small(set_("production/petite", languages=["fr"]), set_("venue/fabrique", country="DE"))
    (one,) = language_findings(dossier, TODAY)
    after = apply_changes(dossier, one.remedies[0].changes)
    need = after.find("need/langue-titres-de", Need)
    assert need is not None
    assert (need.label, need.estimate, need.needed_on) == (
        "Surtitres en allemand (Allemagne)", Decimal(3900), date(2026, 11, 13),
    )  # fmt: skip
    assert "à vérifier" in (need.note or "")
    assert language_findings(after, TODAY) == []


def test_every_service_says_where_its_order_of_cost_comes_from():
    for key in ("interpreter", "surtitles", "subtitles", "sheet"):
        one = service(key)
        assert one.low < one.high
        assert one.lead_days > 0
        assert one.source.title
        assert one.source.url.startswith("http")
        assert one.source.confidence == "uncertain"
