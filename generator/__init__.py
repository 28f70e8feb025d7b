"""Turns digest dumps into Markdown pages, and the pages into a searchable site."""
