"""Scene headings as French and English screenplays write them."""

from __future__ import annotations

import pytest

from filage.script.draft import Place
from filage.script.heading import Heading, read_heading


@pytest.mark.parametrize(
    ("written", "number", "place"),
    [
        ("INT. CUISINE - NUIT", None, Place("INT", "CUISINE", "NUIT")),
        ("12. INT. CUISINE – NUIT", "12", Place("INT", "CUISINE", "NUIT")),
        ("12A - EXT. RUE — JOUR", "12A", Place("EXT", "RUE", "JOUR")),
        ("SÉQ. 4 INT. BUS - AUBE", "4", Place("INT", "BUS", "AUBE")),
        ("SCÈNE 3 - EXT. QUAI - SOIR", "3", Place("EXT", "QUAI", "SOIR")),
        ("INT. RUE - JOUR #2A#", "2A", Place("INT", "RUE", "JOUR")),
        ("INT./EXT. VOITURE - ROUTE - AUBE", None, Place("INT/EXT", "VOITURE - ROUTE", "AUBE")),
        ("I/E. CARAVANE - CRÉPUSCULE", None, Place("INT/EXT", "CARAVANE", "CRÉPUSCULE")),
        ("EXT./INT. NAVETTE - PLUS TARD", None, Place("INT/EXT", "NAVETTE", "PLUS TARD")),
        ("INT. JOUR. CUISINE", None, Place("INT", "CUISINE", "JOUR")),
        ("INT/JOUR CUISINE", None, Place("INT", "CUISINE", "JOUR")),
        ("INT. CUISINE. JOUR", None, Place("INT", "CUISINE", "JOUR")),
        ("INT ÉGLISE NUIT", None, Place("INT", "ÉGLISE", "NUIT")),
        ("INTÉRIEUR NUIT – CHAMBRE", None, Place("INT", "CHAMBRE", "NUIT")),
        ("INT. CAFÉ DE LA NUIT - SOIR", None, Place("INT", "CAFÉ DE LA NUIT", "SOIR")),
        ("INT. CAFÉ DE LA NUIT", None, Place("INT", "CAFÉ DE LA NUIT", None)),
        ("INT. CHEZ M. DUPONT - JOUR (FLASH-BACK)", None, Place("INT", "CHEZ M. DUPONT", "JOUR")),
        ("EXT. PARKING - FIN D’APRÈS-MIDI", None, Place("EXT", "PARKING", "FIN D’APRÈS-MIDI")),
        ("EXT. RUE - 20 H 30", None, Place("EXT", "RUE", "20 H 30")),
        ("INT. CUISINE (NUIT)", None, Place("INT", "CUISINE", "NUIT")),
        ("INT. NUIT", None, Place("INT", None, "NUIT")),
        ("int. maison - jour", None, Place("INT", "maison", "jour")),
        ("INT JOUR / CUISINE", None, Place("INT", "CUISINE", "JOUR")),
        ("EXT. RUE / INT. VOITURE - NUIT", None, Place("INT/EXT", "RUE / VOITURE", "NUIT")),
        ("INT. SALON / INT. CUISINE - SOIR", None, Place("INT", "SALON / CUISINE", "SOIR")),
        ("INT. BUREAU - LE LENDEMAIN MATIN", None, Place("INT", "BUREAU", "LE LENDEMAIN MATIN")),
        ("INT. CAVE – MÊME INSTANT", None, Place("INT", "CAVE", "MÊME INSTANT")),
        ("INT. CAVE - NUIT [PLUIE]", None, Place("INT", "CAVE", "NUIT")),
        ("EXT. STREET - EARLY MORNING", None, Place("EXT", "STREET", "EARLY MORNING")),
        ("INT. HOUSE - LATER THAT NIGHT", None, Place("INT", "HOUSE", "LATER THAT NIGHT")),
        ("SÉQUENCE 12 – INTÉRIEUR JOUR – CUISINE", "12", Place("INT", "CUISINE", "JOUR")),
        ("EST. PARIS - JOUR", None, Place(None, "PARIS", "JOUR")),
    ],
)
def test_reads_number_set_and_time(written, number, place) -> None:
    found = read_heading(written)
    assert found is not None
    assert (found.number, found.place) == (number, place)


@pytest.mark.parametrize(
    "written", ["INTERNE DE SERVICE", "EXTENSION", "Est-ce toi ?", "INTIME", "12 rue X", ""]
)
def test_other_lines_are_no_headings(written) -> None:
    assert read_heading(written) is None


def test_a_forced_heading_says_its_set() -> None:
    assert read_heading("LE RÊVE DE ZOÉ #7#", forced=True) == Heading(
        "7", "LE RÊVE DE ZOÉ", Place(None, "LE RÊVE DE ZOÉ", None)
    )


def test_the_heading_is_kept_without_its_number() -> None:
    found = read_heading("12. INT.  CUISINE - NUIT  #12#")
    assert found is not None
    assert (found.number, found.text) == ("12", "INT. CUISINE - NUIT")
