"""All methods that a model can have, on one image at a time, as maps of the picture's size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import interpolate

from generator.compute.attribution.cam import guided_grad_cam
from generator.compute.attribution.difference import difference_map, evidence
from generator.compute.attribution.gradients import (
    gradient_times_input,
    integrated_gradients,
    smooth_gradient,
)
from generator.compute.attribution.lime import Fit, draws, fitted
from generator.compute.attribution.methods import METHODS, Shape, graph_functions
from generator.compute.attribution.occlusion import drop_map, patch_places
from generator.compute.attribution.superpixels import Labels, counts, superpixels
from generator.compute.inputs import to_bytes
from generator.compute.noise import normal
from generator.compute.reading import probabilities
from generator.errors import GeneratorError, GraphError

Map = NDArray[np.float32]
NOISE = 1
"""Seed of SmoothGrad's noise, in the build and in the page."""
SEEDS = {"lime": 1, "lime-again": 2}
BATCH = 64


@dataclass(frozen=True)
class Settings:
    """What a reader can turn, as it stands at first.

    sigma    noise, as a share of the input's range; copies: how many pictures have it
    steps    on the way from the baseline
    patch    side of what is blotted out, in pixels
    fills    pictures whose windows are put in its place
    pieces   superpixels, about; each: pictures asked for each of them
    """

    sigma: float = 0.15
    copies: int = 16
    steps: int = 32
    epsilon: float = 0.01
    alpha: float = 2.0
    patch: int = 5
    fills: int = 4
    pieces: int = 36
    each: int = 10


