"""SKOS schemes: roles, levels, mechanisms, determinants, interventions, confidence."""
