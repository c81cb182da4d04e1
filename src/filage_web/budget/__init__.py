"""The budget: a grid of computed and typed lines, its variables, its totals, its keyboard."""
