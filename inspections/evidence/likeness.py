"""What a picture looks like, in bits that saving it again, cropping and turning it hardly change.

A picture of 64 x 64 grey points is taken apart into waves (a cosine transform, as in the
perceptual hashes pHash and PDQ); of the 16 x 16 longest ones a bit says whether each is light or
dark in the middle of its first stretch. Kept are the bits of the whole, and of views of it as
somebody might have cropped or slightly turned it. All sums are of whole numbers, and exact: the
same picture has the same bits on every machine.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # Loaded by those who look at pictures; others only ask how a round stands.
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

SMALL: Final = 128
"""Points of each side of the picture that the views are taken of."""

WAVES: Final = 16
BYTES: Final = WAVES * WAVES // 8
VIEWS: Final = 8
"""The whole, its middle without 5, 10 and 15 per cent, and turned by two degrees to each side, with
the empty corners and without.
"""

UNLIKE: Final = "-"
"""Of a picture that cannot be compared: too dark or too plain, of a kind that is not decoded."""

_SIDE: Final = 64
_CROPPED: Final = (0.05, 0.10, 0.15)
_TURNED: Final = (-2, 2)
_CORNERS: Final = 0.08
_PLAIN: Final = 1.3
"""Steps of grey (of 256) between neighbouring points, across plus down; noise in the dark has less.
"""

_EXACT: Final = 1 << 12
"""Cosines are whole multiples of a part of this; no sum of them with greys reaches 2 ** 53."""


@cache
def _cosines() -> NDArray[np.float64]:
    import numpy as np

    places = np.outer(np.arange(1, WAVES + 1), 2 * np.arange(_SIDE) + 1)
    cosines: NDArray[np.float64] = np.rint(np.cos(places * (np.pi / (2 * _SIDE))) * _EXACT)
    return cosines


def likeness(picture: Image) -> str:
    """Returns the bits of a picture's views as hex digits, those of each after the other.

    ``UNLIKE`` where there is too little on it. Pictures are compared by
    :func:`inspections.evidence.alike.alike`.
    """
    import numpy as np
    from PIL.Image import Resampling

    small = picture.convert("L").resize((SMALL, SMALL), Resampling.BOX)
    whole = _points(small)
    steps = np.abs(np.diff(whole, axis=0)).mean() + np.abs(np.diff(whole, axis=1)).mean()
    if steps < _PLAIN:
        return UNLIKE
    turned = [small.rotate(by, Resampling.BILINEAR) for by in _TURNED]
    views = [
        whole,
        *(_points(small, share) for share in _CROPPED),
        *map(_points, turned),
        *(_points(picture, _CORNERS) for picture in turned),
    ]
    return b"".join(map(_bits, views)).hex()


def _points(picture: Image, cropped: float = 0) -> NDArray[np.float64]:
    """The grey of 64 x 64 points of a picture, without a share of its width and height."""
    import numpy as np
    from PIL.Image import Resampling

    edge = cropped * SMALL / 2
    box = (edge, edge, SMALL - edge, SMALL - edge)
    return np.asarray(picture.resize((_SIDE, _SIDE), Resampling.BILINEAR, box), dtype=np.float64)


def _bits(points: NDArray[np.float64]) -> bytes:
    import numpy as np

    cosines = _cosines()
    return np.packbits(cosines @ points @ cosines.T > 0).tobytes()
