"""Every report against a calculation of its own."""
