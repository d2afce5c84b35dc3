"""Every key of session state, query string and widgets. A widget with the key `x` is `.st-key-x` in the browser."""

# --- query string -------------------------------------------------------------------------------------------------
QUERY_IMPORT = "import"  # imp_…: the import that the page shows
QUERY_WORKSPACE = "workspace"  # the workspace that the visitor chose; absent: the server's own
QUERY_STEP = "step"  # the step that the user went to; absent: the one that the import's state asks for
QUERY_LANGUAGE = "lang"  # a key of language.LANGUAGES that the visitor chose; absent: the browser's

# --- session state ------------------------------------------------------------------------------------------------
WORKSPACE = "current_workspace"  # copy of QUERY_WORKSPACE, for the same reason as CURRENT_IMPORT
CURRENT_IMPORT = "current_import"  # copy of QUERY_IMPORT: a click on the navigation drops the query string
EDITOR_VERSION = "review_editor_version"  # a new version of the editor starts without pending edits
NOTICE = "notice"  # an error raised in a callback, shown once by the next run
LANGUAGE = "language"  # copy of QUERY_LANGUAGE, for the same reason as CURRENT_IMPORT

# --- upload -------------------------------------------------------------------------------------------------------
UPLOAD_FILE = "upload_file"
UPLOAD_TEMPLATE = "upload_template"
UPLOAD_PRACTICE = "upload_practice"  # loads the practice file
UPLOAD_PRACTICE_FILE = "upload_practice_file"  # downloads it
UPLOAD_NEXT = "upload_next"
TOUR = "tour"
TOUR_PLACE = "tour_place"  # the card of the tour that is shown, from 0
TOUR_BACK = "tour_back"
TOUR_NEXT = "tour_next"
TOUR_SKIP = "tour_skip"
TOUR_TRY = "tour_try"
READING_SHEET = "reading_sheet"
READING_ENCODING = "reading_encoding"
READING_DELIMITER = "reading_delimiter"
READING_HEADER_ROW = "reading_header_row"
READING_PREVIEW = "reading_preview"

# --- map columns --------------------------------------------------------------------------------------------------
MAP_FILTER = "map_filter"
MAP_PAGE = "map_page"
MAP_CUSTOM = "map_custom"
MAP_BACK = "map_back"
MAP_NEXT = "map_next"
MAP_READING = "map_reading"
MAP_PRESET = "map_preset"  # the line that says that a mapping is remembered
MAP_USE_SUGGESTED = "map_use_suggested"
MAP_USE_REMEMBERED = "map_use_remembered"
MAP_ADD_FIXED = "map_add_fixed"
MAP_FIXED = "map_fixed"  # prefix: + _ and the field; the value that fills it
MAP_FIXED_REMOVE = "map_fixed_remove"  # prefix, as MAP_FIXED
MAP_STATUS = "map_status"  # prefix: + _ and the place of the value in the list, from 0; + _list is the list itself
MAP_OPT_OUT = "map_opt_out"  # prefix, as MAP_STATUS


def map_target(position: int) -> str:
    """The select box of the column at this position of the file, counted from 0."""
    return f"map_target_{position}"


