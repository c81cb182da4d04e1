"""The hours somebody counts towards unemployment rights, from what this structure knows and what they add."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from filage.law import load_law
from filage.payroll.entitlement import DeclaredWork, Entitlement, declared_work, hours_toward_507
from filage_web.accounts.models import Structure
from filage_web.payroll.queries import dossiers_of

MOST = Decimal(2_000)
"""More hours than a year holds of work: beyond it, a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The day the year counted ends on, and the hours done elsewhere in it; `wrong` says what could not be read."""

    on: date
    elsewhere: Decimal
    wrong: tuple[str, ...] = ()


def read(day: str, elsewhere: str, today: date) -> Asked:
    """Read what was typed; what cannot be read keeps its usual value and is named."""
    wrong = []
    on, hours = today, Decimal(0)
    try:
        on = date.fromisoformat(day) if day else today
    except ValueError:
        wrong.append("day")
    text = elsewhere.strip().replace(",", ".").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if text:
        if (
            text.replace(".", "", 1).isascii()
            and text.replace(".", "", 1).isdigit()
            and Decimal(text) <= MOST
        ):
            hours = Decimal(text)
        else:
            wrong.append("elsewhere")
    return Asked(on, hours, tuple(wrong))


def rights_of(structure: Structure, person: str, asked: Asked) -> Entitlement:
    """Add up a person's work in every production of the structure; LawNotCovered before the first values known."""
    work = [one for dossier in dossiers_of(structure) for one in declared_work(dossier, f"person/{person}")]
    if asked.elsewhere:
        work.append(DeclaredWork(asked.on, "hours", asked.elsewhere, label="fait ailleurs", artist=True))
    return hours_toward_507(work, asked.on, load_law())
