"""What the law and the catalogue propose to a form: values, derogations, authorisations, schemes, by their names."""

from functools import cache
from typing import Final

from filage.facts.dossier import Dossier
from filage.facts.funding import Scheme
from filage.facts.production import Production
from filage.funding.credits.data import credits_for
from filage.funding.scheme_data import catalogue
from filage.law import load_law
from filage.worktime.coverage import HELD, Covered, coverage

Pairs = tuple[tuple[str, str], ...]
NIGHT_OF_MINORS: Final = "MIN-NUIT-24H"
MINORS: Final = "MIN-"


@cache
def parameters() -> Pairs:
    """The values a structure may replace, each by a name of its own."""
    named = {}
    for one in load_law().parameters():
        name = f"{one.label}, {one.part}" if one.part else one.label
        named[one.id] = name
    twice = {name for name in named.values() if list(named.values()).count(name) > 1}
    return tuple((ident, f"{name} ({ident})" if name in twice else name) for ident, name in named.items())


@cache
def agreements(idcc: str | None) -> Pairs:
    """The derogations a structure may rely on: the Code's, and those of its convention."""
    return tuple(
        (row.id, _said(f"{', '.join(row.measures)} {', '.join(row.limits)} : {row.condition}", row))
        for row in coverage()
        if row.relied_on and not row.id.startswith(MINORS) and row.idcc in (None, idcc)
    )


@cache
def authorisations() -> Pairs:
    """The authorisations somebody may hold: those noted at the engagement, and the night of the young."""
    return tuple(
        (
            row.id,
            _said(row.measures[0] if row.kind == "formality" else f"nuit des mineurs : {row.condition}", row),
        )
        for row in coverage()
        if row.where == HELD or row.id == NIGHT_OF_MINORS
    )


def _said(words: str, row: Covered) -> str:
    return f"{words[:1].upper()}{words[1:]} ({row.legal_basis})".replace("'", "’")


def schemes(dossier: Dossier) -> Pairs:
    """The schemes that concern this kind of production, the structure's own among them."""
    known = catalogue(dossier.all(Scheme)).values()
    return tuple((one.id, one.name) for one in known if one.concerns(_form(dossier)))


def tax_credits(dossier: Dossier) -> Pairs:
    """The tax credits that concern this kind of production."""
    return tuple((one.short, one.label) for one in credits_for(_form(dossier)))


def _form(dossier: Dossier) -> str:
    return next((one.form for one in dossier.all(Production)), "")
