"""People without an account: their private links, and the sheet that a link opens."""
