"""Whatever a calendar holds, every sheet it lists can be made, read back, compared and drawn."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cli.commands import SHAPES
from filage.facts.changing import apply_changes
from filage.kernel.changes import add, set_
from filage.kernel.errors import BadInput
from filage.planning.calendar_feed import person_feed
from filage.planning.sheets import (
    DOCUMENTS,
    content_of,
    differences,
    digest,
    from_json,
    keys_of,
    recipients_of,
    to_json,
    told,
)
from support.dossiers import TODAY
from support.sheets import shoot, tour

HOURS = st.sampled_from(
    ["00:00", "00:30", "02:30", "05:00", "09:00", "12:00", "20:00", "23:59", "02:30+01:00", "20:00+02:00"]
)
MAYBE_HOUR = st.none() | HOURS
DAYS = st.sampled_from(["2026-10-24", "2026-10-25", "2026-11-05", "2026-11-06", "2027-03-28"])
ZONES = st.sampled_from([None, "Europe/Paris", "America/Montreal", "Mars/Olympus", "Pacific/Kiritimati"])
EVENTS = ("premiere", "dole", "repetition")
PARTS = ("dana-1", "ines-1", "elie-1", "dana-2", "elie-2")
BEFORE = tour()
SHAPE = Draft202012Validator(json.loads((SHAPES / "sheet.schema.json").read_text(encoding="utf-8")))


@st.composite
def moved(draw, event):
    """One event on another day, at other hours, elsewhere, of another nature, with other moments."""
    labels = st.sampled_from(["Raccord", "Repas", "Fin de journée", "Zumba"])
    moments = [{"at": draw(HOURS), "label": draw(labels)} for _ in range(draw(st.integers(0, 3)))]
    return set_(
        f"event/{event}",
        day=draw(DAYS),
        start=draw(MAYBE_HOUR),
        end=draw(MAYBE_HOUR),
        zone=draw(ZONES),
        end_day=draw(st.none() | DAYS),
        type=draw(st.sampled_from(["performance", "travel", "rehearsal", "shoot"])),
        option=draw(st.sampled_from(["confirmed", "option_2", "cancelled", "draft"])),
        moments=moments,
    )


@st.composite
def changes(draw):
    """A few changes of the tour, possible or not in the world, all readable."""
    made = [draw(moved(event)) for event in draw(st.sets(st.sampled_from(EVENTS)))]
    for part in draw(st.sets(st.sampled_from(PARTS))):
        fields = draw(st.sets(st.sampled_from(["call", "wrap", "pickup", "dressing", "ready"])))
        breaks = [{"start": draw(HOURS), "end": draw(HOURS)}] if draw(st.booleans()) else []
        made.append(set_(f"participation/{part}", breaks=breaks, **{name: draw(HOURS) for name in fields}))
    if draw(st.booleans()):
        made.append(add("participation/seule", event="event/premiere", person="person/ines"))
    if draw(st.booleans()):
        made.append(
            set_("leg/train", departs=draw(MAYBE_HOUR), arrives=draw(MAYBE_HOUR), meeting_at=draw(MAYBE_HOUR))
        )
    if draw(st.booleans()):
        made.append(set_("venue/ecluse", zone=draw(ZONES), outdoors=True))
    return made


@cache
def first_version(document, key):
    """The same sheet before any change; None when there was none."""
    try:
        return content_of(BEFORE, document, key, TODAY)
    except BadInput:
        return None


@settings(max_examples=25, deadline=None)
@given(changes())
def test_every_sheet_a_calendar_lists_can_be_made_and_compared(some):
    dossier = apply_changes(BEFORE, some)
    for document in DOCUMENTS:
        for key in keys_of(dossier, document):
            sheet = content_of(dossier, document, key, TODAY)
            assert from_json(json.loads(json.dumps(to_json(sheet)))) == sheet
            for person in recipients_of(sheet)[:2]:
                own = content_of(dossier, document, key, TODAY, person=person, public=False)
                assert differences(own, own, person) == ()
            before = first_version(document, key)
            if before is None:
                continue
            found = differences(before, sheet)
            assert bool(found) == bool(told(found)) == (digest(before) != digest(sheet))
    for person in ("dana", "elie", "ines"):
        person_feed(dossier, f"person/{person}", TODAY)


@pytest.mark.parametrize("dossier", [tour, shoot])
def test_every_row_has_its_identity_and_as_many_cells_as_its_section(dossier):
    whole = {"hours": 4, "pairs": 2, "text": 1}
    for document in DOCUMENTS:
        for key in keys_of(dossier(), document):
            sheet = content_of(dossier(), document, key, TODAY, public=False)
            assert list(SHAPE.iter_errors(json.loads(json.dumps(to_json(sheet))))) == []
            for section in sheet.sections:
                wanted = whole.get(section.form, len(section.columns))
                assert {len(row.cells) for row in section.rows} == {wanted}
                assert len({row.id for row in section.rows}) == len(section.rows)
