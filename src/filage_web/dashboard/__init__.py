"""Tableau de bord: what is due, what is wrong, does it balance; then what comes next and what was done."""
