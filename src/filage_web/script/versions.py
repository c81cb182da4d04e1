"""A text given, against what is known: its plan, and the paragraphs that differ side by side."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from filage.facts.changing import changed_fact
from filage.facts.dossier import Dossier
from filage.facts.intent import Mark
from filage.facts.script import RunningOrder, Scene
from filage.kernel.changes import Change, remove, set_
from filage.script.page import pages
from filage.script.read import read_script
from filage.script.shape import Script
from filage.script.texts import SceneText, scene_texts
from filage.script.version import new_version
from filage.script.version_shape import FATES, SceneChange, VersionPlan
from filage_web.accounts.models import Structure
from filage_web.script.scenes import french
from filage_web.script.texts import Attached, base_name
from filage_web.store import models
from filage_web.store.files import bytes_of
from filage_web.store.models import File

STATUS: Final = {"kept": "", "moved": "arrow", "changed": "hand", "new": "plus", "cut": "close"}
"""The icon of what becomes of a scene: always beside its word."""
_SHOWN: Final = 400
"""Paragraphs drawn side by side, in all: a page stays readable, the file holds the rest."""


@dataclass(frozen=True, slots=True)
class Side:
    """Some paragraphs that follow each other in one version and their counterpart in the other."""

    same: bool
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SceneRow:
    """What becomes of one scene, ready to draw."""

    change: SceneChange
    word: str
    icon: str
    before: str
    after: str
    pages_before: str
    pages_after: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A text against what is known."""

    file: File
    script: Script
    plan: VersionPlan
    rows: tuple[SceneRow, ...]
    changes: tuple[Change, ...]
    before_known: bool
    """Whether the text before is at hand: without it, scenes are compared with their sheets only."""

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many scenes of each fate, those that have some."""
        found = [(STATUS[fate], word, len(self.plan.of(fate))) for fate, word in FATES.items()]
        return [one for one in found if one[2]]

    @property
    def by_hand(self) -> bool:
        """Whether somebody's corrections stand against what the text says."""
        return any(kept.theirs for row in self.rows for kept in row.change.by_hand)

    def taking(self, asked: Collection[str]) -> tuple[Change, ...]:
        """The changes, with what the text says in place of the corrections named (`scene/12.label`)."""
        taken: dict[str, dict[str, str]] = {}
        for row in self.rows:
            for kept in row.change.by_hand:
                if kept.theirs and f"{row.change.about}.{kept.field}" in asked:
                    taken.setdefault(row.change.about, {})[kept.field] = kept.theirs
        return (
            *self.changes,
            *(Change(op="set", about=about, values=values) for about, values in taken.items()),
        )

    @property
    def nothing(self) -> bool:
        """Whether accepting changes nothing."""
        return not self.changes


def compare_text(
    structure: Structure,
    dossier: Dossier,
    attached: Attached,
    file: File,
    *,
    version: str | None,
    today: date,
) -> Compared:
    """Read a text and compare it with what is known; BadInput when it cannot be read any more."""
    data = bytes_of(file)
    after = read_script(data, name=file.name, version=version)
    texts = scene_texts(data, file.name)
    before = None
    if attached.file is not None and not attached.problem:
        before = read_script(bytes_of(attached.file), name=attached.file.name)
    used = _used(structure, dossier.production.id)
    aside = [mark for mark in dossier.all(Mark) if mark.scene and mark.element is None]
    plan = new_version(
        _without(dossier, aside), before, after, file=file.name, today=today, texts=texts, used=used
    )
    rows = tuple(_rows(dossier, attached, plan, texts))
    return Compared(
        file, after, plan, rows, (*_freed(aside, plan), *_changes(dossier, plan)), before is not None
    )


def _without(dossier: Dossier, aside: Collection[Mark]) -> Dossier:
    """What was put aside holds no scene back: the words that asked for nothing are gone with it."""
    if not aside:
        return dossier
    left = {mark.about for mark in aside}
    return Dossier.of_facts([fact for fact in dossier if fact.about not in left])


def _freed(aside: Iterable[Mark], plan: VersionPlan) -> Iterator[Change]:
    gone = {change.about for change in plan.changes if change.op == "remove"}
    yield from (remove(mark.about) for mark in aside if mark.scene in gone)


def _changes(dossier: Dossier, plan: VersionPlan) -> tuple[Change, ...]:
    """The changes of the plan without those that say what is already so; a first order is the one played."""
    made = [change for change in plan.changes if change.op != "set" or not _already(dossier, change)]
    orders = [change for change in made if change.op == "add" and change.kind == "running_order"]
    if orders and dossier.production.running_order is None:
        made.append(set_(dossier.production.about, running_order=orders[0].about))
    return tuple(made)


def _already(dossier: Dossier, change: Change) -> bool:
    """Whether a change of the order would say again what it says, but for the folder of its file."""
    order = dossier.find(change.about, RunningOrder)
    if order is None or "script" not in change.values:
        return False
    after = changed_fact(order, change)
    same = base_name(getattr(after, "script", None) or "") == base_name(order.script or "")
    return same and after.model_copy(update={"script": order.script}) == order


def _used(structure: Structure, production: str) -> list[str]:
    """The scenes and elements the history knows: their ids are never given again."""
    found = models.Change.objects.filter(
        structure=structure,
        change_set__production__slug=production,
        kind__in=("scene", "element"),
        op__in=("add", "remove"),
    )
    return [f"{kind}/{ident}" for kind, ident in found.values_list("kind", "ident").distinct()]


def _rows(
    dossier: Dossier, attached: Attached, plan: VersionPlan, texts: Mapping[str, SceneText]
) -> Iterator[SceneRow]:
    left = _SHOWN
    for change in plan.scenes:
        fact = dossier.find(change.about, Scene)
        old = attached.text(fact) if fact else None
        new = texts.get(change.after.id) if change.after else None
        sides: tuple[Side, ...] = ()
        if change.fate in ("changed", "new", "cut") and left > 0:
            sides = tuple(_sides(old, new))
            left -= sum(max(len(side.before), len(side.after)) for side in sides if not side.same)
        yield SceneRow(
            change=change,
            word=FATES[change.fate],
            icon=STATUS[change.fate],
            before=_called(fact) if fact else "",
            after=_heading(change),
            pages_before=_pages(change.before.eighths if change.before else None, plan),
            pages_after=_pages(change.after.eighths if change.after else None, plan),
            sides=sides,
        )


def _called(scene: Scene) -> str:
    return " ".join(part for part in (scene.number, scene.label) if part)


def _heading(change: SceneChange) -> str:
    if change.after is None:
        return ""
    return " ".join(part for part in (change.after.number, change.after.heading) if part)


def _pages(eighths: int | None, plan: VersionPlan) -> str:
    return pages(eighths) if eighths is not None and plan.script.format in ("fountain", "fdx") else ""


def _sides(old: SceneText | None, new: SceneText | None) -> Iterator[Side]:
    """The paragraphs of two versions, those that did not move told apart from those that did."""
    before = [block.text for block in old.blocks] if old else []
    after = [block.text for block in new.blocks] if new else []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, a, b, c, d in matcher.get_opcodes():
        left, right = (tuple(map(french, part)) for part in (before[a:b], after[c:d]))
        yield Side(verb == "equal", left, right)


def is_attached(dossier: Dossier, file: File) -> bool:
    """Whether an order of the production comes from this file."""
    return any(base_name(order.script or "") == file.name for order in dossier.all(RunningOrder))
