"""Accounts given to others: the financial report to a funder, the budget report to those who decide."""
