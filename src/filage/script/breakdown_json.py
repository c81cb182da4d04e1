"""The breakdown in the shape other programs rely on (`docs/shapes/breakdown.schema.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from filage.script.breakdown import BreakdownSheet, SheetNeed
    from filage.script.breakdown_file import Breakdown
    from filage.script.element_list import ElementRow
    from filage.script.presence import DayOutOfDays, PresenceRow


def breakdown_json(breakdown: Breakdown) -> dict[str, Any]:
    """Return the breakdown as plain values: whole numbers, days as AAAA-MM-JJ."""
    return {
        "title": breakdown.title,
        "version": breakdown.version,
        "on": breakdown.on.isoformat(),
        "eighths": breakdown.eighths,
        "estimated": breakdown.estimated,
        "scenes": [_scene(sheet) for sheet in breakdown.sheets],
        "elements": [_element(row) for one in breakdown.lists for row in one.rows],
        "presences": _presences(breakdown.presence),
    }


def _scene(sheet: BreakdownSheet) -> dict[str, Any]:
    return {
        "about": sheet.about,
        "rank": sheet.rank,
        "number": sheet.number,
        "heading": sheet.heading,
        "part": sheet.part or None,
        "spare": sheet.spare,
        "int_ext": sheet.int_ext or None,
        "set": sheet.set or None,
        "time": sheet.time or None,
        "eighths": sheet.eighths,
        "estimated": sheet.estimated,
        "minutes": sheet.minutes,
        "minutes_from": sheet.minutes_from or None,
        "seconds": sheet.seconds,
        "words": sheet.words,
        "summary": sheet.summary or None,
        "cast": [
            {
                "about": role.about,
                "number": role.number,
                "label": role.label,
                "silent": role.silent,
                "held_by": [holder.person for holder in role.holders],
            }
            for role in sheet.cast
        ],
        "elements": [one.about for group in sheet.groups for one in group.elements],
        "risks": [risk.risk for risk in sheet.risks],
        "needs": [need.about for need in sheet.needs],
        "shots": [shot.about for shot in sheet.shots],
        "cues": [cue.about for cue in sheet.cues],
        "events": [
            {"about": one.about, "label": one.label, "day": one.day.isoformat()} for one in sheet.events
        ],
    }


def _element(row: ElementRow) -> dict[str, Any]:
    return {
        "about": row.element.about,
        "category": row.element.category,
        "label": row.element.label,
        "number": row.number,
        "risks": list(row.element.risks),
        "minutes": row.element.minutes,
        "scenes": [scene.about for scene in row.scenes],
        "eighths": row.eighths,
        "words": row.words,
        "silent": row.silent,
        "held_by": [holder.person for holder in row.holders],
        "needs": [_need(need) for need in row.element.needs],
        "days": [day.isoformat() for day in row.days],
    }


def _need(need: SheetNeed) -> dict[str, Any]:
    return {
        "about": need.about,
        "label": need.label,
        "state": need.state,
        "department": need.department or None,
        "needed_on": need.needed_on.isoformat() if need.needed_on else None,
    }


def _presences(presence: DayOutOfDays) -> dict[str, Any]:
    return {
        "kind": "shoot" if presence.shoot else "stage",
        "days": [
            {"day": one.day.isoformat(), "rank": one.rank, "events": list(one.events)}
            for one in presence.columns
        ],
        "rows": [_row(row) for row in presence.rows],
        "legend": dict(presence.legend),
    }


def _row(row: PresenceRow) -> dict[str, Any]:
    return {
        "about": row.about,
        "label": row.label,
        "category": row.category,
        "numbers": list(row.numbers),
        "roles": list(row.roles),
        "held": row.held,
        "marks": [cell.mark + ("*" if cell.missing else "") for cell in row.cells],
        "work": row.work,
        "hold": row.hold,
        "travel": row.travel,
        "total": row.total,
    }
