//! The words of the language: per statement its word, where it may stand, its shape, and what it means; per word
//! within statements, whose it is, its shape, and what it means.
//!
//! The grammar knows the shapes; these tables know the words and their places. They feed the lexer, the nesting of
//! blocks, the messages, hover, completion and the reference chapter of the manual; the keyword lists of the editors
//! are held to them by a test.

/// Which statement a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Use,
    Model,
    Group,
    Process,
    Purpose,
    Context,
    Note,
    Outcome,
    Practice,
    Supports,
    Informs,
    Follows,
    Formerly,
    Item,
    Characteristic,
    Term,
    Field,
    Catalog,
    Clause,
    Requirement,
    Control,
    Label,
    Tailorable,
    Crosswalk,
    Line,
    New,
    Withdrawn,
    Framework,
    Scale,
    Rating,
    Level,
    Attribute,
    Achievement,
    Edition,
    Source,
    Domain,
    Community,
    Consensus,
    Covers,
    Measured,
    Conforms,
    Exclude,
    Order,
    ExtendProcess,
    ExtendGroup,
    ExtendItem,
    ReplaceOutcome,
    ReplacePractice,
    ReplacePurpose,
    ReplaceContext,
    ReplaceItem,
    Omit,
    Allow,
    /// A statement whose word a `field` declares.
    FieldValue,
    /// A line whose first word means nothing (yet: it may turn out to be a field).
    Other,
    /// A line that does not even begin with a word.
    Garbage,
}

/// Where a statement may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the top of a file.
    File,
    /// In the block of this statement.
    In(Kind),
    /// In every block.
    AnyBlock,
}

