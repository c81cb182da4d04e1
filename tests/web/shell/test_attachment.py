"""A file handed over: kept under its name, or shown, and kept by no cache."""

from filage_web.shell.attachment import PDF, XLSX, attachment, shown_pdf


def test_a_file_to_keep_carries_its_name_its_type_and_stays_in_no_cache() -> None:
    answer = attachment(b"abc", "le-fil-été.xlsx", XLSX)

    assert answer.content == b"abc"
    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''le-fil-%C3%A9t%C3%A9.xlsx"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_pdf_shown_opens_in_the_browser_under_its_name() -> None:
    answer = shown_pdf(b"%PDF", "essai.pdf")

    assert answer.headers["Content-Type"] == PDF
    assert answer.headers["Content-Disposition"] == 'inline; filename="essai.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
