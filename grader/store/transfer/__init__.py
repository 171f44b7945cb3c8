"""All rows of a database, moved as a whole: to an archive and back, to another database, to files for others."""
