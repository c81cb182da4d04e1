"""The text attached to a production: found under the name its order keeps, read once for each content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from filage.facts.dossier import Dossier
from filage.facts.script import Scene
from filage.kernel.errors import BadInput
from filage.script.played import running_order_of
from filage.script.read import read_script
from filage.script.shape import Script, ScriptScene
from filage.script.texts import SceneText, scene_texts
from filage_web.accounts.models import Structure
from filage_web.store.files import GivenFile, bytes_of, keep_file
from filage_web.store.models import File, Production

KEPT: Final = 6
"""Texts kept read in each process."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The text of a production: its file, its scenes and their words; `problem` says why it cannot be read."""

    file: File | None = None
    named: str = ""
    """The name the order gives it, whether the file is there or not."""
    texts: Mapping[str, SceneText] = field(default_factory=dict)
    read: Mapping[str, ScriptScene] = field(default_factory=dict)
    problem: str = ""

    def text(self, scene: Scene) -> SceneText | None:
        """The words of a scene; None when the file does not hold it."""
        return self.texts.get(scene.source or scene.id)

    def scene(self, scene: Scene) -> ScriptScene | None:
        """A scene as the file gives it."""
        return self.read.get(scene.source or scene.id)


def attached_to(structure: Structure, dossier: Dossier) -> Attached:
    """Find and read the text of a production, in one query."""
    order = running_order_of(dossier)
    named = base_name(order.script) if order and order.script else ""
    if not named:
        return Attached()
    file = file_called(structure, dossier.production.id, named)
    if file is None:
        return Attached(named=named)
    try:
        texts, script = _read(file.structure.pk, file.sha256, file.name)
    except BadInput as error:
        return Attached(file, named, problem=str(error))
    return Attached(file, named, texts, {scene.id: scene for scene in script.scenes})


def base_name(script: str) -> str:
    """The name of a file without the folder an export may have put before it."""
    return PurePosixPath(script).name


def file_called(structure: Structure, production: str, name: str) -> File | None:
    """Find a file kept with the production by its name."""
    found = File.objects.filter(structure=structure, production__slug=production, name=name)
    return found.select_related("structure").first()


@lru_cache(maxsize=KEPT)
def _read(structure: int, digest: str, name: str) -> tuple[Mapping[str, SceneText], Script]:
    file = File.objects.filter(structure_id=structure, sha256=digest).select_related("structure").first()
    data = bytes_of(file) if file else b""
    return scene_texts(data, name), read_script(data, name=name)


def keep_text(structure: Structure, production: Production, given: GivenFile, *, actor: object) -> File:
    """Keep a text beside those already there: one of the same name and other words takes a number."""
    known = dict(
        File.objects.filter(structure=structure, production=production).values_list("name", "sha256")
    )
    name = given.name
    stem, dot, suffix = name.rpartition(".")
    rank = 2
    while known.get(name, given.sha256) != given.sha256:
        name = f"{stem or suffix}-{rank}{dot}{suffix if stem else ''}"
        rank += 1
    same = GivenFile(name, given.data, given.media_type)
    return keep_file(structure, production, same, actor=actor)  # type: ignore[arg-type]
