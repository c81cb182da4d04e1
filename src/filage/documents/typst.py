"""Typst behind one function: a packaged template, its own fonts, data in JSON, a tagged PDF."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from filage.documents.printable import printable

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def pdf_bytes(template: str, data: dict[str, Any], on: date) -> bytes:
    """Set a template over data, dated `on`; what users wrote stays data and is never read as markup.

    The packaged fonts set every European language; for another script the fonts of the machine are used, and what no
    font has is shown as a box, in a file that is still tagged but no longer says it meets PDF/UA.
    """
    import typst

    given = json.dumps(_printable(data), ensure_ascii=False)
    with as_file(files("filage.data").joinpath("typst")) as folder:
        for machine_fonts, standards in _ATTEMPTS[:-1]:
            try:
                return _compiled(
                    folder, template, given, on, machine_fonts=machine_fonts, standards=standards
                )
            except typst.TypstError as error:
                if _NO_GLYPH not in str(error):
                    raise
        machine_fonts, standards = _ATTEMPTS[-1]
        return _compiled(folder, template, given, on, machine_fonts=machine_fonts, standards=standards)


_NO_GLYPH = "could not be displayed with font"
_ATTEMPTS: tuple[tuple[bool, list[Any]], ...] = ((False, ["ua-1"]), (True, ["ua-1"]), (True, []))
"""Fonts of the machine or not, and the standards met; PDF/UA-1 is tagged, titled, and shows every letter."""


def _compiled(
    folder: Path, template: str, given: str, on: date, *, machine_fonts: bool, standards: list[Any]
) -> bytes:
    import typst

    made = typst.compile(
        folder / template,
        root=folder,
        font_paths=_fonts(folder / "fonts", machine_fonts=machine_fonts),
        sys_inputs={"data": given},
        pdf_standards=standards,
        timestamp=datetime.combine(on, time(), tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


def _printable(value: Any) -> Any:
    """The same data, its texts as a page can show them."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    return [_printable(part) for part in value] if isinstance(value, list) else value


@lru_cache(maxsize=2)
def _fonts(folder: Path, *, machine_fonts: bool) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=machine_fonts, include_embedded_fonts=False, font_paths=[folder])
