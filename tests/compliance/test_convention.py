"""The convention: known whole, in part, or not given."""

import pytest

from filage.kernel.changes import set_
from support.dossiers import codes, reviewed


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (set_("employer/fil", idcc="1285"), []),
        (set_("employer/fil", idcc="3097"), ["payroll.convention_partial"]),
        (set_("employer/fil", clear=("idcc",)), ["payroll.convention_missing"]),
    ],
)
def test_says_when_the_convention_s_own_contributions_are_not_all_counted(change, expected):
    assert [code for code in codes(reviewed(change)) if "convention" in code] == expected
