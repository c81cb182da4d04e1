"""From what a reader found to the script: ids, counts and findings, the same for every format."""

from __future__ import annotations

from collections import Counter

from filage.kernel.errors import BadInput, Problem
from filage.kernel.finding import Finding, Remedy, by_severity
from filage.kernel.text import closest, fold
from filage.script.draft import Direction, Draft, DraftScene, Speech
from filage.script.ids import Unique, slug
from filage.script.page import eighths_of
from filage.script.shape import Character, Script, ScriptScene, Version
from filage.script.words import count_words, quote, squeeze

_ENDS = (".", ",", ";", ":", "!", "?", "…", ")", "]")


def assemble(draft: Draft, *, name: str, version: str | None = None) -> Script:
    """Count what was found; `version` keeps the scenes of that one, and an unknown one is refused."""
    ids = Unique()
    identified = [(ids.take(scene.wanted_id), scene) for scene in draft.scenes]
    names = _distinct(draft.names)
    kept = _only(identified, _chosen(draft, name, version))
    findings = [finding for ident, scene in kept for finding in _scene_findings(ident, scene)]
    findings += _repeated_numbers(kept) + _text_findings(draft, name)
    return Script(
        title=draft.title,
        format=draft.format,
        versions=_versions(draft),
        scenes=tuple(_scene(ident, scene, names) for ident, scene in kept),
        characters=_characters(draft, [scene for _, scene in kept], names),
        findings=by_severity(findings),
    )


def _chosen(draft: Draft, name: str, version: str | None) -> str | None:
    if version is None:
        return None
    wanted = fold(version.strip())
    if wanted in draft.versions:
        return wanted
    if not draft.versions:
        raise BadInput(
            Problem(
                f"version « {version} » inconnue",
                file=name,
                suggestion="ce texte n’a qu’une version : retirez --version",
            )
        )
    near = closest(wanted, draft.versions)
    guess = f" ; vouliez-vous « {near} » ?" if near else ""
    known = ", ".join(f"{ident} ({label})" for ident, label in draft.versions.items())
    raise BadInput(Problem(f"version « {version} » inconnue", file=name, expected=known + guess))


def _only(scenes: list[tuple[str, DraftScene]], version: str | None) -> list[tuple[str, DraftScene]]:
    if version is None:
        return scenes
    return [(ident, scene) for ident, scene in scenes if scene.version == version]


def _versions(draft: Draft) -> tuple[Version, ...]:
    held = Counter(scene.version for scene in draft.scenes)
    return tuple(Version(ident, label, held[ident]) for ident, label in draft.versions.items())


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """Two characters of one name are told apart by a number."""
    unique = Unique("{} ({})")
    return {key: unique.take(name) for key, name in names.items()}


def _speeches(scene: DraftScene) -> list[Speech]:
    return [block for block in scene.blocks if isinstance(block, Speech)]


def _scene(ident: str, scene: DraftScene, names: dict[str, str]) -> ScriptScene:
    speeches = _speeches(scene)
    heard = [key for speech in speeches for key in speech.speakers]
    there = dict.fromkeys(names[key] for key in [*heard, *scene.present])
    return ScriptScene(
        id=ident,
        number=scene.number,
        heading=scene.heading,
        int_ext=scene.place.int_ext,
        set=scene.place.set,
        time=scene.place.time,
        characters=tuple(there),
        eighths=eighths_of(scene.blocks) if scene.eighths is None else scene.eighths,
        estimated=scene.eighths is None,
        words=sum(count_words(speech.text) for speech in speeches),
        version=scene.version,
        part=scene.part,
        act=scene.act,
        opening=_opening(scene),
        seconds=scene.seconds,
        elements=tuple(dict.fromkeys(scene.elements)),
        shown="\n".join(block.text for block in scene.blocks if isinstance(block, Direction)),
        said="\n".join(speech.text for speech in speeches),
        passages=tuple(scene.passages),
    )


