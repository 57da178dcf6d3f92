//! Comments of a ballot, in the table that ISO and IEC have for them: tied to what the model's document says, and
//! written back in its order.

mod csv;
mod document;
mod text;
mod tie;

pub use csv::{csv, typed};
pub use document::document;
pub use text::text;
pub use tie::{Place, Tied, Ties};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Who says it: a member body or a national committee.
    Body,
    /// The line of the draft.
    Line,
    /// The clause or subclause.
    Clause,
    /// The paragraph, figure or table in it.
    Paragraph,
    /// What kind it is: ge, te or ed.
    Kind,
    /// What it says.
    Comment,
    /// What is to be done about it.
    Proposal,
    /// What was made of it.
    Observation,
}

impl Column {
    /// All of them, in their order.
    pub const ALL: [Column; 8] = [
        Column::Body,
        Column::Line,
        Column::Clause,
        Column::Paragraph,
        Column::Kind,
        Column::Comment,
        Column::Proposal,
        Column::Observation,
    ];
}

/// A comment: what its row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// What stands in each column.
    pub cells: [String; 8],
    /// What may have been typed as its clause, where a spreadsheet has made a number or a date of it.
    pub readings: Vec<String>,
    /// What stands in columns that are not of the table, under their heads.
    pub others: Vec<(String, String)>,
    /// Where it stands in its source.
    pub source: String,
}

impl Comment {
    /// What stands in a column.
    pub fn get(&self, column: Column) -> &str {
        self.cells[column as usize].trim()
    }

    /// Whether both say the same but for what was made of it.
    fn is_same(&self, other: &Comment) -> bool {
        let but_observation = |comment: &Comment| {
            let cells = Column::ALL.into_iter().filter(|column| *column != Column::Observation);
            cells.map(|column| squeezed(comment.get(column))).collect::<Vec<_>>()
        };
        but_observation(self) == but_observation(other)
    }

    /// Takes over what another copy of it says besides.
    fn take(&mut self, other: Comment) {
        let observation = other.get(Column::Observation);
        let own = &mut self.cells[Column::Observation as usize];
        if own.trim().is_empty() {
            *own = observation.to_owned();
        } else if !observation.is_empty() && squeezed(own) != squeezed(observation) {
            own.push('\n');
            own.push_str(observation);
        }
        let others: Vec<_> = other.others.into_iter().filter(|said| !self.others.contains(said)).collect();
        self.others.extend(others);
    }
}

/// The comments of several tables in one: what stands in two of them comes out once, with the observations of both.
/// What one table says twice is two comments.
pub fn merged(tables: Vec<Vec<Comment>>) -> Vec<Comment> {
    let mut all: Vec<Comment> = Vec::new();
    for table in tables {
        let before = all.len();
        let mut is_taken = vec![false; before];
        for comment in table {
            let same = (0..before).find(|at| !is_taken[*at] && all[*at].is_same(&comment));
            match same {
                Some(at) => {
                    is_taken[at] = true;
                    all[at].take(comment);
                }
                None => all.push(comment),
            }
        }
    }
    all
}

/// Heads of columns that are not of the table, each once, in the order in which they come.
fn other_heads<'c>(ties: &Ties<'c>) -> Vec<&'c str> {
    let mut heads: Vec<&str> = Vec::new();
    for (head, _) in ties.rows.iter().flat_map(|(comment, _)| &comment.others) {
        if !heads.contains(&head.as_str()) {
            heads.push(head);
        }
    }
    heads
}

/// What a comment says under a head that is not of the table.
fn other(comment: &Comment, head: &str) -> String {
    let said = comment.others.iter().filter(|(own, _)| own == head).map(|(_, said)| said.as_str());
    said.collect::<Vec<_>>().join("\n")
}

/// Words with one blank between them.
fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
