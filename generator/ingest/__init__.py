"""From dumps to pages: what dumps tell, merged with the pages that are there, and a plan of the files to write."""
