"""The producer's licence over the dates."""

from filage.kernel.changes import set_
from support.dossiers import codes, reviewed


def licence(expires_on):
    return set_("employer/fil", licences=[{"category": "2", "number": "x", "expires_on": expires_on}])


def test_expiring_on_the_last_date_is_enough():
    assert "licence.expires" not in codes(reviewed(licence("2026-11-14")))


def test_expiring_the_day_before_the_last_date_is_said():
    messages = [f.message for f in reviewed(licence("2026-11-13")).findings if f.code == "licence.expires"]
    assert messages == ["Licence d’entrepreneur n° 2 : elle expire le ven. 13 nov. 2026, avant 1 date."]


def test_no_licence_at_all_is_said_for_a_live_show_only():
    none = set_("employer/fil", clear=("licences",))
    assert "licence.missing" in codes(reviewed(none))
    assert "licence.missing" not in codes(reviewed(none, set_("production/petite", form="short_film")))
