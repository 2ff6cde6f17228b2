"""Without the packages that read a video, everything says so before it begins."""

from pathlib import Path

import pytest

from herstel.errors import InputError
from herstel_pose import installed
from herstel_pose.network import Network
from herstel_pose.video import opened

TOLD = r'av, cv2-package: These packages, which read a video, .* Install them: pip install "herstel\[video\]"'


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "LIBRARIES", {"no_av": "av", "no_cv2": "cv2-package", "numpy": "numpy"})


def test_what_is_missing_is_named(bare: None) -> None:
    assert installed.not_installed() == ("av", "cv2-package")


def test_neither_a_video_nor_a_network_is_opened(bare: None, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=TOLD), opened(tmp_path / "a.mp4"):
        pass
    with pytest.raises(InputError, match=TOLD):
        Network(tmp_path / "a.tflite", (), 1)


def test_with_all_of_them_nothing_is_said() -> None:
    assert installed.not_installed() == ()
    installed.check_installed()
