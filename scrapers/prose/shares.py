"""Percentages that are shares: of requests that succeeded, which is the success rate, and of tasks that were solved."""

from __future__ import annotations

import re

_SUCCESS = r"(?:success(?: rates?| ratio| score)?|rates? of success|reliability(?: rates?| scores?| ratings?)?)"
_SUCCESS_AFTER = re.compile(
    rf"\s*(?:(?:overall|task|request|completion|technical) )*(?:{_SUCCESS}|success(?:ful)?|reliable)\b"
    r"(?! stor| percentile)",
    re.IGNORECASE,
)
_ADJECTIVES = (
    r"(?:(?:an?|the|its|perfect|full|solid|high|strong|flawless|near-flawless|near-perfect|robust|stellar|good|just|only|"
    r"mere|low|modest|poor|somewhat|rather|very|fairly|relatively|decent|mediocre|comparatively|flat|clean|still|now|"
    r"also|even|truly|highly|pretty|equally|weak|fine|great|thus|therefore|hence|"
    r"(?!(?:fall|declin|dropp|ris|increas|exceed|surpass|approach|grow|improv|go|los|slipp|climb)ing\b)"
    r"[a-z]{3,}(?:ing|ful|able|ible|ive|ent|ant|ous|ional|ish))\s+)*"
)
_SUCCESS_BEFORE = re.compile(
    rf"\b(?:(?:[Ii]n terms of|[Ff]or|[Oo]n|[Rr]egarding) (?:technical )?{_SUCCESS}, (?:it|the model) [a-z]+(?: at)? |"
    rf"{_SUCCESS}(?: (?:of|for) (?:the|this) model)?(?:, (?:however|though|in turn|meanwhile),)?"
    rf"(?:,? ?(?:(?:of|(?:is|was|stands|stood|stays|sits|"
    rf"remains)(?: [a-z-]+){{0,2}},? at|at|is|was|has been|equals|remains|came in at|comes in at|h[oe]lds? up,? at|"
    rf"is reported (?:as|at)|"
    rf"(?:dip|drop|climb|slip)(?:s|ped|ed) to|f[ae]lls? to|rises? to|rose to|"
    rf"being|reaching|reached|reaches|hitting|came to|comes to|amounts to|has)\b|:|,|\(|–|—|-))?)\s*{_ADJECTIVES}$",
    re.IGNORECASE,
)
_CALLED_RELIABLE = re.compile(rf"\b(?:{_SUCCESS} (?:is|was|remains) {_ADJECTIVES}|reliable )\($", re.IGNORECASE)
"""`Its reliability is excellent (97%)`."""

NAME_OF_BENCHMARK = r"[A-Z][A-Za-z-]*(?: [A-Z][A-Za-z-]*){0,3}"
_TELLING = re.compile(r"success|reliab", re.IGNORECASE)
"""What either has, found in a fraction of the time."""

SUCCESS_OF_PART = re.compile(
    r"\b(?:JSON|attack|jailbreak|tool[- ](?:call(?:ing)?|use)|function[- ]call(?:ing)?|pars(?:e|ing)|formatting|"
    r"compil(?:e|ation)|retry|first-try) success rates?\b|"
    r"\bsuccess rates? (?:at|in|on|for|with|when) (?:tools?|functions?|JSON|structured|calling|using|invoking|"
    r"following|formatting|parsing|compiling|solving)\b",
    re.IGNORECASE,
)
"""What has a success rate of its own."""

SUCCESS_OF_ONE = re.compile(
    rf"\b{_SUCCESS}\b(?:(?!\b(?:and|but|with|plus|alongside)\b)[^,;()%—–]){{0,50}}$|"
    rf"\b{_SUCCESS} (?:in|on|for) (?:the )?(?-i:{NAME_OF_BENCHMARK})(?: [a-z]+)?,? (?:at |is )?$",
    re.IGNORECASE,
)
"""`Its success rate in Coding was`: of one benchmark, and no accuracy."""

