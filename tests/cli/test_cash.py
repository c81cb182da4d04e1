"""`filage cash`: the plan in the published shape, and what goes wrong recomputed for real."""

from decimal import Decimal

from cli.commands import SHORT_FILM, WOYZECK, faults, filage, printed, problems

ON = ("--on", "2026-10-12")


def low(*words):
    return Decimal(printed("cash", WOYZECK, *ON, *words)["readings"]["full"]["lowest"])


def test_the_shape_is_the_published_one_for_both_examples():
    for example in (WOYZECK, SHORT_FILM):
        assert faults("cash", printed("cash", example, *ON)) == []


def test_each_month_opens_where_the_one_before_closed():
    months = printed("cash", WOYZECK, *ON)["readings"]["full"]["months"]
    assert [m["opening"] for m in months[1:]] == [m["closing"] for m in months[:-1]]


def test_a_late_aid_lowers_the_lowest_point_by_what_it_owed_then():
    assert low("--late", "funding/ville=3") == low() - 5000


def test_three_months_when_nobody_says():
    assert low("--late", "funding/ville") == low("--late", "funding/ville=3")


def test_a_cancelled_date_and_a_refused_source_are_recomputed():
    before = printed("cash", WOYZECK, *ON)
    after = printed("cash", WOYZECK, *ON, "--cancel", "event/dole-1", "--refuse", "funding/adami")
    assert [m for m in after["movements"] if m["about"] == "funding/adami"] == []
    sold = [sum(Decimal(m["net"]) for m in plan["movements"] if m["about"] == "contract/dole")
            for plan in (before, after)]  # fmt: skip
    assert sold[1] < sold[0]


def test_every_wrong_name_is_told_at_once():
    told = problems("cash", WOYZECK, *ON, "--late", "funding/regions", "--cancel", "event/dol-1", "--late",
                    "funding/drac=x")  # fmt: skip
    assert len(told) == 3


def test_a_reading_is_one_of_three():
    assert problems("cash", WOYZECK, *ON, "--reading", "moyen")[0]["expected"] == "full, weighted, certain"


def test_a_person_reads_the_lowest_point_and_files_are_written(tmp_path):
    assert "Point bas" in filage("cash", WOYZECK, *ON).stdout
    done = filage("cash", WOYZECK, *ON, "--reading", "certain", "--xlsx", tmp_path / "c.xlsx", "--pdf",
                  tmp_path / "c.pdf")  # fmt: skip
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "c.pdf").read_bytes()[:5] == b"%PDF-"
