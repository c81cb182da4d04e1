"""`filage recoupment` on the short film, and on what it refuses."""

from decimal import Decimal

from cli.commands import SHORT_FILM, WOYZECK, faults, filage, printed, problems


def test_the_receipts_of_the_short_film_are_shared_to_the_cent():
    found = printed("recoupment", SHORT_FILM)
    assert faults("recoupment", found) == []
    assert [(one["label"], one["amount"], one["waits_for"]) for one in found["payments"]] == [
        ("Commission de vente", "1860.00", None),
        ("Copies et sous-titres avancés", "1200.00", "0.00"),
        ("Remboursement de la Région", "785.00", "3215.00"),
        ("Part de la réalisatrice", "471.00", None),
    ]
    assert sum(Decimal(one["amount"]) for one in found["parties"]) == Decimal(found["total"]) == 6200


def test_receipts_may_be_multiplied():
    assert printed("recoupment", SHORT_FILM, "--times", "0.1")["rest"] == "0.00"
    assert [one["path"] for one in problems("recoupment", SHORT_FILM, "--times", "1e3")] == ["--times"]


def test_a_dossier_without_receipts_nor_corridors_is_refused_naming_both():
    assert [one["path"] for one in problems("recoupment", WOYZECK)] == ["receipts", "corridors"]


def test_a_person_reads_who_receives_what():
    done = filage("recoupment", SHORT_FILM)
    assert done.exit_code == 0
    assert "Production : 1\u202f884,00\xa0€" in done.stdout
