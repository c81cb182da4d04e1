"""Slips of every status, as the tests of payroll make them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from filage.law import load_law
from filage.payroll.ceiling import Presence
from filage.payroll.slip import Slip, cost_slip
from filage.payroll.terms import APPRENTI, ARTISTE, ARTISTS, INTERMITTENTS, STATUSES, TECHNICIEN, Terms

LAW = load_law()
DAYS = tuple(date(2025, month, 15) for month in (1, 4, 5, 12)) + tuple(
    date(2026, month, 15) for month in (1, 2, 3, 6, 11)
)


def terms(status: str = ARTISTE, day: date = date(2026, 11, 22), **more) -> Terms:
    return Terms(
        status=status, day=day, paid_leave_fund=more.pop("paid_leave_fund", status in INTERMITTENTS), **more
    )


def slip(gross: str | Decimal, of: Terms | None = None, presence: Presence | None = None) -> Slip:
    return cost_slip(of or terms(), Decimal(gross), presence or presence_for(of or terms()), LAW)


def presence_for(of: Terms) -> Presence:
    """One isolated cachet, a week of 35 hours, a full month."""
    if of.status in ARTISTS:
        return Presence(days=1, cachets=Decimal(1), isolated=True)
    return Presence(days=5, hours=Decimal(35)) if of.status == TECHNICIEN else Presence()


def lines_of(found: Slip, ident: str, payer: str = "employer"):
    return [line for line in found.lines if (line.id, line.payer) == (ident, payer)]


def amount(found: Slip, ident: str, payer: str = "employer") -> Decimal:
    return sum((line.amount for line in lines_of(found, ident, payer)), Decimal(0))


DFS_GROUPS = {ARTISTE: ("", "dramatic", "musician"), TECHNICIEN: ("", "technician")}


@st.composite
def _any_terms(draw) -> Terms:
    """Any terms a slip may have; DFS only where it has a rate."""
    status = draw(st.sampled_from(STATUSES))
    groups = DFS_GROUPS.get(status, ())
    return terms(
        status,
        draw(st.sampled_from(DAYS if status != APPRENTI else DAYS[2:])),
        cadre=draw(st.booleans()),
        idcc=draw(st.sampled_from(("1285", "3090", "2642", "3097"))),
        headcount=draw(st.sampled_from((5, 11, 49, 50, 120))),
        association=draw(st.booleans()),
        paid_leave_fund=draw(st.booleans()),
        at_rate=draw(st.sampled_from((None, Decimal("0.0112"), Decimal("0.016")))),
        versement_mobilite=draw(st.sampled_from((None, Decimal("0.0205")))),
        health=draw(st.sampled_from((None, Decimal(35)))),
        dfs=bool(groups) and draw(st.booleans()),
        job_group=draw(st.sampled_from(groups or ("",))),
        dfs_used=draw(st.sampled_from((Decimal(0), Decimal(7000), Decimal(7600)))),
        contract_type=draw(st.sampled_from(("", "cdd", "cdi"))),
        salary_tax_share=draw(st.sampled_from((Decimal(0), Decimal("0.4"), Decimal(1)))),
        short_contract=draw(st.booleans()),
        cover=draw(st.sampled_from((None, Decimal("0.0123")))),
    )


ANY_TERMS = _any_terms()
ANY_PRESENCE = st.one_of(
    st.just(Presence()),
    st.builds(Presence, days=st.integers(1, 30), hours=st.decimals(1, 200, places=2)),
    st.builds(
        Presence, weekly_hours=st.sampled_from((Decimal(10), Decimal("17.5"), Decimal(35), Decimal(39)))
    ),
    st.builds(
        lambda cachets, isolated: Presence(days=cachets, cachets=Decimal(cachets), isolated=isolated),
        st.integers(1, 28),
        st.booleans(),
    ),
)
ANY_GROSS = st.decimals("0.01", "40000", places=2)
