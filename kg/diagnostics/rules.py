"""The laws of a workspace, one constant each. A code is for ever; each has a page in
``docs/diagnostics``.

KG0xx cannot be read, 1xx fields, 2xx names, 3xx ontology, 4xx citations, dates and arguments, 5xx
views and queries, 6xx evidence.
"""

from __future__ import annotations

from kg.diagnostics import Rule, Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

NOT_UTF8 = Rule("KG001", ERROR, "A file is not UTF-8", exit_code=2)
NOT_A_FILE = Rule("KG002", ERROR, "A source is not a regular file of the workspace", exit_code=2)
TOO_LARGE = Rule("KG003", ERROR, "A file is larger than 5 MB", exit_code=3)
TOO_DEEP = Rule("KG004", ERROR, "A file is nested deeper than 64 levels", exit_code=3)
NOT_YAML = Rule("KG005", ERROR, "A file is not YAML")
CONTROL_CHARACTER = Rule("KG006", ERROR, "A file holds a control character or a foreign line end")
ANCHOR_OR_ALIAS = Rule("KG007", ERROR, "Anchors and aliases are not allowed")
MERGE_KEY = Rule("KG008", ERROR, "Merge keys are not allowed")
TAG = Rule("KG009", ERROR, "Tags are not allowed")
DIRECTIVE = Rule("KG010", ERROR, "Directives are not allowed")
SECOND_DOCUMENT = Rule("KG011", ERROR, "A file holds one document only")
KEY_TWICE = Rule("KG012", ERROR, "A key stands twice in one mapping")
KEY_NOT_TEXT = Rule("KG013", ERROR, "A key is not a text")
EMPTY_FILE = Rule("KG014", WARNING, "A file holds nothing")
NOT_SECTIONS = Rule("KG015", ERROR, "A file is not a mapping of sections")
SWALLOWED_COMMENT = Rule("KG016", WARNING, "A '#' may have swallowed the rest of a text")
LINKED_FOLDER = Rule("KG017", WARNING, "A linked folder is not read")
UNREAD = (NOT_UTF8, NOT_A_FILE, TOO_LARGE, TOO_DEEP, NOT_YAML, CONTROL_CHARACTER, NOT_SECTIONS)
"""With these nothing of a file is read."""

UNKNOWN_KEY = Rule("KG101", ERROR, "A key is not known here")
MISSING_FIELD = Rule("KG102", ERROR, "A required field is missing")
EMPTY_VALUE = Rule("KG103", ERROR, "A field is empty")
WRONG_SHAPE = Rule("KG104", ERROR, "A field has the wrong shape")
UNKNOWN_WORD = Rule("KG105", ERROR, "A value is not one of the words allowed here")
NOT_A_NUMBER = Rule("KG106", ERROR, "A number is not written in plain digits")
STATUS_BY_HAND = Rule("KG107", ERROR, "Status is computed, never written by hand")
FORBIDDEN_CHARACTER = Rule("KG108", ERROR, "A text holds a forbidden character")
OUTER_BLANKS = Rule("KG109", WARNING, "A text begins or ends with a blank")
BAD_URL = Rule("KG110", ERROR, "A url or doi is not an absolute, clean address")
FIELDS_DISAGREE = Rule("KG111", ERROR, "Two fields do not go together, or one needs the other")
BAD_FINGERPRINT = Rule("KG112", ERROR, "A fingerprint is not 64 hexadecimal digits")
BAD_LANGUAGE = Rule("KG113", ERROR, "A language tag is malformed")
BAD_VALUE = Rule("KG114", ERROR, "A value is not of its datatype")

UNKNOWN_NAME = Rule("KG201", ERROR, "A name is not known in this workspace")
BAD_ID = Rule("KG202", ERROR, "An id is not made of ASCII letters, digits and hyphens")
ID_TWICE = Rule("KG203", ERROR, "An id is given twice")
LABEL_TWICE = Rule("KG204", WARNING, "Two things share a label")
LOOK_ALIKE = Rule("KG205", WARNING, "Two labels look alike")
SHARED_ALIAS = Rule("KG206", WARNING, "An alias names two things")
UNUSED_THING = Rule("KG207", WARNING, "A thing is used nowhere")
UNCITED_ARTICLE = Rule("KG208", WARNING, "An article is cited nowhere")
NOT_AN_ACTOR = Rule("KG209", ERROR, "Only an actor can speak, publish or be acted for")
WRONG_SECTION = Rule("KG210", ERROR, "A name stands for another kind of record")
BAD_IDENTIFIER = Rule("KG211", ERROR, "An identifier is not of the form that its register gives")
SHARED_IDENTIFIER = Rule("KG212", WARNING, "Two things have one identifier of a register")
LOST_ADDRESS = Rule("KG213", WARNING, "A page that was published leads nowhere")

