"""Scripts: plays, screenplays and running orders read into scenes, characters and words, for every area."""

from filage.script.duration import clock
from filage.script.elements import Suggestion, suggest_elements
from filage.script.facts import facts_of
from filage.script.match import Matches, Pair, match_scenes
from filage.script.page import pages
from filage.script.read import MAX_BYTES, read_script
from filage.script.shape import FILMED, Character, Script, ScriptScene, Tagged, Version
from filage.script.telling import changes_json, elements_json

__all__ = [
    "FILMED",
    "MAX_BYTES",
    "Character",
    "Matches",
    "Pair",
    "Script",
    "ScriptScene",
    "Suggestion",
    "Tagged",
    "Version",
    "changes_json",
    "clock",
    "elements_json",
    "facts_of",
    "match_scenes",
    "pages",
    "read_script",
    "suggest_elements",
]
