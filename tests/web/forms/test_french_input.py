"""What a French hand types, as file text; what is wrong, with the nearest right writing."""

from __future__ import annotations

import pytest

from filage_web.forms import french_input


@pytest.mark.parametrize(
    ("reader", "typed", "text"),
    [
        ("amount", "1 250,50 €", "1250.50"),
        ("amount", "1\u202f250,50\u00a0€", "1250.50"),
        ("amount", "−12", "-12"),
        ("number", "2,5", "2.5"),
        ("rate", "5,5 %", "0.055"),
        ("rate", "5,5", "0.055"),
        ("count", "1 460", "1460"),
        ("expression", "nb_dates × 6", "nb_dates * 6"),
        ("expression", "1 250,50 €", "1250.50"),
        ("expression", "min(nb_dates, 3)", "min(nb_dates, 3)"),
        ("expression", "nb_dates * 1,5", "nb_dates * 1.5"),
        ("expression", "=60*1,05", "60*1.05"),
        ("expression", "(60+5)*1,05", "(60+5)*1.05"),
        ("expression", "1 060,50 * 2", "1060.50 * 2"),
        ("expression", "1.060,50 * 2", "1060.50 * 2"),
        ("expression", "min(1,5)", "min(1,5)"),
        ("expression", "min(nb_dates * 1,05; 3)", "min(nb_dates * 1.05, 3)"),
        ("number", "1.060,50", "1060.50"),
        ("amount", "1.250.000 €", "1250000"),
        ("label", "x" * 200, "x" * 200),
        ("day", "14/03/2026", "2026-03-14"),
        ("day", "5/3/26", "2026-03-05"),
        ("day", "2026-03-14", "2026-03-14"),
        ("day", "sam. 14 mars 2026", "2026-03-14"),
        ("day", "1er août 2026", "2026-08-01"),
        ("time", "20h30", "20:30"),
        ("time", "20 h", "20:00"),
        ("time", "8:05", "08:05"),
        ("text", " deux\r\nlignes ", "deux\nlignes"),
    ],
)
def test_reads_what_a_french_hand_types(reader: str, typed: str, text: str) -> None:
    assert french_input.READERS[reader](typed) == text


@pytest.mark.parametrize(
    ("reader", "typed", "said"),
    [
        ("day", "31/11/2026", "Novembre 2026 a 30 jours. Essayez 30/11/2026."),
        ("day", "29/02/2026", "Février 2026 a 28 jours. Essayez 28/02/2026."),
        ("day", "demain", "« demain » n’est pas un jour. Écrivez par exemple 14/03/2026."),
        ("amount", "160 euros net", "« 160 euros net » n’est pas un montant. Essayez 160 €."),
        ("amount", "voir Bob", "« voir Bob » n’est pas un montant. Essayez 1 250,50 €."),
        ("number", "1.25,50", "« 1.25,50 » n’est pas un nombre. Essayez 1250,50."),
        ("number", "9" * 40, f"« {'9' * 16}… » est trop grand : 15 chiffres au plus."),
        ("expression", "9" * 60, f"« {'9' * 16}… » est trop grand : 15 chiffres au plus."),
        ("amount", "1,123456789 €", "« 1,123456789 » est trop précis : 8 décimales au plus."),
        ("count", "12345678901", "« 12345678901 » est trop grand : 9 chiffres au plus."),
        ("label", "x" * 201, "201 caractères : 200 au plus. Le reste va dans la note."),
        ("rate", "120", "« 120 » : un taux va de 0 à 100 %."),
        ("count", "2,5", "« 2,5 » n’est pas un nombre entier. Essayez 2."),
        ("time", "25h", "« 25h » : les heures vont de 00h00 à 23h59. Essayez 20h30."),
    ],
)
def test_says_what_is_wrong_and_the_nearest_right_writing(reader: str, typed: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:
        french_input.READERS[reader](typed)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("holds", "value", "shown"),
    [("rate", "0.055", "5,5"), ("amount", "1160.5", "1160,50"), ("amount", "160", "160"), ("number", "2.5", "2,5"),
     ("expression", "nb_dates", "nb_dates"),
     ("expression", "60*1.05", "60*1,05"), ("expression", "min(1.5, 2)", "min(1.5, 2)")],
)  # fmt: skip
def test_shows_a_file_value_as_it_is_typed(holds: str, value: str, shown: str) -> None:
    assert french_input.shown(holds, value) == shown
