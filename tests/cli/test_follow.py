"""`filage follow`: the same figures as the library's, in the published shape; files on demand."""

from decimal import Decimal

from cli.commands import SHORT_FILM, WOYZECK, faults, filage, printed

ON = ("--on", "2026-10-12")


def test_the_shape_is_the_published_one_for_both_examples():
    for example in (WOYZECK, SHORT_FILM):
        assert faults("follow", printed("follow", example, *ON)) == []


def test_lines_add_up_to_the_totals():
    found = printed("follow", WOYZECK, *ON)
    for name in ("revised", "committed", "spent", "paid", "final", "variance"):
        assert sum(Decimal(line[name]) for line in found["lines"]) == Decimal(found["totals"][name])
        assert sum(Decimal(post[name]) for post in found["posts"]) == Decimal(found["totals"][name])


def test_a_person_reads_the_posts_and_what_waits():
    done = filage("follow", WOYZECK, *ON)
    assert done.exit_code == 0
    assert "À affecter" in done.stdout


def test_files_are_written(tmp_path):
    done = filage("follow", WOYZECK, *ON, "--xlsx", tmp_path / "s.xlsx", "--pdf", tmp_path / "s.pdf")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "s.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "s.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_path_that_cannot_be_written_is_said(tmp_path):
    done = filage("follow", WOYZECK, *ON, "--xlsx", tmp_path / "nowhere" / "s.xlsx")
    assert done.exit_code == 2
