"""The price of cession: the sheet, the dates sold, the cumulated result, and what another price would change."""
