"""One thread, so that the same seed gives the same bytes on a machine with any number of cores."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from threadpoolctl import threadpool_limits


@contextmanager
def single_thread() -> Iterator[None]:
    """Compute on one thread inside the block, PyTorch, BLAS and OpenMP alike; restore afterwards.

    Sums change in their last bits with the number of threads, and gradient ascent and t-SNE make
    large differences of last bits.
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with threadpool_limits(1):
            yield
    finally:
        torch.set_num_threads(before)
