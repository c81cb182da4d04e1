"""What the commands that follow the money share: their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.cli.shared import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from filage.kernel.table import Workbook


def write_workbook(book: Workbook, xlsx: Path | None, pdf: Path | None) -> None:
    """Write the files asked for; every path that cannot be written is told at once."""
    from filage import __version__

    contents: list[tuple[Path, bytes]] = []
    if xlsx is not None:
        from filage.documents.xlsx import xlsx_bytes

        contents.append((xlsx, xlsx_bytes(book, __version__)))
    if pdf is not None:
        from filage.documents.workbook_pdf import workbook_pdf

        contents.append((pdf, workbook_pdf(book, __version__)))
    write_files(contents)
