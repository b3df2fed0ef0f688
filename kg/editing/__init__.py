"""New records in source files: drafted as text at a place, read again, and only then written.

A draft is an ``Insertion``: no file is ever written anew from its tree, so comments and layout
stay as they are.
"""
