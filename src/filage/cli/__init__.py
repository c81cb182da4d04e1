"""The command line of Filage."""
