"""What an editor asks beside building: is all in place, which faces are there, what does a style look like."""
