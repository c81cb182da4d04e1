"""The conversion of researched minimum wages: prose becomes fields, guesses stay out, every row is accounted for."""

import os
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import convert_minimums  # noqa: E402

from filage.payroll.minimum_grid import read_grid  # noqa: E402

WHOLE = os.environ.get("FILAGE_REFERENCE", "")
TEXT = {"title": "Un texte", "url": "https://example.org/texte"}


def row(ident, unit, amount, **more):
    return {
        "id": ident, "idcc": int(ident[:4]), "job": "Emploi", "unit": unit, "amount": amount, "currency": "EUR",
        "valid_from": "2024-03-01", "basis": "avenant", "sources": ["T"], "confidence": "medium", **more,
    }  # fmt: skip


RECENT = [
    row("3097-2024-A1-X", "semaine 39 h (annexe 1)", 1000.5, hourly=25.01, replaces="3097-A1-001",
        condition="entreprises adhérentes SPI ; tous employeurs depuis le 1er novembre 2024", job="Nouveau nom"),
    row("3097-2024-A2-5J-X", "semaine de tournage 5j", 1100, condition="43 h effectives, 46 h avec équivalence"),
    row("3097-2024-IND-REPAS", "indemnité repas", 18.56),
    row("3090-2025-A1-TECH-AM-201-500", "heure", 15.63, valid_from="2025-09-01", valid_from_all="2026-02-24",
        condition="annexe 1 ; salle de 201 à 500 places", note="une seule transcription lue", confidence="low"),
    row("3090-2025-A1-TECH-AM-500P", "heure", 19, valid_from="2025-09-01", valid_from_all="2026-02-24",
        condition="annexe 1 ; salle de plus de 500 places", confidence="low"),
]  # fmt: skip
OLD = [
    row("1285-DRAM-CACHET-1-2", "cachet de représentation", 152.69, valid_from="2023-06-01",
        condition="1 ou 2 cachets dans le mois", derived_next={"amount": 159.56}),
    row("3090-A4-ROLE-PRINCIPAL", "cachet de représentation", 188.04, valid_from="2022-12-01",
        scale={"1-7": 188.04, "16+": 132.46, "mensuel_24_repr": 2827.13}, condition="annexe 4, tournée"),
    row("3097-A1-001", "semaine 39 h (annexe 1)", 900, valid_from="2022-04-01", job="Ancien nom"),
]  # fmt: skip
COMPLEMENTS = [
    {"id": "mini_3097_x", "label": "x", "values": [{"value": 1000.5}]},
    {"id": "mini_3097_y", "label": "y", "values": [{"value": 7.77}]},
    {"id": "autre", "label": "autre", "values": [{"value": 1}]},
]


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("minimums")
    law = folder / "law"
    law.mkdir()
    undated = [row("2121-SANS-DATE", "cachet", 10, valid_from=None)]
    for name, content in (
        ("minimum_wages_2024_2026", {"minimums": RECENT, "undated": undated, "sources": {"T": TEXT}}),
        ("minimum_wages", {"minimums": OLD, "sources": {"T": TEXT}}),
        ("complements_2026", COMPLEMENTS),
    ):
        (law / f"{name}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    report = convert_minimums.convert(folder, folder / "data")
    return folder / "data", report


def rows(folder, table):
    return list(read_grid(table, (folder / f"{table}.yaml").read_bytes()))


def test_says_what_became_of_every_row(converted):
    _, report = converted
    assert report.read == {"minimum_wages_2024_2026": 6, "minimum_wages": 3, "complements_2026": 2}
    assert (len(report.shipped), len(report.superseded), report.confirming) == (4, 3, ["mini_3097_x"])
    assert list(report.refused) == ["3097-2024-IND-REPAS", "2121-SANS-DATE", "mini_3097_y"]


def test_a_scale_gives_a_row_a_step_and_a_guess_none(converted):
    folder, _ = converted
    assert [
        (one.id, one.unit, f"{one.amount}", one.dates_from, one.dates_to, one.annex)
        for one in rows(folder, "3090/2022-12")
    ] == [
        ("3090-A4-ROLE-PRINCIPAL-1-7", "cachet", "188.04", 1, 7, "4"),
        ("3090-A4-ROLE-PRINCIPAL-16", "cachet", "132.46", 16, None, "4"),
        ("3090-A4-ROLE-PRINCIPAL-mensuel-24-repr", "month", "2827.13", None, None, "4"),
    ]
    [dramatic] = rows(folder, "1285/2023-06")
    assert (f"{dramatic.amount}", dramatic.dates_from, dramatic.dates_to) == ("152.69", 1, 2)


def test_prose_becomes_closed_fields(converted):
    folder, _ = converted
    assert [(one.seats_from, one.seats_to, one.annex) for one in rows(folder, "3090/2025-09")] == [
        (201, 500, "1"),
        (501, None, "1"),
    ]
    [shooting] = rows(folder, "3097/annexe-2-2024-03")
    assert (shooting.unit, shooting.hours, shooting.annex) == ("week", 43, "2")


def test_a_replaced_row_takes_the_newer_name_of_its_job(converted):
    folder, _ = converted
    old, new = rows(folder, "3097/annexe-1-2022-04"), rows(folder, "3097/annexe-1-2024-03")
    assert [one.job for one in (*old, *new)] == ["Nouveau nom", "Nouveau nom"]


def test_what_was_read_once_is_to_check(converted):
    folder, _ = converted
    grid = read_grid("x", (folder / "3090" / "2025-09.yaml").read_bytes())
    assert (grid.confidence, str(grid.from_all)) == ("uncertain", "2026-02-24")


@pytest.mark.skipif(not WHOLE, reason="absent: FILAGE_REFERENCE names no researched folder, whole conversion")
def test_the_shipped_grids_are_the_conversion_of_the_researched_ones(tmp_path):
    report = convert_minimums.convert(Path(WHOLE), tmp_path)
    shipped = ROOT / "src" / "filage" / "data" / "minimums"
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    assert written == {path.relative_to(shipped): path.read_bytes() for path in shipped.rglob("*.yaml")}
    ledger = ROOT / "tests" / "cases" / "minimums" / "ledger.yaml"
    assert report.ledger() == yaml.safe_load(ledger.read_text("utf-8"))
