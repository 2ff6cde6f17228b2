"""A network that LiteRT runs."""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from herstel_pose.backend import Picture
from herstel_pose.installed import check_installed

Numbers = npt.NDArray[np.float32]


class Network:
    """One network, loaded once.

    Parameters
    ----------
    path : Path
    outputs : sequence of str
        The names of the outputs in the order in which they are wanted.
    threads : int
    """

    def __init__(self, path: Path, outputs: Sequence[str], threads: int) -> None:
        check_installed()
        from ai_edge_litert.interpreter import Interpreter

        with _hushed():
            self._interpreter: Any = Interpreter(model_path=str(path), num_threads=threads)
            self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        places = {one["name"]: one["index"] for one in self._interpreter.get_output_details()}
        self._outputs = [places[name] for name in outputs]

    def __call__(self, picture: Picture, times: np.float32, plus: np.float32 | None = None) -> list[Numbers]:
        """The outputs for one picture, (height, width, 3), of which the numbers are first multiplied and added to.

        They are written where the network reads them, without a copy.
        """
        numbers = self._interpreter.tensor(self._input)()[0]
        np.multiply(picture, times, out=numbers)
        if plus is not None:
            np.add(numbers, plus, out=numbers)
        del numbers  # the network does not run while somebody else holds its memory
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(place) for place in self._outputs]


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep the remark of LiteRT that all is well out of the terminal; anything else it says is told."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as said:
        terminal = os.dup(2)
        os.dup2(said.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
            said.seek(0)
            for line in said.read().decode(errors="replace").splitlines():
                if not line.startswith("INFO:"):
                    sys.stderr.write(line + "\n")