/// What there is to know about a statement.
#[derive(Debug)]
pub struct Statement {
    /// Which.
    pub kind: Kind,
    /// The word, or words, that it begins with.
    pub word: &'static str,
    /// Where it may stand.
    pub places: &'static [Place],
    /// How it is written.
    pub shape: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// What there is to know about a word that stands within a statement.
#[derive(Debug)]
pub struct ClauseWord {
    /// The word.
    pub word: &'static str,
    /// Whether it begins a clause: at the start of a line, it carries the statement on to that line.
    pub begins: bool,
    /// The statements in which it may stand.
    pub of: &'static [Kind],
    /// How its clause is written.
    pub shape: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

use Kind::*;
use Place::{AnyBlock, File, In};

const IN_PROCESS: &[Place] = &[In(Process), In(ExtendProcess)];
const IN_MODEL: &[Place] = &[In(Model)];
const IN_CATALOG: &[Place] = &[In(Catalog), In(Clause)];
const IN_CROSSWALK: &[Place] = &[In(Crosswalk)];
const IN_EXTEND: &[Place] = &[In(ExtendProcess)];

macro_rules! table {
    ($($kind:ident $word:literal $places:expr, $shape:literal $meaning:literal;)*) => {
        /// Every statement, in the order of the manual.
        pub const ALL: &[Statement] = &[$(Statement {
            kind: $kind, word: $word, places: $places, shape: $shape, meaning: $meaning,
        }),*];
    };
}

table! {
    Use "use" &[File], "use PACKAGE (as ALIAS)" "Makes the catalogs, frameworks, crosswalks and the model of another package visible.";
    Model "model" &[File], "model ID \"Title\" (extends ID, …) { … }" "Says what this package describes.";
    Group "group" &[File, In(Group), In(ExtendGroup)], "group ID \"Title\" (\"Text\") { … }" "A process group.";
    Process "process" &[File, In(Group), In(ExtendGroup)], "process ID \"Title\" (in GROUP) { … }" "A process of the model.";
    Purpose "purpose" IN_PROCESS, "purpose \"Text\"" "What the process is for.";
    Context "context" &[In(Process), In(ExtendProcess), In(Model)], "context \"Text\"" "Where a process sits, or in which setting a model is used.";
    Note "note" &[AnyBlock], "note \"Text\"" "An explanation.";
    Outcome "outcome" IN_PROCESS, "outcome N \"Text\" (satisfies REF, …)" "A result that can be observed when the process works.";
    Practice "practice" &[In(Process), In(ExtendProcess), In(Attribute)], "practice ID \"Name\" \"Text\" (achieves N, …) (consumes ITEM, …) (produces ITEM, …)" "What is done to achieve outcomes, or, in an attribute, its achievements.";
    Supports "supports" IN_PROCESS, "supports PROCESS, … (\"Text\")" "This process helps others to work.";
    Informs "informs" IN_PROCESS, "informs PROCESS, … (\"Text\")" "This process gives others what they need to know.";
    Follows "follows" IN_PROCESS, "follows PROCESS, … (\"Text\")" "This process takes up where others end.";
    Formerly "formerly" &[In(Process), In(Group), In(ExtendProcess), In(ExtendGroup)], "formerly ID, …" "Ids that it had in earlier editions.";
    Item "item" &[File], "item ID \"Title\" kind WORD { … }" "An information item: a plan, a record, a report …";
    Characteristic "characteristic" &[In(Item), In(ExtendItem), In(ReplaceItem)], "characteristic \"Text\"" "What to look for in an information item.";
    Term "term" &[File], "term \"Term\" \"Definition\"" "A term and its definition.";
    Field "field" &[File], "field ID \"Title\" on KIND (required)" "A further statement that blocks of a kind may carry.";
    Catalog "catalog" &[File], "catalog ID \"Title\" { … }" "A set of requirements: one edition of a standard.";
    Clause "clause" IN_CATALOG, "clause ID \"Title\" { … }" "A heading; it requires nothing itself.";
    Requirement "requirement" &[In(Catalog), In(Clause), In(Requirement), In(Control)], "requirement ID \"Title\" (\"Text\") { … }" "Something that must be covered.";
    Control "control" &[In(Catalog), In(Clause), In(Control)], "control ID \"Title\" (\"Text\") { … }" "Something that must be covered, or excluded with a reason.";
    Label "label" &[In(Clause), In(Requirement), In(Control), In(Rating)], "label \"Text\"" "What documents print for the id.";
    Tailorable "tailorable" &[In(Catalog)], "tailorable" "The requirements of this catalog may be excluded like controls.";
    Crosswalk "crosswalk" &[File], "crosswalk ID \"Title\" from CATALOG to CATALOG { … }" "How two catalogs correspond.";
    Line "" IN_CROSSWALK, "REF, … equals | equivalent to | subset of | superset of | intersects REF, … (because \"Text\")" "What the left side is to the right side.";
    New "new" IN_CROSSWALK, "new REF, …" "Requirements of the second catalog without a counterpart in the first.";
    Withdrawn "withdrawn" IN_CROSSWALK, "withdrawn REF, …" "Requirements of the first catalog without a counterpart in the second.";
    Framework "framework" &[File], "framework ID \"Title\" { … }" "A process measurement framework.";
    Scale "scale" &[In(Framework)], "scale { rating … }" "The ratings of a framework.";
    Rating "rating" &[In(Scale)], "rating ID \"Title\" FROM TO" "A rating, above the first and up to the second percentage.";
    Level "level" &[In(Framework)], "level N \"Title\" { … }" "A capability level.";
    Attribute "attribute" &[In(Level)], "attribute ID \"Title\" { … }" "A process attribute.";
    Achievement "achievement" &[In(Attribute)], "achievement ID \"Text\"" "What is achieved where the attribute is.";
    Edition "edition" &[In(Model), In(Catalog), In(Framework)], "edition \"Text\"" "The edition.";
    Source "source" &[In(Model), In(Catalog), In(Framework), In(Crosswalk)], "source \"Text\"" "The document that it follows.";
    Domain "domain" IN_MODEL, "domain \"Text\"" "The domain for which the model is made.";
    Community "community" IN_MODEL, "community \"Text\"" "Whose model it is: the community of interest.";
    Consensus "consensus" IN_MODEL, "consensus \"Text\"" "How far consensus was sought in that community.";
    Covers "covers" IN_MODEL, "covers CATALOG(:CLAUSE) (through CROSSWALK, …)" "Completeness is checked against this catalog.";
    Measured "measured" IN_MODEL, "measured by FRAMEWORK" "The framework of the capability dimension.";
    Conforms "conforms" IN_MODEL, "conforms REF \"Text\"" "The author's statement on a requirement that no check can decide.";
    Exclude "exclude" IN_MODEL, "exclude REF, … because \"Text\"" "Controls that do not apply.";
    Order "order" IN_MODEL, "order by id | title | source" "The order of processes in documents.";
    ExtendProcess "extend process" &[File], "extend process ID { … }" "Adds to a process of a base.";
    ExtendGroup "extend group" &[File], "extend group ID { … }" "Adds to a group of a base.";
    ExtendItem "extend item" &[File], "extend item ID { … }" "Adds to an information item of a base.";
    ReplaceOutcome "replace outcome" IN_EXTEND, "replace outcome N \"Text\" because \"Text\" (satisfies REF, …)" "States an outcome of a base anew.";
    ReplacePractice "replace practice" IN_EXTEND, "replace practice ID \"Name\" \"Text\" because \"Text\" (achieves N, …)" "States a practice of a base anew.";
    ReplacePurpose "replace purpose" IN_EXTEND, "replace purpose \"Text\" because \"Text\"" "States the purpose anew.";
    ReplaceContext "replace context" IN_EXTEND, "replace context \"Text\" because \"Text\"" "States the context anew.";
    ReplaceItem "replace item" &[File], "replace item ID \"Title\" (kind WORD) because \"Text\" { … }" "States an information item of a base anew.";
    Omit "omit" &[File], "omit ID, … because \"Text\"" "Leaves out an element of a base.";
    Allow "allow" &[AnyBlock], "allow CODE because \"Text\"" "This check does not apply in this block.";
}

const LINKED: &[Kind] = &[Outcome, ReplaceOutcome];
const PRACTICES: &[Kind] = &[Practice, ReplacePractice];
const REASONED: &[Kind] = &[
    Outcome,
    Line,
    Exclude,
    ReplaceOutcome,
    ReplacePractice,
    ReplacePurpose,
    ReplaceContext,
    ReplaceItem,
    Omit,
    Allow,
];

macro_rules! clause_words {
    ($($word:literal $begins:ident $of:expr, $shape:literal $meaning:literal;)*) => {
        /// Every word within statements; those that begin a clause first.
        pub const CLAUSE_WORDS: &[ClauseWord] = &[$(ClauseWord {
            word: $word, begins: clause_words!($begins), of: $of, shape: $shape, meaning: $meaning,
        }),*];
    };
    (begins) => { true };
    (within) => { false };
}

clause_words! {
    "satisfies" begins LINKED, "satisfies REF, … (together with OUTCOME, …) (because \"Text\")" "The outcome meets each of these requirements in full.";
    "partly" begins LINKED, "partly satisfies REF, … (because \"Text\")" "The outcome contributes to these requirements; such links never add up to covered.";
    "because" begins REASONED, "because \"Text\"" "The reason, for those who ask later.";
    "together" begins LINKED, "together with OUTCOME, …" "The outcomes, by their full ids, that satisfy it jointly with this one.";
    "achieves" begins PRACTICES, "achieves N, …" "The outcomes that the practice brings about, or, in an attribute, its achievements.";
    "consumes" begins PRACTICES, "consumes ITEM, …" "The information items that the practice needs.";
    "produces" begins &[Outcome, ReplaceOutcome, Practice, ReplacePractice], "produces ITEM, …" "The information items that come of it, as evidence.";
    "in" begins &[Process], "in GROUP" "The group of a process that stands outside of it.";
    "from" begins &[Crosswalk], "from CATALOG" "The catalog of the left side.";
    "to" begins &[Crosswalk, Line], "to CATALOG" "The catalog of the right side; in `equivalent to`, a part of the relation.";
    "through" begins &[Covers], "through CROSSWALK, …" "The crosswalks that carry coverage over from other catalogs.";
    "kind" begins &[Item, ReplaceItem], "kind WORD" "What kind of information it is: plan, policy, record, report, register …";
    "extends" begins &[Model], "extends MODEL, …" "The models on which this one builds, and all of what they say.";
    "as" begins &[Use], "as ALIAS" "The name by which the catalogs of the package are meant.";
    "on" begins &[Field], "on KIND" "The kind of blocks that may carry it: process, outcome, model, group or item.";
    "with" within LINKED, "together with OUTCOME, …" "Goes with `together`.";
    "by" within &[Measured, Order], "measured by FRAMEWORK" "Goes with `measured` and `order`.";
    "required" within &[Field], "field ID \"Title\" on KIND required" "Every such block has to carry the field.";
    "equals" within &[Line], "REF, … equals REF, …" "Both sides ask for the same, word for word; coverage is carried over in both directions.";
    "equivalent" within &[Line], "REF, … equivalent to REF, …" "Both sides ask for the same in other words; coverage is carried over in both directions.";
    "subset" within &[Line], "REF, … subset of REF, …" "The left side asks for less; coverage is carried over from right to left.";
    "superset" within &[Line], "REF, … superset of REF, …" "The left side asks for more; coverage is carried over from left to right.";
    "intersects" within &[Line], "REF, … intersects REF, …" "Both sides have something in common; a part is carried over.";
    "of" within &[Line], "REF, … subset of REF, …" "Goes with `subset` and `superset`.";
}

/// Every word of the language once: those that begin a statement, those that begin a clause, the others.
pub fn words() -> impl Iterator<Item = &'static str> {
    statement_words().chain(CLAUSE_WORDS.iter().map(|row| row.word))
}

/// The words that begin a statement, once each; of `extend process`, the first.
pub fn statement_words() -> impl Iterator<Item = &'static str> {
    let first = |row: &'static Statement| row.word.split(' ').next().filter(|word| !word.is_empty());
    ALL.iter().enumerate().filter_map(move |(number, row)| {
        let word = first(row)?;
        ALL[..number].iter().all(|above| first(above) != Some(word)).then_some(word)
    })
}

