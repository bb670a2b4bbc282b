"""A reading to records: study, roles, quotes, themes, findings, determinants, interventions, links."""
