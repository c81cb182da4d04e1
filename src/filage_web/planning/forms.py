"""The form of a date, with who takes part in it; and the list of dates pasted from elsewhere."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from typing import Any, Final

from django import forms

from filage.facts.calendar import Event, Participation
from filage.facts.dossier import Dossier
from filage.facts.team import Engagement
from filage.facts.writing import values_of
from filage.kernel.changes import Change, add, remove, set_
from filage_web.forms import Choices, FactForm
from filage_web.forms.fields import Timed
from filage_web.forms.french_input import time as read_time
from filage_web.forms.identifiers import new_id
from filage_web.forms.queries import taken_ids
from filage_web.planning.moving import hours_after, times_moved

MAIN: Final = ("type", "day", "start", "end", "venue", "option", "option_until", "label")
LAID: Final = ("moments",)
WITH: Final = ("needs", "vehicles", "weather", "locked")
MORE: Final = ("premiere", "end_day", "space", "phase", "zone", "scenes", "note")
TIMES: Final = {
    "call": "Convocation", "pickup": "Prise en charge", "dressing": "Loges", "ready": "Prêt", "wrap": "Fin",
    "driver": "Chauffeur",
}  # fmt: skip
"""What each person has of their own on a day, in the order of the day."""
LONGEST: Final = 60


class EventForm(FactForm):
    """A date, its place (which may be new) and who takes part."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, parts: Collection[str] | None = None, **more: Any
    ) -> None:
        super().__init__("event", data, **more)
        dossier = self.choices.dossier
        self.parts = parts_of(dossier, self.old.about) if self.old else {}
        day = self.old.day if isinstance(self.old, Event) else None
        pairs = hired_first(self.choices.of(["engagement"]), dossier, day)
        self.fields["parts"] = forms.MultipleChoiceField(
            choices=pairs, required=False, widget=forms.CheckboxSelectMultiple, label="Qui y participe"
        )
        self.initial["parts"] = list(self.parts) if self.old else list(parts or ())
        for name, label in (("new_venue", "Nouveau lieu"), ("new_city", "Ville")):
            self.fields[name] = forms.CharField(required=False, label=label)
        if isinstance(self.old, Event) and self.old.start and self.old.end:
            self.fields["keep_end"] = forms.BooleanField(
                required=False, label="Si le début change, garder cette heure de fin"
            )
        self._made: list[Change] = []
        self._add_times()

    def _add_times(self) -> None:
        """One row of times for each person already there."""
        for part in self.parts.values():
            for name, label in TIMES.items():
                key = f"{part.id}-{name}"
                widget = forms.TextInput() if name == "driver" else Timed()
                self.fields[key] = forms.CharField(required=False, label=label, widget=widget)
                value = getattr(part, name)
                self.initial[key] = f"{value:%H:%M}" if isinstance(value, time) else value

    @property
    def people(self) -> list[tuple[str, str, list[Any], bool]]:
        """Each person there: their name, what their day says so far, the fields of their times, one of them wrong."""
        names = dict(self.choices.of(["engagement"]))
        found = []
        for about, part in self.parts.items():
            row = [self[f"{part.id}-{name}"] for name in TIMES]
            said = [
                f"{label.lower()} {value:%H:%M}"
                for name, label in TIMES.items()
                if isinstance(value := getattr(part, name), time)
            ]
            found.append((names.get(about, about), ", ".join(said), row, any(one.errors for one in row)))
        return found

    def _of(self, names: Collection[str]) -> list[Any]:
        return [node for name in names for node in self.nodes if node.name == name]

    @property
    def main(self) -> list[Any]:
        """The fields everyone fills."""
        return self._of(MAIN)

    @property
    def laid(self) -> list[Any]:
        """The schedule of the day."""
        return self._of(LAID)

    @property
    def along(self) -> list[Any]:
        """What comes along: needs, vehicles, the weather, the lock."""
        return self._of(WITH)

    @property
    def more(self) -> list[Any]:
        """The fields of particular cases."""
        return self._of(MORE)

    def clean(self) -> dict[str, Any]:
        """Make the venue typed anew, then check the date."""
        self._made = []
        if label := self.cleaned_data.get("new_venue"):
            made = new_venue(self.choices, label, self.cleaned_data.get("new_city") or "", ())
            self._made.append(made)
            self.cleaned_data["venue"] = made.about
        cleaned = super().clean()
        for part in self.parts.values():
            for name in TIMES:
                if name != "driver":
                    self._read_time(f"{part.id}-{name}")
        return cleaned

    def _read_time(self, key: str) -> None:
        try:
            text = str(self.cleaned_data.get(key) or "").strip()
            self.cleaned_data[key] = read_time(text) if text else ""
        except ValueError as error:
            self.add_error(key, str(error))

    def _own_times(self, gone: Collection[str]) -> dict[str, Change]:
        """What was typed of each person's times, where it differs."""
        found = {}
        for part in self.parts.values():
            if part.about in gone:
                continue
            typed = {
                name: str(self.cleaned_data.get(key) or "")
                for name in TIMES
                if (key := f"{part.id}-{name}") in self.data
            }
            was = {name: self.initial.get(f"{part.id}-{name}") or "" for name in TIMES}
            moved = {name: value for name, value in typed.items() if value != was[name]}
            if moved:
                clear = tuple(name for name, value in moved.items() if not value)
                found[part.about] = set_(
                    part.about, clear, **{name: value for name, value in moved.items() if value}
                )
        return found

    def _followed(self, event: tuple[Change, ...]) -> tuple[Change, ...]:
        """The end and each moment of the day that were not typed too follow a new start."""
        start = _new_start(event)
        if not isinstance(self.old, Event) or start is None:
            return event
        (change,) = event
        after = hours_after(
            self.old, start, date.fromisoformat(change.values.get("day") or f"{self.old.day}")
        )
        ends = {"end", "end_day"}
        if self.cleaned_data.get("keep_end") or ends & {*change.values, *change.clear}:
            after = {name: value for name, value in after.items() if name not in ends}
        if "moments" in change.clear:
            after.pop("moments", None)
        elif typed := change.values.get("moments"):
            was = [dict(values_of(moment)) for moment in self.old.moments]  # type: ignore[arg-type]
            later = after.get("moments", was)
            after["moments"] = [later[was.index(one)] if one in was else one for one in typed]
        return (change.model_copy(update={"values": {**change.values, **after}}),)

    def _times_after(self, event: Iterable[Change], gone: Collection[str]) -> list[Change]:
        """The times of each person: typed here, else moved with the start of their event."""
        typed = self._own_times(gone)
        start = _new_start(event)
        moved: list[Change] = []
        if isinstance(self.old, Event) and start:
            moved = times_moved(self.choices.dossier, self.old, start, gone)
        followed = {change.about: change for change in moved}
        return [_both(followed.get(about), typed.get(about)) for about in dict.fromkeys([*followed, *typed])]

    def changes(self) -> tuple[Change, ...]:
        """The venue made, the event, who comes, who no longer does, the calls that follow a new start."""
        wanted = [str(about) for about in self.cleaned_data.get("parts") or ()]
        gone = [remove(part.about) for about, part in self.parts.items() if about not in wanted]
        fresh = [about for about in wanted if about not in self.parts]
        taken = set(self.choices.dossier.by_kind.get("participation", {}))
        event = self._followed(tuple(super().changes()))
        calls = self._times_after(event, {change.about for change in gone})
        return (*self._made, *event, *gone, *calls, *new_parts(self.about, fresh, taken))


