"""From text to acts: the NLU client, extractors, normalisation and compound messages."""