# --- review -------------------------------------------------------------------------------------------------------
REVIEW_RESTORE = "review_restore"
REVIEW_IN_PARTS = "review_in_parts"
REVIEW_TABS = "review_tabs"
REVIEW_PROBLEMS = "review_problems"
REVIEW_PROBLEMS_PAGE = "review_problems_page"
REVIEW_TABLE = "review_table"  # prefix: + _created, _restored, _file_duplicates, _existing, _not_imported
REVIEW_CORRECTIONS = "review_corrections"
REVIEW_UNDO = "review_undo"  # prefix: + _ and the place in the list
REVIEW_UNDO_ALL = "review_undo_all"
REPAIR_VIEW = "repair_view"
REPAIR_KIND = "repair_kind"
GRID_SCOPE = "grid_scope"
GRID_SEARCH = "grid_search"
GRID_PAGE = "grid_page"
GRID_TABLE = "grid_table"  # prefix: + _ and version and page
DRAWER = "drawer"  # session state: the drawer that is open
SINGLE_OPEN = "single_open"
SINGLE_ROW = "single_row"  # session state: the row that the form is about
SINGLE_LATER_ROWS = "single_later_rows"  # session state: rows put off
SINGLE_SHOWN = "single_shown"  # session state: what the fields were filled with
SINGLE_FORM = "single_form"
SINGLE_CELL = "single_cell"  # prefix: + _ and the place in the form
SINGLE_SAVE = "single_save"
SINGLE_LEAVE_OUT = "single_leave_out"
SINGLE_LATER = "single_later"
REPLACE_OPEN = "replace_open"
REPLACE_FIND = "replace_find"
REPLACE_WITH = "replace_with"
REPLACE_IN = "replace_in"
REPLACE_WHOLE = "replace_whole"
REPLACE_CASE = "replace_case"
REPLACE_DO = "replace_do"
EDIT_STEPS = "edit_steps"  # session state, prefix: + _ and the import's id
EDIT_UNDO = "edit_undo"
EDIT_REDO = "edit_redo"
REVIEW_TAKE_BACK = "review_take_back"
REVIEW_BACK = "review_back"
REVIEW_IMPORT = "review_import"
REVIEW_FILL = "review_fill"
LIMIT_BY = "limit_by"
LIMIT_TAG = "limit_tag"
LIMIT_COLUMN = "limit_column"
LIMIT_MATCH = "limit_match"
LIMIT_TEXT = "limit_text"
LIMIT_ONLY = "limit_only"
LIMIT_LIST = "limit_list"  # and + _table
LIMIT_PARK = "limit_park"
LIMIT_AGAIN = "limit_again"
PARKED_DOWNLOAD = "parked_download"
PARKED_BACK_ALL = "parked_back_all"
PARKED_PICK = "parked_pick"
PARKED_BACK = "parked_back"
RESTORES_CONFIRM = "restores_confirm"  # prefix: + _ and EDITOR_VERSION; the list with a tick for each lead
RESTORES_CONFIRM_ALL = "restores_confirm_all"
EXISTING_FILL_ALL = "existing_fill_all"
EXISTING_LEAVE_ALL = "existing_leave_all"
EXISTING_PICK = "existing_pick"
EXISTING_FILL = "existing_fill"
DUPLICATES_FILL_ALL = "duplicates_fill_all"
DUPLICATES_PICK = "duplicates_pick"
DUPLICATES_FILL = "duplicates_fill"
DUPLICATES_WINNER = "duplicates_winner"

# --- review: cleaning and warnings ----------------------------------------------------------------------------------
CLEANING = "cleaning"
CLEANING_COUNTRY = "cleaning_country"
CLEANING_LIST = "cleaning_list"
CLEANING_FILTER = "cleaning_filter"
CLEANING_TABLE = "cleaning_table"
WARNINGS_FILTER = "warnings_filter"
WARNINGS_FIX = "warnings_fix"
WARNINGS_LEAVE_OUT = "warnings_leave_out"


def cleaning_kind(kind: str) -> str:
    """The switch of one kind of automatic change."""
    return f"cleaning_kind_{kind}"


# --- run ----------------------------------------------------------------------------------------------------------
RUN_CANCEL = "run_cancel"

# --- report -------------------------------------------------------------------------------------------------------
REPORT_TABS = "report_tabs"
REPORT_TABLE = "report_table"  # prefix, as REVIEW_TABLE, and + _errors
REPORT_CSV = "report_csv"
REPORT_FAILED_CSV = "report_failed_csv"
REPORT_PARKED_CSV = "report_parked_csv"
REPORT_TRY_AGAIN = "report_try_again"
REPORT_NEW = "report_new"
SAME_FILE = "same_file"  # the notice of a file that was imported before
SAME_FILE_FOUND = "same_file_found"  # what the guard said, for the file and its reading that it was asked about
OPEN_IMPORT = "open_import"  # prefix: + _ and the import's id
FAMILY = "import_family"  # the lines about imports that belong together
UNDO_ASK = "undo_ask"
UNDO_CONFIRM = "undo_confirm"
UNDO_DECIDED = "undo_decided"  # what the page shall do, for the one run that does it
UNDO_CANCEL = "undo_cancel"
UNDO_KEPT = "undo_kept"  # prefix: + _ask in the dialog, _done in the report

