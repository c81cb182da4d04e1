"""Reads a running order (conduite, conducteur, setlist) from a table: one row is one item of the show.

Columns are known by their heads, French or English, in any order. A row that cannot be read is named and the
others are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from filage.kernel.errors import BadInput, Problem
from filage.kernel.text import fold
from filage.script.cells import Cells, csv_rows, workbook_rows
from filage.script.cue import cue_name, speaker_key
from filage.script.draft import Direction, Draft, DraftScene, Place, Printed, Remark
from filage.script.duration import clock, seconds_of
from filage.script.ids import slug
from filage.script.words import quote

_TITLE = ("titre", "title", "intitule", "libelle", "morceau", "chanson", "song", "piece", "oeuvre", "sujet")
_TITLE_TOO = ("rubrique", "segment", "element", "item", "sequence", "scene", "tableau", "contenu", "numero")
_NUMBER = ("n°", "n", "no", "num", "nr", "#", "numero", "number", "ordre", "order", "rang", "pos", "position")
_HEADS: Mapping[str, tuple[str, ...]] = {
    "title": _TITLE,
    "number": (*_NUMBER, "n° scene", "n° de scene", "n° sequence", "scene", "sequence", "seq"),
    "duration": ("duree", "duration", "dur", "length", "minutage", "timing", "duree prevue", "running time"),
    "people": (
        *("artistes", "artiste", "artist", "artists", "personnages", "personnage", "characters", "character"),
        *("interpretes", "interprete", "performers", "performer", "distribution", "cast", "qui", "who"),
        *(
            "intervenants",
            "intervenant",
            "invites",
            "invite",
            "guests",
            "guest",
            "musiciens",
            "groupe",
            "band",
        ),
    ),
    "place": (
        "lieu",
        "place",
        "location",
        "plateau",
        "decor",
        "set",
        "salle",
        "scenographie",
        "venue",
        "stage",
    ),
    "time": ("heure", "time", "debut", "start", "horaire", "top", "heure de debut", "start time"),
    "notes": (
        *("notes", "note", "remarques", "remarque", "commentaires", "commentaire", "comments", "comment"),
        *("observations", "technique", "description", "besoins", "remarks"),
    ),
}
_UNIT = re.compile(r"[(\[]\s*(?:en\s+)?([a-z'\"]+)\s*[)\]]|\ben\s+(secondes|minutes)\b")
_APART = re.compile(r"\s*[;,/\n]\s*|\s+\+\s+")
_A_NUMBER = re.compile(r"[A-Z]?\d{1,4}[A-Za-z]{0,2}")
_TOTAL = {"total", "totaux", "total general", "duree totale", "total duration", "total time"}
_PART = re.compile(r"(?:\w+ )?(?:partie|acte?|part|set|bloc|manche)\b.*")
_HEAD_ROWS = 20
_LONGEST_TITLE = 300
_LONGEST_ITEM = 2 * 3600


def is_running_order(text: str) -> bool:
    """Whether the top of a text is the head of such a table."""
    lines = [line for line in text.splitlines()[:_HEAD_ROWS] if line.strip()]
    return any(mark in line and _known(line.split(mark)) for line in lines for mark in ";\t,|")


def draft_csv(text: str, *, name: str, stem: str) -> Draft:
    """Return what a CSV running order holds; one without a column of titles is refused."""
    return _draft([csv_rows(text, name=name)], name=name, stem=stem)


def draft_workbook(data: bytes, *, name: str, stem: str) -> Draft:
    """Return what the first sheet of a workbook that is a running order holds."""
    return _draft(workbook_rows(data, name=name), name=name, stem=stem)


def _known(heads: list[str]) -> bool:
    columns = _columns(heads)
    return "title" in columns and len(columns) > 1


def _draft(sheets: list[list[Cells]], *, name: str, stem: str) -> Draft:
    for rows in sheets:
        for index, row in enumerate(rows[:_HEAD_ROWS]):
            if _known(list(row.texts)) or (row.texts and "title" in _columns(list(row.texts)) and not index):
                return _read(rows, index, name=name, stem=stem)
    raise BadInput(_no_head(sheets, name))


def _no_head(sheets: list[list[Cells]], name: str) -> Problem:
    first = next((rows[0] for rows in sheets if rows), None)
    if first is None:
        return Problem(
            "ce tableau est vide", file=name, expected="une ligne de titres, puis une ligne par élément"
        )
    shown = ", ".join(f"« {quote(text)} »" for text in first.texts if text)
    return Problem(
        f"aucune colonne de titres ; la première ligne porte {shown}",
        file=name,
        line=first.line,
        expected="une ligne de titres de colonnes : titre (obligatoire), n°, durée, artistes, lieu, heure, notes",
        suggestion="ajoutez une colonne « Titre » au-dessus des lignes",
    )


# -- columns ---------------------------------------------------------------------------------------


def _columns(heads: list[str]) -> dict[str, int]:
    """Which column holds what: the first head that fits; a « scène » or « numéro » is the title if there is none.

    That column may then be the number too: each row says which it is.
    """
    folded = [_bare(head) for head in heads]
    found: dict[str, int] = {}
    for kind, names in _HEADS.items():
        taken = set(found.values())
        at = next((at for at, head in enumerate(folded) if head in names and at not in taken), None)
        if at is not None:
            found[kind] = at
    if "title" not in found:
        spare = [at for at, head in enumerate(folded) if head in _TITLE_TOO]
        chosen = next((at for at in spare if at != found.get("number")), None)
        chosen = spare[0] if chosen is None and spare else chosen
        if chosen is not None:
            found["title"] = chosen
    return found


def _bare(head: str) -> str:
    """A head without its unit or its punctuation: « Durée (min) » is « duree »."""
    text = _UNIT.sub(" ", fold(head).replace("no.", "n°").replace("nº", "n°"))
    return " ".join(text.replace("/", " ").replace("*", " ").strip(" .:").split())


def _unit(head: str) -> int:
    """What a bare number counts, in seconds: minutes, unless the head says seconds."""
    unit = _UNIT.search(fold(head))
    said = next((part for part in unit.groups() if part), "") if unit else ""
    return 1 if said.startswith("s") else 60


# -- rows ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Table:
    """Goes down the rows once; knows the part it is in."""

    draft: Draft
    columns: Mapping[str, int]
    unit: int
    part: str | None = None

    def read(self, row: Cells) -> None:
        """Read one row."""
        title = self._cell(row, "title")
        if self._is_total(row):
            self._compare(row)
        elif part := self._part_named(row):
            self.part = part
        elif not title:
            self._refuse(row)
        else:
            self.draft.scenes.append(self._scene(row, title))

    def _cell(self, row: Cells, kind: str) -> str:
        at = self.columns.get(kind)
        return row.texts[at] if at is not None and at < len(row.texts) else ""

    def _refuse(self, row: Cells) -> None:
        said = ", ".join(f"« {quote(text)} »" for text in row.texts if text)
        message = f"ligne sans titre ({said}) ; elle n’est pas reprise."
        self.draft.remarks.append(Remark("script.bad_row", message, row.line))

    def _is_total(self, row: Cells) -> bool:
        return any(fold(text).strip(" .:") in _TOTAL for text in row.texts)

    def _compare(self, row: Cells) -> None:
        """A total written in the table is checked against its rows."""
        written = self._seconds(row)
        counted = sum(scene.seconds or 0 for scene in self.draft.scenes)
        if written is not None and written != counted:
            message = f"le total écrit est {clock(written)}, la somme des durées lues {clock(counted)}."
            self.draft.remarks.append(Remark("script.total_differs", message, row.line))

    def _part_named(self, row: Cells) -> str | None:
        """« PREMIÈRE PARTIE » alone on its row opens a part."""
        written = [text for text in row.texts if text]
        alone = len(written) == 1 and len(self.columns) > 1
        return written[0] if alone and _PART.fullmatch(fold(written[0])) else None

    def _scene(self, row: Cells, title: str) -> DraftScene:
        number, place, notes = (self._cell(row, kind) or None for kind in ("number", "place", "notes"))
        if self.columns.get("number") == self.columns["title"]:
            number = title if _A_NUMBER.fullmatch(title) else None
            title = (place or f"Scène {number}") if number else title
        if len(title) > _LONGEST_TITLE:
            message = f"titre de {len(title)} signes, raccourci à {_LONGEST_TITLE} : « {quote(title)} »."
            self.draft.remarks.append(Remark("script.long_title", message, row.line, severe=False))
            title = title[:_LONGEST_TITLE]
        return DraftScene(
            wanted_id=slug(number or "", "") or slug(title, "element"),
            number=number,
            heading=title,
            line=row.line,
            place=Place(None, place, self._cell(row, "time") or None),
            part=self.part,
            blocks=[Direction(notes)] if notes else [],
            present=self._people(row),
            eighths=0,
            seconds=self._seconds(row),
            page=[Printed("heading", title), *([Printed("stage", notes)] if notes else [])],
        )

    def _people(self, row: Cells) -> list[str]:
        keys = []
        for written in _APART.split(self._cell(row, "people")):
            if written and (name := cue_name("@" + written)):
                keys.append(speaker_key(name))
                self.draft.names.setdefault(keys[-1], name)
        return list(dict.fromkeys(keys))

    def _seconds(self, row: Cells) -> int | None:
        written = self._cell(row, "duration")
        seconds = seconds_of(written, unit=self.unit) if written else None
        if written and seconds is None:
            message = (
                f"durée « {quote(written)} » illisible (attendu : 3:45, 1 h 05 ou 4 min) ; "
                "la ligne est reprise sans elle."
            )
            self.draft.remarks.append(Remark("script.unread_duration", message, row.line))
        if seconds is not None and seconds > _LONGEST_ITEM and not self._is_total(row):
            message = (
                f"« {quote(self._cell(row, 'title'))} » dure {clock(seconds)}, plus de deux heures ; "
                "si ce sont des minutes et des secondes, écrivez par exemple 3 min 45."
            )
            self.draft.remarks.append(Remark("script.long_item", message, row.line, severe=False))
        return seconds


def _read(rows: list[Cells], head: int, *, name: str, stem: str) -> Draft:
    heads = list(rows[head].texts)
    columns = _columns(heads)
    above = [text for row in rows[:head] for text in row.texts if text]
    draft = Draft(title=above[0] if above else stem, format="running_order")
    unread = [text for at, text in enumerate(heads) if text and at not in columns.values()]
    if unread:
        shown = ", ".join(f"« {quote(text)} »" for text in unread)
        message = f"colonnes non reprises : {shown}."
        draft.remarks.append(Remark("script.unread_column", message, rows[head].line, severe=False))
    table = _Table(draft, columns, _unit(heads[columns["duration"]]) if "duration" in columns else 60)
    for row in rows[head + 1 :]:
        table.read(row)
    if not draft.scenes:
        raise BadInput(
            Problem(
                "aucune ligne sous les titres de colonnes",
                file=name,
                line=rows[head].line,
                expected="une ligne par élément de la conduite",
            )
        )
    return draft