_REQUESTS = (
    r"\s*of (?:all |the |its |our |their |test |api |sent )*(?:requests|calls|executions|runs|attempts|queries)\b"
)
_OF_REQUESTS = re.compile(_REQUESTS, re.IGNORECASE)
_OF_TIME = re.compile(r"\s*of (?:(?P<always>the time)|(?:all )?cases)\b(?! \((?-i:[A-Z]))")
_SUCCEEDED = re.compile(r" (?:(?:were|was) successful|succeeded)\b(?! in\b| on\b)")
_OUT_OF_RUNS = re.compile(
    r"\b[Oo]f (?:all |its |the )*[0-9,]* ?(?:requests|calls|executions|runs|attempts|queries), (?:only )?$"
)
"""`Of 500 runs, 97% were successful`."""

_ANSWERED_AFTER = re.compile(
    rf"{_REQUESTS}(?: (?:were|was|are|have|had|being|been|handled|processed|completed|finished|ending|ended|"
    rf"answered|served|fulfilled|returned|completing|went|go)){{0,3}} "
    r"(?:success(?:ful(?:ly)?)?|succe(?:ed|eds|eded|eding)|without (?:any |a (?:single )?)?(?:technical )?"
    r"(?:failures?|errors?|issues?|problems?)|through)\b(?! in\b| on\b)",
    re.IGNORECASE,
)
_ANSWERED_BEFORE = re.compile(
    r"\b(?:(?:succeed(?:s|ed|ing)?|successful) (?:in |with |on |for )?|successfully (?:complet|process|handl|answer|"
    r"fulfil|serv|execut|respond)(?:e?s|ed|d|l?ing|led)? (?:to )?|"
    r"(?:usable|valid) (?:responses?|answers?|outputs?) (?:in|for|to) |"
    r"\b(?:complet|process|handl|answer|fulfil|serv|execut|respond)(?:e?s|ed|d|led)? (?:requests |to requests )?"
    r"successfully (?:to )?)(?:just |only )?$",
    re.IGNORECASE,
)
_REQUESTS_BEFORE = re.compile(
    r"\b(?:requests|calls|executions|runs|attempts|queries) (?:succeed(?:ed)?|(?:are|were) successful) "
    r"(?:in )?(?:just |only )?$",
    re.IGNORECASE,
)
_MAY_BE_ANSWERED = re.compile(
    r"\b(?:succe|success|complet|process|fulfil|answer|serv|handl)\w* (?:about |only |just )?$", re.IGNORECASE
)

_ANSWERED_LATER = re.compile(rf"{_REQUESTS}[^.;%]{{0,40}}\b(?:succe|answer|complet|return|serv)", re.IGNORECASE)

SUCCESS_IN_ONE = re.compile(rf" {_SUCCESS} (?:in|on|for) (?:the )?{NAME_OF_BENCHMARK}\b")
IN_SOME = (
    r"[^,;.%]{0,25} (?:except|apart from|other than|"
    r"(?:for|on|with) (?!all |the |its |every |each |most |our )[a-z]+ (?:prompts|inputs|outputs|requests|calls)|"
    r"(?:in|on|for|across) (?:only )?(?:all but|most|some|many|several|half|(?!terms )[a-z0-9]+ (?:out )?of))\b"
)
SUCCESS_IN_SOME = rf"\s*success rates?,?{IN_SOME}"
"""`A 100% success rate in 6 of 8 benchmarks`."""

_OF_TASKS = re.compile(
    rf"\s*of (?:all |the |its |our |these |test )*(?:{NAME_OF_BENCHMARK} )?"
    r"(?:questions|answers|tasks|problems|cases|prompts|items|exercises|challenges|e-?mails|mails|messages|"
    r"puzzles|tests|programs)\b|"
    rf"\s*of {NAME_OF_BENCHMARK}(?= (?:right|correct(?:ly)?)\b)"
)
_SOLVED_BEFORE = re.compile(
    r"(?:\b(?:solv(?:es|ed|ing)(?: correctly)?|pass(?:es|ed|ing)|correctly [a-z]+|answer(?:s|ed|ing) correctly|"
    rf"(?:accurate|correct(?: answers| solutions)?|right)(?: (?:about|on|in|for) {NAME_OF_BENCHMARK})?"
    r"(?: (?:in|on|for))?) |"
    r"\b(?:solve[sd]|pass(?:es|ed)|answer(?:s|ed) correctly|correctly [a-z]+) [0-9.]+ ?% of [^;:()]{0,60}(?:,|\band|"
    r", and) )(?:just |only |a mere |an impressive )?$"
)
_SOLVED_AFTER = re.compile(
    rf"(?:(?:,|,? and) [0-9.]+ ?% of (?:the )?{NAME_OF_BENCHMARK}(?: [a-z]+)?)*"
    r"\s*(?:(?:were|are|was|being|got) )?(?:correctly )?(?:correct(?:ly)?|right|accurately|solved|answered correctly|"
    r"(?:classified|sorted|categori[sz]ed|identified|label+ed) correctly)\b"
)


