"""What the work earns once it is made: receipts by source, and the corridors that share them."""
