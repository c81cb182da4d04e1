"""A set in capitals becomes a title one can read; names keep theirs."""

from __future__ import annotations

from filage.script.titles import titles_of
from script.texts import fountain


def test_a_set_in_capitals_is_a_title_in_plain_letters() -> None:
    script = fountain(
        "1. INT. CHAMBRE DE ZOÉ - NUIT\n\nElle pense à Lefèvre.\n\nZOÉ\nOui.\n\n"
        "2. EXT. CUISINE DES ÉPOUX LEFÈVRE - JOUR\n\nRien.\n\n3. INT. Grange du Nord - JOUR\n\nRien.\n"
    )
    assert titles_of(script) == {"1": "Chambre de Zoé", "2": "Cuisine des époux Lefèvre"}
