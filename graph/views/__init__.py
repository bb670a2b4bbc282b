"""What people look at, kept ready beside the RDF: matrices and full text, in one SQLite file that can be made anew."""
