"""Sentences that speak to a language model instead of a reader: "abaikan semua instruksi sebelumnya", "you are now …".

News does quote orders ("abaikan imbauan itu"), so an order alone is no sign. A sign is an order together with what only a
machine has: instructions given before, a prompt, a role to play, tools to call, template marks of a chat.
"""

from __future__ import annotations

import re
import unicodedata

from qa.language.sentences import sentences
from qa.language.words import fold

_BEFORE = (
    r"(?:sebelum\w*|di ?atas|terdahulu|tadi|semula|awal|yang (?:sudah |telah )?(?:diberikan|ada|anda terima)|sistem|system|previous|prior|above|earlier|preceding|"
    r"initial|original|given|all|any|semua|segala|seluruh|apa ?pun|your|anda|kamu|mu|these|those|last|this)"
)
_ORDERS = r"(?:instruksi|instruction|perintah|arahan|aturan|petunjuk|prompt|pesan sistem|system message|directive|guideline|rule|batasan|pedoman|programming|pemrograman|konteks|context)"
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        # to throw away what the machine was told, in either order of words
        (
            rf"\b(?:abaikan|acuhkan|hiraukan|lupakan|singkirkan|hapus|batalkan|kesampingkan|timpa|langgar|jangan (?:ikuti|turuti|patuhi)|tidak perlu (?:mengikuti|menuruti|mematuhi)|"
            rf"ignore|disregard|forget|override|bypass|neglect|overrule|do(?: not|n't) (?:follow|obey)|stop following)\b(?=.{{0,60}}\b{_ORDERS})(?=.{{0,80}}\b{_BEFORE})"
        ),
        # a new role
        (
            r"\b(?:mulai (?:sekarang|saat ini)|sekarang|from now on|you are now|kini)\b.{0,40}\b(?:anda|kamu|you|engkau)\b.{0,30}\b(?:adalah|menjadi|berperan|are|act|will|must|harus|a)\b.{0,60}"
            r"\b(?:asisten|ai|bot|model|assistant|chatbot|robot|jailbr\w+|mode|admin|developer|root|terminal|bajak laut|pirate|penjawab)\b"
        ),
        (
            r"(?:\b(?:berperan|bertindak|berpura-pura)lah\b|(?:^\W*|\b(?:anda|kamu|engkau|tolong|harus|wajib|you|please|must|will|should|now)\b.{0,20}\b)(?:berperan|bertindak|berpura-pura|act|behave|pretend|respond|roleplay)\b)"
            r".{0,20}\b(?:sebagai|seolah|as|like|to be)\b.{0,40}\b(?:asisten|ai|dan mode|mode dan|bot|model bahasa|assistant|chatbot|admin|developer|terminal)\b"
        ),
        r"\b(?:you are now|from now on you are|kamu sekarang|anda sekarang)\b.{0,60}\b(?:assistant|ai|bot|chatbot|model|asisten)\b",
        # the machine spoken to by what it is
        (
            r"\b(?:asisten(?: ai)?|ai|model bahasa|chatbot|bot|mesin penjawab|llm|assistant|language model|large language model|gpt|chatgpt|claude|gemini)\b\s*(?:,|:|-|harus|wajib|must|should|please|tolong)"
            r".{0,60}\b(?:(?:men)?jawab|(?:me)?nulis|tulis|katakan|balas|sebut|cetak|ungkap|kirim|panggil|jalankan|answer|reply|say|write|print|output|reveal|send|call|respond|cite|kutip|ignore|abaikan)"
        ),
        r"\b(?:jika|bila|kalau|apabila|when|if|saat)\b.{0,25}\b(?:anda|kamu|kau|you|engkau)\b.{0,20}\b(?:ai|asisten|model|bot|assistant|llm|ditanya\w*|diminta (?:men\w+|meringkas|merangkum)|asked|queried|prompted|summari[sz]\w+|meringkas)\b",
        r"\b(?:setiap|semua|untuk (?:setiap|semua)|every|any|all)\b.{0,25}\b(?:pertanyaan|questions?)\b.{0,30}\b(?:jawab\w*|balas|answer|reply|respond)\b\s*(?:dengan|:|,|with|only|hanya|bahwa|that)",
        r"\b(?:jawab\w*|balas|answer|reply|respond)\b.{0,15}\b(?:setiap|semua|every|any|all)\b.{0,15}\b(?:pertanyaan|questions?)\b",
        r"\b(?:jangan|tidak boleh|do not|don't|never)\b.{0,25}\b(?:menjawab|jawab|answer|reply|mengutip|kutip|cite|quote)\b.{0,40}\b(?:pertanyaan|pengguna|user|question|sumber|source|artikel|passage|kutipan)\b",
        # its inside
        (
            r"\b(?:tampilkan|ungkap\w*|bocorkan|cetak|tulis(?:kan)?|sebutkan|kirim\w*|reveal|print|show|repeat|output|leak|dump|tell)\b.{0,40}\b(?:system prompt|prompt sistem|prompt\w*|instruksi (?:anda|sistem|mu)|"
            r"your instructions|api[ _-]?key|kunci api|kata sandi anda|your password|environment variable)"
        ),
        # marks of chat templates, tools and turns
        r"<\|?\s*/?\s*(?:im_start|im_end|system|user|assistant|endoftext|start_header_id|end_header_id|eot_id|tool_call|function_call|tool_response|sys)\b",
        r"\[/?(?:inst|sys|system|tool_calls?|available_tools)\]|<</?sys>>|<(?:start|end)_of_turn>",
        r"^\W*(?:#{2,}\s*)?(?:system|assistant|sistem|asisten|user|pengguna|human|instruction|instruksi|developer)\s*(?:prompt|message|pesan)?\s*:\s*\S",
        r"""["'](?:tool|function|tool_call|function_call|name)["']\s*:\s*["']\w+["']\s*,\s*["'](?:arguments|parameters|args|input)["']""",
        r"\b(?:panggil|jalankan|gunakan|call|invoke|execute|run|use)\b.{0,20}\b(?:fungsi|function|tool|alat|perintah shell|shell command|plugin)\b\s*[\w.]*\s*(?:\(|_|`|dengan argumen|with arg)",
    )
)