@dataclass
class Bench:
    """One model and everything that can be asked of it.

    Shape:   `shape` is what the module takes, `picture` (channels, height, width) of as many
             numbers is what the eye sees. `layers` are those of Grad-CAM; the first is used.
             `reading` is how answers become probabilities. `fills` (k, channels, height, width) are
             other pictures as the model reads them; `known` is how many examples it learned from.
    """

    module: nn.Module
    weights: Mapping[str, Tensor]
    shape: Shape
    picture: Shape
    bounds: tuple[float, float]
    layers: Sequence[str]
    settings: Settings
    reading: str = "softmax"
    fills: Map = field(default_factory=lambda: np.empty((0, 0, 0, 0), np.float32))
    known: int = 0
    refused: dict[str, GeneratorError] = field(init=False)
    """Why the model cannot have a method, by the method's name."""
    _fits: dict[tuple[str, bytes, bytes], tuple[Fit, Labels]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self.functions, refused = graph_functions(self.module, self.shape, self.layers)
        self.refused = {
            name: next(refused[graph] for graph in one.graphs if graph in refused)
            for name, one in METHODS.items()
            if set(one.graphs) & set(refused)
        }
        if self.reading == "as they are" and self._outputs() == 1:
            self.refused["difference"] = GraphError(
                "it weighs the odds of an answer, and a single number has none",
                hint="occlusion tells how far the number falls",
            )
        elif not len(self.fills):
            self.refused["difference"] = GraphError("there are no other pictures to fill from")
        if not counts(self.picture):
            height, width = self.picture[-2:]
            one = GraphError(
                f"a picture of {height} × {width} pixels is a single superpixel, and LIME compares "
                "several",
                hint="occlusion can cover single pixels",
            )
            self.refused |= dict.fromkeys(SEEDS, one)

    @property
    def offered(self) -> list[str]:
        """Names of the methods that the model can have."""
        return [name for name in METHODS if name not in self.refused]

    def scores(self, images: NDArray[np.floating]) -> NDArray[np.float32]:
        """What the model answers, (n, outputs)."""
        rows = []
        for start in range(0, len(images), BATCH):
            batch = images[start : start + BATCH].astype(np.float32)
            with torch.no_grad():
                rows.append(self.module(torch.from_numpy(batch).reshape(-1, *self.shape)))
        answers: NDArray[np.float32] = torch.cat(rows).numpy()
        return answers

    def map(self, name: str, image: Map, direction: Tensor) -> Map:
        """One method's map: signed, or the largest of the channels' sizes.

        Shape:   image (channels, height, width) as the model reads it; direction (1, outputs);
                 answer (height, width).
        """
        if name == "occlusion":
            return self._occluded(image, direction)
        if name in SEEDS:
            fit, labels = self.local(name, image, direction)
            return fit.weights[labels].astype(np.float32)
        if name == "difference":
            return self._difference(image, int(direction.argmax()))
        found = self._run(name, image, direction)
        if found.shape[-2:] != self.picture[-2:] and found.numel() != image.size:
            wide = interpolate(found[None], self.picture[-2:], mode="bilinear")
            # Grad-CAM's evidence; what speaks against is for a reader to ask for.
            return (wide.clamp(min=0) if name == "grad-cam" else wide)[0, 0].numpy()
        if name in ("cam", "grad-cam", "visual-backprop"):
            return (found.clamp(min=0) if name == "grad-cam" else found)[0].numpy()
        parts = found.reshape(self.picture)
        return (parts.sum(0) if METHODS[name].signed else parts.abs().amax(0)).numpy()

    def sums(self, name: str, image: Map, direction: Tensor, map_: Map) -> dict[str, float] | None:
        """What the method's numbers add up to, and the score that they should; None: no such law.

        integrated: against the score less the baseline's; LRP: against the score; CAM: its mean
        and the bias, against the score; LIME: what its line says of the whole picture, against the
        score, with R^2 as `fit` and how many pictures were `asked` about.
        """
        if name not in ("integrated", "lrp-epsilon", "lrp-alpha-beta", "cam", *SEEDS):
            return None
        at = direction.numpy()[0]
        score = float(self.scores(image[None])[0] @ at)
        if name == "integrated":
            blank = np.full_like(image, self.bounds[0])
            return {
                "total": float(map_.sum()),
                "against": score - float(self.scores(blank[None])[0] @ at),
            }
        if name in SEEDS:
            fit, _ = self.local(name, image, direction)
            return {"total": fit.whole, "against": score, "fit": fit.fit, "asked": fit.asked}
        feeds = {"input": torch.from_numpy(image).reshape(1, *self.shape), "direction": direction}
        feeds["epsilon"], feeds["alpha"] = map(
            torch.tensor, (self.settings.epsilon, self.settings.alpha)
        )
        found = self.functions[name](self.weights, feeds)
        if name == "cam":
            return {"total": float(found["map"].mean() + found.get("bias", 0.0)), "against": score}
        return {"total": float(found["total"]), "against": score}

    def local(self, name: str, image: Map, direction: Tensor) -> tuple[Fit, Labels]:
        """LIME's line for one image by the seed of `name`, and the superpixels that it is about."""
        key = (name, image.tobytes(), direction.numpy().tobytes())
        if key not in self._fits:
            self._fits[key] = self._local(SEEDS[name], image, direction)
        return self._fits[key]

    def _local(self, seed: int, image: Map, direction: Tensor) -> tuple[Fit, Labels]:
        labels = superpixels(to_bytes(image, self.bounds), self.settings.pieces)
        on = draws(seed, int(labels.max()) + 1, self.settings.each)
        scores = [
            self.scores(np.where(some[:, None, labels], image, self.bounds[0]))
            for some in np.array_split(on, -(-len(on) // BATCH))
        ]
        return fitted(on, np.concatenate(scores) @ direction.numpy()[0]), labels

    def _run(self, name: str, image: Map, direction: Tensor) -> Tensor:
        input_ = torch.from_numpy(image).reshape(1, *self.shape)
        feeds = {"input": input_, "direction": direction}
        settings, (low, high) = self.settings, self.bounds
        if name == "gradient":
            return self.functions["gradient"](self.weights, feeds)["gradient"]
        if name == "gradient-input":
            return gradient_times_input(self.module)(self.weights, feeds)["attribution"]
        if name == "smooth":
            noise = normal(NOISE, 0, settings.copies * image.size).astype(np.float32)
            feeds["noise"] = torch.from_numpy(noise).reshape(-1, *self.shape)
            feeds["sigma"] = torch.tensor(settings.sigma * (high - low))
            return smooth_gradient(self.module)(self.weights, feeds)["attribution"]
        if name == "integrated":
            feeds["baseline"] = torch.full_like(input_, low)
            way = integrated_gradients(self.module, settings.steps)
            return way(self.weights, feeds)["attribution"]
        if name == "guided-grad-cam":
            where = self.functions["grad-cam"](self.weights, feeds)[f"signed.{self.layers[0]}"]
            return guided_grad_cam(
                self.functions["guided"](self.weights, feeds)["attribution"].reshape(self.picture),
                where,
            )
        feeds["epsilon"], feeds["alpha"] = map(torch.tensor, (settings.epsilon, settings.alpha))
        found = self.functions[name](self.weights, feeds)
        output = {"cam": "map", "visual-backprop": "mask"}.get(name, "attribution")
        return found[f"signed.{self.layers[0]}" if name == "grad-cam" else output]

    def _outputs(self) -> int:
        blank = np.full((1, *self.picture), self.bounds[0], np.float32)
        return len(self.scores(blank)[0])

    def _difference(self, image: Map, target: int) -> Map:
        others = [one for one in self.fills if not np.array_equal(one, image)] or [*self.fills]
        outputs = self._outputs()
        return difference_map(
            image,
            np.stack(others[: self.settings.fills]),
            self.settings.patch,
            lambda some: np.array(
                [probabilities(one, self.reading)[target] for one in self.scores(some)]
            ),
            lambda odds: evidence(odds, self.known, outputs),
        )

    def _occluded(self, image: Map, direction: Tensor) -> Map:
        size = self.settings.patch
        places = patch_places(self.picture, size, max(1, size // 2))
        covered = np.repeat(image[None], len(places), 0)
        for one, (top, left) in zip(covered, places, strict=True):
            one[:, top : top + size, left : left + size] = self.bounds[0]
        scores = self.scores(np.concatenate([image[None], covered])) @ direction.numpy()[0]
        return drop_map(scores[0] - scores[1:], places, self.picture, size)
