"""Weights of the features of a span (spanfeatures.py), a table a kind of question (spanscore.group).

Fitted by `python evals/bench/fit_spans.py --data DIR --write`, which writes this file and prints what the tables are worth: a conditional
logit on 1,304 questions that no training saw, each once as it stands and once without half of the words that it shares with its sentence,
pulled to weights set by hand (PRIOR there). Lists and words said have too few questions to learn from: theirs are set by hand alone.
"seldom", "seldom_more" and "rival", and "joined" of lists, were set by hand, too, after the fit: with them and what the rules have learned since
FacQA's spans have an F1 of 0.867 (0.838 where a span that breaks any rule was struck off the list), all 1,304 questions' 0.805 (0.799).
"""

WEIGHTS: dict[str, dict[str, float]] = {
    "clause": {
        "one": -0.66, "long": -0.19, "capital": -0.07, "all_capital": -0.06, "figure": 0.14, "leads": -0.67, "title": -0.36, "dated": -0.13,
        "about": -1.38, "pronoun": -4.16, "inner": 0.31, "joined": 0.47, "before": 0.31, "after": 0.15, "bracket": -0.23, "in_bracket": -0.49,
        "quoted": 0.13, "headed": 0.30, "cuts_head": -2.63, "has_head": 0.57, "verb": 0.68, "verb_first": -0.17, "small_before_name": -0.15, "after_head_verb": 0.02,
        "read0": 0.46, "read1": 0.47, "two": -0.45, "read_best": 0.95, "fit": 0.07, "like": 0.36, "form": 0.53, "near": 0.11,
        "like_best": 0.16, "asked": -0.69, "opens_asked": -0.09, "read0_sure": 0.62, "read1_sure": 0.61, "read_best_sure": 0.82, "like_unsure": 0.72, "like_best_unsure": 0.30,
        "form_unsure": 0.74, "headed_unsure": 0.89, "near_unsure": 0.40, "name": -0.08, "whole_name": -0.35, "cuts_name": -1.63, "cuts_figure": -0.40, "rival": -5.00,
        "seldom": -4.00, "seldom_more": -2.00,
    },
    "how_many": {
        "one": -0.52, "long": -0.18, "capital": 0.19, "all_capital": 0.10, "leads": -0.68, "title": -0.28, "dated": -0.35, "about": -1.68,
        "pronoun": -4.17, "inner": 0.12, "joined": 0.60, "before": 0.48, "bracket": -0.44, "in_bracket": -0.58, "quoted": 0.13, "headed": 0.30,
        "cuts_head": -2.63, "has_head": 0.57, "verb": -1.75, "verb_first": -0.13, "small_before_name": -0.44, "after_head_verb": 0.10, "read0": 0.45, "read1": 0.45,
        "two": -0.45, "read_best": 0.98, "like": 0.33, "form": 0.96, "like_best": 0.29, "asked": -1.29, "opens_asked": -0.45, "after_asked": 0.07,
        "read0_sure": 0.61, "read1_sure": 0.59, "read_best_sure": 0.86, "like_unsure": 0.65, "like_best_unsure": 0.54, "form_unsure": 1.33, "headed_unsure": 0.89, "name": 0.23,
        "cuts_name": -1.64, "cuts_figure": -0.14, "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "list": {
        "one": -1.07, "long": -0.20, "capital": 0.14, "all_capital": 0.09, "figure": 0.07, "leads": -0.65, "title": -0.28, "dated": -0.42,
        "about": -1.38, "pronoun": -4.16, "inner": 0.86, "joined": 3.40, "before": 0.32, "after": 0.14, "bracket": -0.25, "in_bracket": -0.49,
        "quoted": 0.13, "headed": 0.30, "cuts_head": -2.63, "has_head": 0.57, "verb": -1.74, "verb_first": -0.11, "small_before_name": -0.38, "after_head_verb": 0.21,
        "read0": 0.44, "read1": 0.46, "two": -0.44, "read_best": 0.74, "like": 0.35, "form": 0.53, "like_best": 0.19, "asked": -1.25,
        "opens_asked": -0.41, "read0_sure": 0.62, "read1_sure": 0.62, "read_best_sure": 1.13, "like_unsure": 0.71, "like_best_unsure": 0.38, "form_unsure": 0.74, "headed_unsure": 0.89,
        "name": 0.14, "whole_name": -0.08, "cuts_name": -1.62, "cuts_figure": -0.39, "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "role": {
        "one": -0.57, "long": -0.16, "capital": 0.11, "all_capital": 0.09, "figure": 0.09, "leads": -0.64, "title": -0.09, "dated": -0.42,
        "about": -1.38, "pronoun": -4.16, "inner": 0.21, "joined": 0.65, "joints": -0.05, "before": 0.22, "after": 0.17, "bracket": -0.27,
        "in_bracket": -0.49, "quoted": 0.54, "headed": 0.30, "cuts_head": -2.63, "has_head": 0.57, "verb": -1.67, "verb_first": -0.10, "small_before_name": -0.35,
        "after_head_verb": 0.38, "read0": 0.44, "read1": 0.45, "two": -0.42, "read_best": 0.53, "like": 0.24, "form": 0.53, "near": 0.09,
        "like_best": 0.11, "asked": -1.21, "opens_asked": -0.39, "after_asked": 0.06, "read0_sure": 0.62, "read1_sure": 0.62, "read_best_sure": 0.91, "like_unsure": 0.43,
        "like_best_unsure": 0.27, "form_unsure": 0.74, "headed_unsure": 0.89, "near_unsure": 0.29, "name": 0.16, "whole_name": -0.10, "cuts_name": -1.63, "cuts_figure": -0.39,
        "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "said": {
        "words": 0.70, "one": -0.56, "long": 0.50, "capital": -0.10, "all_capital": -0.19, "leads": -0.76, "title": -0.07, "dated": -0.55,
        "about": -1.52, "pronoun": -3.00, "inner": -1.42, "joined": 1.00, "before": 0.89, "after": 0.32, "in_bracket": -0.04, "quoted": -0.59,
        "headed": 1.57, "cuts_head": -2.13, "has_head": 0.88, "verb": 1.03, "verb_first": -0.35, "small_before_name": -0.18, "after_head_verb": 0.25, "read0": 0.30,
        "read1": 0.30, "two": -0.39, "read_best": 1.11, "fit": -0.48, "like": -0.42, "form": 0.26, "like_best": -0.30, "asked": 1.86,
        "opens_asked": -0.29, "after_asked": 0.22, "read0_sure": 0.48, "read1_sure": 0.52, "like_unsure": 1.75, "like_best_unsure": 0.70, "form_unsure": 1.33, "headed_unsure": 0.60,
        "name": -0.02, "whole_name": 0.12, "cuts_name": -1.56, "cuts_figure": -0.19, "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "what": {
        "one": -0.85, "capital": 0.13, "all_capital": -0.01, "figure": 0.08, "leads": -0.62, "title": -0.32, "dated": -0.44, "about": -1.40,
        "pronoun": -4.17, "inner": 0.44, "joined": 0.82, "before": 0.38, "after": 0.21, "bracket": 0.03, "in_bracket": -0.35, "quoted": -0.02,
        "headed": 0.30, "cuts_head": -2.63, "has_head": 0.57, "verb": 0.58, "verb_first": -0.27, "small_before_name": -0.40, "after_head_verb": 0.47, "read0": 0.48,
        "read1": 0.50, "two": -0.45, "read_best": 1.09, "like": 0.24, "form": 0.53, "like_best": 0.19, "asked": -1.28, "opens_asked": -0.37,
        "after_asked": 0.16, "read0_sure": 0.64, "read1_sure": 0.64, "read_best_sure": 1.58, "like_unsure": 0.41, "like_best_unsure": 0.37, "form_unsure": 0.74, "headed_unsure": 0.89,
        "name": -0.01, "whole_name": -0.24, "cuts_name": -1.63, "cuts_figure": -0.65, "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "when": {
        "words": -0.08, "one": -0.29, "long": -0.21, "capital": -0.07, "all_capital": -0.06, "figure": 0.17, "leads": -0.72, "title": -0.54,
        "dated": -0.45, "about": -1.41, "pronoun": -4.17, "inner": 0.05, "joined": 0.48, "joints": -0.50, "before": 0.23, "after": 0.33,
        "bracket": -0.44, "in_bracket": -0.08, "quoted": 0.13, "headed": 0.30, "cuts_head": -2.63, "has_head": 0.57, "verb": -1.75, "verb_first": -0.12,
        "small_before_name": -0.23, "after_head_verb": 0.28, "read0": 0.45, "read1": 0.46, "two": -0.48, "read_best": 0.65, "like": 0.37, "form": 0.65,
        "like_best": 0.01, "asked": -1.70, "opens_asked": -0.61, "read0_sure": 0.63, "read1_sure": 0.62, "read_best_sure": 1.01, "like_unsure": 1.04, "like_best_unsure": 0.24,
        "form_unsure": 1.86, "headed_unsure": 0.89, "name": 0.02, "whole_name": -0.26, "cuts_name": -1.61, "cuts_figure": -0.73, "rival": -3.00, "seldom": -4.00,
        "seldom_more": -2.00,
    },
    "where": {
        "one": -0.36, "long": -0.20, "capital": 0.34, "all_capital": 0.27, "figure": 0.11, "leads": -0.32, "title": -0.30, "dated": -0.48,
        "about": -1.38, "pronoun": -4.18, "inner": 0.32, "joined": 0.66, "clause": -0.06, "before": 0.30, "after": 0.04, "bracket": -0.34,
        "in_bracket": -0.85, "quoted": -0.71, "headed": 0.30, "cuts_head": -2.63, "has_head": 0.88, "verb": -1.67, "verb_first": 0.08, "small_before_name": -0.42,
        "after_head_verb": 0.24, "read0": 0.43, "read1": 0.45, "two": -0.39, "read_best": 0.21, "fit": 0.27, "like": 0.27, "form": 0.70,
        "near": 0.06, "like_best": 0.09, "asked": -1.16, "opens_asked": -0.05, "after_asked": 0.08, "read0_sure": 0.63, "read1_sure": 0.63, "read_best_sure": 1.01,
        "like_unsure": 0.96, "like_best_unsure": 0.55, "form_unsure": 1.39, "headed_unsure": 0.90, "near_unsure": 0.13, "name": -0.05, "whole_name": -0.23, "cuts_name": -1.64,
        "cuts_figure": -0.25, "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "which": {
        "one": -1.00, "capital": 0.29, "all_capital": 0.31, "figure": 0.11, "leads": -0.80, "title": -0.15, "dated": -0.34, "about": -1.31,
        "pronoun": -4.17, "inner": 0.21, "joined": 0.59, "joints": -0.06, "before": 0.36, "bracket": -0.18, "in_bracket": -0.88, "quoted": 1.13,
        "headed": 1.18, "cuts_head": -3.15, "has_head": 0.83, "verb": -0.94, "verb_first": -0.07, "small_before_name": -0.50, "after_head_verb": 0.17, "read0": 0.53,
        "read1": 0.52, "two": -0.43, "read_best": 0.64, "like": 0.01, "form": 0.05, "like_best": 0.08, "asked": -1.22, "opens_asked": -0.56,
        "read0_sure": 0.66, "read1_sure": 0.64, "read_best_sure": 1.54, "like_unsure": 0.25, "like_best_unsure": 0.49, "headed_unsure": 0.29, "name": 0.16, "cuts_name": -1.33,
        "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
    "who": {
        "words": -0.02, "one": -0.72, "long": -0.21, "capital": 0.17, "all_capital": 0.15, "figure": -0.09, "leads": -0.63, "title": -0.29,
        "dated": -0.45, "about": -1.38, "pronoun": -4.85, "inner": 0.15, "joined": 0.77, "before": 0.24, "after": 0.11, "bracket": -0.20,
        "in_bracket": -0.60, "quoted": 0.37, "cuts_head": -2.63, "has_head": 0.39, "verb": -1.76, "verb_first": -0.18, "small_before_name": -0.43, "after_head_verb": 0.36,
        "read0": 0.40, "read1": 0.45, "two": -0.44, "read_best": 0.87, "fit": 0.48, "like": 0.53, "form": 0.53, "like_best": 0.28,
        "asked": -1.54, "opens_asked": -0.55, "read0_sure": 0.58, "read1_sure": 0.58, "read_best_sure": 0.48, "like_unsure": 0.55, "form_unsure": 0.74, "name": 0.37,
        "whole_name": -0.05, "cuts_name": -1.85, "cuts_figure": -0.40, "rival": -3.00, "seldom": -4.00, "seldom_more": -2.00,
    },
}  # fmt: skip
