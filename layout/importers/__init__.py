"""From other people's files to an issue folder: text of extracted pages now, other sources later."""
