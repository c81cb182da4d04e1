"""Findings: what is wrong, doubtful or due, as values with a place, a source and remedies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from filage.kernel.changes import Change
    from filage.kernel.step import Source

Severity = Literal["blocking", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("blocking", "warning", "info")


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way out, what it costs in euros when that is known, and the changes that would do it."""

    label: str
    cost: Decimal | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person must look at: `code` is stable, `about` is `kind/id`, `message` is French prose."""

    code: str
    severity: Severity
    about: str
    message: str
    source: Source | None = None
    remedies: tuple[Remedy, ...] = ()
    subject: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two findings the same one in two reviews: the message, unless a `subject` stands for it.

        A finding whose message carries a figure that moves (the gap) names its subject, so that it is not told as new.
        """
        return (self.code, self.about, self.subject or self.message)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule that could not be evaluated, and the fact it needs: silence never means compliant."""

    rule: str
    needs: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to do by a day: what, about which fact, in which area."""

    on: date
    label: str
    about: str
    area: str
    detail: str = ""


def by_severity(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings worst first, then by code and place, each once."""
    order = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    unique = {finding.key: finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda f: (order[f.severity], f.code, f.about, f.message)))
