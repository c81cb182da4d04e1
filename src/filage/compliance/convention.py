"""What the structure's convention means for the figures, said when Filage does not know all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.team import Engagement
from filage.kernel.finding import Finding

if TYPE_CHECKING:
    from filage.facts.dossier import Dossier

KNOWN_WHOLE = "1285"


def convention_findings(dossier: Dossier) -> list[Finding]:
    """Return a finding when the convention is not given, or when its own contributions are not all known."""
    employer = dossier.employer
    if not dossier.all(Engagement) or employer.idcc == KNOWN_WHOLE:
        return []
    if employer.idcc is None:
        message = (
            "La convention collective (IDCC) n’est pas saisie : ses cotisations propres "
            "(FNAS, FCAP, CASC…) ne sont pas comptées."
        )
        return [Finding("payroll.convention_missing", "warning", employer.about, message)]
    message = (
        f"IDCC {employer.idcc} : les cotisations communes sont calculées ; celles propres à cette convention "
        "ne le sont pas toutes, le coût est à vérifier."
    )
    return [Finding("payroll.convention_partial", "warning", employer.about, message)]