# --- history ------------------------------------------------------------------------------------------------------
HISTORY_TABLE = "history_table"
HISTORY_START = "history_start"
HISTORY_SEARCH = "history_search"
HISTORY_FILTERS = "history_filter"
HISTORY_STATES = "history_states"
HISTORY_DOOR = "history_door"
HISTORY_PERSON = "history_person"
HISTORY_DAYS = "history_days"
HISTORY_CLEAR = "history_clear"
HISTORY_CURSORS = "history_cursors"  # the ids after which the pages that were turned to begin, the last one shown
HISTORY_NEWER = "history_newer"
HISTORY_OLDER = "history_older"
HISTORY_MAPPING = "history_mapping"
HISTORY_CSV = "history_csv"
HISTORY_REUSE = "history_reuse"
HISTORY_DELETE = "history_delete"
HISTORY_DELETE_YES = "history_delete_yes"
HISTORY_LEAVE = "history_leave"  # set by a callback, for the one run that goes to the wizard
LIKE_IMPORT = "like_import"  # imp_…: the next file is mapped like that import's
LIKE_CANCEL = "like_cancel"


def open_import(import_hex: str) -> str:
    """The button inside the wizard that opens another import."""
    return f"{OPEN_IMPORT}_{import_hex}"


def history_details(import_hex: str) -> str:
    """The button that shows the details of an import."""
    return f"history_details_{import_hex}"



# --- settings -----------------------------------------------------------------------------------------------------
SETTINGS_LIMIT_FORM = "settings_limit_form"
SETTINGS_LIMIT = "settings_limit"
SETTINGS_LIMIT_SAVE = "settings_limit_save"
KEY_FORM = "key_form"
KEY_NAME = "key_name"
KEY_SCOPES = "key_scopes"
KEY_CREATE = "key_create"
KEY_SECRET = "key_secret"  # a new key's text, for the one run that shows it
KEY_LIST = "key_list"
KEY_REVOKE = "key_revoke"  # prefix: + _ and the key's id
PRESET_LIST = "preset_list"
PRESET_NAME = "preset_name"  # prefix: + _ and the header signature
PRESET_EDIT = "preset_edit"  # prefix, as PRESET_NAME
PRESET_OPEN = "preset_open"  # the header signature of the mapping to open in the editor
PRESET_EDITED = "preset_edited"  # the mapping as it is in the editor, not yet saved
PRESET_PAGE = "preset_page"
PRESET_TARGET = "preset_target"  # prefix: + _ and the column's place, from 0
PRESET_CONSTANT = "preset_constant"  # prefix: + _ and the field
PRESET_SAVE = "preset_save"
PRESET_DELETE = "preset_delete"  # prefix, as PRESET_NAME
MEMBER_FORM = "member_form"
MEMBER_EMAIL = "member_email"
MEMBER_NEW_ROLE = "member_new_role"
MEMBER_ADD = "member_add"
MEMBER_LIST = "member_list"
MEMBER_ROLE = "member_role"  # prefix: + _ and the email
MEMBER_REMOVE = "member_remove"  # prefix, as MEMBER_ROLE
WORKSPACE_FORM = "workspace_form"
WORKSPACE_NAME = "workspace_name"
WORKSPACE_LIMIT = "workspace_limit"
WORKSPACE_CREATE = "workspace_create"

# --- who may come in ----------------------------------------------------------------------------------------------
ENTRANCE = "entrance"
LOGIN = "login"  # prefix: + _ and the provider
LOGOUT = "logout"
LOGIN_AGAIN = "login_again"
VISITOR_BAR = "visitor_bar"
LANGUAGE_MENU = "language_menu"
VISITOR = "visitor"
VISITOR_WORKSPACE = "visitor_workspace"

# --- activity -----------------------------------------------------------------------------------------------------
ACTIVITY_GROUP = "activity_group"
ACTIVITY_ACTOR = "activity_actor"
ACTIVITY_TABLE = "activity_table"
ACTIVITY_MORE = "activity_more"
ACTIVITY_SHOWN = "activity_shown"  # how many entries the table has asked for
ACTIVITY_CSV = "activity_csv"

