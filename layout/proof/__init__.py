"""Proofreading: where everything stands on a page, and the static site that shows it.

The site is plain files: pages as pictures made from the press PDF, a text layer and outlines made from the display
list, findings and changes. It opens from disk; `layout proof` serves the same files.
"""
