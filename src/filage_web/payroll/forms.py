"""The form of hours done: arrival, departure, two pauses; typed as one writes hours, read by the library."""

from datetime import time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from filage.facts.calendar import Break
from filage.kernel.changes import Change
from filage.kernel.errors import BadInput
from filage.payroll.hours import Shift, entered

FORMATS: Final = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh", "%H h %M", "%H h"]
UNREADABLE: Final = _("Cette heure ne se lit pas. Écrivez-la ainsi : 18:30.")


def _time(label: Any, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        input_formats=FORMATS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": UNREADABLE, "required": _("Écrivez l’heure : 18:30.")},
    )


class HoursForm(forms.Form):
    """Hours done by one person at one event."""

    start = _time(_("Arrivée"), required=True)
    end = _time(_("Départ"), required=True)
    pause_start = _time(_("Pause de"))
    pause_end = _time(_("Pause à"))
    other_start = _time(_("2e pause de"))
    other_end = _time(_("2e pause à"))

    def __init__(self, data: Any = None, *, shift: Shift) -> None:
        super().__init__(data, initial=_initial(shift), prefix=shift.part.id, auto_id="hours-%s")
        self.shift = shift

    def clean(self) -> dict[str, Any]:
        """Check pauses and that the library takes these hours; every error on its field."""
        found = super().clean() or {}
        for first, last in (("pause_start", "pause_end"), ("other_start", "other_end")):
            if bool(found.get(first)) != bool(found.get(last)) and not (
                first in self.errors or last in self.errors
            ):
                self.add_error(
                    first if not found.get(first) else last, _("Écrivez le début et la fin de la pause.")
                )
        if not self.errors:
            try:
                self.change = self._change(found)
            except BadInput as error:
                for problem in error.problems:
                    said = (
                        f"{problem.message}, {problem.suggestion}" if problem.suggestion else problem.message
                    )
                    self.add_error(None, f"{said[:1].upper()}{said[1:]}.")
        return found

    change: Change

    def _change(self, found: dict[str, Any]) -> Change:
        pairs = (
            (found.get("pause_start"), found.get("pause_end")),
            (found.get("other_start"), found.get("other_end")),
        )
        pauses = tuple(Break(start=first, end=last) for first, last in pairs if first and last)
        kept = self.shift.held.breaks[2:] if self.shift.held else ()
        return entered(self.shift, found["start"], found["end"], (*pauses, *kept))


def _initial(shift: Shift) -> dict[str, time | None]:
    held = shift.held
    if held is None:
        return {}
    names = ("pause_start", "pause_end", "other_start", "other_end")
    times = [_plain(value) for pause in held.breaks[:2] for value in (pause.start, pause.end)]
    return {"start": _plain(held.start), "end": _plain(held.end), **dict(zip(names, times, strict=False))}


def _plain(value: time) -> time:
    return value.replace(tzinfo=None)
