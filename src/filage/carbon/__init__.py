"""What a production emits: for now its journeys, nights, meals and freight."""
