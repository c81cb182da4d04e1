"""A new version of a script against a dossier: what becomes of each scene, and the changes that accept it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from filage.facts.base import label_of
from filage.facts.calendar import Event
from filage.facts.script import RunningOrder, Scene
from filage.kernel.changes import Change, add, remove, set_
from filage.script.facts import part_of
from filage.script.ids import Unique, slug
from filage.script.match import Pair
from filage.script.played import running_order_of
from filage.script.shape import Script, ScriptScene
from filage.script.version_marks import carry_marks, new_marks
from filage.script.version_order import Moves, entry_of, new_entries
from filage.script.version_pairs import back, paired, paired_without_text, referring_scenes, supposed
from filage.script.version_roles import roles_changed, scenes_of_roles
from filage.script.version_scenes import Carried, Roles, added, carried
from filage.script.version_shape import (
    OUT,
    Fate,
    MarkChange,
    RoleChange,
    SceneChange,
    TouchedEvent,
    VersionPlan,
)

if TYPE_CHECKING:
    from datetime import date

    from filage.facts.dossier import Dossier
    from filage.script.texts import SceneText


def new_version(
    dossier: Dossier,
    before: Script | None,
    after: Script,
    *,
    file: str,
    today: date,
    texts: Mapping[str, SceneText] | None = None,
    used: Iterable[str] = (),
) -> VersionPlan:
    """Return what a new version does to a dossier; nothing is written.

    `before` is the former text, None when its file is not at hand (its scenes are then those of the dossier). `file`
    is the name of the new one, `texts` what `scene_texts` reads in it, without which marked passages are left alone.
    `used` are ids (`scene/12`) the history knows and that may not be given again. Scenes cut leave the dates still to
    come, unless these are locked; a scene something still refers to is kept, and marked cut in the order played.
    """
    return _Plan(dossier, before, after, file=file, today=today, texts=texts, used=tuple(used)).made()


class _Plan:
    """The pairs found, then everything that follows from them."""

    def __init__(
        self,
        dossier: Dossier,
        before: Script | None,
        after: Script,
        *,
        file: str,
        today: date,
        texts: Mapping[str, SceneText] | None,
        used: tuple[str, ...],
    ) -> None:
        self.dossier, self.before, self.after = dossier, before, after
        self.file, self.today, self.texts, self.used = file, today, texts, used
        self.facts = {scene.source or scene.id: scene for scene in dossier.all(Scene)}
        self.formats = (before.format if before else after.format, after.format)
        if before is None:
            found = paired_without_text(dossier, after, self.facts.keys())
        else:
            found = paired(before.scenes, after, self.facts.keys())
        self.former = [
            one for one in (before.scenes if before else supposed(dossier)) if one.id in self.facts
        ]
        self.back = back(dossier, found.new)
        self.pairs = [*found.pairs, *(self._returned(scene) for scene in found.new if scene.id in self.back)]
        self.fresh = [scene for scene in found.new if scene.id not in self.back]
        self.cut, self.left_out = found.cut, found.left_out
        self.roles = Roles(dossier, after, [one for one in used if one.startswith("element/")])
        self.ids = self._fresh_ids(used)
        self.referring = referring_scenes(dossier)

    def _returned(self, scene: ScriptScene) -> Pair:
        """A scene that comes back, with what the dossier kept of it."""
        fact = self.back[scene.id]
        return Pair(replace(scene, id=fact.source or fact.id), scene, 0.0, (), moved=False)

    def _fresh_ids(self, used: tuple[str, ...]) -> dict[str, str]:
        """The reference each new scene takes: never one given before."""
        ids = Unique()
        for about in [*used, *(scene.about for scene in self.dossier.all(Scene))]:
            if about.startswith("scene/"):
                ids.take(about.partition("/")[2])
        return {scene.id: f"scene/{ids.take(slug(scene.id, 'scene'))}" for scene in self.fresh}

    def made(self) -> VersionPlan:
        """Put everything together: additions first, what is removed last."""
        kept = {pair.after.id: self._carried(pair) for pair in self.pairs}
        new = [added(scene, self.ids[scene.id], self.after, self.roles) for scene in self.fresh]
        marks, mark_changes = self._marks()
        tagged = new_marks(self.dossier, self._sides(), self.roles, self.used)
        lost = {mark.scene_before for mark in marks if mark.lost}
        moved_away = {mark.scene_before for mark in marks if not mark.lost}
        cut = [self.facts[scene.id] for scene in self.cut]
        events, event_changes = self._events(kept, {fact.about for fact in cut})
        stays = {
            fact.about
            for fact in cut
            if fact.about in lost or self._is_held(fact.about, event_changes, moved_away)
        }
        order = self._order({fact.about for fact in cut}, stays)
        roles, role_changes = self._roles(kept)
        changes = [
            *self.roles.added.values(),
            *new,
            *(one.change for one in kept.values() if one.change),
            *(_out(fact) for fact in cut if fact.about in stays),
            *role_changes,
            *mark_changes,
            *tagged,
            *order,
            *event_changes.values(),
            *(remove(fact.about) for fact in cut if fact.about not in stays),
        ]
        return VersionPlan(
            script=self.after,
            scenes=(*self._told(kept), *(self._told_cut(scene, stays) for scene in self.cut)),
            left_out=self.left_out,
            changes=tuple(changes),
            marks=marks,
            roles=roles,
            events=events,
            eighths_before=sum(self.facts[scene.id].eighths or 0 for scene in self.former),
            eighths_after=sum(scene.eighths for scene in self.after.scenes if scene not in self.left_out),
        )

    def _roles(self, kept: Mapping[str, Carried]) -> tuple[tuple[RoleChange, ...], list[Change]]:
        becoming = {
            self._fact(pair).about: what.change.values["elements"]
            for pair in self.pairs
            if (what := kept[pair.after.id]).change and "elements" in what.change.values
        }
        gone = {self.facts[scene.id].about for scene in self.cut}
        scenes = scenes_of_roles(self.dossier, self.roles, becoming=becoming, gone=gone, new=self.fresh)
        return roles_changed(self.dossier, self.roles, (self.before, self.after), scenes)

    def _sides(self) -> Iterable[tuple[str, ScriptScene | None, ScriptScene]]:
        """Each scene of the new text with the former one, by reference."""
        for pair in self.pairs:
            yield self._fact(pair).about, pair.before if pair.after.id not in self.back else None, pair.after
        for scene in self.fresh:
            yield self.ids[scene.id], None, scene

    def _fact(self, pair: Pair) -> Scene:
        return self.facts[pair.before.id]

    def _carried(self, pair: Pair) -> Carried:
        former = pair.before if self.before and pair.after.id not in self.back else None
        return carried(self._fact(pair), former, pair.after, formats=self.formats, roles=self.roles)

    # -- what is told ------------------------------------------------------------------------------

    def _told(self, kept: Mapping[str, Carried]) -> Iterable[SceneChange]:
        pairs = {pair.after.id: pair for pair in self.pairs}
        for scene in self.after.scenes:
            if scene.id in pairs:
                yield self._told_pair(pairs[scene.id], kept[scene.id])
            elif scene.id in self.ids:
                yield SceneChange(
                    self.ids[scene.id], "new", scene.number or "", scene.heading, None, scene, likeness=0.0
                )

    def _told_pair(self, pair: Pair, what: Carried) -> SceneChange:
        touched = {"heading", "text"} & set(pair.differs) if self.before else set(what.fields)
        fate: Fate = "changed" if touched else "moved" if pair.moved else "kept"
        returns = pair.after.id in self.back
        return SceneChange(
            about=self._fact(pair).about,
            fate="new" if returns else fate,
            number=pair.after.number or "",
            heading=pair.after.heading,
            before=pair.before,
            after=pair.after,
            likeness=pair.likeness if self.before else 1.0,
            differs=pair.differs if self.before else (),
            moved=pair.moved,
            fields=what.fields,
            by_hand=what.by_hand,
            remarks=("coupée d’une version d’avant, elle revient",) if returns else what.remarks,
        )

    def _told_cut(self, scene: ScriptScene, stays: Collection[str]) -> SceneChange:
        fact = self.facts[scene.id]
        remarks = ("gardée, marquée supprimée : des dates, des marques ou des plans y renvoient",)
        return SceneChange(
            about=fact.about,
            fate="cut",
            number=fact.number or "",
            heading=fact.label,
            before=scene,
            after=None,
            likeness=0.0,
            remarks=remarks if fact.about in stays else (),
            stays=fact.about in stays,
        )

    # -- marks, dates, order -----------------------------------------------------------------------

    def _marks(self) -> tuple[tuple[MarkChange, ...], list[Change]]:
        if self.texts is None:
            return (), []
        touched: dict[str, str | None] = {
            self._fact(pair).about: self._fact(pair).about for pair in self.pairs
        }
        touched |= {self.facts[scene.id].about: None for scene in self.cut}
        texts = {
            about: self.texts[scene.id]
            for about, scene in [
                *((self._fact(pair).about, pair.after) for pair in self.pairs),
                *((self.ids[scene.id], scene) for scene in self.fresh),
            ]
            if scene.id in self.texts
        }
        found = list(carry_marks(self.dossier, texts, touched))
        return tuple(told for told, _ in found if told), [change for _, change in found if change]

    def _events(
        self, kept: Mapping[str, Carried], cut: Collection[str]
    ) -> tuple[tuple[TouchedEvent, ...], dict[str, Change]]:
        """The dates whose scenes are no longer the same; those to come lose the scenes cut."""
        changed = {self._fact(pair).about for pair in self.pairs if kept[pair.after.id].change}
        told, changes = [], {}
        for event in sorted(self.dossier.all(Event), key=lambda one: (one.day, one.about)):
            ours = tuple(scene for scene in event.scenes if scene in changed)
            gone = tuple(scene for scene in event.scenes if scene in cut)
            if event.option == "cancelled" or not (ours or gone):
                continue
            past = event.day < self.today
            label = event.label or label_of(event, "type")
            told.append(
                TouchedEvent(event.about, label, event.type, event.day, ours, gone, past, event.locked)
            )
            if gone and not past and not event.locked:
                left = [scene for scene in event.scenes if scene not in cut]
                changes[event.about] = set_(event.about, scenes=left)
        return tuple(told), changes

    def _is_held(self, scene: str, events: Mapping[str, Change], marks: Collection[str]) -> bool:
        """Whether something still refers to a scene once the dates to come, the order and its marks let it go."""
        left = [
            about
            for about in self.referring[scene]
            if not about.startswith("running_order/")
            and about not in events
            and not (about.startswith("mark/") and scene in marks)
        ]
        return bool(left)

    def _order(self, cut: Collection[str], stays: Collection[str]) -> list[Change]:
        order = running_order_of(self.dossier)
        abouts = {pair.after.id: self._fact(pair).about for pair in self.pairs} | self.ids
        parts = {
            self._fact(pair).about: (self._part(pair.before), self._part(pair.after)) for pair in self.pairs
        }
        if self.before is None:
            parts = {about: (new, new) for about, (_, new) in parts.items()}
        parts |= {self.ids[scene.id]: (None, self._part(scene)) for scene in self.fresh}
        moves = Moves(
            new=set(self.ids.values()),
            cut=stays,
            gone=set(cut) - set(stays),
            back={fact.about for fact in self.back.values()},
        )
        entries = new_entries(
            order,
            moves,
            before=[self.facts[scene.id].about for scene in self.former] if self.before else (),
            after=[abouts[scene.id] for scene in self.after.scenes if scene.id in abouts],
            parts=parts,
        )
        if order is None:
            return [
                add("running_order/texte", label=self.after.title[:200], script=self.file, scenes=entries)
            ]
        return [
            set_(order.about, script=self.file, scenes=entries),
            *self._other_orders(order.about, set(cut) - set(stays)),
        ]

    def _part(self, scene: ScriptScene) -> str | None:
        texts = [text for text in (self.before, self.after) if text]
        return part_of(scene, {version.id: version.label for text in texts for version in text.versions})

    def _other_orders(self, played: str, gone: Collection[str]) -> Iterable[Change]:
        """Other orders let go of the scenes that leave the dossier."""
        for order in self.dossier.all(RunningOrder):
            left = [entry_of(one) for one in order.scenes if one.scene not in gone]
            if order.about != played and len(left) != len(order.scenes):
                yield set_(order.about, scenes=left)


def _out(fact: Scene) -> Change:
    """Its place in the file may be another scene's from now on: it keeps its words of the dossier alone."""
    return set_(fact.about, source=f"{fact.source or fact.id}{OUT}")
