"""Charts drawn once, for a document's page and for a picture in the chat."""
