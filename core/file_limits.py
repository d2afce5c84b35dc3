"""How much of a file we read, each limit with its reason. They are said on the upload screen before they are met."""

from core.fields import MAX_CELL_LENGTH as MAX_CELL_LENGTH

#: Some 200,000 leads as CSV: more than one import ever takes, and read whole into memory without harm.
MAX_FILE_BYTES = 25 * 1024 * 1024

#: Data rows, blank ones not counted: fifty imports of 1000 leads, the most that is sensible to review on one screen.
MAX_ROWS = 50_000

#: Columns with a header or a value. The widest exports of the well-known CRMs have some 150.
MAX_COLUMNS = 200

#: Rows of a sheet, blank ones included, and cells of a row: the most that Excel and LibreOffice can show.
MAX_SHEET_ROWS = 1_048_576
MAX_SHEET_COLUMNS = 16_384

#: All parts of a workbook unpacked, and all cells of its sheets as text: eight times the largest file, which is what
#: honest workbooks come to, and what one import may take of the memory of a small server.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024

#: How many times smaller a large archive may be packed. Sheets of real values come to 5 to 30, deflate can do 1032.
MAX_PACKING = 250
LARGE_UNPACKED_BYTES = 20 * 1024 * 1024

#: The same for a single large part that the reader is to see. A sheet of nothing but one formula comes to 36.
MAX_PART_PACKING = 100

#: The rectangle from A1 to the last cell of a sheet that holds anything, and the cells written in a sheet, formatted
#: empty ones included: 50,000 rows of 60 columns. The workbook reader keeps 32 bytes for each cell of the rectangle,
#: so this bounds what a few far-away cells can cost to 100 MB.
MAX_SHEET_CELLS = 3_000_000

#: Parts in a workbook. Real ones have one per sheet, picture and comment; thousands are made to exhaust the reader.
MAX_ZIP_ENTRIES = 2_000

#: How many issues of one code are kept with their row; the rest are counted in one more issue.
MAX_ISSUES_PER_CODE = 1_000
