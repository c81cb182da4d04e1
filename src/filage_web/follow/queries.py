"""The follow-up as its pages read it: posts folded or open, filters, what waits for a line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from filage.accounting.follow import Amounts, FollowedLine, FollowedPost, FollowUp, follow, total_of
from filage.accounting.matching import Matcher, Proposal
from filage.accounting.snapshots import Week
from filage.budget.chapters import PHASES
from filage.facts.spending import Expense
from filage_web import clock
from filage_web.accounts.decorators import MemberRequest
from filage_web.follow.curve import Curve, curve_of
from filage_web.shell.opening import open_page
from filage_web.store.outcomes import Opened

ALL, OVER, UNEXPLAINED, MOVED = "tout", "au-dela", "sans-raison", "engagees"
FILTERS: Final = {
    ALL: _("Toutes"),
    MOVED: _("Engagées"),
    OVER: _("Au-delà du budget"),
    UNEXPLAINED: _("Écart sans raison"),
}


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the table: its key in the address, its lines when it is open."""

    key: str
    post: FollowedPost
    lines: tuple[FollowedLine, ...]
    is_open: bool
    toggle: str
    """The posts open once this one is opened or folded."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A budget, its sums and its posts."""

    label: str
    amounts: Amounts
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An expense without a line, and the lines proposed."""

    expense: Expense
    why: str
    proposals: tuple[Proposal, ...]


def opened_follow(request: MemberRequest) -> tuple[Opened, FollowUp]:
    """Open the production of a request and follow its money to this day."""
    opened = open_page(request)
    return opened, follow(opened.outcome, clock.today())


def _is_over(line: FollowedLine) -> bool:
    return line.amounts.variance < 0 or line.amounts.to_commit < 0


def _is_unexplained(line: FollowedLine) -> bool:
    return line.needs_reason


def _has_moved(line: FollowedLine) -> bool:
    return bool(line.amounts.committed)


_TESTS: Final[Mapping[str, Callable[[FollowedLine], bool]]] = {
    OVER: _is_over,
    UNEXPLAINED: _is_unexplained,
    MOVED: _has_moved,
}


def kept(lines: Iterable[FollowedLine], wanted: str) -> tuple[FollowedLine, ...]:
    """The lines a filter keeps."""
    test = _TESTS.get(wanted)
    return tuple(line for line in lines if test is None or test(line))


def phases_of(found: FollowUp, wanted: str, unfolded: frozenset[str]) -> tuple[Phase, ...]:
    """The table: phases, posts, and the lines of those that are open; a filter opens what it keeps."""
    everything = "tout" in unfolded
    phases = []
    for phase, label in PHASES.items():
        posts = []
        for post in found.posts:
            lines = kept(post.lines, wanted) if post.phase == phase else ()
            if not lines:
                continue
            key = f"{phase}-{post.code}"
            is_open = everything or wanted != ALL or key in unfolded
            toggle = ",".join(sorted(unfolded ^ {key})) if not everything else ""
            posts.append(Post(key, post, lines, is_open, toggle))
        if posts:
            sums = total_of(line.amounts for post in posts for line in post.lines)
            phases.append(Phase(label, sums, tuple(posts)))
    return tuple(phases)


def waiting_of(opened: Opened, found: FollowUp) -> tuple[Waiting, ...]:
    """The expenses without a line, those with a proposal first, then the newest."""
    if not found.unassigned:
        return ()
    matcher = Matcher(found, opened.dossier)
    bills = sorted(found.unassigned, key=lambda bill: bill.expense.on, reverse=True)
    waiting = [Waiting(bill.expense, bill.why, matcher.proposals(bill.expense)) for bill in bills]
    return tuple(sorted(waiting, key=lambda one: not one.proposals))


def weeks_curve(weeks: tuple[Week, ...]) -> Curve | None:
    """The revised budget and the final cost, snapshot after snapshot."""
    final = [(week.on, week.final) for week in weeks]
    return curve_of([[(week.on, week.revised) for week in weeks], final], marks=final)
