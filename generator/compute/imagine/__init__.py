"""A small network that learns a few shapes, and the picture that it would like to see for each.

Everything random comes from seeds that the page counts in the same way, so what the build has found
is what a page finds again. Pictures are 24 by 24, grey, of shares from 0, paper, to 1, ink.
"""
