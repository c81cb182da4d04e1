"""What reading a text can tell besides its scenes, in the shapes other programs rely on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from filage.script.elements import suggest_elements
from filage.script.match import Pair, match_scenes
from filage.script.shape import Script, ScriptScene


def elements_json(script: Script) -> dict[str, Any]:
    """What the scenes seem to need, scene by scene (`docs/shapes/script-elements.schema.json`)."""
    scenes = [
        {
            **_named(scene),
            "marked": [asdict(element) for element in scene.elements],
            "suggestions": [asdict(suggestion) for suggestion in suggest_elements(scene)],
        }
        for scene in script.scenes
    ]
    return {"title": script.title, "format": script.format, "scenes": scenes}


def changes_json(before: Script, after: Script) -> dict[str, Any]:
    """What a new version does to the scenes of another (`docs/shapes/script-changes.schema.json`)."""
    found = match_scenes(before.scenes, after.scenes)
    return {
        "before": _whole(before),
        "after": _whole(after),
        **{
            name: [_pair_json(pair) for pair in getattr(found, name)] for name in ("same", "moved", "changed")
        },
        "new": [_named(scene) for scene in found.new],
        "cut": [_named(scene) for scene in found.cut],
    }


def _whole(script: Script) -> dict[str, Any]:
    return {
        "title": script.title,
        "scenes": len(script.scenes),
        "eighths": sum(scene.eighths for scene in script.scenes),
        "words": sum(scene.words for scene in script.scenes),
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    return {
        "before": _named(pair.before),
        "after": _named(pair.after),
        "likeness": pair.likeness,
        "differs": list(pair.differs),
        "moved": pair.moved,
    }


def _named(scene: ScriptScene) -> dict[str, Any]:
    return {"id": scene.id, "number": scene.number, "heading": scene.heading}
