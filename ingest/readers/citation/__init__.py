"""References: RIS, BibTeX, CSL-JSON and PubMed XML."""
