"""Follow the money: what is ordered, spent and paid against the budget, and when the account moves."""
