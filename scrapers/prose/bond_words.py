"""The words that bind a percentage to a benchmark, or part the two, as `bonds` looks for them."""

from __future__ import annotations

import re

NAMES_JOIN = re.compile(r"\s*(?:,|and|&|,\s*and|,?\s*as well as|/|plus|along with|alongside)\s*(?:in |on |the |its )*")
PERCENTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?)?\s*(?:,|and|&|/|,\s*and|,?\s*(?:versus|vs\.?|to|against|compared (?:to|with)))\s*"
    r"(?:an? |only |just )*"
)
CONTRASTS_JOIN = re.compile(
    r"\s*(?:accuracy|scores?|results?|benchmark|tests?|tasks)?\s*\)?(?:[\s,;→(]|->)*+(?:(?:and|but|versus|vs\.?|dropping|falling|rising|to|at|"
    r"only|just|an?|"
    r"is|was|up|down|higher|lower|better|worse|than|from|against|compared (?:to|with)|while|whereas|which|this|that|it|"
    r"(?:the|its) (?:accuracy|score|figure|result)|accuracy|drops|dropped|falls|fell|declines|declined|decreases|"
    r"decreased|slips|slipped|rises|rose|climbs|climbed|increases|increased|improves|improved|jumps|jumped|goes|went|"
    r"beats?|tops?|outperforms?|outscores?|exceeds?|surpasses|"
    r"changes|changed|reaches|reached|scores|scored|gets|got|achieves|achieved|still|even)\b\.?\s*)*+\(?"
)
"""What may stand between two scores of which one is with and one without reasoning."""

BACKWARD = re.compile(
    r"\s*(?:accurac(?:y|ies)|scores?|accurate|marks?|results?|performance|accuracy scores?|accuracy rates?)?\)?"
    r"(?P<loose>\s*,)?\s*"
    r"(?:of (?:all |the |its )*(?:questions|answers|tasks|problems|cases|prompts|items|exercises|challenges|e-?mails|"
    r"puzzles) (?:right |correct(?:ly)? )?)?"
    r"(?:(?:was|were|is|are) (?:achieved|attained|earned|measured|observed|obtained|posted|reached|recorded|reported|"
    r"seen|found)\s+|(?:that )?(?:it|the model) (?:gets|got|achieve[sd]|score[sd]|reache[sd]|obtain(?:s|ed)|"
    r"earn(?:s|ed)|post(?:s|ed)|record(?:s|ed)|attain(?:s|ed)|ha[sd]|show(?:s|ed)) |(?:came|comes|occurs|occurred|"
    r"appears|appeared|was|is)\s+)?(?:each\s*|respectively\s*,?\s*)*"
    r"(?:in|on|for|across|at|from|of)\s+(?:both |all |the |its |of |handling )*"
    r"(?:benchmarks? |(?:[a-z]+ )?(?:benchmarks|categories|areas|tests|tasks)\s*(?:[:(–—]|, ?(?:namely|including)|"
    r"such as|like)\s*|(?:an? |one )?(?:second|third|fourth|fifth|sixth|seventh|eighth|further|other|another|last|"
    r"remaining)(?: (?:one|benchmark|category|area))? ?(?:\(|, ))?"
)
BACKWARD_PERFECT = re.compile(r"\s*(?::|,? ?alongside)\s*")
ADJECTIVE_AFTER = re.compile(
    r"\s*(?:(?:benchmark |test )?(?:accuracy|scores?|results?|marks?|performance)\b|[,;./|·–—]|and\b|$)"
)
"""`a 95% Coding score`, `95% Coding, 97% Ethics`."""

HEAD = re.compile(
    r"(?:^|[;—] |,? (?:and|but|while|whereas|though|although) |\b[A-Z][a-z]+(?: [a-z]+)?, )"
    r"(?:with|at|scoring|achieving|reaching|posting|earning|attaining)\s+"
    r"(?:[a-z-]+ ){0,3}(?:(?:accuracy|score) of )?$",
    re.IGNORECASE,
)
HEAD_BOND = re.compile(r"\s*(?:accuracy|score)?\s*,\s*(?:its )?")
PREDICATE = re.compile(
    r"(?: \([^()%]*\))?(?: accuracy| performance)?(?: also| still)? "
    r"(?:was|(?!(?:tasks|tests|benchmarks|scores|results|questions|problems|was)\b)[a-z]+s)\b"
)
"""`At 93.0% accuracy, Mathematics is a strong point`."""

