"""Why an answer is withheld, as a sentence for a person: the page, the terminal and the API all use these words."""

from __future__ import annotations

from collections.abc import Mapping

from qa.schema import Language, Reason

_SAYS: Mapping[Language, Mapping[Reason, str]] = {
    "id": {
        "": "",
        "empty-question": "Belum ada yang bisa dicari: pertanyaannya kosong. Tulis pertanyaan dengan beberapa kata.",
        "nothing-found": "Tidak ada artikel yang memuat kata atau hal yang ditanyakan.",
        "not-in-articles": "Ada artikel yang mendekati topiknya, tetapi tidak satu pun memuat jawabannya.",
        "low-confidence": "Ada calon jawaban, tetapi keyakinannya terlalu rendah untuk ditampilkan.",
        "not-proved": "Ada calon jawaban, tetapi tidak dapat dibuktikan dengan kutipan dari artikel.",
    },
    "en": {
        "": "",
        "empty-question": "There is nothing to search for: the question is empty. Write a question of a few words.",
        "nothing-found": "No article has the words or the matter that you ask about.",
        "not-in-articles": "Some articles come near the subject, but none of them has the answer.",
        "low-confidence": "There is a possible answer, but its confidence is too low to show it.",
        "not-proved": "There is a possible answer, but it could not be proved with words of an article.",
    },
}


def in_words(reason: Reason, language: Language) -> str:
    """The sentence for a reason of the closed list; "" for an answer that was not withheld."""
    return _SAYS[language][reason]
