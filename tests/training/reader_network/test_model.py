"""The reader's network: the head for yes and no, and layers that are not trained."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from qa.training.reader_network.model import POLAR, ReaderNet, Shape, load_net, save_net, with_polar

pytestmark = pytest.mark.extra("torch")


def net_of(layers: int = 3) -> ReaderNet:
    torch.manual_seed(0)
    return ReaderNet(Shape(pieces=20, width=8, layers=layers, heads=2, inner=12, positions=16))


def batch():
    ids = torch.arange(12).view(2, 6) + 3
    return ids, torch.zeros_like(ids), torch.ones_like(ids)


def test_the_head_for_yes_and_no_begins_as_entailed_against_denied_and_changes_nothing_else():
    net = net_of()
    wider = with_polar(net)
    spans, verdicts = net(*batch())
    more_spans, more = wider(*batch())
    torch.testing.assert_close(more_spans, spans)
    torch.testing.assert_close(more[:, :POLAR], verdicts)
    torch.testing.assert_close(more[:, POLAR], verdicts[:, 2] - verdicts[:, 4])
    assert wider.shape.verdicts == POLAR + 1
    assert with_polar(wider) is wider


def test_a_network_with_six_verdicts_is_saved_and_loaded(tmp_path):
    wider = with_polar(net_of())
    save_net(wider, tmp_path / "reader.pt")
    again = load_net(tmp_path / "reader.pt")
    torch.testing.assert_close(again(*batch())[1], wider.eval()(*batch())[1])


@pytest.mark.parametrize("frozen", [0, 1, 2, 3])
def test_frozen_layers_and_the_vectors_below_get_no_gradient_and_the_others_do(frozen):
    net = net_of()
    net.frozen = frozen
    spans, verdicts = net(*batch())
    torch.autograd.backward(spans.square().sum() + verdicts.square().sum())
    below = ("word.", "position.", "kind.", "norm.") if frozen else ()
    below += tuple(f"layers.{number}." for number in range(frozen))
    for name, part in net.named_parameters():
        assert (part.grad is None) == name.startswith(below), name


def test_freezing_does_not_change_what_is_computed():
    net = net_of()
    before = net(*batch())
    net.frozen = 2
    torch.testing.assert_close(net(*batch()), before)
