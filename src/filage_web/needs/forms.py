"""The needs typed in the table itself: one small form per line, saved together."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from filage.facts.script import Need
from filage.kernel.changes import Change
from filage_web.forms import Choices, FactForm

TYPED: Final = ("department", "state", "quantity", "estimate", "needed_on", "owner")


class NeedsForm:
    """Every line of the table, as forms of the fact."""

    def __init__(
        self,
        needs: Iterable[Need],
        data: Mapping[str, Any] | None,
        *,
        choices: Choices,
        revisions: Mapping[str, int],
    ) -> None:
        self.rows = [
            (
                need,
                FactForm(
                    "need",
                    data,
                    choices=choices,
                    fact=need,
                    revision=revisions.get(need.about),
                    only=TYPED,
                    prefix=need.id,
                ),
            )
            for need in needs
            if data is None or f"{need.id}-state" in data
        ]
        for need, form in self.rows:
            for field in form.fields.values():
                field.help_text = ""
                field.widget.attrs["aria-label"] = f"{field.label}, {need.label}"

    def is_valid(self) -> bool:
        """Check every line; all that is wrong is said."""
        valid = [form.is_valid() for _need, form in self.rows]
        return all(valid)

    @property
    def lines(self) -> list[tuple[Need, FactForm, list[Any]]]:
        """Each need with its form and its cells, in the order of the columns."""
        return [(need, form, [form[name] for name in TYPED]) for need, form in self.rows]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed, in all lines."""
        return tuple(change for _need, form in self.rows for change in form.changes())

    @property
    def seen(self) -> dict[str, int]:
        """The revisions shown of the lines that change."""
        changed = {change.about for change in self.changes}
        found: dict[str, int] = {}
        for _need, form in self.rows:
            found |= {about: revision for about, revision in form.seen.items() if about in changed}
        return found
