"""Whether a sentence of a paper speaks of the future or reports the past.

Pure: standard library only. A hint for staff, not a judgement: where the grammar is in doubt
neither is said, because a hint that is often wrong is soon overlooked.
"""

from __future__ import annotations

import re

from papers.importing.sentences import sentence_spans, word_set

_PLAN = re.compile(
    r"\b(?:"
    r"(?:will|shall)(?:\s+(?:also|then|soon|now|next|continue|likely|further|again|be))?\s+[a-z]"
    r"|(?:plan|intend|expect|propose|anticipate|aim|hope)s?\s+(?:to|on)\s+[a-z]"
    r"|(?:is|are)\s+(?:now\s+|also\s+|currently\s+)?"
    r"(?:(?:planning|intending|preparing|expecting|hoping)\s+to\s|going\s+to\s"
    r"|(?:set|scheduled|slated|due|poised|about)\s+(?:to|for)\s"
    r"|(?:planned|targeted)\s+(?:for|to)\s|expected\s+(?:in|by|next|later|this|at|for|to\s+be)\s)"
    r"|(?:is|are)\s+to\s+be\s+[a-z]+ed\b"
    r")"
)
# After one of these the future is somebody's question, wish or condition.
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|how|what|whether|if|when|where|why|because|until|once|unless"
    r"|so|as|than)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;:–—]\s+|\s(?:and|but)\s(?=(?:it|they|he|she|we|this|these|cbp|coac|the|will)\b)", re.I
)

_PAST_ONLY = word_set(
    """met began gave took held told wrote spoke sought brought sent led heard built drew chose
    knew became grew saw kept left made won dealt convened reconvened concluded adjourned
    kicked"""
)
_PAST_OR_PARTICIPLE = word_set(
    """covered challenged completed published presented discussed reviewed provided submitted
    issued finalized finalised approved adopted launched established developed identified
    received shared briefed hosted drafted released requested asked agreed formed created
    updated introduced examined explored addressed focused considered proposed recommended
    announced reported voted continued conducted analyzed evaluated collected compiled
    circulated delivered prepared transitioned implemented tested explained noted
    highlighted raised resolved suggested stated supported solicited started closed ended
    worked joined helped answered decided returned signed posted visited toured demonstrated
    outlined summarized described expanded revised clarified confirmed attended engaged
    resumed surveyed polled looked talked listened gathered selected"""
)
_BE_PAST = frozenset(("was", "were", "had", "did"))
_HAVE = frozenset(("has", "have"))
_ONGOING = word_set(
    """is are am will shall should may might must can could would continue continues plan plans
    intend intends expect expects need needs remain remains aim aims seek seeks hope hopes
    look looks propose proposes anticipate anticipates recommend recommends request requests
    ask asks include includes want wants require requires"""
)
_TO_COME = re.compile(
    r"\b(?:will|shall|should|must|plans?|intends?|expects?|anticipated|upcoming|next|future|"
    r"continues?|continuing|scheduled|forthcoming|going\s+to|needs?\s+to|has\s+to|have\s+to|"
    r"(?:is|are|was|were|has\s+been|have\s+been)\s+(?:asked|tasked|requested|directed|invited"
    r"|encouraged|expected|set|planned|due|slated)\s+to|agreed\s+to|agreed\s+that|decided\s+to"
    r"|committed\s+to|ongoing|remains?|to\s+be)\b",
    re.IGNORECASE,
)
_SUBJECTS = word_set(
    """cbp coac group groups wg committee subcommittee members member trade they it we he she staff
    office team participants representatives force workgroup discussions topics industry
    agency agencies meeting meetings session sessions"""
)
# A step often begins with what is to be done; no verb behind that one is the sentence's.
_IMPERATIVES = word_set(
    """add address adopt analyze approve ask assess begin brief build choose collect compare
    complete conduct consider continue convene coordinate create decide define deliver determine
    develop discuss distribute draft engage ensure establish evaluate examine expand explore
    finalize finish focus follow form formulate gather give hold host identify implement improve
    include inform initiate integrate introduce invite issue keep launch look maintain make
    measure meet monitor move obtain offer organize outline participate plan prepare present
    produce promote propose provide publish pursue recommend reconvene refine release repeat
    report request research resolve resume review revise schedule seek select send set share
    solicit start study submit support survey test track update use validate verify visit watch
    widen wind work write"""
)
_RELATIVES = frozenset(("who", "that", "which", "whom"))
_AFTER_PARTICIPLE = word_set(
    "by to under in at on from during for with within through as via pursuant against"
)
_WORD = re.compile(r"[A-Za-z][\w'’-]*|[,;:]")


def future_sentence(text: str) -> tuple[int, int] | None:
    """The range of the first sentence that states a plan in a clause of its own; None without."""
    for start, end in sentence_spans(text):
        if _states_a_plan(text[start:end]):
            return (start, end)
    return None


def past_sentence(text: str) -> tuple[int, int] | None:
    """The range of the first sentence that reports the past, where the text plans nothing at all.

    A step that says first what was done and then what comes is a step.
    """
    if _TO_COME.search(text):
        # "Over the subsequent sessions, topics covered ..." looks ahead to nothing; "next" does.
        return None
    for start, end in sentence_spans(text):
        if _reports_the_past(text[start:end]):
            return (start, end)
    return None


def _states_a_plan(sentence: str) -> bool:
    lowered = _without_quotations(sentence)
    for plan in _PLAN.finditer(lowered):
        before = lowered[: plan.start()]
        clause = before[max((m.end() for m in _CLAUSE.finditer(before)), default=0) :]
        if not _SUBORDINATE.search(clause):
            return True
    return False


def _reports_the_past(sentence: str) -> bool:
    """By the first word that can be the verb of the sentence."""
    words = _WORD.findall(_without_quotations(sentence))
    for index, word in enumerate(words):
        after = words[index + 1].lower() if index + 1 < len(words) else ""
        before = words[index - 1].lower() if index else ""
        lower = word.lower()
        if lower in _ONGOING or (index == 0 and lower in _IMPERATIVES):
            return False
        if before in _RELATIVES:
            continue
        if lower in _BE_PAST:
            return True
        if lower in _HAVE:
            return after.endswith("ed") or after in ("been", *_PAST_ONLY, "begun", "given", "taken")
        if index and lower in _PAST_ONLY:
            return True
        if index and lower in _PAST_OR_PARTICIPLE and before not in ("the", "a", "an", "and"):
            if after == "by":
                continue
            if before in _SUBJECTS or after not in _AFTER_PARTICIPLE:
                return True
    return False


def _without_quotations(sentence: str) -> str:
    return re.sub(r"[“\"][^”\"]*[”\"]", "“”", sentence)