# --- after the import ---------------------------------------------------------------------------------------------
DEFAULTS_FORM = "defaults_form"
DEFAULTS_COUNTRY = "defaults_country"
DEFAULTS_SOURCE = "defaults_source"
DEFAULTS_RESTORE = "defaults_restore"
DEFAULTS_SAVE = "defaults_save"
WEBHOOK_FORM = "webhook_form"
WEBHOOK_URL = "webhook_url"
WEBHOOK_SAVE = "webhook_save"
WEBHOOK_TRY = "webhook_try"
WEBHOOK_REMOVE = "webhook_remove"
WEBHOOK_SECRET = "webhook_secret"  # session state: a new secret, for the one run that shows it
SOURCES_BY = "sources_by"
SOURCES_TABLE = "sources_table"
SOURCES_PICK = "sources_pick"
LAST_LIST = "last_list"  # session state: how the last file of the same list went, for the draft it was asked about
TWIN = "twin"
TWIN_REQUESTS = "twin_requests"
TWIN_LANGUAGE = "twin_language"

# --- leads --------------------------------------------------------------------------------------------------------
QUERY_CAMPAIGN = "campaign"  # cmp_…: the campaign that the leads page begins with, or that the campaigns page has open
LEADS_SEARCH = "leads_search"
LEADS_STATE = "leads_state"
LEADS_SORT = "leads_sort"
LEADS_FILTERS = "leads_filters"
LEADS_STATUS = "leads_status"
LEADS_TAGS = "leads_tags"
LEADS_SOURCE = "leads_source"
LEADS_IMPORT = "leads_import"
LEADS_CAMPAIGN = "leads_campaign"
LEADS_CLEAR = "leads_clear"
LEADS_ADD = "leads_add"
LEADS_EXPORT = "leads_export"
LEADS_TABLE = "leads_table"  # prefix: + _ and LEADS_VERSION
LEADS_VERSION = "leads_version"  # a new version of the table begins without a selection
LEADS_PLACES = "leads_places"  # where each page up to the shown one begins
LEADS_PREVIOUS = "leads_previous"
LEADS_NEXT = "leads_next"
LEADS_OPEN = "leads_open"
LEADS_DELETE = "leads_delete"
LEADS_RESTORE = "leads_restore"
LEADS_TAG = "leads_tag"
LEADS_TAG_BOX = "leads_tag_box"
LEADS_TAG_NAMES = "leads_tag_names"
LEADS_JOIN = "leads_join"
LEADS_JOIN_BOX = "leads_join_box"
LEADS_JOIN_CAMPAIGN = "leads_join_campaign"
LEADS_LEAVE = "leads_leave"
LEADS_ALL = "leads_all"
ALL_ACT = "all_act"  # what is done to all leads that match
ALL_TAGS = "all_tags"
ALL_CAMPAIGN = "all_campaign"
ALL_CONFIRM = "all_confirm"
LEAD_FORM = "lead_form"  # prefix of the form's widgets: + _, the lead's id or `new`, _ and the field
LEAD_SAVE = "lead_save"
LEAD_DELETE = "lead_delete"
LEAD_RESTORE = "lead_restore"
LEAD_TABS = "lead_tabs"

# --- campaigns ----------------------------------------------------------------------------------------------------
CAMPAIGN_FORM = "campaign_form"
CAMPAIGN_NAME = "campaign_name"
CAMPAIGN_CREATE = "campaign_create"
CAMPAIGN_LIST = "campaign_list"
CAMPAIGN_PAGE = "campaign_page"
CAMPAIGN_OPEN = "campaign_open"  # prefix: + _ and the campaign's id, as all that follow
CAMPAIGN_RENAME = "campaign_rename"
CAMPAIGN_STATUS = "campaign_status"
CAMPAIGN_EMAILS = "campaign_emails"
CAMPAIGN_ADD = "campaign_add"
CAMPAIGN_DELETE = "campaign_delete"
CAMPAIGN_DELETE_BOX = "campaign_delete_box"
JOIN_CAMPAIGN = "join_campaign"  # the campaign that everything of an import goes into
JOIN_IMPORT = "join_import"
CAMPAIGN_RESULT = "campaign_result"  # what adding pasted emails came to, for the run that shows it
