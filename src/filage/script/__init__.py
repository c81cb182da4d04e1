"""Scripts: plays, screenplays and running orders read into scenes, characters and words, for every area."""

from filage.script.duration import clock
from filage.script.facts import facts_of
from filage.script.page import pages
from filage.script.read import MAX_BYTES, read_script
from filage.script.shape import FILMED, Character, Script, ScriptScene, Tagged, Version

__all__ = [
    "FILMED",
    "MAX_BYTES",
    "Character",
    "Script",
    "ScriptScene",
    "Tagged",
    "Version",
    "clock",
    "facts_of",
    "pages",
    "read_script",
]
