"""From a display list to a press-ready PDF."""
