"""Weights of the features of a span (spanfeatures.py), a table a kind of question (spanscore.group).

Fitted by `python evals/bench/fit_spans.py --data DIR --write`, which writes this file and prints what the tables are worth: a conditional
logit on 1,304 questions that no training saw, each once as it stands and once without half of the words that it shares with its sentence,
pulled to weights set by hand (PRIOR there). Lists and words said have too few questions to learn from: theirs are set by hand alone.
"""

WEIGHTS: dict[str, dict[str, float]] = {
    "clause": {
        "one": -0.61, "long": -0.28, "capital": -0.15, "all_capital": -0.43, "figure": 0.10, "leads": -0.82, "title": -0.02, "dated": -0.48,
        "about": -1.64, "pronoun": -3.03, "inner": 0.32, "joined": 1.07, "before": 0.30, "after": 0.44, "bracket": 0.02, "in_bracket": -0.15,
        "quoted": -0.11, "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": 0.82, "verb_first": -0.46, "small_before_name": -0.29, "after_head_verb": -0.01,
        "read0": 0.34, "read1": 0.33, "two": -0.41, "read_best": 0.74, "fit": 0.15, "like": 0.56, "form": 0.20, "near": 0.04,
        "like_best": 0.17, "asked": -1.86, "opens_asked": 0.38, "after_asked": 0.16, "read0_sure": 0.51, "read1_sure": 0.54, "like_unsure": 1.61, "like_best_unsure": 0.50,
        "form_unsure": 1.81, "headed_unsure": 1.29, "near_unsure": 0.17, "name": -0.10, "whole_name": -0.15, "cuts_name": -1.70, "cuts_figure": -0.22,
    },
    "how_many": {
        "one": -0.59, "long": -0.32, "capital": 0.01, "all_capital": -0.23, "figure": 0.01, "leads": -0.94, "title": -0.07, "dated": -0.62,
        "about": -1.91, "pronoun": -3.02, "inner": 0.18, "joined": 1.04, "clause": -0.07, "before": 0.18, "after": 0.20, "bracket": -0.05,
        "in_bracket": -0.33, "quoted": -0.11, "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": -1.70, "verb_first": -0.32, "small_before_name": -0.25,
        "after_head_verb": 0.09, "read0": 0.29, "read1": 0.31, "two": -0.44, "read_best": 1.46, "fit": 0.24, "like": 0.72, "form": 0.51,
        "near": 0.01, "like_best": 0.41, "asked": -1.32, "opens_asked": 0.23, "after_asked": 0.16, "read0_sure": 0.49, "read1_sure": 0.54, "like_unsure": 1.93,
        "like_best_unsure": 0.72, "form_unsure": 3.07, "headed_unsure": 1.29, "name": 0.18, "whole_name": 0.19, "cuts_name": -1.67, "cuts_figure": -0.29,
    },
    "list": {
        "one": -1.04, "long": -0.33, "capital": -0.07, "all_capital": -0.29, "figure": 0.03, "leads": -0.83, "title": -0.06, "dated": -0.64,
        "about": -1.64, "pronoun": -3.02, "inner": 0.90, "joined": 3.00, "before": 0.28, "after": 0.43, "bracket": -0.02, "in_bracket": -0.14,
        "quoted": -0.11, "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": -1.71, "verb_first": -0.33, "small_before_name": -0.26, "after_head_verb": 0.18,
        "read0": 0.32, "read1": 0.32, "two": -0.43, "read_best": 1.17, "fit": 0.09, "like": 0.56, "form": 0.20, "like_best": 0.25,
        "asked": -1.81, "opens_asked": 0.28, "after_asked": 0.23, "read0_sure": 0.51, "read1_sure": 0.54, "like_unsure": 1.60, "like_best_unsure": 0.66, "form_unsure": 1.81,
        "headed_unsure": 1.29, "name": 0.09, "whole_name": 0.09, "cuts_name": -1.71, "cuts_figure": -0.22,
    },
    "role": {
        "one": -0.58, "long": -0.25, "capital": -0.12, "all_capital": -0.32, "figure": 0.14, "leads": -0.83, "dated": -0.64, "about": -1.64,
        "pronoun": -3.02, "inner": 0.27, "joined": 1.20, "before": 0.17, "after": 0.47, "bracket": 0.06, "in_bracket": -0.14, "quoted": 0.02,
        "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": -1.57, "verb_first": -0.35, "small_before_name": -0.16, "after_head_verb": 0.32, "read0": 0.28,
        "read1": 0.29, "two": -0.40, "read_best": 0.64, "like": 0.37, "form": 0.20, "near": 0.10, "like_best": 0.13, "asked": -1.79,
        "opens_asked": 0.30, "after_asked": 0.28, "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.34, "like_best_unsure": 0.49, "form_unsure": 1.81, "headed_unsure": 1.29,
        "near_unsure": 0.32, "name": 0.04, "whole_name": -0.06, "cuts_name": -1.66, "cuts_figure": -0.21,
    },
    "said": {
        "words": 0.70, "one": -0.54, "long": 0.17, "capital": -0.07, "all_capital": -0.29, "figure": 0.03, "leads": -0.83, "title": -0.06,
        "dated": -0.64, "about": -1.64, "pronoun": -3.02, "inner": -1.30, "joined": 1.00, "before": 0.78, "after": 0.43, "bracket": -0.02,
        "in_bracket": -0.14, "quoted": -0.11, "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": 0.79, "verb_first": -0.33, "small_before_name": -0.26,
        "after_head_verb": 0.18, "read0": 0.32, "read1": 0.32, "two": -0.43, "read_best": 1.17, "fit": -0.41, "like": -0.44, "form": 0.20,
        "like_best": -0.25, "asked": 1.69, "opens_asked": 0.28, "after_asked": 0.23, "read0_sure": 0.51, "read1_sure": 0.54, "like_unsure": 1.60, "like_best_unsure": 0.66,
        "form_unsure": 1.81, "headed_unsure": 1.29, "name": 0.09, "whole_name": 0.09, "cuts_name": -1.71, "cuts_figure": -0.22,
    },
    "what": {
        "one": -0.58, "long": -0.18, "capital": -0.20, "all_capital": -0.32, "figure": 0.08, "leads": -0.85, "title": -0.10, "dated": -0.69,
        "about": -1.64, "pronoun": -3.04, "inner": 0.41, "joined": 1.20, "before": 0.19, "after": 0.55, "bracket": 0.12, "in_bracket": -0.25,
        "quoted": 0.06, "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": 0.51, "verb_first": -0.44, "small_before_name": -0.43, "after_head_verb": 0.63,
        "read0": 0.39, "read1": 0.40, "two": -0.46, "read_best": 2.05, "like": 0.42, "form": 0.20, "like_best": 0.13, "asked": -1.99,
        "opens_asked": 0.41, "after_asked": 0.32, "read0_sure": 0.53, "read1_sure": 0.57, "read_best_sure": 0.04, "like_unsure": 1.18, "like_best_unsure": 0.34, "form_unsure": 1.81,
        "headed_unsure": 1.29, "name": 0.03, "whole_name": 0.02, "cuts_name": -1.74, "cuts_figure": -0.09,
    },
    "when": {
        "words": -0.07, "one": -0.26, "long": -0.34, "capital": -0.31, "all_capital": -0.45, "figure": 0.15, "leads": -0.92, "title": -0.26,
        "dated": -0.64, "about": -1.70, "pronoun": -3.03, "inner": 0.01, "joined": 0.90, "joints": -0.55, "before": 0.21, "after": 0.73,
        "bracket": -0.19, "in_bracket": 0.24, "quoted": -0.11, "headed": 0.93, "cuts_head": -2.17, "has_head": 0.67, "verb": -1.71, "verb_first": -0.34,
        "small_before_name": -0.08, "after_head_verb": 0.23, "read0": 0.32, "read1": 0.34, "two": -0.46, "read_best": 1.09, "like": 0.69, "form": 0.14,
        "like_best": 0.27, "asked": -2.24, "opens_asked": 0.13, "after_asked": 0.09, "read0_sure": 0.49, "read1_sure": 0.53, "like_unsure": 1.90, "like_best_unsure": 0.58,
        "form_unsure": 1.54, "headed_unsure": 1.29, "name": 0.01, "whole_name": -0.01, "cuts_name": -1.69, "cuts_figure": -0.52,
    },
    "where": {
        "one": -0.30, "long": -0.31, "capital": 0.10, "all_capital": -0.21, "figure": 0.04, "leads": -0.38, "title": 0.11, "dated": -0.53,
        "about": -1.64, "pronoun": -3.03, "inner": 0.21, "joined": 1.14, "clause": -0.01, "before": 0.22, "after": 0.19, "bracket": -0.11,
        "in_bracket": -0.53, "quoted": -0.68, "headed": 0.79, "cuts_head": -2.17, "has_head": 0.86, "verb": -1.69, "verb_first": -0.23, "small_before_name": -0.23,
        "after_head_verb": 0.22, "read0": 0.33, "read1": 0.33, "two": -0.42, "read_best": 1.11, "fit": 0.25, "like": 0.44, "form": 0.45,
        "like_best": 0.12, "asked": -1.87, "opens_asked": 0.44, "after_asked": 0.13, "read0_sure": 0.53, "read1_sure": 0.56, "read_best_sure": 0.44, "like_unsure": 1.97,
        "like_best_unsure": 0.55, "form_unsure": 2.50, "headed_unsure": 0.88, "name": -0.04, "cuts_name": -1.93, "cuts_figure": -0.20,
    },
    "which": {
        "one": -0.89, "long": -0.12, "capital": 0.04, "all_capital": -0.18, "figure": -0.04, "leads": -1.06, "title": 0.22, "dated": -0.55,
        "about": -1.70, "pronoun": -3.07, "inner": 0.38, "joined": 1.04, "before": 0.48, "after": 0.22, "bracket": -0.03, "in_bracket": -0.20,
        "quoted": 0.33, "headed": 1.73, "cuts_head": -2.21, "has_head": 0.90, "verb": -0.95, "verb_first": -0.39, "small_before_name": -0.51, "after_head_verb": 0.25,
        "read0": 0.35, "read1": 0.32, "two": -0.36, "read_best": 0.55, "like": 0.19, "asked": -1.72, "opens_asked": 0.28, "after_asked": 0.17,
        "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.52, "like_best_unsure": 1.09, "form_unsure": 1.09, "headed_unsure": 1.25, "name": 0.26, "whole_name": 0.31,
        "cuts_name": -1.54,
    },
    "who": {
        "one": -0.84, "long": -0.32, "capital": -0.10, "all_capital": -0.32, "figure": -0.11, "leads": -0.94, "title": -0.24, "dated": -0.67,
        "about": -1.64, "pronoun": -3.31, "inner": 0.23, "joined": 1.30, "before": 0.30, "after": 0.51, "bracket": 0.05, "in_bracket": -0.25,
        "quoted": -0.14, "headed": 0.53, "cuts_head": -2.20, "has_head": 0.35, "verb": -1.74, "verb_first": -0.36, "small_before_name": -0.08, "after_head_verb": 0.19,
        "read0": 0.27, "read1": 0.28, "two": -0.44, "read_best": 1.31, "fit": 0.40, "like": 0.82, "form": 0.20, "like_best": 0.35,
        "asked": -2.44, "opens_asked": 0.25, "after_asked": 0.44, "read0_sure": 0.43, "read1_sure": 0.49, "like_unsure": 1.74, "like_best_unsure": 0.48, "form_unsure": 1.81,
        "name": 0.30, "whole_name": 0.18, "cuts_name": -1.87, "cuts_figure": -0.18,
    },
}  # fmt: skip
