"""Every kind of event is some kind of work."""

from typing import get_args

from filage.facts.production import EventKind
from filage.worktime.event_kinds import SHIFT_KINDS
from filage.worktime.shift import KINDS


def test_every_kind_of_event_maps_to_a_kind_of_shift():
    [choice] = get_args(EventKind)[1:]
    assert set(SHIFT_KINDS) == set(choice.labels)
    assert set(SHIFT_KINDS.values()) <= set(KINDS)
