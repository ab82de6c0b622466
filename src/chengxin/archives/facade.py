"""The doors of the archives package."""

from chengxin.archives.actions import own_archive, own_line, state_own_view
from chengxin.archives.bodies import body_name
from chengxin.archives.certificates import make_certificate
from chengxin.archives.display import presented_record, public_record
from chengxin.archives.filing import begin_filing, list_filed, may_file
from chengxin.archives.hall import Claim, get_visit, hand_out, may_serve, serve
from chengxin.archives.looks import COUNTER, outcome_words, purpose_name, words_of_look
from chengxin.archives.occupation import make_occupational_report, own_occupations
from chengxin.archives.pdf import font_folder, report_pdf
from chengxin.archives.presenting import open_presented, presentable
from chengxin.archives.queries import find_public_subject
from chengxin.archives.reports import list_reports, make_report, open_report, take_back
from chengxin.archives.values import all_facts, title_of
from chengxin.archives.verification import verify

__all__ = [
    "COUNTER",
    "Claim",
    "all_facts",
    "begin_filing",
    "body_name",
    "find_public_subject",
    "font_folder",
    "get_visit",
    "hand_out",
    "list_filed",
    "list_reports",
    "make_certificate",
    "make_occupational_report",
    "make_report",
    "may_file",
    "may_serve",
    "open_presented",
    "open_report",
    "outcome_words",
    "own_archive",
    "own_line",
    "own_occupations",
    "presentable",
    "presented_record",
    "public_record",
    "purpose_name",
    "report_pdf",
    "serve",
    "state_own_view",
    "take_back",
    "title_of",
    "verify",
    "words_of_look",
]
