"""Open-access papers and their citations from Europe PMC, into a folder."""
