"""Whatever JSON is given, an instance is read or refused with its reasons; never anything else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filage.kernel.errors import BadInput
from filage.planning.schedule.reading import scale_of, shown
from filage.planning.schedule.talent import read_talent
from filage.planning.schedule.tasks import read_tasks
from filage.planning.schedule.tour import read_tour

KEYS = (
    "name",
    "n",
    "scale",
    "durations",
    "windows",
    "costs",
    "appearances",
    "capacities",
    "demands",
    "successors",
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=3),
    st.decimals(allow_nan=False, allow_infinity=False),
)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


@pytest.mark.parametrize("read", [read_talent, read_tasks, read_tour])
@given(st.one_of(VALUES, st.dictionaries(st.sampled_from(KEYS), VALUES)))
@settings(max_examples=80, deadline=None)
def test_any_json_is_read_or_refused_with_reasons(read, content):
    try:
        read(content)
    except BadInput as refused:
        assert all(problem.message for problem in refused.problems)  # noqa: PT017 - either way is right


def test_amounts_are_whole_numbers_of_their_smallest_unit():
    assert scale_of([Decimal("1.50"), Decimal("0.125"), Decimal(3)]) == 1000
    assert (shown(1500, 1000), shown(2000, 1000)) == (1.5, 2)
