"""Constraints imposed from outside: each form, kept and broken."""

import pytest

from filage.kernel.changes import add
from support.dossiers import reviewed

CASES = {
    "date kept": (
        {"form": "date", "kinds": ["performance"], "not_before": "2026-11-05", "not_after": "2026-11-14"},
        0,
    ),
    "date before": ({"form": "date", "kinds": ["performance"], "not_before": "2026-11-06"}, 1),
    "date after": ({"form": "date", "not_after": "2026-11-13"}, 1),
    "place kept": ({"form": "place", "kinds": ["performance"], "cities": ["besancon", "DOLE"]}, 0),
    "place broken": ({"form": "place", "kinds": ["performance"], "cities": ["Besançon"]}, 2),
    "exclusivity kept": (
        {
            "form": "exclusivity",
            "cities": ["Dole"],
            "not_before": "2026-11-01",
            "not_after": "2026-11-30",
            "venue": "venue/fabrique",
        },
        0,
    ),
    "exclusivity broken": (
        {"form": "exclusivity", "cities": ["Dole"], "not_before": "2026-11-14", "not_after": "2026-11-30"},
        1,
    ),
    "credit broken": ({"form": "credit", "wording": "avec le soutien de la DRAC"}, 1),
    "local hiring kept": ({"form": "local_hiring", "people": "1", "cities": ["Dole"]}, 0),
    "local hiring broken": ({"form": "local_hiring", "people": "2", "cities": ["Dole"]}, 1),
}


@pytest.mark.parametrize("name", CASES)
def test_a_constraint_is_broken_once_per_fault(name):
    check, broken = CASES[name]
    outcome = reviewed(add("constraint/c", imposed_by="funder", text="À respecter", check=check))
    assert len([f for f in outcome.findings if f.code == "constraint.broken"]) == broken


def test_a_constraint_without_a_checkable_form_is_said_not_checked():
    outcome = reviewed(add("constraint/c", imposed_by="brand", text="Rester digne"))
    assert outcome.not_checked[0].rule == "constraint/c"
