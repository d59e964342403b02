from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
from qa.errors import TrainingError
from qa.training.reader.command import _averaged, train_reader
from qa.training.reader_network.model import ReaderNet, Shape, load_net, save_net

pytestmark = pytest.mark.extra("torch")


def saved(path: Path, seed: int, verdicts: int) -> Path:
    torch.manual_seed(seed)
    save_net(ReaderNet(Shape(pieces=30, width=16, layers=1, heads=2, inner=24, positions=20, verdicts=verdicts)), path)
    return path


def test_a_share_of_the_start_is_kept_in_every_weight(tmp_path):
    start, after = saved(tmp_path / "start.pt", 1, 5), saved(tmp_path / "after.pt", 2, 6)
    mean = load_net(_averaged(start, after, 0.25)).state_dict()
    before, later = load_net(start).state_dict(), load_net(after).state_dict()
    for name in ("word.weight", "layers.0.up.weight", "span.bias"):
        torch.testing.assert_close(mean[name], 0.25 * before[name] + 0.75 * later[name])
    polar = before["verdict.weight"][2] - before["verdict.weight"][4]  # the head that the start lacks begins so
    torch.testing.assert_close(mean["verdict.weight"][5], 0.25 * polar + 0.75 * later["verdict.weight"][5])


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_share_that_is_none_is_refused(tmp_path, share):
    with pytest.raises(TrainingError, match="keep-start"):
        train_reader(tmp_path, tmp_path / "out", start=tmp_path / "reader.pt", keep_start=share)


def test_what_is_no_checkpoint_cannot_be_averaged_with(tmp_path):
    with pytest.raises(TrainingError, match=r"reader\.pt of a run"):
        train_reader(tmp_path, tmp_path / "out", start=tmp_path / "folder", keep_start=0.3)
