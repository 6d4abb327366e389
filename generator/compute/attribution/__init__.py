"""Which part of an image an answer rests on: one method per function, each ready to be a graph.

As in `generator.compute.graphs`, each answers `function(weights, inputs) -> outputs`. Among the
inputs are `input`, one image (1, C, H, W), and `direction`, (1, outputs): a one-hot row asks about
one class, the difference of two about one class rather than another, a single 1 about a quantity.
The `score` is direction . output.
"""
