"""Scripts: plays and screenplays read into scenes, characters and words, in a form every area can use."""

from filage.script.facts import facts_of
from filage.script.page import pages
from filage.script.read import MAX_BYTES, read_script
from filage.script.shape import Character, Script, ScriptScene, Version

__all__ = ["MAX_BYTES", "Character", "Script", "ScriptScene", "Version", "facts_of", "pages", "read_script"]
