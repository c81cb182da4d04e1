"""The documents the office makes on demand: those of `filage build`, under names a person reads."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filage.review import Outcome

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Made:
    """A document: its key in the address, the file `filage build` writes for it, and what to call it."""

    key: str
    file: str
    label: Words
    text: Words

    @property
    def suffix(self) -> str:
        """The kind of file, as on its button."""
        return self.file.rpartition(".")[2].upper()

    def file_name(self, production: str) -> str:
        """Name the file handed over."""
        return f"{production}-{self.key}.{self.suffix.lower()}"

    def media_type(self) -> str:
        """Say what its bytes are."""
        from filage.documents.build import MEDIA_TYPES

        return MEDIA_TYPES[self.file]

    def bytes_of(self, outcome: Outcome) -> bytes:
        """Make it from an outcome, that of the pages."""
        from filage.documents.build import render

        return render(self.file, outcome)


_ALL: Final = (
    Made(
        "dossier",
        "dossier.pdf",
        _("Dossier de production"),
        _("Équipe, calendrier, budget, prix, financement, constats et sources."),
    ),
    Made("budget", "budget.xlsx", _("Budget"), _("Formules vives : le tableur retrouve les mêmes totaux.")),
    Made(
        "calendrier", "calendrier.ics", _("Calendrier"), _("À ouvrir dans un agenda ; aucune donnée privée.")
    ),
    Made("resultat", "outcome.json", _("Résultat complet"), _("Tous les montants, pour un autre programme.")),
)
DOCUMENTS: Final = {document.key: document for document in _ALL}
