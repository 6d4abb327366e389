"""What units answer to, measured: against masks of concepts, by deconvolution, by an occluder."""
