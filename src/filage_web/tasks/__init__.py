"""Tasks and milestones: list, Gantt, usual tasks laid back from a day; and who is free, asked by private link."""
