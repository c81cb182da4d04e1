"""The follow-up: every line to its final cost, orders, expenses typed, photographed or imported, and their lines."""
