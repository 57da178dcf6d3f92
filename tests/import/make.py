"""Makes the workbooks and documents beside it: `python3 tests/import/make.py tests/import`.

Needs openpyxl, python-docx and odfpy. The files that it makes are committed, so that the tests need none of them.
"""

import datetime
import re
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from odf import opendocument, table, text
from odf.office import Annotation
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

EPOCH = datetime.datetime(2020, 1, 1)


def save(book, path):
    book.properties.created = book.properties.modified = EPOCH
    book.save(path)
    again(path)


def again(path):
    """Packs it again, so that the same bytes come of it each time."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist() if not name.endswith(("thumbnail.jpeg", "theme1.xml"))]
    of_now = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
    parts = [(name, re.sub(of_now, b"2020-01-01T00:00:00Z", data)) for name, data in parts]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def controls(folder):
    """A catalog whose ids Excel took for numbers, with a title above, a note, a comment, hidden rows, and two sheets."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Controls"
    sheet.append(["Controls of the canteen, as of spring"])
    sheet.append([])
    sheet.append(["No.", "Control title", "Control text", "Owner", "Since"])
    sheet.append([5, "Food", None, None, None])
    for number in range(1, 12):
        # What was typed is 5.1 to 5.11.
        since = datetime.date(2025, 3, number)
        sheet.append([float(f"5.{number}"), f"Shelf {number}", f"Shelf {number} is cleaned.", "Cook", since])
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["B5"].comment = Comment("Is this still so?", "Ada")
    sheet["B6"].font = Font(strike=True)
    lists = book.create_sheet("Lists")
    lists["A1"] = "Cook"
    lists["A2"] = "Waiter"
    lists.sheet_state = "hidden"
    save(book, folder / "controls.xlsx")


