"""What exists: the model of care-coordination evidence, its vocabularies and the minting of identifiers."""
