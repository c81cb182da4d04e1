"""Every way of selling a date: how the money of a house is shared, side by side."""
