"""A draft that passed → a folder that anyone can verify later, offline: the paper, its scheme, its report, and a signed attestation."""
