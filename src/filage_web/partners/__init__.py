"""Partners: who could bring what, where one stands with each, and what comes next."""
