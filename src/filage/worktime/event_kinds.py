"""The one table from what an event is to what somebody does there, as the rules of working time name it."""

from __future__ import annotations

from collections.abc import Mapping

SHIFT_KINDS: Mapping[str, str] = {
    "rehearsal": "rehearsal", "shoot": "shoot", "performance": "performance", "setup": "setup", "strike": "setup",
    "residency": "rehearsal", "travel": "travel", "meeting": "meeting", "promotion": "meeting",
    "mediation": "meeting", "soundcheck": "soundcheck", "recording": "shoot", "post_production": "meeting",
    "other": "meeting",
}  # fmt: skip
"""A residency counts as rehearsal, a strike as set-up, a recording as a shoot; the rest is plain work, as a meeting."""
