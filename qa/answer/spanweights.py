"""Weights of the features of a span (spanfeatures.py), a table a kind of question (spanscore.group).

Fitted by `python evals/bench/fit_spans.py --data DIR --write`, which writes this file and prints what the tables are worth: a conditional
logit on 1,304 questions that no training saw, each once as it stands and once without half of the words that it shares with its sentence,
pulled to weights set by hand (PRIOR there). Lists and words said have too few questions to learn from: theirs are set by hand alone.
"""

WEIGHTS: dict[str, dict[str, float]] = {
    "clause": {
        "one": -0.68, "long": -0.08, "capital": -0.17, "all_capital": -0.39, "figure": 0.05, "leads": -0.86, "title": -0.06, "dated": -0.41,
        "about": -1.62, "pronoun": -2.99, "inner": 0.23, "joined": 1.03, "before": 0.33, "after": 0.45, "bracket": 0.01, "in_bracket": -0.17,
        "quoted": -0.08, "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": 0.83, "verb_first": -0.46, "small_before_name": -0.17, "after_head_verb": 0.08,
        "read0": 0.33, "read1": 0.33, "two": -0.40, "read_best": 0.70, "fit": 0.13, "like": 0.47, "form": 0.19, "near": 0.02,
        "like_best": 0.19, "asked": -1.55, "after_asked": 0.15, "read0_sure": 0.51, "read1_sure": 0.54, "like_unsure": 1.59, "like_best_unsure": 0.51, "form_unsure": 1.65,
        "headed_unsure": 1.37, "near_unsure": 0.13, "name": -0.09, "whole_name": -0.16, "cuts_name": -1.63, "cuts_figure": -0.15,
    },
    "how_many": {
        "one": -0.62, "long": -0.11, "capital": 0.02, "all_capital": -0.19, "figure": -0.04, "leads": -0.97, "title": -0.09, "dated": -0.54,
        "about": -1.90, "pronoun": -2.98, "inner": 0.12, "joined": 1.00, "clause": -0.07, "before": 0.18, "after": 0.20, "bracket": -0.04,
        "in_bracket": -0.49, "quoted": -0.08, "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": -1.66, "verb_first": -0.33, "small_before_name": -0.20,
        "after_head_verb": 0.08, "read0": 0.30, "read1": 0.32, "two": -0.42, "read_best": 1.37, "fit": 0.09, "like": 0.59, "form": 0.36,
        "near": 0.01, "like_best": 0.42, "asked": -1.13, "opens_asked": -0.15, "after_asked": 0.18, "read0_sure": 0.50, "read1_sure": 0.55, "like_unsure": 1.89,
        "like_best_unsure": 0.73, "form_unsure": 2.69, "headed_unsure": 1.37, "name": 0.18, "whole_name": 0.17, "cuts_name": -1.58, "cuts_figure": -0.23,
    },
    "list": {
        "one": -1.10, "long": -0.12, "capital": -0.06, "all_capital": -0.24, "figure": -0.01, "leads": -0.86, "title": -0.08, "dated": -0.60,
        "about": -1.62, "pronoun": -2.98, "inner": 0.85, "joined": 2.97, "before": 0.29, "after": 0.43, "bracket": -0.01, "in_bracket": -0.16,
        "quoted": -0.08, "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": -1.66, "verb_first": -0.34, "small_before_name": -0.21, "after_head_verb": 0.20,
        "read0": 0.32, "read1": 0.33, "two": -0.41, "read_best": 1.14, "fit": 0.07, "like": 0.47, "form": 0.19, "like_best": 0.26,
        "asked": -1.66, "opens_asked": -0.08, "after_asked": 0.25, "read0_sure": 0.50, "read1_sure": 0.54, "like_unsure": 1.58, "like_best_unsure": 0.67, "form_unsure": 1.65,
        "headed_unsure": 1.37, "name": 0.10, "whole_name": 0.08, "cuts_name": -1.61, "cuts_figure": -0.15,
    },
    "role": {
        "one": -0.63, "capital": -0.10, "all_capital": -0.28, "figure": 0.10, "leads": -0.86, "title": -0.07, "dated": -0.60, "about": -1.62,
        "pronoun": -2.98, "inner": 0.21, "joined": 1.18, "before": 0.19, "after": 0.47, "bracket": 0.09, "in_bracket": -0.16, "quoted": -0.03,
        "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": -1.52, "verb_first": -0.36, "small_before_name": -0.12, "after_head_verb": 0.34, "read0": 0.29,
        "read1": 0.30, "two": -0.38, "read_best": 0.66, "like": 0.29, "form": 0.19, "near": 0.10, "like_best": 0.15, "asked": -1.64,
        "opens_asked": -0.09, "after_asked": 0.29, "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.33, "like_best_unsure": 0.51, "form_unsure": 1.65, "headed_unsure": 1.37,
        "near_unsure": 0.33, "name": 0.05, "whole_name": -0.05, "cuts_name": -1.57, "cuts_figure": -0.15,
    },
    "said": {
        "words": 0.70, "one": -0.60, "long": 0.38, "capital": -0.06, "all_capital": -0.24, "figure": -0.01, "leads": -0.86, "title": -0.08,
        "dated": -0.60, "about": -1.62, "pronoun": -2.98, "inner": -1.35, "joined": 0.97, "before": 0.79, "after": 0.43, "bracket": -0.01,
        "in_bracket": -0.16, "quoted": -0.08, "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": 0.84, "verb_first": -0.34, "small_before_name": -0.21,
        "after_head_verb": 0.20, "read0": 0.32, "read1": 0.33, "two": -0.41, "read_best": 1.14, "fit": -0.43, "like": -0.53, "form": 0.19,
        "like_best": -0.24, "asked": 1.84, "opens_asked": -0.08, "after_asked": 0.25, "read0_sure": 0.50, "read1_sure": 0.54, "like_unsure": 1.58, "like_best_unsure": 0.67,
        "form_unsure": 1.65, "headed_unsure": 1.37, "name": 0.10, "whole_name": 0.08, "cuts_name": -1.61, "cuts_figure": -0.15,
    },
    "what": {
        "one": -0.65, "capital": -0.19, "all_capital": -0.25, "figure": 0.04, "leads": -0.91, "title": -0.14, "dated": -0.65, "about": -1.63,
        "pronoun": -3.00, "inner": 0.36, "joined": 1.17, "before": 0.18, "after": 0.54, "bracket": 0.16, "in_bracket": -0.27, "quoted": 0.07,
        "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": 0.54, "verb_first": -0.39, "small_before_name": -0.37, "after_head_verb": 0.65, "read0": 0.39,
        "read1": 0.41, "two": -0.44, "read_best": 2.00, "like": 0.34, "form": 0.19, "like_best": 0.15, "asked": -1.84, "opens_asked": -0.06,
        "after_asked": 0.41, "read0_sure": 0.53, "read1_sure": 0.57, "read_best_sure": 0.07, "like_unsure": 1.17, "like_best_unsure": 0.34, "form_unsure": 1.65, "headed_unsure": 1.37,
        "name": 0.08, "whole_name": 0.05, "cuts_name": -1.64, "cuts_figure": -0.01,
    },
    "when": {
        "words": -0.08, "one": -0.32, "long": -0.13, "capital": -0.30, "all_capital": -0.40, "figure": 0.12, "leads": -0.95, "title": -0.26,
        "dated": -0.64, "about": -1.69, "pronoun": -2.99, "inner": -0.04, "joined": 0.88, "joints": -0.52, "before": 0.21, "after": 0.74,
        "bracket": -0.18, "in_bracket": 0.23, "quoted": -0.08, "headed": 1.17, "cuts_head": -2.07, "has_head": 0.63, "verb": -1.67, "verb_first": -0.35,
        "small_before_name": -0.06, "after_head_verb": 0.24, "read0": 0.32, "read1": 0.34, "two": -0.45, "read_best": 1.11, "like": 0.61, "form": 0.14,
        "like_best": 0.28, "asked": -2.05, "opens_asked": -0.28, "after_asked": 0.08, "read0_sure": 0.49, "read1_sure": 0.53, "like_unsure": 1.89, "like_best_unsure": 0.60,
        "form_unsure": 1.42, "headed_unsure": 1.37, "name": 0.02, "whole_name": -0.02, "cuts_name": -1.60, "cuts_figure": -0.48,
    },
    "where": {
        "one": -0.38, "long": -0.09, "capital": 0.09, "all_capital": -0.18, "figure": 0.01, "leads": -0.42, "title": 0.02, "dated": -0.47,
        "about": -1.62, "pronoun": -2.98, "inner": 0.14, "joined": 1.10, "before": 0.23, "after": 0.20, "bracket": -0.09, "in_bracket": -0.55,
        "quoted": -0.65, "headed": 1.03, "cuts_head": -2.07, "has_head": 0.81, "verb": -1.64, "verb_first": -0.25, "small_before_name": -0.15, "after_head_verb": 0.30,
        "read0": 0.33, "read1": 0.34, "two": -0.40, "read_best": 1.14, "fit": 0.17, "like": 0.33, "form": 0.46, "like_best": 0.13,
        "asked": -1.67, "after_asked": 0.13, "read0_sure": 0.52, "read1_sure": 0.56, "read_best_sure": 0.47, "like_unsure": 1.95, "like_best_unsure": 0.58, "form_unsure": 2.44,
        "headed_unsure": 0.96, "name": -0.04, "whole_name": -0.02, "cuts_name": -1.85, "cuts_figure": -0.12,
    },
    "which": {
        "one": -0.96, "capital": 0.07, "all_capital": -0.15, "figure": -0.10, "leads": -1.11, "title": 0.19, "dated": -0.59, "about": -1.69,
        "pronoun": -3.04, "inner": 0.33, "joined": 1.02, "before": 0.50, "after": 0.27, "bracket": -0.03, "in_bracket": -0.16, "quoted": 0.31,
        "headed": 2.06, "cuts_head": -2.09, "has_head": 0.89, "verb": -0.83, "verb_first": -0.45, "small_before_name": -0.45, "after_head_verb": 0.23, "read0": 0.34,
        "read1": 0.32, "two": -0.33, "read_best": 0.57, "like": 0.09, "like_best": 0.01, "asked": -1.64, "opens_asked": -0.03, "after_asked": 0.22,
        "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.49, "like_best_unsure": 1.10, "form_unsure": 0.96, "headed_unsure": 1.35, "name": 0.28, "whole_name": 0.30,
        "cuts_name": -1.37,
    },
    "who": {
        "one": -0.89, "long": -0.11, "capital": -0.10, "all_capital": -0.27, "figure": -0.15, "leads": -0.96, "title": -0.26, "dated": -0.63,
        "about": -1.62, "pronoun": -3.27, "inner": 0.17, "joined": 1.26, "before": 0.32, "after": 0.52, "bracket": 0.08, "in_bracket": -0.29,
        "quoted": -0.09, "headed": 0.60, "cuts_head": -2.12, "has_head": 0.29, "verb": -1.70, "verb_first": -0.37, "small_before_name": -0.04, "after_head_verb": 0.21,
        "read0": 0.27, "read1": 0.29, "two": -0.42, "read_best": 1.29, "fit": 0.37, "like": 0.74, "form": 0.19, "like_best": 0.36,
        "asked": -2.30, "opens_asked": -0.04, "after_asked": 0.44, "read0_sure": 0.43, "read1_sure": 0.49, "like_unsure": 1.74, "like_best_unsure": 0.49, "form_unsure": 1.65,
        "name": 0.32, "whole_name": 0.19, "cuts_name": -1.79, "cuts_figure": -0.12,
    },
}  # fmt: skip
