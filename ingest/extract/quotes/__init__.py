"""Quotations: the words of participants, exactly as they are printed, and who said them."""