NAME_ENDS = re.compile(
    r"\s*(?:[,.;:()!?–—\"]|$|(?:and|but|while|with|at|for|respectively|each|as|which|where|benchmarks?|tests?|tasks?|"
    r"though|although|whereas|on|in|is|are|to|from)\b)"
)
ACHIEVED = re.compile(r"accura|scor|achiev|reach|mark", re.IGNORECASE)
ASIDE = re.compile(r"\((?![^()]*percentile)[^()%]*\)")
INTERJECTION = re.compile(
    r",\s*(?:however|meanwhile|notably|for (?:example|instance)|by contrast|in contrast|in turn|too|though|"
    r"on the other hand|in particular)\s*,|, (?:though|although|albeit) (?:[a-z]+ly |still |only )?[a-z]+(?= (?:at|"
    r"with) )|\b(?:above|below)[- ]average\b|"
    r"\b(?:at|for|in|within) (?:its|this|that|the same|an? (?:comparable|similar)) (?:price|cost)(?: and speed)?"
    r"(?: (?:point|range|class|tier|bracket|level))?(?: and speed)?\b|"
    r"(?<=: )average(?= \()|(?:(?<=\bis )|(?<=\bare )|(?<=\bwas )|(?<=\bremains ))average(?=,? (?:at|with|\())|"
    r"(?<=accuracy )rates?\b|\b(?:is|was|are|were) not (?=\()|"
    r"\b(?:one of|among) (?:only )?(?:the |an? )?(?:[a-z-]+ ){0,3}models(?: to\b| that\b| which\b)?|"
    r"\bbenchmark, which (?:measures|tests|evaluates|assesses|checks|covers|probes|consists|contains|asks)\b[^,;()%]*,|"
    r"\bamong (?:the )?models (?:of|at|with) (?:its|this|an? )?(?:comparable |similar )?(?:speed|price|cost)s?\b"
)
"""Words in a clause that would part a figure from its name, and do not."""
BREAKS = re.compile(
    r"\b(?:while|but|whereas|although|though|than|not|except|unlike|versus|compared|models|average|"
    r"overall|costs? (?:is|are|was|of|at)|price[ds]?|cheaper|discount|failed|below|above|despite|margin|"
    r"errors?|wrong|incorrect(?:ly)?|mistakes?|failures?|refus\w+|weighted|"
    r"bulk|majority|budget|run ?time|"
    r"rates?|consistency|coverage|agreement|combined|total|trail\w*(?! (?:at|with)\b)|gap|share(?! an? \w+ of)|"
    r"confidence)\b|"
    r"[;!?]|\.(?![0-9A-Z])",
    re.IGNORECASE,
)
FAULTS_IN = re.compile(
    r"\b(?:wrong|incorrect|failures?|errors?|refusals?|mistakes?|malformed|invalid)\b(?: [a-z]+)? (?:in|on|for|of) "
    r"(?:the )?$|\b(?:failed|failing|missed|botched|refused) [0-9]+ (?:out )?of (?:the |its )?[0-9]* ?$",
    re.IGNORECASE,
)
"""`Its failures in Coding amount to 12.0%`, `It failed 3 of 50 Coding tasks (6.0%)`."""

WERE_WRONG = re.compile(
    r"\s*(?:tasks |tests |questions |answers )?(?:(?:were|are|was|got) )?"
    r"(?:failed|wrong(?:ly)?|incorrect(?:ly)?|refused|unsolved|unanswered)\b"
)
"""`It got 12.0% in Mathematics wrong`."""

_PRAISE = (
    r"(?:(?:near-|almost |nearly |very |fairly |relatively |only )?(?:perfect|flawless|impressive|strong|exceptional|"
    r"outstanding|excellent|solid|high|low|moderate|modest|respectable|remarkable|robust|decent|good|great|fair|poor|"
    r"weak|mediocre|stellar|superb|notable|commendable|competitive|consistent|limited|middling|mid-range|adequate|"
    r"acceptable|disappointing|reliable|top-tier|above-average|below-average))"
)
"""What a figure may be called without an article before it: `achieving perfect 100.0% accuracy`."""

TAIL = re.compile(
    r"(?:^\s*(?:accuracy |scores? |benchmark |tasks? |tests? |problems |questions )?|, namely |"
    r"'s?\s+|[(:=|\[–—-]\s*|(?:->|→)\s*|,\s*|\b(?:at|with|by|of|is|are|was|were|to|from|see|sees|seeing|"
    r"in at|in|solv\w+|answer\w*|muster\w*|"
    r"saw|provid\w+|scor\w+|achiev\w+|reach\w*|hit|hits|hitting|earn\w*|attain\w*|post\w*|record\w*|obtain\w*|manag\w+|"
    r"deliver\w*|gets?|getting|got|secur\w+|register\w*|yield\w*|produc\w+|show\w*|has|have|had|having|return\w*|"
    r"boast\w*|notch\w*|garner\w*|g[ai]ves?|receiv\w+|hold\w*|maintain\w*|display\w*|demonstrat\w+|exhibit\w*|equals|only|also|"
    r"perfectly|where)\s+(?:precisely |exactly )?)"
    r"(?:(?:an?|the|its|whose|just|only|merely|even|still|both|each|all)\s+(?:[a-z-]+,?\s+){0,4}|"
    rf"(?:{_PRAISE}(?:,|,? (?:and|but|yet))? ){{1,2}})?$",
    re.IGNORECASE,
)
"""How the words before a percentage end that give it to the name before them."""

NAMED_BOND = re.compile(
    r"\s*(?:accuracy|scores?|benchmark)?\s*(?:[(:–—-]|,? ?(?:(?:(?:it|this|the model|which) )?(?:scor(?:es?|ed|ing)|"
    r"achiev(?:es?|ed|ing)|reach(?:es|ed|ing)?|attain(?:s|ed|ing)?|gets|got|earn(?:s|ed|ing)?|record(?:s|ed|ing)?|"
    r"post(?:s|ed|ing)?|hits?|deliver(?:s|ed|ing)?|manag(?:es?|ed|ing))|"
    r"(?:(?:was|is) (?:passed|solved) )?(?:with|at)|of|is|is at|was|stands at|stood at|comes in at|came in at|sits at))"
    r"\s*(?:an? )?(?:(?:solid|strong|respectable|modest|impressive|weak|high|low) )?(?:accuracy of |score of )?"
    r"(?:just |only )?",
    re.IGNORECASE,
)
"""What may stand between an unknown benchmark and its score."""
