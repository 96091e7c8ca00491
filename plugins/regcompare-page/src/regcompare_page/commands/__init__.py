"""Commands that write pages.

They read arguments and write files; what is on a page is in the folders beside this one.
"""
