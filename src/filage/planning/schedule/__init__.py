"""The best order of scenes, tasks and places: read the data, search, and check what was found by counting again."""
