"""Public benchmarks by path: each read as articles to index and cases to ask, so that one command runs it.

    qa eval --from squad:dev-v2.0.json            SQuAD 1.1 or 2.0 (nested JSON), or rows as JSON lines
    qa eval --from tydiqa:tydiqa-goldp-dev.json   TyDiQA-GoldP, the same two forms; Indonesian and English are kept
    qa eval --from facqa:test_preprocess.csv      FacQA (IndoNLU): words and B/I/O labels
    qa eval --from sitasi:qa.jsonl.xz             our own rows {id, title, context, question, answers: [{text, start}]}
    qa eval --from beir:scifact/                  corpus.jsonl, queries.jsonl, qrels/test.tsv: retrieval alone
    qa eval --from "trec:qrels.txt?run=run.txt"   a TREC run scored against its judgements, nothing is searched

`read(spec)` gives the Benchmark, `evaluate(spec, settings, out=…)` builds an index of its articles below `out` and runs it; the
door of `qa eval` needs to call the second one only. Files may be compressed (.gz, .bz2, .xz). Options stand after a question mark,
as in an address: `limit` (a seeded sample of so many questions; every article stays), `seed`, `language`, `split` (BEIR).
"""

from __future__ import annotations
