"""The composition of text: one paragraph, one headline."""
