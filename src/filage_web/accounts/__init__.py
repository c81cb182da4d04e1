"""Who may come in and what they may do: structures, members, roles, private links."""