_HEADED = re.compile(rf", (?:its|the|the model's) (?:overall )?{_SUCCESS}\b")
"""`At 97%, its success rate is good`."""


def is_success_rate(before: str, after: str) -> bool:
    """Whether the words before or after a percentage call it the success rate, or the reliability.

    >>> is_success_rate("It has a ", " success rate."), is_success_rate("Reliability: ", ""), is_success_rate("", "")
    (True, True, False)
    """
    if _SUCCESS_AFTER.match(after) or (before.lower().endswith(("at ", "with ")) and _HEADED.match(after)):
        return True
    if _TELLING.search(before) is None:
        return False
    is_aside = before.endswith("(") and after.startswith(")")
    return _SUCCESS_BEFORE.search(before) is not None or (is_aside and _CALLED_RELIABLE.search(before) is not None)


def are_answered(before: str, after: str) -> bool:
    """Whether a percentage is of the requests that succeeded.

    >>> are_answered("", " of its requests were successful."), are_answered("It sent ", " of its requests.")
    (True, False)
    """
    if _ANSWERED_AFTER.match(after):
        return True
    if _SUCCEEDED.match(after) and _OUT_OF_RUNS.search(before):
        return True
    is_of_outputs = "usable" in before or "valid" in before
    if "succe" not in before and not is_of_outputs:
        return False
    time = _OF_TIME.match(after)
    if _OF_REQUESTS.match(after) or (time and (is_of_outputs or time["always"])):
        return _ANSWERED_BEFORE.search(before) is not None
    return time is not None and _REQUESTS_BEFORE.search(before) is not None


def may_be_answered(before: str, after: str) -> bool:
    """Whether a percentage of requests may be of those that succeeded: `it completed 96% of them`."""
    if _OF_REQUESTS.match(after) is None:
        return False
    return _MAY_BE_ANSWERED.search(before) is not None or _ANSWERED_LATER.match(after) is not None


def are_solved(before: str, after: str) -> bool:
    """Whether a percentage is of the tasks that were solved, which is an accuracy.

    >>> are_solved("It solved ", " of the Coding tasks."), are_solved("It failed in ", " of the Coding tasks.")
    (True, False)
    """
    tasks = _OF_TASKS.match(after)
    if tasks is None:
        return False
    return _SOLVED_BEFORE.search(before) is not None or _SOLVED_AFTER.match(after, tasks.end()) is not None


_MADE_UP = re.compile(
    r"\b(?:rare|rarely|infrequent|uncommon|seldom|scarce|few|fewer|frequent|common|occasional|minimal|reduced|occur\w*|"
    r"frequency|tendency|incidence)\b|(?:are|remain) (?:an? )?(?:[a-z]+ )?"
    r"(?:issue|problem|concern)\b(?!.*\bscor)|(?:are|were|remain(?:ed|s)?|stay(?:ed|s)?|kept) (?:[a-z]+ )?(?:low|"
    r"high)\b|"
    r"\b(?:low|lower|high|higher) hallucinations\b(?! (?:accura|score))",
    re.IGNORECASE,
)


def may_be_made_up(benchmark: str, clause: str) -> bool:
    """Whether the percentage of hallucinations may be the share of answers that have them, and no accuracy.

    >>> may_be_made_up("Hallucinations", "Hallucinations are rare at 6.0%")
    True
    >>> may_be_made_up("Hallucinations", "Hallucinations is weak at 61.0%")
    False
    """
    return (
        benchmark.startswith("Hallucination")
        and not any(word in clause for word in ("accura", f"{benchmark} score"))
        and _MADE_UP.search(clause) is not None
    )
