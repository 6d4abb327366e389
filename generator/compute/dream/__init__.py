"""Pictures that a network would like to see, found by climbing the gradient of an objective.

Pictures are batches (n, channels, height, width) of shares of the input's range: 0 is the least
that a model reads and 1 the greatest. What climbs are the numbers behind a picture; the scripts of
the kind `dream` do the same with the same graph, movements and noise.
"""
