"""What the house believes: reads rules/ and resources/evidence/ once, at the start."""
