"""The forms of a line's panel: what a typed line says, and what is known of any line beside its amount."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from filage.budget.views import usual_views
from filage.facts.budget import BudgetGroup, BudgetLine, LineDetail
from filage.kernel.changes import Change, add, remove, set_
from filage_web.budget.cells import id_of_line
from filage_web.budget.grid import Line
from filage_web.forms import Choices, FactForm
from filage_web.forms.builder import Node
from filage_web.forms.identifiers import new_id
from filage_web.scenarios.chosen import Chosen

FIRST: Final = ("group", "owner", "low", "high", "note")
"""Details asked of every line; the others are a click away."""
SHARE: Final = ("share_of", "share_except", "rate")
COUNTED: Final = ("quantity", "unit", "unit_price")
BY_RULES: Final = ""


class DetailForm(FactForm):
    """The details of a line: group, owner, range, payments; files and places are given beside its fields."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, line: Line, found: Chosen, choices: Choices
    ) -> None:
        detail = line.row.detail
        self.line = line.row.id
        self.group = ""
        """The group made with it, in place of the one chosen."""
        self.line_note = line.row.note if detail is None or detail.note is None else None
        """The note that the line itself keeps."""
        self.kept_files: tuple[str, ...] = detail.files if detail else ()
        self.kept_places: tuple[str, ...] = detail.places if detail else ()
        revision = found.loaded.revisions.get(detail.about) if detail else None
        super().__init__(
            LineDetail.kind,
            data,
            choices=choices,
            fact=detail,
            revision=revision,
            initial={"note": line.row.note} if line.row.note else {},
            without=("line", "files", "places"),
            prefix="d",
            ident="" if detail else id_of_line(line.row.id),
        )
        if detail is not None and not detail.note and line.row.note:
            self.initial["note"] = line.row.note

    @property
    def first(self) -> list[Node]:
        """The fields shown at once."""
        return [node for node in self.nodes if node.shape.name in FIRST]

    @property
    def rest(self) -> list[Node]:
        """The fields folded."""
        return [node for node in self.nodes if node.shape.name not in FIRST]

    @property
    def unfolded(self) -> bool:
        """Whether the folded fields say something, or are wrong."""
        said = self.old.model_dump(exclude_defaults=True).keys() if self.old else ()
        rest = {node.shape.name for node in self.rest}
        return bool(rest & set(said)) or self.is_bound

    def _carried(self) -> dict[str, Any]:
        given = {"line": self.line, "files": list(self.kept_files), "places": list(self.kept_places)}
        return super()._carried() | {key: value for key, value in given.items() if value}

    def clean(self) -> dict[str, Any]:
        """Let the fact class decide; a note that the line keeps stays there until it changes."""
        cleaned = super().clean()
        if self.fact is not None:
            more: dict[str, Any] = {"group": self.group} if self.group else {}
            if self.line_note and self.typed.get("note") == self.line_note:
                more["note"] = None
            self.fact = self.fact.model_copy(update=more)
        return cleaned

    def changes(self) -> tuple[Change, ...]:
        """The change asked for; details that say nothing are not kept."""
        if self.fact is None:
            return ()
        if self.fact == LineDetail(id=self.fact.id, line=self.line):
            return (remove(self.old.about),) if self.old else ()
        return super().changes()


class LineForm:
    """Everything of one line, read together and written as one."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, line: Line, found: Chosen, choices: Choices
    ) -> None:
        self.line, self.found = line, found
        fact = found.dossier.get(line.row.about)
        self.typed: FactForm | None = None
        if isinstance(fact, BudgetLine) and line.is_typed:
            self.typed = FactForm(
                BudgetLine.kind,
                data,
                choices=choices,
                fact=fact,
                revision=found.loaded.revisions.get(fact.about),
                without=("note", "proposed_by", *(COUNTED if fact.share_of else SHARE)),
                variables=found.opened.outcome.variables,
                prefix="l",
            )
        self.detail = DetailForm(data, line=line, found=found, choices=choices)
        name = " ".join(str((data or {}).get("new_group", "")).split())[:80]
        self.group = new_group(found, name) if name else None
        self.detail.group = self.group.about if self.group else ""
        self.data = data

    @property
    def forms(self) -> list[FactForm]:
        """The forms it is made of."""
        return [form for form in (self.typed, self.detail) if form is not None]

    @property
    def wants_more(self) -> bool:
        """Whether one more row is asked for, rather than to save."""
        return any(form.wants_more for form in self.forms)

    def read(self, files: Collection[str]) -> bool:
        """Read what was sent, with the files that stay and those that come; whether all is right."""
        self.detail.kept_files = tuple(dict.fromkeys(files))
        if self.data is not None:
            self.detail.kept_places = self._places(self.data)
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def _places(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """The places chosen by hand: those of the presentations shown, and the others as they were."""
        usual = usual_views(self.found.dossier.production.form)
        shown = {view.id for view in usual if f"place-{view.id}" in data}
        kept = [place for place in self.line.row.places if place.partition(":")[0] not in shown]
        chosen = [
            f"{ident}:{code}" for ident in sorted(shown) if (code := str(data.get(f"place-{ident}", "")))
        ]
        return (*kept, *chosen)

    def changes(self) -> tuple[Change, ...]:
        """What the forms write, as one; a new group is made with it."""
        changes = [change for form in self.forms for change in form.changes()]
        changes += self._moved_note()
        return (*((self.group,) if self.group else ()), *changes)

    def _moved_note(self) -> list[Change]:
        """A note kept on a typed line moves to its details once it is written again."""
        fact = self.found.dossier.get(self.line.row.about)
        if self.typed is None or not isinstance(fact, BudgetLine) or fact.note is None:
            return []
        return [set_(fact.about, ("note",))] if self.detail.typed.get("note") != fact.note else []

    @property
    def seen(self) -> dict[str, int]:
        """The revisions the panel showed."""
        return {about: revision for form in self.forms for about, revision in form.seen.items()}


def new_group(found: Chosen, name: str) -> Change:
    """The change that makes a group of that name."""
    taken = {group.id for group in found.dossier.all(BudgetGroup)}
    return add(f"{BudgetGroup.kind}/{new_id(BudgetGroup.kind, {'label': name}, taken)}", label=name)
