"""The structure as this production sees it: identity, licences, its own rates, and the legal values that need it."""
