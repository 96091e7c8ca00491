"""The site: front page, a page for each case, game, lesson and tables for lawyers, as static files."""
