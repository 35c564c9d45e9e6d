"""Rules → evidence that they do what they say: tried on their examples, altered one place at a time, and put to a solver."""
