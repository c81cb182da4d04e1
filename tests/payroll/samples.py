"""Slips of every status, as the tests of payroll make them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from filage.law import load_law
from filage.payroll.ceiling import Presence
from filage.payroll.slip import Slip, cost_slip
from filage.payroll.terms import ARTISTE, PERMANENT, STATUSES, TECHNICIEN, Terms

LAW = load_law()
DAYS = tuple(date(2025, month, 15) for month in (1, 4, 5, 12)) + tuple(
    date(2026, month, 15) for month in (1, 2, 3, 6, 11)
)


def terms(status: str = ARTISTE, day: date = date(2026, 11, 22), **more) -> Terms:
    return Terms(
        status=status, day=day, paid_leave_fund=more.pop("paid_leave_fund", status != PERMANENT), **more
    )


def slip(gross: str | Decimal, of: Terms | None = None, presence: Presence | None = None) -> Slip:
    return cost_slip(of or terms(), Decimal(gross), presence or presence_for(of or terms()), LAW)


def presence_for(of: Terms) -> Presence:
    """One isolated cachet, a week of 35 hours, a full month."""
    return {
        ARTISTE: Presence(days=1, cachets=Decimal(1), isolated=True),
        TECHNICIEN: Presence(days=5, hours=Decimal(35)),
        PERMANENT: Presence(),
    }[of.status]


def lines_of(found: Slip, ident: str, payer: str = "employer"):
    return [line for line in found.lines if (line.id, line.payer) == (ident, payer)]


def amount(found: Slip, ident: str, payer: str = "employer") -> Decimal:
    return sum((line.amount for line in lines_of(found, ident, payer)), Decimal(0))


ANY_TERMS = st.builds(
    terms,
    st.sampled_from(STATUSES),
    st.sampled_from(DAYS),
    cadre=st.booleans(),
    idcc=st.sampled_from(("1285", "3090", "2642")),
    headcount=st.sampled_from((5, 11, 49, 50, 120)),
    association=st.booleans(),
    paid_leave_fund=st.booleans(),
    at_rate=st.sampled_from((None, Decimal("0.0112"), Decimal("0.016"))),
    versement_mobilite=st.sampled_from((None, Decimal("0.0205"))),
    health=st.sampled_from((None, Decimal(35))),
)
ANY_PRESENCE = st.one_of(
    st.just(Presence()),
    st.builds(Presence, days=st.integers(1, 30), hours=st.decimals(1, 200, places=2)),
    st.builds(
        lambda cachets, isolated: Presence(days=cachets, cachets=Decimal(cachets), isolated=isolated),
        st.integers(1, 28),
        st.booleans(),
    ),
)
ANY_GROSS = st.decimals("0.01", "40000", places=2)
