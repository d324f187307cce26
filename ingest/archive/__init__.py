"""Where articles are kept and how they are found: SQL is the truth, Chroma an index."""
