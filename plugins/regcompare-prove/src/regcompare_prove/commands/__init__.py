"""Commands over every possible case.

They read arguments and print; what is proved is in the modules beside this folder.
"""
