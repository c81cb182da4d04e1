"""Every fact of the examples, opened in its form and sent back untouched, changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from filage.facts.reading import read_dossier
from filage_web.forms import Choices, FactForm

EXAMPLES = Path(__file__).parents[3] / "examples"


class Known(Choices):
    """The dossier's own facts alone: no database."""

    def __init__(self, dossier: Any) -> None:
        self.structure, self.dossier = None, dossier  # type: ignore[assignment]
        self._shared = {
            kind: [(fact.about, fact.name()) for fact in facts.values()]
            for kind, facts in dossier.by_kind.items()
        }


def sent_back(form: FactForm) -> dict[str, Any]:
    """What a browser sends of a form nobody touched."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def some_of_each_kind(dossier: Any) -> list[Any]:
    """Enough to meet every shape, few enough to stay quick."""
    return [fact for facts in dossier.by_kind.values() for fact in list(facts.values())[:8]]


@pytest.mark.parametrize("name", ["woyzeck", "court-metrage"])
def test_a_form_sent_back_untouched_changes_nothing(name: str) -> None:
    file = EXAMPLES / f"{name}.filage.yaml"
    dossier = read_dossier(file.read_bytes())
    choices = Known(dossier)
    moved = {}
    for fact in some_of_each_kind(dossier):
        sent = sent_back(FactForm(fact.kind, choices=choices, fact=fact))
        form = FactForm(fact.kind, sent, choices=choices, fact=fact)
        if not form.is_valid() or form.changes():
            moved[fact.about] = (form.errors.as_text(), form.changes())
    assert moved == {}
