"""What authors state beside their findings: background, limits, research that is called for."""
