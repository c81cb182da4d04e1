"""Weekly snapshots keep where every line stood; their sums are the follow-up's."""

from datetime import date

from filage.accounting.follow import follow
from filage.accounting.snapshots import evolution, ident_on, is_due, snapshot
from filage.kernel.changes import set_
from support.dossiers import TODAY, reviewed, small


def test_a_snapshot_keeps_the_sums_of_its_day_and_the_next_ones_show_what_moved():
    found = follow(reviewed(), TODAY)
    kept = snapshot(found)
    assert kept.id == ident_on(TODAY) == "suivi-2026-10-12"
    later = reviewed(set_("variable/devis", value="2800"), on=date(2026, 10, 19))
    dossier = later.dossier.with_facts([kept])
    weeks = evolution(dossier, follow(later, date(2026, 10, 19)))
    assert [week.final for week in weeks] == [found.amounts.final, later.budget.expense]


def test_a_week_wants_one_snapshot_from_its_monday():
    dossier = small().with_facts([snapshot(follow(reviewed(), TODAY))])
    assert is_due(small(), TODAY)
    assert not is_due(dossier, date(2026, 10, 18))
    assert is_due(dossier, date(2026, 10, 19))
