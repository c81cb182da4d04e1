"""Lines that are a rate of the expenses of some posts: insurance, overhead, contingency.

A share counts the lines of the posts it names, other shares included, less the lines it excepts and itself. Shares are
computed in the order they need one another; those that count each other are named, and count without one another.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from filage.budget.lines import EXPENSE, RECEIPT, BudgetRow
from filage.budget.typed import typed_row, with_vat
from filage.kernel import step as steps
from filage.kernel.finding import Finding
from filage.kernel.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from filage.budget.details import Settling
    from filage.facts.budget import BudgetLine
    from filage.kernel.step import Step

Needs = dict[str, set[str]]


def share_rows(
    shares: Sequence[BudgetLine], rows: Sequence[BudgetRow], settling: Settling
) -> tuple[list[BudgetRow], list[Finding]]:
    """Return the row of each share, settled, in the order given, and what makes a share count for nothing or too much.

    `rows` are the other lines, settled: a share counts the amounts shown.
    """
    if not shares:
        return [], []
    by_post: dict[str, list[BudgetRow]] = defaultdict(list)
    for row in rows:
        if row.side == EXPENSE and not row.valued:
            by_post[row.post].append(row)
    lines = {_row_id(line): line for line in shares}
    order, circular = _order(_needs(lines))
    found: dict[str, BudgetRow] = {}
    for ident in order:
        line = lines[ident]
        apart = {*line.share_except, *(circular if ident in circular else ())}
        [row] = settling.settle([_share_row(line, by_post, apart)])
        found[ident] = row
        if row.side == EXPENSE and not row.valued:
            by_post[row.post].append(row)
    known = {*(row.id for row in rows), *found}
    findings = [finding for line in shares for finding in _findings(line, by_post, known)]
    return [found[ident] for ident in lines], [*_circles(circular, lines), *findings]


def _row_id(line: BudgetLine) -> str:
    return f"line/{line.id}"


def _share_row(
    line: BudgetLine, by_post: Mapping[str, Sequence[BudgetRow]], apart: Collection[str]
) -> BudgetRow:
    counted = {
        post: [row for row in by_post.get(post, ()) if row.id not in apart]
        for post in dict.fromkeys(line.share_of)
    }
    parts = [_post_total(post, rows) for post, rows in counted.items()]
    base = steps.total("postes " + ", ".join(line.share_of), parts)
    rate = steps.given("taux", line.rate or ZERO, unit="rate", by=line.about)
    amount = steps.rounded(with_vat(line, steps.product(line.label, base, rate)))
    return typed_row(line, amount, base.value, line.rate)


def _post_total(post: str, rows: Sequence[BudgetRow]) -> Step:
    """What the lines of a post come to; each is told when somebody asks why."""
    return steps.total_later(
        f"poste {post}",
        sum((row.amount for row in rows), ZERO),
        lambda: tuple(steps.given(row.label, row.amount, by=row.id) for row in rows),
        certainty=0,
    )


def _needs(lines: Mapping[str, BudgetLine]) -> Needs:
    """The shares each share counts: those in the posts it names, less itself and those it excepts."""
    by_post: dict[str, list[str]] = defaultdict(list)
    for ident, line in lines.items():
        if line.side != RECEIPT and not line.valued:
            by_post[line.post].append(ident)
    return {
        ident: {other for post in line.share_of for other in by_post[post]} - {ident, *line.share_except}
        for ident, line in lines.items()
    }


def _order(needs: Needs) -> tuple[list[str], dict[str, set[str]]]:
    """Return an order in which each share comes after those it needs, and the shares that turn in circles.

    Circular shares are taken once all that comes before them is known, then what depends on them.
    """
    before = _peeled(needs)
    stuck = {ident: needs[ident] - set(before) for ident in needs if ident not in set(before)}
    needed_by: Needs = {ident: set() for ident in stuck}
    for ident, others in stuck.items():
        for other in others:
            needed_by[other].add(ident)
    after = set(_peeled(needed_by))
    circular = {ident: others - after for ident, others in stuck.items() if ident not in after}
    rest = {ident: others - circular.keys() for ident, others in stuck.items() if ident in after}
    return [*before, *circular, *_peeled(rest)], circular


def _peeled(needs: Needs) -> list[str]:
    """The nodes that can be taken one after the other, each after those it needs; not those in a circle."""
    sorter = TopologicalSorter({ident: sorted(others) for ident, others in needs.items()})
    found: list[str] = []
    with suppress(CycleError):  # it still gives what no circle holds back
        sorter.prepare()
    while ready := sorter.get_ready():
        found += ready
        sorter.done(*ready)
    return found


def _circles(circular: Needs, lines: Mapping[str, BudgetLine]) -> list[Finding]:
    """Name each circle once, by walking from a share to one it counts until one comes back."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for start in circular:
        chain: list[str] = []
        ident = start
        while ident not in chain and ident not in seen:
            chain.append(ident)
            ident = min(circular[ident])
        seen.update(chain)
        if ident not in chain:
            continue
        circle = chain[chain.index(ident) :]
        names = " → ".join(lines[each].label for each in (*circle, ident))
        message = (
            f"Parts en boucle : {names}. Chacune compte sans l’autre : "
            "exceptez l’une des lignes de la part de l’autre."
        )
        findings.append(
            Finding("budget.circular_share", "blocking", lines[ident].about, message, subject=names)
        )
    return findings


def _findings(
    line: BudgetLine, by_post: Mapping[str, Sequence[BudgetRow]], known: Collection[str]
) -> list[Finding]:
    """What makes a share count for nothing (no rate, an empty post), or excepts a line that is not there."""
    own = _row_id(line)
    lacks = [] if line.rate is not None else ["il manque son taux"]
    lacks += [
        f"le poste {post} n’a aucune charge à compter"
        for post in dict.fromkeys(line.share_of)
        if not any(row.id != own for row in by_post.get(post, ()))
    ]
    findings = [
        Finding("budget.share_empty", "warning", line.about, f"{line.label} : {lack}.") for lack in lacks
    ]
    for other in line.share_except:
        if other not in known:
            message = f"{line.label} excepte {other}, qui n’existe pas : l’exception n’a aucun effet."
            findings.append(Finding("budget.share_except_unknown", "warning", line.about, message))
    return findings
