"""Weights of the features of a span (spanfeatures.py), a table a kind of question (spanscore.group).

Fitted by `python evals/bench/fit_spans.py --data DIR --write`, which writes this file and prints what the tables are worth: a conditional
logit on 1,304 questions that no training saw, each once as it stands and once without half of the words that it shares with its sentence,
pulled to weights set by hand (PRIOR there). Lists and words said have too few questions to learn from: theirs are set by hand alone.
"""

WEIGHTS: dict[str, dict[str, float]] = {
    "clause": {
        "one": -0.62, "capital": -0.21, "all_capital": -0.32, "figure": 0.06, "leads": -0.76, "title": -0.09, "dated": -0.37, "about": -1.52,
        "pronoun": -3.01, "inner": 0.15, "joined": 1.05, "before": 0.44, "after": 0.34, "bracket": 0.01, "in_bracket": -0.05, "quoted": -0.59,
        "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": 1.00, "verb_first": -0.48, "small_before_name": -0.14, "after_head_verb": 0.16, "read0": 0.31,
        "read1": 0.31, "two": -0.38, "read_best": 0.77, "fit": 0.07, "like": 0.59, "form": 0.26, "near": 0.02, "like_best": 0.13,
        "asked": -1.54, "opens_asked": -0.20, "after_asked": 0.10, "read0_sure": 0.49, "read1_sure": 0.52, "like_unsure": 1.75, "like_best_unsure": 0.55, "form_unsure": 1.33,
        "headed_unsure": 0.60, "near_unsure": 0.13, "name": -0.19, "whole_name": -0.10, "cuts_name": -1.56, "cuts_figure": -0.19,
    },
    "how_many": {
        "one": -0.59, "capital": -0.01, "all_capital": -0.14, "figure": -0.02, "leads": -0.87, "title": -0.08, "dated": -0.50, "about": -1.80,
        "pronoun": -3.01, "inner": 0.06, "joined": 1.02, "clause": -0.08, "before": 0.27, "after": 0.11, "bracket": -0.03, "in_bracket": -0.39,
        "quoted": -0.59, "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": -1.47, "verb_first": -0.34, "small_before_name": -0.17, "after_head_verb": 0.13,
        "read0": 0.28, "read1": 0.30, "two": -0.41, "read_best": 1.41, "fit": 0.04, "like": 0.71, "form": 0.41, "near": 0.01,
        "like_best": 0.36, "asked": -1.13, "opens_asked": -0.35, "after_asked": 0.14, "read0_sure": 0.48, "read1_sure": 0.53, "like_unsure": 2.05, "like_best_unsure": 0.77,
        "form_unsure": 2.32, "headed_unsure": 0.60, "name": 0.06, "whole_name": 0.21, "cuts_name": -1.52, "cuts_figure": -0.27,
    },
    "list": {
        "one": -1.06, "capital": -0.10, "all_capital": -0.19, "leads": -0.76, "title": -0.07, "dated": -0.55, "about": -1.52, "pronoun": -3.00,
        "inner": 0.78, "joined": 3.00, "before": 0.39, "after": 0.32, "in_bracket": -0.04, "quoted": -0.59, "headed": 1.57, "cuts_head": -2.13,
        "has_head": 0.88, "verb": -1.47, "verb_first": -0.35, "small_before_name": -0.18, "after_head_verb": 0.25, "read0": 0.30, "read1": 0.30, "two": -0.39,
        "read_best": 1.11, "fit": 0.02, "like": 0.58, "form": 0.26, "like_best": 0.20, "asked": -1.64, "opens_asked": -0.29, "after_asked": 0.22,
        "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.75, "like_best_unsure": 0.70, "form_unsure": 1.33, "headed_unsure": 0.60, "name": -0.02, "whole_name": 0.12,
        "cuts_name": -1.56, "cuts_figure": -0.19,
    },
    "role": {
        "one": -0.59, "capital": -0.13, "all_capital": -0.22, "figure": 0.11, "leads": -0.76, "title": -0.06, "dated": -0.55, "about": -1.52,
        "pronoun": -3.00, "inner": 0.15, "joined": 1.21, "before": 0.30, "after": 0.37, "bracket": 0.11, "in_bracket": -0.04, "quoted": -0.56,
        "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": -1.32, "verb_first": -0.37, "small_before_name": -0.10, "after_head_verb": 0.39, "read0": 0.26,
        "read1": 0.28, "two": -0.37, "read_best": 0.68, "like": 0.42, "form": 0.26, "near": 0.10, "like_best": 0.09, "asked": -1.61,
        "opens_asked": -0.29, "after_asked": 0.23, "read0_sure": 0.46, "read1_sure": 0.50, "like_unsure": 1.51, "like_best_unsure": 0.54, "form_unsure": 1.33, "headed_unsure": 0.60,
        "near_unsure": 0.35, "name": -0.06, "whole_name": 0.01, "cuts_name": -1.54, "cuts_figure": -0.18,
    },
    "said": {
        "words": 0.70, "one": -0.56, "long": 0.50, "capital": -0.10, "all_capital": -0.19, "leads": -0.76, "title": -0.07, "dated": -0.55,
        "about": -1.52, "pronoun": -3.00, "inner": -1.42, "joined": 1.00, "before": 0.89, "after": 0.32, "in_bracket": -0.04, "quoted": -0.59,
        "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": 1.03, "verb_first": -0.35, "small_before_name": -0.18, "after_head_verb": 0.25, "read0": 0.30,
        "read1": 0.30, "two": -0.39, "read_best": 1.11, "fit": -0.48, "like": -0.42, "form": 0.26, "like_best": -0.30, "asked": 1.86,
        "opens_asked": -0.29, "after_asked": 0.22, "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.75, "like_best_unsure": 0.70, "form_unsure": 1.33, "headed_unsure": 0.60,
        "name": -0.02, "whole_name": 0.12, "cuts_name": -1.56, "cuts_figure": -0.19,
    },
    "what": {
        "one": -0.62, "capital": -0.17, "all_capital": -0.29, "figure": 0.10, "leads": -0.71, "title": -0.16, "dated": -0.69, "about": -1.54,
        "pronoun": -3.02, "inner": 0.31, "joined": 1.19, "joints": -0.07, "before": 0.31, "after": 0.39, "bracket": 0.23, "in_bracket": -0.18,
        "quoted": -0.54, "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": 0.85, "verb_first": -0.46, "small_before_name": -0.25, "after_head_verb": 0.73,
        "read0": 0.37, "read1": 0.39, "two": -0.40, "read_best": 1.51, "like": 0.45, "form": 0.26, "like_best": 0.07, "asked": -1.58,
        "opens_asked": -0.20, "after_asked": 0.37, "read0_sure": 0.51, "read1_sure": 0.55, "read_best_sure": 0.03, "like_unsure": 1.32, "like_best_unsure": 0.34, "form_unsure": 1.33,
        "headed_unsure": 0.60, "name": -0.03, "whole_name": 0.07, "cuts_name": -1.62, "cuts_figure": -0.09,
    },
    "when": {
        "words": -0.08, "one": -0.30, "long": -0.01, "capital": -0.33, "all_capital": -0.34, "figure": 0.14, "leads": -0.85, "title": -0.23,
        "dated": -0.63, "about": -1.59, "pronoun": -3.01, "inner": -0.10, "joined": 0.90, "joints": -0.48, "before": 0.29, "after": 0.64,
        "bracket": -0.17, "in_bracket": 0.27, "quoted": -0.59, "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": -1.48, "verb_first": -0.37,
        "small_before_name": -0.05, "after_head_verb": 0.28, "read0": 0.30, "read1": 0.32, "two": -0.44, "read_best": 1.18, "like": 0.71, "form": 0.22,
        "like_best": 0.23, "asked": -2.02, "opens_asked": -0.46, "after_asked": 0.06, "read0_sure": 0.47, "read1_sure": 0.52, "like_unsure": 2.03, "like_best_unsure": 0.63,
        "form_unsure": 1.13, "headed_unsure": 0.60, "name": -0.10, "whole_name": 0.02, "cuts_name": -1.54, "cuts_figure": -0.49,
    },
    "where": {
        "one": -0.37, "capital": 0.06, "all_capital": -0.10, "figure": 0.01, "leads": -0.33, "title": 0.07, "dated": -0.41, "about": -1.52,
        "pronoun": -3.01, "inner": 0.07, "joined": 1.12, "before": 0.34, "after": 0.11, "bracket": -0.09, "in_bracket": -0.43, "quoted": -1.04,
        "headed": 1.45, "cuts_head": -2.13, "has_head": 0.99, "verb": -1.46, "verb_first": -0.29, "small_before_name": -0.13, "after_head_verb": 0.36, "read0": 0.31,
        "read1": 0.32, "two": -0.39, "read_best": 1.17, "fit": 0.15, "like": 0.43, "form": 0.51, "like_best": 0.04, "asked": -1.75,
        "opens_asked": -0.07, "after_asked": 0.02, "read0_sure": 0.50, "read1_sure": 0.55, "read_best_sure": 0.52, "like_unsure": 2.06, "like_best_unsure": 0.57, "form_unsure": 2.07,
        "headed_unsure": 0.23, "name": -0.14, "whole_name": 0.04, "cuts_name": -1.86, "cuts_figure": -0.15,
    },
    "which": {
        "one": -0.84, "capital": 0.06, "all_capital": -0.11, "figure": -0.06, "leads": -0.97, "title": 0.25, "dated": -0.63, "about": -1.53,
        "pronoun": -3.04, "inner": 0.24, "joined": 1.04, "before": 0.70, "after": 0.10, "bracket": 0.02, "in_bracket": 0.03, "quoted": -0.61,
        "headed": 2.54, "cuts_head": -2.21, "has_head": 1.31, "verb": -0.49, "verb_first": -0.40, "small_before_name": -0.42, "after_head_verb": 0.24, "read0": 0.30,
        "read1": 0.28, "two": -0.29, "read_best": 0.65, "like": 0.20, "asked": -1.61, "opens_asked": -0.33, "after_asked": 0.29, "read0_sure": 0.43,
        "read1_sure": 0.47, "like_unsure": 1.70, "like_best_unsure": 1.11, "form_unsure": 0.75, "headed_unsure": 0.38, "whole_name": 0.21, "cuts_name": -1.16,
    },
    "who": {
        "one": -0.86, "long": -0.01, "capital": -0.13, "all_capital": -0.20, "figure": -0.15, "leads": -0.87, "title": -0.28, "dated": -0.58,
        "about": -1.52, "pronoun": -3.32, "inner": 0.10, "joined": 1.29, "clause": -0.01, "before": 0.40, "after": 0.44, "bracket": 0.08,
        "in_bracket": -0.18, "quoted": -0.59, "headed": 0.85, "cuts_head": -2.18, "has_head": 0.38, "verb": -1.51, "verb_first": -0.38, "small_before_name": -0.02,
        "after_head_verb": 0.26, "read0": 0.25, "read1": 0.27, "two": -0.41, "read_best": 1.31, "fit": 0.24, "like": 0.85, "form": 0.26,
        "like_best": 0.29, "asked": -2.32, "opens_asked": -0.22, "after_asked": 0.38, "read0_sure": 0.41, "read1_sure": 0.47, "like_unsure": 1.92, "like_best_unsure": 0.53,
        "form_unsure": 1.33, "name": 0.20, "whole_name": 0.27, "cuts_name": -1.69, "cuts_figure": -0.16,
    },
}  # fmt: skip
