"""`filage diff`: what differs between two dossiers, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.cli.shared import DossierFile, Json, On, console, file_dossiers, print_json, safe
from filage.kernel import french

if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any

    from rich.console import Console

    from filage.review import Difference
    from filage.review.difference import Moved

OPERATIONS = {"add": "ajouté", "set": "changé", "remove": "retiré"}


def diff(before: DossierFile, after: DossierFile, on: On = None, json_: Json = False) -> None:
    """Comparer deux dossiers : faits, montants, constats, documents."""
    from filage.cli.today import today
    from filage.law import load_law
    from filage.review import compare, review

    day, law = on or today(), load_law()
    # private facts change nothing here, and have no place in what may be mailed
    first, second = (dossier.without_private() for dossier in file_dossiers(before, after))
    found = compare(review(first, law, day), review(second, law, day))
    if json_:
        print_json(diff_json(found))
    else:
        _show(found)


def diff_json(found: Difference) -> dict[str, Any]:
    """Return the published shape: what differs, and the sources its findings name."""
    from filage.review import difference_json
    from filage.review.outcome import source_json

    findings = [*found.new_findings, *found.gone_findings]
    sources = {finding.source.id: source_json(finding.source) for finding in findings if finding.source}
    return {**difference_json(found), "sources": dict(sorted(sources.items()))}


def _show(found: Difference) -> None:
    out = console()
    if found.is_empty:
        out.print("Aucune différence.")
        return
    _section(
        out, "Faits", [f"{OPERATIONS.get(change.op, change.op)} : {change.about}" for change in found.facts]
    )
    _section(out, "Montants", [_moved(moved) for moved in found.totals if moved.change])
    _section(out, "Lignes", [_moved(moved) for moved in found.lines])
    _section(out, "Constats nouveaux", [finding.message for finding in found.new_findings])
    _section(out, "Constats levés", [finding.message for finding in found.gone_findings])
    _section(out, "Documents", [f"{document.label} : {state}" for document, state in found.documents])


def _section(out: Console, title: str, lines: list[str]) -> None:
    if lines:
        out.print(f"[bold]{title}[/bold]")
        for line in lines:
            out.print(f"  {safe(line)}")


def _moved(moved: Moved) -> str:
    return (
        f"{moved.label} : {_euro(moved.before)} → {_euro(moved.after)} ({french.signed_euro(moved.change)})"
    )


def _euro(amount: Decimal | None) -> str:
    return "rien" if amount is None else french.euro(amount)
