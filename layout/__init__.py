"""Make newspapers: Chinese composition, page making and print-ready PDF."""
