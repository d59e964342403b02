"""Engines on other machines behind the seams of qa/protocols.py: passages, words and vectors there, articles and spans here.

Text, masks and spans stay in the index's own SQLite file, against which each citation is checked. What an engine gives is a
ranking of passage numbers and nothing else: whatever it says, no answer can have a word that is in no article.
"""
