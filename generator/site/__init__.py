"""From the papers to the site: its pages as views, these as HTML, and what is around them."""
