"""Typst behind one function: a packaged template, its own fonts, data in JSON, a tagged PDF."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def pdf_bytes(template: str, data: dict[str, Any], on: date) -> bytes:
    """Set a template over data, dated `on`; what users wrote stays data and is never read as markup."""
    import typst

    with as_file(files("filage.data").joinpath("typst")) as folder:
        made = typst.compile(
            folder / template,
            root=folder,
            font_paths=_fonts(folder / "fonts"),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],  # tagged, titled, with a language: readable aloud
            timestamp=datetime.combine(on, time(), tzinfo=UTC),
        )
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _fonts(folder: Path) -> Any:
    """The packaged fonts alone: a page looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
