"""How needs are read: a passage from top to bottom, its sentences, and which value belongs to which need."""