UNKNOWN_CLASS = Rule("KG301", ERROR, "A class is not in the ontology")
UNKNOWN_RELATION = Rule("KG302", ERROR, "A relation is not in the ontology")
CLASS_OUT_OF_SECTION = Rule("KG303", ERROR, "A class does not belong to this section")
OUTSIDE_DOMAIN = Rule("KG304", ERROR, "A subject is outside the relation's domain")
OUTSIDE_RANGE = Rule("KG305", ERROR, "An object is outside the relation's range")
BAD_ONTOLOGY = Rule("KG306", ERROR, "An ontology file cannot be read")
INCOMPLETE_TERM = Rule("KG307", ERROR, "A term of the ontology is incomplete")
ACTS_FOR_CYCLE = Rule("KG308", ERROR, "Actors act for each other in a circle")
SELF_TIE = Rule("KG309", WARNING, "A thing is tied to itself")
SAID_TWICE = Rule("KG310", ERROR, "An assertion is written twice")
CONTRADICTORY_IDENTITY = Rule("KG311", WARNING, "Two things are judged the same and different")
JUDGEMENT_WITHOUT_REASON = Rule("KG312", WARNING, "A judgement of who is whom has no reason")
MERGED_KINDS = Rule("KG313", WARNING, "Things of kinds that exclude each other are merged")
MISPLACED_QUALIFIER = Rule("KG314", ERROR, "A qualifier does not go with its relation")
QUALIFIED_TWICE = Rule("KG315", ERROR, "A qualifier has more values than it may have")
SAID_IN_VAIN = Rule("KG316", ERROR, "The ontology says what kg does not act on")
UNKNOWN_QUALIFIER = Rule("KG317", ERROR, "A qualifier is not in the ontology")
HIDDEN_TERM = Rule("KG318", WARNING, "A term of one's own hides one of the core")
TERM_CIRCLE = Rule("KG319", ERROR, "Terms of the ontology are above each other in a circle")

BAD_DATE = Rule("KG401", ERROR, "A date is not EDTF, or not in the calendar")
FUTURE_DATE = Rule("KG402", WARNING, "A date lies in the future")
AFTER_PUBLICATION = Rule("KG403", WARNING, "An event lies after every article that reports it")
NO_SUCH_PARAGRAPH = Rule("KG404", ERROR, "An article has fewer paragraphs than cited")
BAD_WORDS_SPAN = Rule("KG405", ERROR, "A span of words does not run forward inside its paragraph")
CITED_TWICE = Rule("KG406", WARNING, "A paragraph is cited twice by one assertion")
WITHDRAWN_BEFORE_SAID = Rule("KG407", ERROR, "A statement is withdrawn before it was said")
OTHER_TEXT = Rule("KG408", ERROR, "A local text is not the one that was cited")
WORDS_NOT_THERE = Rule("KG409", ERROR, "The words cited do not stand in the paragraph")
DENIES_ITSELF = Rule("KG410", ERROR, "A denial denies itself")
SUPERSEDES_ITSELF = Rule("KG411", ERROR, "Assertions supersede each other in a circle")
FOLLOWS_FROM_ITSELF = Rule("KG412", ERROR, "Inferences follow from each other in a circle")
NO_CONFLICT = Rule("KG413", ERROR, "A conflict has fewer than two rival answers")
REVERSED_BEFORE_TAKEN = Rule("KG414", WARNING, "A decision is reversed by one that came before it")
UNKNOWN_SOURCE_TYPE = Rule("KG420", ERROR, "A source is of a type that is not known")
BAD_LOCATOR = Rule("KG421", ERROR, "A place in a source is not written as such places are")
SAME_ADDRESS = Rule("KG422", WARNING, "Two articles have one address")
RETRACTED_SUPPORT = Rule("KG423", WARNING, "Every source of an assertion was retracted")
BAD_VERSION = Rule("KG424", ERROR, "A version is of itself, or of a later text")
SPEAKS_OF_ITSELF = Rule("KG425", ERROR, "Assertions speak of each other in a circle")
SELF_DENIAL = Rule("KG426", WARNING, "A speaker denies what the same speaker says")
SELF_QUOTE = Rule("KG427", WARNING, "A speaker says that the same speaker says so")
SAME_TEXT = Rule("KG428", WARNING, "Two articles have one text")
OPINION_OF_NOBODY = Rule("KG415", WARNING, "An opinion has no holder")
DENIES_ELSEWHERE = Rule("KG416", WARNING, "A denial does not reach what it denies")
CORRECTS_NOTHING = Rule("KG418", WARNING, "A correction corrects nothing")
ANSWERS_ALIKE = Rule("KG417", WARNING, "Answers do not differ in what their question is about")

LIMIT_OF_NO_STATE = Rule("KG430", ERROR, "Only a state can end or begin")
LIMIT_AT_ODDS = Rule("KG431", WARNING, "An end or a beginning does not fit its state")
EARLY_CITATION = Rule("KG432", WARNING, "An article is cited for what came after it")
LEFT_OPEN = Rule("KG433", WARNING, "Somebody leaves, and a state goes on")

BAD_FRONT_COMMENT = Rule("KG501", ERROR, "A query or view has a mistake in its front comment")
BAD_QUERY = Rule("KG502", ERROR, "A query or view is not SPARQL")
BAD_VIEW = Rule("KG503", ERROR, "A view lacks one of its columns")
BAD_STYLE = Rule("KG504", ERROR, "The style file has a mistake")
STORY_WITHOUT_VIEW = Rule("KG505", ERROR, "A story has no view of its own")
STORY_POINTS_NOWHERE = Rule("KG506", ERROR, "A story points at what its view does not show")
BAD_LAYOUT = Rule("KG507", ERROR, "A layout file has a mistake")
NOT_QUOTED = Rule("KG508", ERROR, "A story quotes what the data does not")
ASKS_TOO_MUCH = Rule("KG510", ERROR, "A query or view goes beyond a limit", exit_code=3)
UNSTEADY_VIEW = Rule("KG511", ERROR, "A view cannot be drawn alone, or not twice the same")

RIVAL_VALUES = Rule("KG601", WARNING, "A functional relation has two values at one time")
MAY_BE_RIVALS = Rule("KG602", WARNING, "Two values of what has one at a time may overlap")
FACT_CONTESTED = Rule("KG603", WARNING, "A reported fact falls to what does not name it")

TOO_MANY_RIVALS = Rule(
    "KG604", ERROR, "More stand against each other than can be told", exit_code=3
)

RULES: tuple[Rule, ...] = tuple(
    sorted((r for r in globals().values() if isinstance(r, Rule)), key=lambda r: r.code)
)
"""Every rule, by code."""