def _new_start(event: Iterable[Change]) -> time | None:
    start = next((str(change.values["start"]) for change in event if change.values.get("start")), None)
    return time.fromisoformat(start) if start else None


def _both(moved: Change | None, typed: Change | None) -> Change:
    """One change of somebody's times: what is typed has the last word."""
    if moved is None or typed is None:
        found = moved or typed
        assert found is not None
        return found
    kept = {name: value for name, value in moved.values.items() if name not in typed.clear}
    return Change(op="set", about=moved.about, values={**kept, **typed.values}, clear=typed.clear)


def hired_first(
    pairs: Iterable[tuple[str, str]], dossier: Dossier, day: date | None
) -> list[tuple[str, str]]:
    """Put first the engagements whose period holds the day of the event."""
    periods = {one.about: (one.starts_on, one.ends_on) for one in dossier.all(Engagement)}

    def away(pair: tuple[str, str]) -> bool:
        first, last = periods.get(pair[0], (date.max, date.min))
        return day is not None and not first <= day <= last

    return sorted(pairs, key=away)


def parts_of(dossier: Dossier, about: str) -> dict[str, Participation]:
    """Who takes part in an event through an engagement: engagement → participation."""
    return {
        part.engagement: part
        for part in dossier.all(Participation)
        if part.event == about and part.engagement is not None
    }


def new_parts(event: str, engagements: Iterable[str], taken: set[str]) -> list[Change]:
    """Make somebody's part in an event of each engagement."""
    made = []
    for about in engagements:
        name = f"{event.rpartition('/')[2]}-{about.rpartition('/')[2]}"[:LONGEST].rstrip("-")
        ident = next(
            found
            for rank in range(1, 100_000)
            if (found := name if rank == 1 else f"{name}-{rank}") not in taken
        )
        taken.add(ident)
        made.append(add(f"participation/{ident}", event=event, engagement=about))
    return made


def usual_parts(dossier: Dossier, kind: str) -> list[str]:
    """Who took part in the last event of a kind: whom a new one of that kind proposes."""
    events = [event for event in dossier.all(Event) if event.type == kind and event.option != "cancelled"]
    last = max(events, key=lambda event: event.day, default=None)
    if last:
        return list(parts_of(dossier, last.about))
    phase = "exploitation" if kind == "performance" else "production"
    return [engagement.about for engagement in dossier.all(Engagement) if engagement.phase == phase]


def new_venue(choices: Choices, label: str, city: str, taken: Collection[str]) -> Change:
    """Make a venue from its name and city."""
    known = taken_ids(choices.structure, choices.dossier, "venue") | set(taken)
    values = {"label": label} | ({"city": city} if city else {})
    return add(f"venue/{new_id('venue', values, known)}", **values)
