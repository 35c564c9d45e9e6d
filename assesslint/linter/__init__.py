"""Files and a rulebook → a Report: reads each draft, judges its facts, applies configuration and waivers."""
