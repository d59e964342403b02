"""Weights of the features of a span (spanfeatures.py), a table a kind of question (spanscore.group).

Fitted by `python evals/bench/fit_spans.py --data DIR --write`, which writes this file and prints what the tables are worth: a conditional
logit on 1,304 questions that no training saw, each once as it stands and once without half of the words that it shares with its sentence,
pulled to weights set by hand (PRIOR there). Lists and words said have too few questions to learn from: theirs are set by hand alone.
"""

WEIGHTS: dict[str, dict[str, float]] = {
    "clause": {
        "one": -0.64, "capital": -0.20, "all_capital": -0.32, "figure": 0.06, "leads": -0.79, "title": -0.09, "dated": -0.36, "about": -1.59,
        "pronoun": -3.02, "inner": 0.16, "joined": 1.05, "before": 0.44, "after": 0.34, "bracket": 0.02, "in_bracket": -0.06, "quoted": -0.59,
        "headed": 1.22, "cuts_head": -2.06, "has_head": 0.87, "verb": 1.00, "verb_first": -0.48, "small_before_name": -0.15, "after_head_verb": 0.17, "read0": 0.32,
        "read1": 0.31, "two": -0.38, "read_best": 0.78, "fit": 0.07, "like": 0.57, "form": 0.26, "near": 0.02, "like_best": 0.13,
        "asked": -1.50, "opens_asked": -0.18, "after_asked": 0.07, "read0_sure": 0.49, "read1_sure": 0.52, "like_unsure": 1.74, "like_best_unsure": 0.57, "form_unsure": 1.32,
        "headed_unsure": 1.15, "near_unsure": 0.13, "name": -0.19, "whole_name": -0.09, "cuts_name": -1.56, "cuts_figure": -0.18,
    },
    "how_many": {
        "one": -0.61, "all_capital": -0.13, "figure": -0.02, "leads": -0.90, "title": -0.09, "dated": -0.49, "about": -1.86, "pronoun": -3.02,
        "inner": 0.06, "joined": 1.02, "clause": -0.08, "before": 0.27, "after": 0.11, "bracket": -0.03, "in_bracket": -0.40, "quoted": -0.59,
        "headed": 1.22, "cuts_head": -2.06, "has_head": 0.87, "verb": -1.48, "verb_first": -0.35, "small_before_name": -0.18, "after_head_verb": 0.15, "read0": 0.28,
        "read1": 0.30, "two": -0.41, "read_best": 1.42, "fit": 0.04, "like": 0.69, "form": 0.42, "near": 0.01, "like_best": 0.36,
        "asked": -1.08, "opens_asked": -0.33, "after_asked": 0.12, "read0_sure": 0.48, "read1_sure": 0.53, "like_unsure": 2.04, "like_best_unsure": 0.79, "form_unsure": 2.31,
        "headed_unsure": 1.15, "name": 0.06, "whole_name": 0.21, "cuts_name": -1.51, "cuts_figure": -0.27,
    },
    "list": {
        "one": -1.08, "capital": -0.09, "all_capital": -0.18, "leads": -0.79, "title": -0.08, "dated": -0.55, "about": -1.59, "pronoun": -3.02,
        "inner": 0.79, "joined": 3.00, "before": 0.39, "after": 0.32, "in_bracket": -0.05, "quoted": -0.59, "headed": 1.22, "cuts_head": -2.06,
        "has_head": 0.87, "verb": -1.48, "verb_first": -0.35, "small_before_name": -0.19, "after_head_verb": 0.27, "read0": 0.30, "read1": 0.30, "two": -0.39,
        "read_best": 1.12, "fit": 0.02, "like": 0.57, "form": 0.26, "like_best": 0.20, "asked": -1.59, "opens_asked": -0.27, "after_asked": 0.19,
        "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.73, "like_best_unsure": 0.72, "form_unsure": 1.32, "headed_unsure": 1.15, "name": -0.01, "whole_name": 0.12,
        "cuts_name": -1.55, "cuts_figure": -0.17,
    },
    "role": {
        "one": -0.60, "capital": -0.12, "all_capital": -0.21, "figure": 0.12, "leads": -0.79, "title": -0.06, "dated": -0.55, "about": -1.59,
        "pronoun": -3.02, "inner": 0.16, "joined": 1.21, "before": 0.30, "after": 0.36, "bracket": 0.11, "in_bracket": -0.05, "quoted": -0.56,
        "headed": 1.22, "cuts_head": -2.06, "has_head": 0.87, "verb": -1.32, "verb_first": -0.38, "small_before_name": -0.11, "after_head_verb": 0.40, "read0": 0.27,
        "read1": 0.28, "two": -0.37, "read_best": 0.69, "like": 0.40, "form": 0.26, "near": 0.10, "like_best": 0.09, "asked": -1.57,
        "opens_asked": -0.27, "after_asked": 0.20, "read0_sure": 0.46, "read1_sure": 0.50, "like_unsure": 1.49, "like_best_unsure": 0.55, "form_unsure": 1.32, "headed_unsure": 1.15,
        "near_unsure": 0.35, "name": -0.06, "whole_name": 0.01, "cuts_name": -1.54, "cuts_figure": -0.17,
    },
    "said": {
        "words": 0.70, "one": -0.58, "long": 0.50, "capital": -0.09, "all_capital": -0.18, "leads": -0.79, "title": -0.08, "dated": -0.55,
        "about": -1.59, "pronoun": -3.02, "inner": -1.41, "joined": 1.00, "before": 0.89, "after": 0.32, "in_bracket": -0.05, "quoted": -0.59,
        "headed": 1.22, "cuts_head": -2.06, "has_head": 0.87, "verb": 1.02, "verb_first": -0.35, "small_before_name": -0.19, "after_head_verb": 0.27, "read0": 0.30,
        "read1": 0.30, "two": -0.39, "read_best": 1.12, "fit": -0.48, "like": -0.43, "form": 0.26, "like_best": -0.30, "asked": 1.91,
        "opens_asked": -0.27, "after_asked": 0.19, "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.73, "like_best_unsure": 0.72, "form_unsure": 1.32, "headed_unsure": 1.15,
        "name": -0.01, "whole_name": 0.12, "cuts_name": -1.55, "cuts_figure": -0.17,
    },
    "what": {
        "one": -0.63, "capital": -0.16, "all_capital": -0.29, "figure": 0.10, "leads": -0.74, "title": -0.16, "dated": -0.69, "about": -1.61,
        "pronoun": -3.03, "inner": 0.32, "joined": 1.19, "joints": -0.07, "before": 0.31, "after": 0.39, "bracket": 0.23, "in_bracket": -0.18,
        "quoted": -0.55, "headed": 1.22, "cuts_head": -2.06, "has_head": 0.87, "verb": 0.85, "verb_first": -0.46, "small_before_name": -0.26, "after_head_verb": 0.74,
        "read0": 0.37, "read1": 0.39, "two": -0.40, "read_best": 1.52, "like": 0.43, "form": 0.26, "like_best": 0.08, "asked": -1.54,
        "opens_asked": -0.18, "after_asked": 0.34, "read0_sure": 0.51, "read1_sure": 0.55, "read_best_sure": 0.03, "like_unsure": 1.30, "like_best_unsure": 0.35, "form_unsure": 1.32,
        "headed_unsure": 1.15, "name": -0.03, "whole_name": 0.08, "cuts_name": -1.61, "cuts_figure": -0.08,
    },
    "when": {
        "words": -0.09, "one": -0.31, "long": -0.02, "capital": -0.33, "all_capital": -0.33, "figure": 0.14, "leads": -0.88, "title": -0.24,
        "dated": -0.62, "about": -1.66, "pronoun": -3.02, "inner": -0.09, "joined": 0.90, "joints": -0.49, "before": 0.30, "after": 0.63,
        "bracket": -0.17, "in_bracket": 0.27, "quoted": -0.60, "headed": 1.22, "cuts_head": -2.06, "has_head": 0.87, "verb": -1.48, "verb_first": -0.37,
        "small_before_name": -0.05, "after_head_verb": 0.30, "read0": 0.30, "read1": 0.32, "two": -0.44, "read_best": 1.19, "like": 0.70, "form": 0.22,
        "like_best": 0.24, "asked": -1.98, "opens_asked": -0.44, "after_asked": 0.04, "read0_sure": 0.47, "read1_sure": 0.52, "like_unsure": 2.02, "like_best_unsure": 0.65,
        "form_unsure": 1.12, "headed_unsure": 1.15, "name": -0.09, "whole_name": 0.02, "cuts_name": -1.53, "cuts_figure": -0.49,
    },
    "where": {
        "one": -0.38, "capital": 0.07, "all_capital": -0.10, "figure": 0.02, "leads": -0.35, "title": 0.06, "dated": -0.41, "about": -1.59,
        "pronoun": -3.02, "inner": 0.07, "joined": 1.13, "before": 0.34, "after": 0.10, "bracket": -0.09, "in_bracket": -0.44, "quoted": -1.05,
        "headed": 1.08, "cuts_head": -2.06, "has_head": 0.98, "verb": -1.46, "verb_first": -0.29, "small_before_name": -0.13, "after_head_verb": 0.37, "read0": 0.31,
        "read1": 0.32, "two": -0.39, "read_best": 1.17, "fit": 0.15, "like": 0.42, "form": 0.52, "like_best": 0.04, "asked": -1.71,
        "opens_asked": -0.05, "read0_sure": 0.50, "read1_sure": 0.55, "read_best_sure": 0.51, "like_unsure": 2.05, "like_best_unsure": 0.59, "form_unsure": 2.06, "headed_unsure": 0.74,
        "name": -0.14, "whole_name": 0.04, "cuts_name": -1.86, "cuts_figure": -0.14,
    },
    "which": {
        "one": -0.88, "capital": 0.09, "all_capital": -0.09, "figure": -0.05, "leads": -1.04, "title": 0.27, "dated": -0.65, "about": -1.65,
        "pronoun": -3.06, "inner": 0.26, "joined": 1.06, "before": 0.71, "after": 0.09, "bracket": 0.03, "quoted": -0.62, "headed": 2.09,
        "cuts_head": -2.08, "has_head": 1.28, "verb": -0.50, "verb_first": -0.41, "small_before_name": -0.43, "after_head_verb": 0.27, "read0": 0.30, "read1": 0.28,
        "two": -0.30, "read_best": 0.66, "like": 0.16, "asked": -1.49, "opens_asked": -0.27, "after_asked": 0.22, "read0_sure": 0.43, "read1_sure": 0.47,
        "like_unsure": 1.65, "like_best_unsure": 1.14, "form_unsure": 0.77, "headed_unsure": 1.10, "name": 0.01, "whole_name": 0.22, "cuts_name": -1.15,
    },
    "who": {
        "one": -0.87, "long": -0.01, "capital": -0.12, "all_capital": -0.19, "figure": -0.15, "leads": -0.90, "title": -0.28, "dated": -0.58,
        "about": -1.59, "pronoun": -3.33, "inner": 0.11, "joined": 1.29, "clause": -0.01, "before": 0.40, "after": 0.44, "bracket": 0.08,
        "in_bracket": -0.18, "quoted": -0.60, "headed": 0.71, "cuts_head": -2.10, "has_head": 0.37, "verb": -1.52, "verb_first": -0.38, "small_before_name": -0.03,
        "after_head_verb": 0.28, "read0": 0.25, "read1": 0.27, "two": -0.41, "read_best": 1.31, "fit": 0.25, "like": 0.83, "form": 0.26,
        "like_best": 0.29, "asked": -2.28, "opens_asked": -0.20, "after_asked": 0.37, "read0_sure": 0.41, "read1_sure": 0.47, "like_unsure": 1.91, "like_best_unsure": 0.54,
        "form_unsure": 1.32, "name": 0.21, "whole_name": 0.28, "cuts_name": -1.68, "cuts_figure": -0.15,
    },
}  # fmt: skip
