"""What is wrong or at risk in a plan: ceilings, instalments, days of deposit, answers, conditions of aids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filage.facts.campaign import Campaign
from filage.facts.funding import CERTAIN_STATES, Funding, TaxCredit
from filage.funding.campaign import campaign_findings
from filage.funding.caps import caps_of
from filage.funding.catalogue import pieces_of, scheme_of
from filage.funding.conditions import MISSING, answered
from filage.funding.coproduction import coproduction_findings
from filage.funding.giving import giving_findings
from filage.kernel import french
from filage.kernel.finding import Deadline, Finding, Severity
from filage.kernel.interval import later_day
from filage.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.funding.situation import Situation

NEAR_DAYS = 14


def plan_findings(situation: Situation) -> list[Finding]:
    """Everything a plan of financing asks somebody to look at, beyond its gap."""
    dossier, today = situation.dossier, situation.today
    return [
        *_caps_passed(situation),
        *_instalments_late(situation),
        *_deposits_near(situation),
        *_answers_awaited(situation),
        *_refused_kept(dossier),
        *_asked_twice(situation),
        *_conditions_at_risk(situation),
        *giving_findings(dossier),
        *coproduction_findings(dossier),
        *campaign_findings(dossier, today),
    ]


def scheme_deadlines(dossier: Dossier, today: date) -> list[Deadline]:
    """The next day of deposit of each scheme chosen for the plan, when the source has no day of its own."""
    deadlines = []
    for funding in dossier.all(Funding):
        data = scheme_of(funding, dossier) if funding.state == "to_ask" and not funding.deadline_on else None
        coming = data.next_deadlines(today) if data else ()
        if data and coming:
            left = [piece.label for piece in pieces_of(funding, dossier) if not piece.gathered]
            detail = (
                f"d’après le catalogue, à vérifier ; {_pieces(left)}"
                if left
                else "d’après le catalogue, à vérifier"
            )
            deadlines.append(
                Deadline(coming[0], f"Dépôt : {funding.label}", funding.about, "financement", detail)
            )
    return deadlines


def _caps_passed(situation: Situation) -> Iterator[Finding]:
    for one in caps_of(situation):
        if one.passed:
            share, rate = french.percent(one.share.value), french.percent(one.cap.rate)
            over = french.euro(-one.room.value)
            message = (
                f"Argent public : {share} des charges, plus que {rate} ({one.cap.label}) : {over} de trop."
            )
            severity: Severity = "info" if one.cap.usual else "warning"
            yield Finding(
                "funding.cap_passed", severity, one.about, message, one.cap.source, subject=one.cap.id
            )


def _instalments_late(situation: Situation) -> Iterator[Finding]:
    for funding in situation.fundings:
        if funding.state not in CERTAIN_STATES or funding.state == "paid":
            continue
        for part in funding.instalments:
            if not part.received and part.on < situation.today:
                needs = f" Il demande : {part.condition}." if part.condition else ""
                message = (
                    f"{funding.label} : {french.euro(part.amount)} étaient attendus le {french.day(part.on)}, "
                    f"rien n’est noté reçu.{needs}"
                )
                subject = f"{part.on} {part.amount}"
                yield Finding("funding.instalment_late", "warning", funding.about, message, subject=subject)


def _deposits_near(situation: Situation) -> Iterator[Finding]:
    for funding in situation.fundings:
        day = funding.deadline_on
        if (
            funding.state != "to_ask"
            or day is None
            or not situation.today <= day <= later_day(situation.today, NEAR_DAYS)
        ):
            continue
        left = [piece.label for piece in pieces_of(funding, situation.dossier) if not piece.gathered]
        told = f" ; {_pieces(left)}" if left else ""
        message = f"{funding.label} : à déposer avant le {french.day(day)}{told}."
        yield Finding("funding.deadline_near", "warning", funding.about, message, subject="near")


def _answers_awaited(situation: Situation) -> Iterator[Finding]:
    for funding in situation.fundings:
        if funding.state == "asked" and funding.decision_on and funding.decision_on < situation.today:
            counted = "à la probabilité saisie" if funding.probability is not None else "pour moitié"
            message = (
                f"{funding.label} : la réponse était attendue le {french.day(funding.decision_on)}, "
                f"le plan compte encore cette source {counted}."
            )
            yield Finding("funding.answer_awaited", "warning", funding.about, message, subject="answer")


def _refused_kept(dossier: Dossier) -> Iterator[Finding]:
    fed = {one.funding: one.label for one in dossier.all(Campaign) if one.funding}
    fed |= {one.funding: one.credit for one in dossier.all(TaxCredit) if one.funding}
    for funding in dossier.all(Funding):
        if funding.state != "refused":
            continue
        received = [part for part in funding.instalments if part.received]
        if received:
            reason = f"un versement y est noté reçu le {french.day(received[0].on)}"
        elif funding.about in fed:
            reason = f"{fed[funding.about]} la nourrit encore"
        else:
            continue
        message = f"{funding.label} est refusée et ne compte plus, mais {reason}."
        yield Finding("funding.refused_kept", "warning", funding.about, message, subject="refused")


def _asked_twice(situation: Situation) -> Iterator[Finding]:
    met: dict[tuple[str, ...], Funding] = {}
    for funding in situation.fundings:
        key = _asked(funding)
        if key is None:
            continue
        first = met.setdefault(key, funding)
        if first is not funding:
            message = f"{funding.label} demande le même dispositif que {first.label} : les deux comptent."
            yield Finding("funding.asked_twice", "warning", funding.about, message, subject=first.about)


def _asked(funding: Funding) -> tuple[str, ...] | None:
    """What makes two sources one request: the scheme of the catalogue, else its name at the same funder."""
    if funding.catalogue:
        return (funding.catalogue, funding.company or "")
    if funding.scheme and funding.company and funding.nature in ("public", "collective"):
        return (fold(funding.scheme), funding.company)
    return None


def _conditions_at_risk(situation: Situation) -> Iterator[Finding]:
    for funding in situation.fundings:
        data = scheme_of(funding, situation.dossier)
        for condition in data.conditions if data else ():
            # the ceiling of public money is told by its own finding
            if data is None or condition.check == "public_share":
                continue
            seen = answered(condition, situation)
            if seen.state != MISSING or _is_past(funding, condition.check):
                continue
            message = f"{funding.label} : condition en danger. {condition.text} {_capital(seen.figures)}."
            severity: Severity = "warning" if funding.state in (*CERTAIN_STATES, "asked") else "info"
            yield Finding(
                "funding.condition", severity, funding.about, message, data.source, subject=condition.text
            )


def _is_past(funding: Funding, check: str) -> bool:
    """Whether a condition of the day of deposit no longer matters: it was asked already."""
    return check == "before_first" and funding.state != "to_ask"


def _pieces(left: list[str]) -> str:
    word = "pièces manquent" if len(left) > 1 else "pièce manque"
    return f"{len(left)} {word} : {', '.join(left[:3])}{'…' if len(left) > 3 else ''}"  # noqa: PLR2004 - a few names


def _capital(text: str) -> str:
    return f"Vu : {text}" if text else "À revoir"
