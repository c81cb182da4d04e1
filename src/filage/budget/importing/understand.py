"""A sheet understood: headings, lines, subtotals checked; each row is kept, left aside or refused, with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from filage.budget.importing import words as told
from filage.budget.importing.amounts import is_account, lines_in
from filage.budget.importing.blocks import Raw, raws_of, sides_of, unread_words
from filage.budget.importing.columns import bare, headers_of, heads_a_column, unit_of_header
from filage.budget.importing.grid import Sheet, address
from filage.budget.importing.headings import Headings
from filage.budget.importing.shape import Check, Choices, Left, Line, Reading, Refusal
from filage.budget.importing.sums import Sums

if TYPE_CHECKING:
    from filage.budget.importing.columns import ColumnMap

LONGEST: Final = 200
_MOST: Final = 0.8
_NO_LABEL = "un montant sans libellé"


def understand(sheet: Sheet, mapping: ColumnMap, choices: Choices, *, file: str) -> Reading:
    """Read every row of a sheet; the reading holds what is kept, refused and left, and the totals compared."""
    blocks = [(side, raws_of(sheet.rows, block)) for side, block in sides_of(mapping)]
    codes = [raw.code for _, raws in blocks for raw in raws if raw.code]
    accounts = _are_accounts(codes)
    walk = _Walk(sheet, mapping, choices, accounts)
    for side, raws in blocks:
        walk.read(side, raws)
    return Reading(
        file=file,
        sheet=sheet.name,
        mapping=mapping,
        headers=headers_of(sheet, mapping.header),
        lines=tuple(sorted(walk.lines, key=lambda line: line.row)),
        refusals=tuple(sorted(walk.refusals, key=lambda one: one.row)),
        left=tuple(sorted(walk.left, key=lambda one: one.row)),
        checks=tuple(walk.checks),
        notes=(*sheet.notes, *walk.notes()),
        choices=choices,
        posts=walk.posts,
        headings=tuple(walk.headings),
    )


def _are_accounts(codes: list[str]) -> bool:
    """Whether the codes of a sheet are those of the chart of accounts, a few other ones apart."""
    return len(codes) > 1 and sum(is_account(code) for code in codes) >= _MOST * len(codes)


@dataclass
class _Place:
    """Where the rows being read stand: under which heading, on which side, in which phase."""

    side: str
    phase: str
    side_known: bool
    post: str = ""
    code: str = ""
    valued: bool = False


@dataclass
class _Walk:
    sheet: Sheet
    mapping: ColumnMap
    choices: Choices
    accounts: bool
    lines: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    _seen: dict[tuple[object, ...], int] = field(default_factory=dict)
    _hidden: int = 0
    headings: list[int] = field(default_factory=list)
    _empty: Left | None = None
    """The heading being read, while no line stands under it."""

    def __post_init__(self) -> None:
        self._heads = headers_of(self.sheet, self.mapping.header)
        self._head_words = {bare(text) for text in self._heads}

    def read(self, side: str, raws: list[Raw]) -> None:
        """Read the rows of one side in order."""
        known = side or told.side_told(self.sheet.name)
        phase = told.phase_told(self.sheet.name) or self.choices.phase
        place = _Place(known or "expense", phase, bool(known))
        kept = [raw for raw in raws if not self._hides(raw)]
        headings, sums = Headings(kept), Sums()
        for index, raw in enumerate(kept):
            self._row(raw, index, place, headings, sums)
        self._end_heading()

    def _end_heading(self) -> None:
        """Tell a heading under which no line stands."""
        if self._empty:
            self.left.append(self._empty)
            self._empty = None

    def _hides(self, raw: Raw) -> bool:
        if raw.hidden and not self.choices.hidden:
            self._hidden += 1
            self.left.append(Left(raw.row, raw.label, "ligne masquée dans le tableur"))
            return True
        return False

    def _row(self, raw: Raw, index: int, place: _Place, headings: Headings, sums: Sums) -> None:
        if self._repeats_header(raw):
            if raw.label and bare(raw.label) not in self._head_words:
                self._open(raw, place, sums)
            else:
                self.left.append(Left(raw.row, raw.label, "en-têtes répétés"))
            return
        if raw.has_money and (told.is_total(raw.label) or told.is_balance(raw.label)):
            self._total(raw, place, sums)
        elif not raw.has_money:
            self._words_only(raw, place, headings, sums)
        elif self._heads_our_export(raw):
            self._open(raw, place, sums)
        elif parent := headings.parent(index):
            self._open(raw, place, sums)
            self.checks.append(Check(raw.row, raw.label, raw.stated or parent[0], *parent))
        elif not raw.label and (found := sums.matching(raw.stated)):
            self.checks.append(Check(raw.row, "sous-total sans nom", *found))
            sums.close()
        else:
            self._line(raw, place, sums)

    def _heads_our_export(self, raw: Raw) -> bool:
        """A heading of a workbook that Filage wrote: it has an amount, and no identifier as its lines do."""
        if "ident" not in self.mapping.roles or raw.word("ident") or raw.quantities or raw.price is not None:
            return False
        label = raw.label
        return bool(raw.code or told.side_told(label) or told.phase_told(label) or told.is_valued(label))

    @staticmethod
    def _repeats_header(raw: Raw) -> bool:
        """A header written again in the middle of the sheet: its columns of money hold words that head columns."""
        texts = [one.value for one in raw.unread.values()]
        alone = not raw.amounts and not raw.quantities and raw.price is None
        return bool(texts) and alone and all(isinstance(text, str) and heads_a_column(text) for text in texts)

    def _words_only(self, raw: Raw, place: _Place, headings: Headings, sums: Sums) -> None:
        label = raw.label or raw.word("post") or raw.code
        if not label:
            self.left.append(Left(raw.row, "", "ni libellé ni montant"))
        elif told.is_total(label) or told.is_balance(label):
            self.left.append(Left(raw.row, label, "total sans montant"))
        elif len(label) > LONGEST or not headings.opens(raw):
            self.left.append(Left(raw.row, label[:LONGEST], "aucun montant"))
        else:
            self._open(raw, place, sums)

    def _open(self, raw: Raw, place: _Place, sums: Sums) -> None:
        """Go under a heading: a side, a phase, both, or a chapter."""
        self._end_heading()
        label = raw.label or raw.word("post") or raw.code
        side, phase = told.side_told(label), told.phase_told(label)
        self.headings.append(raw.row)
        place.post, place.code, place.valued = "", "", told.is_valued(label)
        if side:
            place.side, place.side_known = side, True
        if phase:
            place.phase = phase
        if not side and not phase:
            place.post, place.code = label[:LONGEST], raw.code
            self._empty = Left(raw.row, label[:LONGEST], "titre sans ligne directement dessous")
        sums.open()

    def _line(self, raw: Raw, place: _Place, sums: Sums) -> None:
        label = raw.label or raw.word("post") or raw.word("account")
        where = address(raw.row, raw.first)
        if not label:
            self.refusals.append(
                Refusal(
                    raw.row, where, "", _NO_LABEL, "donnez-lui un libellé dans votre tableur, ou supprimez-le"
                )
            )
            return
        unread = next(
            (raw.unread[role] for role in raw.unread if role not in ("vat_rate", "committed")), None
        )
        context = Line(
            raw.row, where, label[:LONGEST], place.side, place.phase, amount=sums.zero,
            post=(raw.word("post") or place.post)[:LONGEST] if raw.label else place.post,
            post_code="" if raw.word("post") and raw.label else place.code,
            code=raw.code, account="", valued=place.valued, unit=raw.word("unit") or self._unit(),
            state=told.state_told(raw.word("state")), owner=raw.word("owner"), date=raw.word("date"),
            note=raw.word("note"), ident=raw.word("ident"), vat_rate=raw.vat_rate, committed=raw.committed,
        )  # fmt: skip
        found = lines_in(raw, context, self.choices, side_known=place.side_known, accounts=self.accounts)
        if not found and unread and isinstance(unread.value, str) and told.is_to_price(unread.value):
            found = [replace(context, priced=False, doubts=(f"« {unread.value} » : reprise sans prix",))]
        if not found:
            reason, remedy = unread_words(unread) if unread else ("aucun montant", "écrivez un montant")
            cell = address(raw.row, unread.column) if unread else where
            self.refusals.append(Refusal(raw.row, cell, label[:LONGEST], reason, remedy))
            return
        for line in found:
            self._keep(line, sums)

    def _unit(self) -> str:
        """The unit that the header of the only quantities names."""
        columns = self.mapping.columns("quantity")
        heads = self._heads
        return unit_of_header(heads[columns[0]]) if len(columns) == 1 and columns[0] < len(heads) else ""

    def _keep(self, line: Line, sums: Sums) -> None:
        self._empty = None
        key = (bare(line.label), line.side, line.phase, line.post, line.amount, line.quantity)
        first = self._seen.setdefault(key, line.row)
        if first != line.row:
            if self.choices.twice == "once":
                self.left.append(Left(line.row, line.label, f"écrite deux fois : déjà reprise ligne {first}"))
                sums.add(line)
                return
            line = _with_doubt(line, f"la même ligne est écrite en ligne {first}")
        if line.post:
            self.posts.setdefault(line.post, line.post_code)
        self.lines.append(line)
        sums.add(line)

    def _total(self, raw: Raw, place: _Place, sums: Sums) -> None:
        if told.is_balance(raw.label) and not told.is_total(raw.label):
            self.left.append(Left(raw.row, raw.label, "solde : il se calcule"))
            return
        for role, stated in raw.amounts.items():
            side = role if role in ("expense", "income") else told.side_in_total(raw.label) or ""
            phase = role if role in ("production", "exploitation") else told.phase_in_total(raw.label)
            found, count = sums.compared(stated, side=side, phase=phase, here=place.side)
            self.checks.append(Check(raw.row, raw.label, stated, found, count))
        if not raw.amounts:
            self.left.append(Left(raw.row, raw.label, "total sans montant"))
        sums.close()
        place.post, place.code = "", ""

    def notes(self) -> list[str]:
        """What is said once for the sheet."""
        found = []
        if self.sheet.merged:
            count = self.sheet.merged
            found.append(
                f"{count} cellule{'s' if count > 1 else ''} fusionnée{'s' if count > 1 else ''} : "
                "le contenu compte là où il est écrit"
            )
        if self._hidden:
            found.append(
                f"{self._hidden} ligne{'s' if self._hidden > 1 else ''} masquée{'s' if self._hidden > 1 else ''}"
            )
        return found


def _with_doubt(line: Line, doubt: str) -> Line:
    return replace(line, doubts=(*line.doubts, doubt))
