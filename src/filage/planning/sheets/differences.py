"""What changed between two versions of a sheet, in plain words, for everybody or for one reader."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from filage.planning.sheets.articles import of_somebody, with_article
from filage.planning.sheets.difference import Difference
from filage.planning.sheets.shape import Row, Section, Sheet, digest, from_json
from filage.planning.sheets.words import small, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filage.planning.sheets.shape import Column
    from filage.planning.sheets.words import Words

_CALLS = {
    "call": "call_word", "at": "call_word", "pickup": "pickup_word", "dressing": "dressing_word", "ready": "ready_word",
    "end": "end_word",
}  # fmt: skip


def differences(
    before: Sheet | Mapping[str, Any], after: Sheet | Mapping[str, Any], person: str | None = None
) -> tuple[Difference, ...]:
    """List what changed from one version of a sheet to the next, in the order of the sheet.

    With `person`, only what concerns that reader, in the second person. Two versions of different digests have at
    least one difference for everybody. BadInput when a stored content cannot be read.
    """
    old = before if isinstance(before, Sheet) else from_json(before)
    new = after if isinstance(after, Sheet) else from_json(after)
    found = [*_Comparison(old, new, person or new.person).all()]
    if not found and person is None and digest(old) != digest(new):
        key = "presentation" if old.people == new.people else "other_people"
        found = [Difference("changed", "sheet", "head", words_in(new.language)(key))]
    return tuple(found)


class _Comparison:
    """Two versions, and the reader they are compared for."""

    def __init__(self, old: Sheet, new: Sheet, person: str | None) -> None:
        self.old, self.new, self.person = old, new, person
        self.words: Words = words_in(new.language)

    def all(self) -> Iterator[Difference]:
        """Every change that concerns the reader: the head, each section, each page of a booklet."""
        yield from self._head()
        ids = dict.fromkeys([section.id for section in (*self.new.sections, *self.old.sections)])
        for ident in ids:
            yield from self._section(self.old.section(ident), self.new.section(ident))
        yield from self._pages()

    def _head(self) -> Iterator[Difference]:
        words, old, new = self.words, self.old, self.new
        if old.place != new.place:
            before, after = (
                words.listed([place.label, place.address or place.city]) if place else "–"
                for place in (old.place, new.place)
            )
            yield self._changed("place", "head", words("the_place"), before, after)
        for field, key in (
            ("title", "the_title"),
            ("when", "the_day"),
            ("name", "the_number"),
            ("zone", "the_zone"),
        ):
            before, after = getattr(old, field), getattr(new, field)
            if before != after:
                yield self._changed(field, "head", words(key), before, after)
        if self._rows_of(old) == self._rows_of(new):
            was = {hour.label: hour.at for hour in old.hours}
            for hour in new.hours:
                if was.get(hour.label, hour.at) != hour.at:
                    yield self._changed(hour.label, "head", small(hour.label), was[hour.label], hour.at)

    @staticmethod
    def _rows_of(sheet: Sheet) -> list[tuple[Row, ...]]:
        return [section.rows for section in sheet.sections]

    def _section(self, old: Section | None, new: Section | None) -> Iterator[Difference]:
        section = new or old
        assert section is not None
        before = {row.id: row for row in old.rows} if old else {}
        after = {row.id: row for row in new.rows} if new else {}
        after = {ident: row for ident, row in after.items() if self._mine(row)}
        before = {ident: row for ident, row in before.items() if self._mine(row)}
        gone = [row for ident, row in before.items() if ident not in after]
        come = [row for ident, row in after.items() if ident not in before]
        yield from self._replaced(section, gone, come)
        for ident, row in after.items():
            if ident in before:
                assert old is not None
                yield from self._row(section, old, before[ident], row)
        yield from (self._alone(section, "added", row) for row in come)
        yield from (self._alone(old or section, "removed", row) for row in gone)

    def _mine(self, row: Row) -> bool:
        return self.person is None or not row.people or self.person in row.people

    def _replaced(self, section: Section, gone: list[Row], come: list[Row]) -> Iterator[Difference]:
        """Lines of hours renamed at the same hour: one change, not two."""
        if section.form != "hours":
            return
        for old in list(gone):
            new = next((row for row in come if row.cells[0] == old.cells[0]), None)
            if new is None:
                continue
            gone.remove(old)
            come.remove(new)
            text = self.words("replaces", at=new.cells[0], before=old.cells[2], after=new.cells[2])
            yield Difference(
                "changed", new.id, section.id, text, new.cells[0], old.cells[2], new.cells[2], new.people
            )

    def _row(self, section: Section, old_section: Section, old: Row, new: Row) -> Iterator[Difference]:
        if section.form == "hours":
            yield from self._hour(section, old, new)
        elif section.form == "table":
            yield from self._cells(section, old_section, old, new)
        elif old.cells != new.cells:
            if section.form == "pairs":
                yield self._changed(
                    new.id, section.id, small(new.cells[0]), old.cells[-1], new.cells[-1], new
                )
            else:
                yield self._changed(new.id, section.id, small(section.title), "", new.cells[-1], new)

    def _hour(self, section: Section, old: Row, new: Row) -> Iterator[Difference]:
        words = self.words
        subject, plural = (
            with_article(new.cells[2]) if words.language == "fr" else (f"“{new.cells[2]}”", False)
        )
        if old.cells[0] != new.cells[0]:
            yield self._moved(new, section, subject, old.cells[0], new.cells[0], plural=plural)
        elif old.cells[1] != new.cells[1]:
            yield self._changed(
                new.id,
                section.id,
                words("end_of", what=subject),
                old.cells[1] or "–",
                new.cells[1] or "–",
                new,
            )
        if old.cells[2] != new.cells[2]:
            yield self._changed(new.id, section.id, new.cells[0], old.cells[2], new.cells[2], new)
        if old.cells[3] != new.cells[3]:
            yield self._changed(new.id, section.id, subject, old.cells[3], new.cells[3], new)

    def _cells(self, section: Section, old_section: Section, old: Row, new: Row) -> Iterator[Difference]:
        was = {column.id: cell for column, cell in zip(old_section.columns, old.cells, strict=False)}
        now = {column.id: cell for column, cell in zip(section.columns, new.cells, strict=False)}
        labels = {column.id: column for column in (*old_section.columns, *section.columns)}
        for ident, column in labels.items():
            before, after = was.get(ident, ""), now.get(ident, "")
            if before == after:
                continue
            subject = self._cell_subject(section, new, column)
            if column.kind == "time" and before and after:
                yield self._moved(new, section, subject, before, after)
            else:
                yield self._changed(new.id, section.id, subject, before, after, new)

    def _cell_subject(self, section: Section, row: Row, column: Column) -> str:
        words = self.words
        is_call = column.kind == "time" and row.id.startswith("person/") and column.id in _CALLS
        what = words(_CALLS[column.id]) if is_call else small(column.label)
        if self.person is not None and row.id == self.person:
            return words("yours", what=what)
        name = self._name(section, row)
        if words.language == "fr" and is_call:
            return of_somebody(what, name)
        return words("of", what=what, who=name)

    @staticmethod
    def _name(section: Section, row: Row) -> str:
        """How a row of a table is called: its strong cells, else its first."""
        named = [
            cell
            for column, cell in zip(section.columns, row.cells, strict=False)
            if column.kind == "name" and cell
        ]
        return ", ".join(named) or row.cells[0]

    def _alone(self, section: Section, change: str, row: Row) -> Difference:
        """A row that comes or goes."""
        words = self.words
        own = self.person is not None and row.id == self.person
        if section.form == "hours":
            text = words(f"{change}_at", at=row.cells[0], what=small(row.cells[2]))
        elif section.form == "pairs":
            text = words(
                "now" if change == "added" else "no_more",
                what=small(row.cells[0]),
                after=row.cells[-1],
                before=row.cells[-1],
            )
        elif section.form == "text":
            text = words(change, what=row.cells[-1])
        elif row.id.startswith("person/"):
            key = "joins" if change == "added" else "leaves"
            text = words(f"{key}_you") if own else words(key, who=self._name(section, row))
        else:
            what = words.listed([cell for cell in row.cells[:2] if cell])
            text = words(change, what=f"{small(section.title)}, {what}")
        return Difference(change, row.id, section.id, text, people=row.people, own=own)

    def _moved(
        self, row: Row, section: Section, subject: str, before: str, after: str, *, plural: bool = False
    ) -> Difference:
        key = "moves_many" if plural else "moves"
        text = self.words(key, what=subject, before=before, after=after)
        return Difference(
            "moved", row.id, section.id, text, subject, before, after, row.people, self._is_own(row)
        )

    def _is_own(self, row: Row) -> bool:
        return self.person is not None and (row.id == self.person or row.id.startswith("own/"))

    def _changed(
        self, about: str, section: str, subject: str, before: str, after: str, row: Row | None = None
    ) -> Difference:
        words = self.words
        if before and after:
            text = words("becomes", what=subject, before=before, after=after)
        else:
            text = words("now" if after else "no_more", what=subject, before=before, after=after)
        people = row.people if row else ()
        own = row is not None and self._is_own(row)
        return Difference("changed", about, section, text, subject, before, after, people, own)

    def _pages(self) -> Iterator[Difference]:
        """The days of a booklet: each change says its day."""
        old = {page.key: page for page in self.old.pages}
        new = {page.key: page for page in self.new.pages}
        for key, page in new.items():
            day = page.when.split(",")[0]
            if key not in old:
                yield Difference(
                    "added", f"page/{key}", "pages", self.words("added", what=page.when), people=page.people
                )
                continue
            for one in _Comparison(old[key], page, self.person).all():
                yield replace(one, about=f"page/{key}/{one.about}", text=self.words.colon(day, one.text))
        for key, page in old.items():
            if key not in new:
                text = self.words("removed", what=page.when)
                yield Difference("removed", f"page/{key}", "pages", text, people=page.people)
