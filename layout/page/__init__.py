"""Page making: inserts, column filling, shape tables, planning, composing."""
