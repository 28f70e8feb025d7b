"""The pages of ``content/`` as text: front matter, taken apart and put together."""
