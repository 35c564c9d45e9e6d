"""Published schemes → an append-only register whose every state can be proved, and the answers that inspectors look for in it."""
