"""`filage risk` on the example, and on what it refuses."""

from cli.commands import WOYZECK, faults, filage, printed, problems

CHOICES = ("--on", "2026-11-22", "--estimate", "0.15", "--quote", "0.03")


def test_the_chances_of_the_example_are_repeatable_and_have_their_shape():
    found = printed("risk", WOYZECK, *CHOICES)
    assert faults("risk", found) == []
    assert found == printed("risk", WOYZECK, *CHOICES)
    assert found["reserves"] == ["line/imprevus"]
    assert (found["draws"], found["spread"]) == (10000, {"quote": "0.03", "estimate": "0.15"})
    assert len(found["lines"]) > 5


def test_only_lines_with_their_own_range_vary_unless_more_is_chosen():
    found = printed("risk", WOYZECK, "--on", "2026-11-22")
    assert {one["basis"] for one in found["lines"]} == {"own"}
    assert found["spread"] == {}


def test_what_cannot_be_drawn_is_refused_by_name():
    assert [one["path"] for one in problems("risk", WOYZECK, "--estimate", "beaucoup")] == ["--estimate"]
    assert [one["path"] for one in problems("risk", WOYZECK, "--together", "lune")] == ["together"]


def test_a_person_reads_the_chances_and_the_lines_that_weigh():
    done = filage("risk", WOYZECK, *CHOICES)
    assert "Tenir le budget :" in done.stdout
    assert "Part de" in done.stdout