_HINT = re.compile(
    r"\b(?:instruksi|instruction|perintah|arahan|aturan|petunjuk|prompt|pesan|message|directive|guideline|rule|batasan|pedoman|programming|pemrograman|konteks|context)"
    r"|\b(?:anda|kamu|kau|engkau|you|ai|bot|llm|gpt|claude|gemini|act|api|tool|alat|never)\b|asisten|assistant|chat|model bahasa|language model|mesin penjawab"
    r"|pertanyaan|question|kata sandi|environ|<\||<\s*/|\[/?(?:inst|sys|tool|avail)|<</?sys|_turn|sistem|system|user\b|pengguna|human|developer"
    r"|[\"']\s*:\s*[\"']|fungsi|function|shell|plugin|berperan|bertindak|berpura|behave|pretend|respond|roleplay"
)
"""One of these stands in every sentence that has a sign; most sentences of news have none, and are read once."""


def instructions(text: str) -> list[tuple[int, int]]:
    """Spans that speak to a machine, left to right: from the sentence that does to the end of its line, for what follows is its order."""
    found: list[tuple[int, int]] = []
    if not _HINT.search(_seen(text)):
        return found
    for start, end in sentences(text):
        if (not found or start >= found[-1][1]) and speaks_to_a_machine(text[start:end]):
            line = text.find("\n", end)
            found.append((start, line if line >= 0 else len(text)))
    return found


def addressed(text: str, start: int, end: int) -> bool:
    """Does a span of `text` touch words that speak to a machine, or the order that follows them on their line?"""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    lines = text[first : last if last >= 0 else len(text)]
    return any(left < end - first and start - first < right for left, right in instructions(lines))


def speaks_to_a_machine(sentence: str) -> bool:
    """Does this sentence order a language model about, or imitate the marks that steer one?"""
    plain = _seen(sentence)
    return bool(_HINT.search(plain)) and any(sign.search(plain) for sign in _SIGNS)


def _seen(text: str) -> str:
    """As a model reads it: folded, without what hides between letters, on one line."""
    seen = text if text.isascii() else "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Co", "Cn"})
    return " ".join(fold(seen).split())
