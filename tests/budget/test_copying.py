"""Facts copied from one production to another: whose, when, and what is left behind."""

from datetime import timedelta

import pytest

from filage.budget.copying import PARTS, copied, copied_phases
from filage.facts.changing import apply_changes
from filage.facts.dossier import Dossier
from filage.kernel.changes import add
from support.dossiers import small


@pytest.fixture
def dossier():
    return apply_changes(
        small(),
        [
            add("budget_line/bois", label="Bois", post="30", unit_price="5", committed="3"),
            add("line_detail/bois", line="line/bois", low="4", files=["devis.pdf"]),
            add("need/bois", label="Bois", line="budget_line/bois", state="booked", needed_on="2026-11-02"),
            add(
                "task/bois",
                label="Scier",
                starts_on="2026-11-02",
                checklist=[{"label": "Scie", "done": "true"}],
            ),
            add("task/peindre", label="Peindre", after=["task/bois"]),
        ],
    )


def values(changes):
    return {change.about: dict(change.values) for change in changes}


def test_what_was_committed_found_or_done_stays_behind(dossier):
    found = values(copied(dossier, PARTS, shift=None))
    assert "committed" not in found["budget_line/bois"]
    assert found["line_detail/bois"] == {"line": "line/bois", "low": "4"}
    assert found["need/bois"] == {"label": "Bois", "line": "budget_line/bois"}
    assert found["task/bois"] == {"label": "Scier", "checklist": [{"label": "Scie"}]}
    assert found["task/peindre"]["after"] == ["task/bois"]


def test_dates_move_with_the_production(dossier):
    found = values(copied(dossier, ["needs", "tasks"], shift=timedelta(weeks=52)))
    assert found["need/bois"]["needed_on"] == "2027-11-01"
    assert found["task/bois"]["starts_on"] == "2027-11-01"


def test_a_reference_to_what_is_not_copied_is_left_out(dossier):
    assert values(copied(dossier, ["needs"], shift=None))["need/bois"] == {"label": "Bois"}


def test_a_phase_is_its_dates(dossier):
    first = dossier.production.phases
    assert copied_phases(dossier, None) == []
    assert len(copied_phases(dossier, timedelta(weeks=1))) == len(first)


def test_nobody_is_copied(dossier):
    kinds = {change.kind for change in copied(dossier, PARTS, shift=None)}
    assert kinds.isdisjoint({"person", "person_private", "engagement", "employer"})


def test_the_copy_holds_by_itself(dossier):
    bare = Dossier.of_facts(
        fact for fact in dossier if fact.kind in ("employer", "production", "person", "company")
    )
    assert len(apply_changes(bare, copied(dossier, PARTS, shift=None))) > len(bare)
