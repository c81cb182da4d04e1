"""Every kind of production has its words, its phases, and says what is not covered."""

import pytest

from filage.facts.base import choices
from filage.facts.calendar import Event
from filage.facts.production import Production
from filage.kernel.changes import set_
from filage.planning.kinds import kind_of
from support.dossiers import reviewed

FORMS = tuple(choices(Production, "form"))


@pytest.mark.parametrize("form", FORMS)
def test_a_kind_is_whole_and_uses_known_event_types(form):
    kind = kind_of(form)
    assert set(kind.words) - {"director"} <= set(choices(Event, "type"))
    assert "director" in kind.words
    assert len(kind.phases) >= 3
    assert kind.not_covered


def test_a_concert_is_called_a_concert():
    assert kind_of("concert").event_word("performance") == "Concert"
    assert kind_of("concert").event_word("travel") == "Voyage"


def test_a_review_names_what_it_does_not_cover():
    rules = [item.rule for item in reviewed(set_("production/petite", form="short_film")).not_checked]
    assert "crédits d’impôt" in rules
