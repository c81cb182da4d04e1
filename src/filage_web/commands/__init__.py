"""The office on the command line: serve, worker, demo, account, import, export, backup, restore, store.

Each module is imported when its command is called, and starts Django only then.
"""
