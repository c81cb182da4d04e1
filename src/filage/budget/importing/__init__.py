"""A budget somebody already has in a spreadsheet: read, recognised, checked, made facts; each refused row says why."""
