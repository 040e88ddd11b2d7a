"""What can go wrong between a client and a service, each by the name it is counted under.

`named("submit.hang")` is the way for tests that go through a table; those that look at one call
closely take the functions themselves.
"""

from tests.support.faults import image, json_, links, models, poll
from tests.support.faults.http import (
    PAGE,
    answering,
    bomb,
    compressed,
    endless,
    huge_header,
    refused_early,
)
from tests.support.faults.registry import named, names
from tests.support.faults.submit import created_then, cut_answer, cut_json
from tests.support.faults.transport import (
    cut,
    drip,
    dropped,
    dropped_by_reset,
    hang,
    lost_response,
    lost_response_reset,
    reset_before_body,
    silent,
    slow,
    stalled_upload,
)
from tests.support.wire import Fault

__all__ = [
    "PAGE",
    "Fault",
    "answering",
    "bomb",
    "compressed",
    "created_then",
    "cut",
    "cut_answer",
    "cut_json",
    "drip",
    "dropped",
    "dropped_by_reset",
    "endless",
    "hang",
    "huge_header",
    "image",
    "json_",
    "links",
    "lost_response",
    "lost_response_reset",
    "models",
    "named",
    "names",
    "poll",
    "refused_early",
    "reset_before_body",
    "silent",
    "slow",
    "stalled_upload",
]
