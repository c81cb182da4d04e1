"""Scripts: plays, screenplays and running orders read into scenes, characters and words, for every area.

What reads a dossier (`breakdown`, `element_list`, `presence`, `version`, `facts`…) is imported from its own module:
reading a file needs no facts.
"""

from filage.script.duration import clock
from filage.script.elements import Suggestion, suggest_elements
from filage.script.facts import facts_of
from filage.script.match import Matches, Pair, match_scenes
from filage.script.page import pages
from filage.script.read import MAX_BYTES, read_script
from filage.script.shape import FILMED, Character, Script, ScriptScene, Tagged, Version
from filage.script.telling import changes_json, elements_json
from filage.script.texts import SceneText, TextBlock, find_mark, find_passage, scene_texts, text_of

__all__ = [
    "FILMED",
    "MAX_BYTES",
    "Character",
    "Matches",
    "Pair",
    "SceneText",
    "Script",
    "ScriptScene",
    "Suggestion",
    "Tagged",
    "TextBlock",
    "Version",
    "changes_json",
    "clock",
    "elements_json",
    "facts_of",
    "find_mark",
    "find_passage",
    "match_scenes",
    "pages",
    "read_script",
    "scene_texts",
    "suggest_elements",
    "text_of",
]
