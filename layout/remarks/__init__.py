"""Remarks of proofreaders: where they stand after edits, how they are kept, what became of them."""
