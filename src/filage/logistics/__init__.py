"""Travel, lodging, catering and freight: what they cost and where that follows from."""
