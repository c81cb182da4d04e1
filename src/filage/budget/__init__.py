"""The budget: named variables, computed and typed lines, totals, and the price of cession."""
