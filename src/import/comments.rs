//! The table of comments that ISO and IEC have for ballots, from files that hold tables.

use super::heads::plain;
use super::table::{Cell, Table, column};
use super::{File, Importer, Options, Refused};
use crate::document::words::ALL;
use crate::emit::comments::{Column, Comment, typed};

/// How many rows are looked at for heads.
const HEAD_ROWS: usize = 30;

/// The comments of a file in their order, and what there is to tell of what else stands in it.
///
/// # Errors
/// Where the file is not of the form, or holds no such table.
pub fn comments(
    importer: &Importer,
    file: &File<'_>,
    options: &Options,
) -> Result<(Vec<Comment>, Vec<String>), Refused> {
    let Some(tables) = importer.tables else {
        return Err(Refused::new(
            format!("a file of the form `{}` holds no table of comments", importer.name),
            "save the comments as csv, xlsx, ods or docx",
        ));
    };
    let (mut comments, mut remarks, mut is_found) = (Vec::new(), Vec::new(), false);
    for table in tables(file, options)?.tables {
        let Some((begin, columns)) = heads(&table).or_else(|| usual(&table)) else {
            let said = table.rows.iter().flatten().filter(|cell| !cell.is_blank());
            remarks.extend(said.map(|cell| left(cell, "it is in no table of comments")));
            continue;
        };
        is_found = true;
        let (above, rows) = table.rows.split_at(begin);
        let above = above.split_last().map_or(above, |(_, above)| above);
        remarks.extend(
            above.iter().flatten().filter(|cell| !cell.is_blank()).map(|cell| left(cell, "it is above the heads")),
        );
        comments.extend(rows.iter().filter(|row| !is_head(row)).filter_map(|row| comment(row, &columns)));
    }
    match is_found {
        true => Ok((comments, remarks)),
        false => Err(Refused::new(
            "it holds no table of comments",
            "its heads are as in “MB/NC”, “Clause/Subclause”, “Type of comment”, “Comments”, “Proposed change”",
        )),
    }
}

fn left(cell: &Cell, why: &str) -> String {
    format!("{}: “{}” is left out: {why}", cell.said.place, plain_words(&cell.said.words))
}

fn plain_words(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    /// A column of the table.
    Of(Column),
    /// What we wrote behind it ourselves, and work out anew.
    Place,
    /// Another, by its head.
    Other(String),
}

/// Where rows begin below heads, and what the columns are; a second column with the same head is another.
fn heads(table: &Table) -> Option<(usize, Vec<Meaning>)> {
    let at = table.rows.iter().take(HEAD_ROWS).position(|row| is_head(row) && named(row) >= 3)?;
    let mut seen = Vec::new();
    let meanings = table.rows[at].iter().enumerate().map(|(number, cell)| {
        let words = plain_words(&cell.said.words);
        match meaning(&words) {
            Some(known) if !seen.contains(&known) => {
                seen.push(known.clone());
                known
            }
            _ if words.is_empty() => Meaning::Other(format!("Column {}", column(number))),
            _ => Meaning::Other(words),
        }
    });
    Some((at + 1, meanings.collect()))
}

fn named(row: &[Cell]) -> usize {
    row.iter().filter(|cell| matches!(meaning(&cell.said.words), Some(Meaning::Of(_)))).count()
}

/// The columns of a table whose heads stand at the head of the page, as in the template of ISO: known by the kinds of
/// comments in it. The older one has no numbers of lines.
fn usual(table: &Table) -> Option<(usize, Vec<Meaning>)> {
    let width = table.rows.iter().map(Vec::len).max()?;
    let kinds = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_blank());
        let (all, kinds) =
            cells.fold((0, 0), |(all, kinds), cell| (all + 1, kinds + usize::from(is_kind(&cell.said.words))));
        kinds > 0 && kinds * 2 >= all
    };
    let columns = match width {
        8 if kinds(4) => Column::ALL.to_vec(),
        7 if kinds(3) => Column::ALL.into_iter().filter(|column| *column != Column::Line).collect(),
        _ => return None,
    };
    Some((0, columns.into_iter().map(Meaning::Of).collect()))
}

