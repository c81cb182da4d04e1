"""What is due, and what is late."""

from datetime import date

from filage.kernel.changes import set_
from support.dossiers import codes, reviewed


def test_deadlines_come_in_order_with_their_fact():
    outcome = reviewed(
        set_("event/dole-1", option="option_1", option_until="2026-10-20"),
        set_("contract/dole", sign_by="2026-10-30"),
        set_("engagement/dana", contract="to_sign"),
    )
    assert [(str(d.on), d.about) for d in outcome.deadlines] == [
        ("2026-10-12", "production/petite"),  # the week's hours, three weeks ahead
        ("2026-10-15", "funding/adami"),
        ("2026-10-20", "event/dole-1"),
        ("2026-10-30", "contract/dole"),
        ("2026-11-05", "engagement/dana"),
        ("2027-12-01", "employer/fil"),
    ]


def test_an_unsigned_contract_is_late_the_day_after_work_began():
    unsigned = set_("engagement/dana", contract="draft")
    assert "team.contract_late" not in codes(reviewed(unsigned, on=date(2026, 11, 5)))
    assert "team.contract_late" in codes(reviewed(unsigned, on=date(2026, 11, 6)))
