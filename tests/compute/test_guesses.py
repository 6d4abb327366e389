"""What a classifier says, whether it ends in logits, log-probabilities or probabilities."""

import numpy as np
import pytest
import torch
from torch import nn

from generator.compute.guesses import guesses

ANSWERS = np.array([[1.0, 3.0, 2.0], [-2.0, -9.0, -2.5]], np.float32)


@pytest.mark.parametrize("end", [nn.Identity(), nn.LogSoftmax(1), nn.Softmax(1)])
def test_probabilities_are_the_softmax_of_the_logits_however_the_model_ends(end: nn.Module) -> None:
    guess, sure = guesses(end(torch.from_numpy(ANSWERS)).numpy())
    powers = np.exp(ANSWERS.astype(np.float64))
    assert guess.tolist() == [1, 0]
    np.testing.assert_allclose(sure, (powers / powers.sum(1, keepdims=True)).max(1), 1e-6)
