"""Scripts: plays, screenplays and running orders read into scenes, characters and words, for every area.

Everything is imported from its own module: a review needs no reader of files, and reading a file needs no facts.
"""
