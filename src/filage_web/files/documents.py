"""The documents the office makes on demand, each from the same outcome as the pages."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filage import __version__
from filage.review import Outcome, outcome_json


@dataclass(frozen=True, slots=True)
class Made:
    """A kind of document: its names, and how its bytes are made from an outcome."""

    key: str
    label: str | Promise
    text: str | Promise
    suffix: str
    media_type: str
    make: Callable[[Outcome], bytes]

    def file_name(self, production: str) -> str:
        """Name the file handed over."""
        return f"{production}-{self.key}.{self.suffix.lower()}"


def _pdf(outcome: Outcome) -> bytes:
    from filage.documents.production_pdf import production_pdf

    from filage.review.production_file import production_file

    return production_pdf(production_file(outcome), __version__)


def _xlsx(outcome: Outcome) -> bytes:
    from filage.documents.xlsx import xlsx_bytes
    from filage.review.book import workbook_of

    return xlsx_bytes(workbook_of(outcome), __version__)


def _ics(outcome: Outcome) -> bytes:
    from filage.documents.ics import ics_bytes
    from filage.planning.calendar_feed import calendar_feed

    return ics_bytes(calendar_feed(outcome.dossier, outcome.on))


def _json(outcome: Outcome) -> bytes:
    return json.dumps(outcome_json(outcome, with_reasons=True), ensure_ascii=False, indent=1).encode()


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = (
    Made(
        "dossier",
        _("Dossier de production"),
        _("Équipe, calendrier, budget, prix, financement, constats et sources."),
        "PDF",
        "application/pdf",
        _pdf,
    ),
    Made(
        "budget",
        _("Budget"),
        _("Formules vives : le tableur retrouve les mêmes totaux."),
        "XLSX",
        XLSX_TYPE,
        _xlsx,
    ),
    Made(
        "calendrier",
        _("Calendrier"),
        _("À ouvrir dans un agenda ; aucune donnée privée."),
        "ICS",
        "text/calendar",
        _ics,
    ),
    Made(
        "resultat",
        _("Résultat complet"),
        _("Tous les montants avec leurs raisons, pour un autre programme."),
        "JSON",
        "application/json",
        _json,
    ),
)
DOCUMENTS = {document.key: document for document in _ALL}


def made(document: Made, outcome: Outcome) -> bytes:
    """Make a document."""
    return document.make(outcome)