fn is_kind(words: &str) -> bool {
    let words = words.trim().to_lowercase();
    ["ge", "te", "ed", "general", "technical", "editorial"].contains(&words.as_str())
}

/// Whether a row is one of heads: most of what it says are such, or the numbers below them, as in "(1)".
fn is_head(row: &[Cell]) -> bool {
    let said: Vec<&Cell> = row.iter().filter(|cell| !cell.is_blank()).collect();
    let is_number = |cell: &&Cell| {
        let words = cell.said.words.trim().trim_matches(['(', ')']);
        matches!(words.as_bytes(), [b'1'..=b'9'])
    };
    let is_short = |cell: &&Cell| cell.said.words.chars().count() <= LONGEST_HEAD;
    let heads = said.iter().filter(|cell| is_short(cell) && meaning(&cell.said.words).is_some()).count();
    said.len() >= 3 && (heads >= 3 && heads * 2 > said.len() || said.iter().all(is_number))
}

/// No head of a column is longer.
const LONGEST_HEAD: usize = 80;

/// What words mean as a head, in English, German and French: the first row of which they have one.
const MEANINGS: [(Column, &[&str]); 8] = [
    (
        Column::Observation,
        &["observation", "secretariat", "disposition", "resolution", "entscheidung", "stellungnahme"],
    ),
    (Column::Proposal, &["propos", "vorschlag", "vorgeschlagen"]),
    (Column::Kind, &["type", "typ", "kommentarart"]),
    // In French, a subclause is a "paragraphe", and stands beside its "article".
    (Column::Clause, &["clause", "abschnitt", "article", "section"]),
    (Column::Paragraph, &["paragraph", "figure", "absatz", "alinéa", "tabelle"]),
    (Column::Line, &["line", "zeile", "ligne"]),
    (Column::Comment, &["comment", "kommentar", "justification"]),
    (Column::Body, &["mb", "nc", "member", "national", "country", "mitglied", "organi", "body"]),
];

fn meaning(words: &str) -> Option<Meaning> {
    let words = plain(words);
    if ALL.iter().any(|language| plain(language.comments.place) == words) {
        return Some(Meaning::Place);
    }
    // Examples behind a head, and a hyphen that breaks a word, say nothing.
    let words = words.split("(e.g").next().unwrap_or_default().replace('-', "");
    let has = |sign: &&str| words.split(|letter: char| !letter.is_alphabetic()).any(|word| word.starts_with(*sign));
    MEANINGS.iter().find(|(_, signs)| signs.iter().any(has)).map(|(column, _)| Meaning::Of(*column))
}

/// The comment of a row; nothing where it says nothing, or only what a merged cell above says.
fn comment(row: &[Cell], columns: &[Meaning]) -> Option<Comment> {
    let first = row.iter().find(|cell| !cell.is_blank() && !cell.is_covered)?;
    let mut comment = Comment { source: row_place(&first.said.place), ..Comment::default() };
    for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        let said = typed(cell.said.words.trim());
        match columns.get(at) {
            Some(Meaning::Of(column)) => {
                comment.cells[*column as usize] = said.to_owned();
                if let Some(eaten) = cell.eaten.as_ref().filter(|eaten| *column == Column::Clause && !eaten.is_sure) {
                    comment.readings.clone_from(&eaten.readings);
                }
            }
            Some(Meaning::Place) => {}
            Some(Meaning::Other(head)) => comment.others.push((head.clone(), said.to_owned())),
            None => comment.others.push((format!("Column {}", column(at)), said.to_owned())),
        }
    }
    let is_empty = comment.others.is_empty() && comment.cells.iter().all(String::is_empty);
    (!is_empty).then_some(comment)
}

/// The row of a place: of "line 3, column A" the line.
fn row_place(place: &str) -> String {
    place.split_once(", column ").map_or(place, |(line, _)| line).to_owned()
}
