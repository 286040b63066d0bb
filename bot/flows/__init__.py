"""One file a capability: what the assistant does with an act."""