def processes(folder):
    """Processes with merged cells, references that Excel took for numbers, dates, a matrix, items and terms."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Processes"
    sheet.append(["Group", "Process ID", "Process name", "Purpose", "No.", "Outcome", "Requirement", "Date"])
    rows = [
        ["COM Common", "COM.01", "Communication", "The purpose is to inform.", 1, "Matters are identified.", 7.4, None],
        [None, None, None, None, 2, "Parties are identified.", 5.1, datetime.date(2025, 1, 2)],
        [None, None, None, None, 3, "Parties are informed.", "Clause 7.4, A.5.1", None],
        [None, "COM.02", "Documents", "The purpose is to keep documents.", 1, "Documents are kept.", "7.5.1", None],
        [None, None, None, None, None, None, "7.5.3", None],
    ]
    for row in rows:
        sheet.append(row)
    for merged in ("A2:A6", "B2:B4", "C2:C4", "D2:D4", "B5:B6", "C5:C6", "D5:D6", "E5:E6", "F5:F6"):
        sheet.merge_cells(merged)
    matrix = book.create_sheet("Matrix")
    matrix.append([None, "8.1", "8.2", "8.3", "9.3"])
    matrix.append(["COM.01.1", "x", None, None, None])
    matrix.append(["COM.02.1", None, "F", "P", "see below"])
    matrix.append(["COM.03.1", None, None, "x", None])
    items = book.create_sheet("Items")
    items.append(["Information item", "Kind", "Description"])
    items.append(["Communication plan", "Plan", "States what is communicated."])
    terms = book.create_sheet("Terms")
    terms.append(["Term", "Definition", "Note"])
    terms.append(["party", "who takes part", "Not a celebration."])
    book.create_sheet("Empty")
    save(book, folder / "processes.xlsx")


def sheets(folder):
    """Two catalogs in one workbook, with rows of headings, ids as texts, formats that show more than is held."""
    book = Workbook()
    first = book.active
    first.title = "People"
    first.append(["Control", "Title", "Name", "Text"])
    first.append(["A.6 People controls"])
    first.append(["A.6.1", "Screening", "screen", "People are screened."])
    first.append(["A.6.2", "Terms", None, "Terms are agreed."])
    second = book.create_sheet("Physical")
    second.append(["ID", "Title", "Text"])
    for number, words in ((7.1, "Perimeters"), (7.2, "Entry"), (7.1, "Cabling")):
        second.append([number, words, f"{words} are secured."])
    for row in range(2, 5):
        second.cell(row, 1).number_format = '"A."0.00'
    second.append(["=1+1", "A formula", "Its value is not there."])
    second["A5"] = "A.7.13"
    save(book, folder / "sheets.xlsx")


def canteen(folder):
    """The same ids as LibreOffice keeps them: what is shown, repeated rows, a comment, a merged cell."""
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Canteen")
    sheet.addElement(table.TableColumn(numbercolumnsrepeated=1024))

    def row(*cells):
        line = table.TableRow()
        for cell in cells:
            line.addElement(cell)
        sheet.addElement(line)

    def words(said, **options):
        cell = table.TableCell(valuetype="string", **options)
        for paragraph in said.split("\n"):
            cell.addElement(text.P(text=paragraph))
        return cell

    def number(value, shown):
        cell = table.TableCell(valuetype="float", value=value)
        cell.addElement(text.P(text=shown))
        return cell

    row(words("Process"), words("Name"), words("Purpose"), words("No"), words("Outcome"), words("Satisfies"))
    spanned = {"numberrowsspanned": 2, "numbercolumnsspanned": 1}
    row(
        words("K.1", **spanned),
        words("Cooking", **spanned),
        words("The purpose is to cook.", **spanned),
        number(1, "1"),
        words("Meals are cooked."),
        number(7.1, "7.10"),
    )
    covered = [table.CoveredTableCell(numbercolumnsrepeated=3)]
    noted = words("Meals are served.\nThey are warm.")
    note = Annotation()
    note.addElement(text.P(text="On plates?"))
    noted.addElement(note)
    row(*covered, number(2, "2"), noted, number(5.1, "5.1"))
    blank = table.TableRow(numberrowsrepeated=1048573)
    blank.addElement(table.TableCell(numbercolumnsrepeated=1024))
    sheet.addElement(blank)
    document.spreadsheet.addElement(sheet)
    document.save(folder / "canteen.ods")
    again(folder / "canteen.ods")


def fill(cell, lines, style=None):
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)
    if style:
        for paragraph in cell.paragraphs:
            paragraph.style = style


def processes_docx(folder):
    """A process reference model as a standard prints it: cards, a long table, a matrix, terms, tracked changes."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = EPOCH
    document.add_heading("3 Terms and definitions", 1)
    for words, bold in (("3.1", True), ("party", True), ("who takes part", False), ("Note 1 to entry: No feast.", False)):
        document.add_paragraph().add_run(words).bold = bold
    document.add_paragraph("[SOURCE: the dictionary]")
    document.add_heading("5 Processes", 1)
    document.add_heading("5.1 Common processes (COM)", 2)
    document.add_heading("5.1.1 COM.01 Communication", 3)
    document.add_paragraph("What follows is a card.")
    card = document.add_table(rows=5, cols=2)
    said = [
        ("Process ID", ["COM.01"]),
        ("Name", ["Communication"]),
        ("Purpose", ["The purpose is to inform."]),
        ("Context", ["Everywhere."]),
        ("Outcomes", ["Matters are identified.", "Parties are identified."]),
    ]
    for row, (name, lines) in zip(card.rows, said):
        row.cells[0].text = name
        fill(row.cells[1], lines, "List Number" if name == "Outcomes" else None)
    inserted = OxmlElement("w:ins")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = " And to listen & learn."
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    inserted.append(run)
    card.rows[2].cells[1].paragraphs[0]._p.append(inserted)
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = " Never so."
    run.append(words)
    deleted.append(run)
    card.rows[2].cells[1].paragraphs[0]._p.append(deleted)
    document.add_heading("5.1.2 COM.02 Documents", 3)
    barred = document.add_table(rows=5, cols=3)
    bar = barred.rows[0].cells
    bar[0].merge(bar[2]).text = "COM.02 Documents"
    barred.rows[1].cells[0].text = "Purpose"
    spanned = barred.rows[1].cells
    spanned[1].merge(spanned[2]).text = "The purpose is to keep documents."
    for cell, words in zip(barred.rows[2].cells, ("No.", "Outcome", "Requirements")):
        cell.text = words
    for row, values in zip(barred.rows[3:], (("a)", "Documents are kept.", "7.5.1"), ("b)", "Documents are found.", "7.5.3"))):
        for cell, words in zip(row.cells, values):
            cell.text = words
    document.add_heading("5.2 Top processes", 2)
    long = document.add_table(rows=4, cols=5)
    rows = [
        ("Process", "Purpose", "No.", "Outcome", "Requirement"),
        ("TOP.01 Leading", "The purpose is to lead.", "1", "Roles are assigned.", "5.3"),
        ("", "", "2", "Resources are given.", "7.1"),
        ("TOP.02 Reviewing", "The purpose is to review.", "1", "Reviews are held.", ""),
    ]
    for row, values in zip(long.rows, rows):
        for cell, words in zip(row.cells, values):
            cell.text = words
    for column in (0, 1):
        long.cell(1, column).merge(long.cell(2, column))
    document.add_heading("Annex A Traceability", 1)
    matrix = document.add_table(rows=3, cols=4)
    for row, values in zip(matrix.rows, (("", "9.3", "5.1", "4.1"), ("TOP.02.1", "X", "", ""), ("COM.01", "", "X", "X"))):
        for cell, words in zip(row.cells, values):
            cell.text = words
    document.add_paragraph("The end.")
    document.save(folder / "model.docx")
    again(folder / "model.docx")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for make in (controls, processes, sheets, canteen, processes_docx):
        make(target)
