"""The columns of the file and what each holds, for the form that maps them."""

import re
from dataclasses import dataclass
from typing import Final

from filage.budget.importing.columns import AMOUNTS, ROLES, bare
from filage.budget.importing.grid import letters, shown
from filage_web.creation.reading import Waits

_QUOTED: Final = re.compile('[«“"]([^»”"]{2,80})[»”"]')
_NAMELESS: Final = re.compile(
    r"(?:(?:budget|devis|plan|previsionnel|projet|action|annee|exercice|production|du|de|d|la|le|l|au|ou|et|\d+) ?)*"
)
"""A heading that names no work: « 6. Budget du projet », « Budget prévisionnel 2026 »."""


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column: its letter, its header in the file, its first values, its role."""

    letters: str
    header: str
    sample: str
    role: str


def columns_of(found: Waits) -> list[ColumnShown]:
    """List the columns of the sheet that hold something."""
    mapping = found.reading.mapping
    body = [row for row in found.sheet.rows if row.number > mapping.header][:200]
    columns = []
    for index, role in enumerate(mapping.roles):
        header = found.reading.headers[index] if index < len(found.reading.headers) else ""
        values = [shown(value) for row in body if (value := row.at(index)) is not None]
        if header or values:
            sample = " · ".join(text[:24] for text in values[:3])
            columns.append(ColumnShown(letters(index), header, sample, role))
        else:
            columns.append(ColumnShown(letters(index), "", "", "skip"))
    return columns


def heads_of(found: Waits) -> dict[str, str]:
    """The header that each role has in the file, when it is not the same words; the first one when several do."""
    heads: dict[str, str] = {}
    for role, header in zip(found.reading.mapping.roles, found.reading.headers, strict=False):
        if header and bare(header) != bare(ROLES[role]):
            heads.setdefault(role, header)
    heads.setdefault("amount", next((heads[role] for role in AMOUNTS if role in heads), ""))
    return heads


def roles() -> list[tuple[str, str]]:
    """What a column may hold, for a list of choices."""
    return list(ROLES.items())


def guessed_title(found: Waits) -> str:
    """A title for the production: what stands above the header, else the name of the file."""
    for row in found.sheet.rows:
        if row.number >= max(found.reading.mapping.header, 1):
            break
        texts = [value for value in row.values if isinstance(value, str)]
        if len(texts) == 1 and len(texts[0]) <= 120:  # noqa: PLR2004 - a title, not a paragraph
            if quoted := _QUOTED.search(texts[0]):
                return quoted[1].strip()
            if not _NAMELESS.fullmatch(bare(texts[0])):
                return texts[0]
    stem = found.name.rpartition("/")[2].rpartition(".")[0] or found.name
    return stem.replace("_", " ").replace("-", " ").strip()[:120]
