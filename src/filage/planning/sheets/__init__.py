"""The sheets of a production: what each contains for a day, a week or a running order; rendered elsewhere."""

from filage.planning.sheets.difference import Difference
from filage.planning.sheets.differences import differences
from filage.planning.sheets.gathering import gathered
from filage.planning.sheets.registry import (
    DOCUMENTS,
    Document,
    content_of,
    contents_of,
    document_name,
    keys_of,
)
from filage.planning.sheets.shape import (
    CONTENT_SCHEMA,
    Column,
    KeyHour,
    Place,
    Row,
    Section,
    Sheet,
    digest,
    digest_of,
    from_json,
    missing,
    recipients_of,
    to_json,
)
from filage.planning.sheets.telling import shortly, told, was_at

__all__ = [
    "CONTENT_SCHEMA",
    "DOCUMENTS",
    "Column",
    "Difference",
    "Document",
    "KeyHour",
    "Place",
    "Row",
    "Section",
    "Sheet",
    "content_of",
    "contents_of",
    "differences",
    "digest",
    "digest_of",
    "document_name",
    "from_json",
    "gathered",
    "keys_of",
    "missing",
    "recipients_of",
    "shortly",
    "to_json",
    "told",
    "was_at",
]
