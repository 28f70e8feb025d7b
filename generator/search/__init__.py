"""The search of the site: what is indexed, how words become terms, and the files that the browser loads."""
