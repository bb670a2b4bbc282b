"""Documents to records: readers, extraction, anchoring. Pure functions; files only at the edges."""