def _opening(scene: DraftScene) -> str | None:
    """What the text shows before anybody speaks."""
    shown: list[str] = []
    for block in scene.blocks:
        if not isinstance(block, Direction):
            break
        if shown:
            shown.append(" " if shown[-1].endswith(_ENDS) else " – ")
        shown.append(block.text)
    return squeeze("".join(shown)) or None


def _characters(draft: Draft, kept: list[DraftScene], names: dict[str, str]) -> tuple[Character, ...]:
    cues: Counter[str] = Counter()
    words: Counter[str] = Counter()
    scenes: Counter[str] = Counter()
    for scene in kept:
        speeches = _speeches(scene)
        scenes.update({key for speech in speeches for key in speech.speakers} | set(scene.present))
        for speech in speeches:
            for key in speech.speakers:
                cues[key] += 1
                words[key] += count_words(speech.text)
    everything = [speech for scene in draft.scenes for speech in _speeches(scene)] + draft.homeless
    heard = {key for speech in everything for key in speech.speakers}
    heard |= {key for scene in draft.scenes for key in scene.present}
    ids = Unique()
    every = [(key, ids.take(slug(key, "personnage"))) for key in names]
    whole = len(kept) == len(draft.scenes)
    return tuple(
        Character(names[key], ident, scenes[key], cues[key], words[key], key not in heard)
        for key, ident in every
        if whole or key not in heard or scenes[key]
    )


def _scene_findings(ident: str, scene: DraftScene) -> list[Finding]:
    about = f"scene/{ident}"
    unsigned = [speech for speech in _speeches(scene) if not speech.speakers]
    findings = [_speech_without_who(about, scene, speech) for speech in unsigned]
    if not scene.blocks and scene.eighths != 0:
        message = f"« {scene.heading} » (ligne {scene.line}) ne contient ni action ni réplique."
        findings.append(Finding("script.empty_scene", "info", about, message))
    if scene.place.int_ext and not scene.place.time:
        message = f"« {scene.heading} » (ligne {scene.line}) ne dit ni le jour ni la nuit."
        remedy = Remedy("Terminez le titre de la scène par « - JOUR » ou « - NUIT »")
        findings.append(Finding("script.scene_without_time", "info", about, message, remedies=(remedy,)))
    return findings


def _speech_without_who(about: str, scene: DraftScene, speech: Speech) -> Finding:
    above = f"« {speech.label} » " if speech.label else ""
    message = (
        f"{scene.heading}, ligne {speech.line} : réplique {above}sans personnage désigné : "
        f"« {quote(speech.text)} ». "
        f"Ses {count_words(speech.text)} mots comptent pour la scène et pour personne."
    )
    remedy = Remedy("Désignez dans le texte le personnage qui parle")
    return Finding("script.speech_without_who", "warning", about, message, remedies=(remedy,))


def _repeated_numbers(scenes: list[tuple[str, DraftScene]]) -> list[Finding]:
    first: dict[tuple[str | None, ...], DraftScene] = {}
    findings = []
    for ident, scene in scenes:
        if scene.number is None:
            continue
        before = first.setdefault((scene.version, scene.part, scene.act, fold(scene.number)), scene)
        if before is not scene:
            message = (
                f"Le numéro {scene.number} est donné deux fois : lignes {before.line} et {scene.line}. "
                f"La seconde scène prend l’identifiant {ident}."
            )
            findings.append(Finding("script.repeated_number", "warning", f"scene/{ident}", message))
    return findings


def _text_findings(draft: Draft, name: str) -> list[Finding]:
    about = f"script/{slug(name.rpartition('/')[2].partition('.')[0], 'texte')}"
    findings = []
    for remark in draft.remarks:
        message = f"Ligne {remark.line} : {remark.message}"
        findings.append(Finding(remark.code, "warning" if remark.severe else "info", about, message))
    for speech in draft.homeless:
        who = f" de {speech.label}" if speech.label else ""
        message = (
            f"Ligne {speech.line} : réplique{who} hors de toute scène : « {quote(speech.text)} ». "
            "Elle n’est comptée nulle part."
        )
        findings.append(Finding("script.speech_outside_scene", "warning", about, message))
    return findings
