"""The venues of the production, then the structure's others."""

from __future__ import annotations

from html import unescape

from filage.kernel.changes import add
from filage_web.store.changes import apply
from support.cast import Cast


def page(cast: Cast) -> str:
    return unescape(cast.browser("bob").get(cast.address("lieux/")).content.decode())


def test_no_venue_says_what_one_brings(cast: Cast) -> None:
    assert "Aucun lieu pour l’instant" in page(cast)


def test_lists_where_one_plays_first_then_the_others(cast: Cast) -> None:
    facts = [
        add(
            "venue/ecluse",
            label="L’Écluse",
            city="Besançon",
            stage_width="12.5",
            stage_depth="10",
            capacity="300",
        ),
        add("event/p1", type="performance", day="2026-11-14", venue="venue/ecluse"),
    ]
    apply(cast.structure, cast.production, facts, actor=cast.alice)
    apply(cast.structure, None, [add("venue/ailleurs", label="Ailleurs")], actor=cast.alice)
    html = page(cast)
    assert "12,5 × 10 m" in html
    found = [
        html.index(text)
        for text in ('id="venue-ecluse"', "Autres lieux de la structure", 'id="venue-ailleurs"')
    ]
    assert found == sorted(found)