/// The row of a word within statements.
pub fn clause_word(word: &str) -> Option<&'static ClauseWord> {
    CLAUSE_WORDS.iter().find(|row| row.word == word)
}

impl Kind {
    /// Its row, if it is a statement of the language.
    pub fn row(self) -> Option<&'static Statement> {
        // The rows stand in the order of the kinds; a test holds that.
        ALL.get(self as usize)
    }

    /// The word, or words, that it begins with.
    pub fn word(self) -> &'static str {
        self.row().map_or("", |row| row.word)
    }

    /// Whether it may stand in a block of `parent`, or at the top of a file for `None`.
    pub fn may_stand_in(self, parent: Option<Kind>) -> bool {
        let Some(row) = self.row() else { return true };
        row.places.iter().any(|place| match place {
            File => parent.is_none(),
            AnyBlock => parent.is_some(),
            In(kind) => parent == Some(*kind),
        })
    }

    /// The statement of this word in a block of `parent`; for `extend` and `replace`, the words with their object.
    pub fn of_word(word: &str) -> Option<Kind> {
        ALL.iter().find(|row| row.word == word && !word.is_empty()).map(|row| row.kind)
    }
}

/// The statements that may stand in a block of `parent`, or at the top of a file for `None`.
pub fn standing_in(parent: Option<Kind>) -> impl Iterator<Item = &'static Statement> {
    ALL.iter().filter(move |row| row.kind.may_stand_in(parent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_kinds() {
        for (number, row) in ALL.iter().enumerate() {
            assert_eq!(row.kind as usize, number, "{}", row.word);
        }
        assert_eq!(ALL.len(), FieldValue as usize);
    }

    #[test]
    fn help_is_one_sentence_and_words_stand_in_their_shapes() {
        let clauses = CLAUSE_WORDS.iter().map(|row| (row.word, row.shape, row.meaning));
        for (word, shape, meaning) in ALL.iter().map(|row| (row.word, row.shape, row.meaning)).chain(clauses) {
            assert!(shape.contains(word), "{shape}");
            assert!(meaning.ends_with(['.', '…']) && !meaning.contains(". "), "{meaning}");
        }
    }
}
