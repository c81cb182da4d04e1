"""Our lines against those of Urssaf's published rules, and the page that shows both."""

import pytest

from payroll.oracle import PAGE, compared, page

AGREEING = [line for line in compared() if not line.known_gap]
KNOWN_GAPS = [line for line in compared() if line.known_gap]


def name(line) -> str:
    return f"{line.case}-{line.id}-{line.payer}"


def test_compares_every_line_of_every_case():
    assert (len(compared()), len({line.case for line in compared()})) == (567, 28)


@pytest.mark.parametrize("line", AGREEING, ids=name)
def test_a_line_agrees_with_the_oracle(line):
    assert line.agrees, f"ours {line.ours}, theirs {line.theirs}"


def test_the_lines_that_disagree_are_all_the_known_gap():
    assert len([line for line in compared() if not line.agrees]) == 24
    assert all(line.known_gap for line in compared() if not line.agrees)


@pytest.mark.known_gap
@pytest.mark.parametrize("line", KNOWN_GAPS, ids=name)
def test_the_employer_cover_alone_makes_the_difference(line):
    assert abs(line.with_their_cover - line.theirs) <= line.tolerance


def test_the_page_of_the_documentation_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "python -m payroll.oracle (from tests/) writes it again"
    )
