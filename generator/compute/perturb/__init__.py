"""Small changes that turn an answer, what may be put in their way, and how often each succeeds.

Pictures are batches (n, channels, height, width) of shares of the input's range: 0 is the least
that a model reads and 1 the greatest, so that a strength means the same for every model.
"""
