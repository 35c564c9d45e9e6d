"""Scheme → facts: Chinese prose and structured fields read into one typed vocabulary, each fact with the words it came from."""
