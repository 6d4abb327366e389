"""A machine that is taught by examples: frozen features, and what is learned from them."""
