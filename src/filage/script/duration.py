"""Durations as running orders write them: 3:45, 3’45, 1 h 05, 4 min."""

from __future__ import annotations

import re

from filage.kernel.text import fold

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,]0+)?")
_NUMBER = re.compile(r"(\d{1,5})(?:[.,](\d{1,2}))?")
_PART = re.compile(r"(\d{1,5})\s*([a-z]+|''|'|\")?\s*")
_UNITS = {
    **dict.fromkeys(("h", "hr", "heure", "heures", "hour", "hours"), 3600),
    **dict.fromkeys(("'", "m", "mn", "min", "minute", "minutes"), 60),
    **dict.fromkeys(("''", '"', "s", "sec", "seconde", "secondes", "second", "seconds"), 1),
}


def seconds_of(written: str, *, unit: int = 60) -> int | None:
    """Return a duration in seconds, or None when it is not one; `unit` is what a bare number counts, in seconds.

    3:45 is three minutes and forty-five seconds, as on a stage manager's sheet, and 1:02:30 has hours.
    """
    text = fold(written).strip("~≈ ").rstrip(".")
    text = text.replace("’", "'").replace("′", "'").replace("”", '"')
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3600 + minutes * 60 + seconds
    if number := _NUMBER.fullmatch(text):
        hundredths = int(number[1]) * 100 + int((number[2] or "0").ljust(2, "0"))
        return hundredths * unit // 100
    return _in_words(text)


def clock(seconds: int) -> str:
    """Write a duration as the trade does: 225 is `3:45`, 3725 is `1:02:05`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _in_words(text: str) -> int | None:
    """Read « 1 h 05 » part by part: a part without a unit takes the one below the part before."""
    total, before, at = 0, 0, 0
    while part := _PART.match(text, at):
        scale = _UNITS.get(part[2], 0) if part[2] else before // 60
        if not scale or (before and scale >= before):
            return None
        total, before, at = total + int(part[1]) * scale, scale, part.end()
    return total if at and at == len(text) else None
