"""What works and their authors are due, the tax on shows, and which VAT a price bears."""
