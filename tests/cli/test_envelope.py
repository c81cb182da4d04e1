"""`filage envelope` on the example, and on what it refuses."""

from decimal import Decimal

from cli.commands import WOYZECK, faults, filage, printed, problems

ON = ("--on", "2026-10-12")


def test_the_smallest_ways_to_a_target_have_their_shape_and_reach_it():
    cost = Decimal(printed("review", WOYZECK, *ON)["budget"]["expense"])
    found = printed("envelope", WOYZECK, *ON, "--target", str(cost - 900), "--size", "1")
    assert faults("envelope", found) == []
    assert (found["measure"], found["reached"], Decimal(found["now"])) == ("cost", False, cost)
    assert found["ways"]
    assert [way for way in found["ways"] if Decimal(way["value"]) > cost - 900] == []


def test_what_cannot_be_aimed_at_is_refused_by_name():
    assert [one["path"] for one in problems("envelope", WOYZECK, "--target", "peu")] == ["--target"]
    assert [one["path"] for one in problems("envelope", WOYZECK, "--target", "1", "--measure", "lune")] == [
        "measure"
    ]


def test_a_person_reads_what_each_way_loses():
    done = filage("envelope", WOYZECK, *ON, "--target", "1000", "--reviews", "3")
    assert "Aucun ensemble essayé" in done.stdout
    assert "3 relectures" in done.stdout
    assert "déjà tenue" in filage("envelope", WOYZECK, *ON, "--target", "9000000").stdout
