//! The table of the language: what a row says, a row for each statement, and one for each word within statements.
//!
//! A row says everything that anybody asks of a statement: how it is written, where it may stand, what it declares, how
//! outlines show it. The grammar has its rule, under the name of its kind; a test holds the two together.

use super::shape::Names as N;
use super::shape::Part::{self, Many, May, Must, One, OneOf, Unsaid, Urged, Word};
use super::shape::Role;
use Kind::*;
use Place::{AnyBlock, File, In};

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

/// The block that belongs to a statement. Any statement may have one, for notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// None has to be shown.
    None,
    /// One that stands on the line of the statement where it fits.
    Inline,
    /// The statement is there for what stands in its block, which has lines of its own; with what is shown of it.
    Lines(&'static str),
}

/// As what a statement stands in an outline; the names are those of the language server protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Symbol {
    Module,
    Namespace,
    Package,
    Class,
    Method,
    Property,
    Field,
    Enum,
    Interface,
    Constant,
    String,
    File,
    EnumMember,
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
    /// What follows its word.
    pub parts: &'static [Part],
    /// Its block.
    pub block: Block,
    /// How outlines show it, if they do.
    pub symbol: Option<Symbol>,
    /// Whether a block takes it once.
    pub once: bool,
    /// Whether outputs have an object for it, in which the notes of its block stand.
    pub keeps_notes: bool,
    /// Whether what follows its word stands in a column with the other such statements of its block.
    pub column: bool,
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
    /// Whether its clause is rather a part of another: a line that is too long is broken before the others first.
    pub is_part: bool,
    /// For a word that begins no clause, how it is used.
    pub as_in: &'static str,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

impl Statement {
    /// A row in which nothing is said yet.
    const PLAIN: Statement = Statement {
        kind: Kind::Other,
        word: "",
        places: &[],
        parts: &[],
        block: Block::None,
        symbol: None,
        once: false,
        keeps_notes: false,
        column: false,
        meaning: "",
    };
}

impl ClauseWord {
    /// A row in which nothing is said yet.
    const PLAIN: ClauseWord = ClauseWord { word: "", begins: false, is_part: false, as_in: "", meaning: "" };
}

const IN_PROCESS: &[Place] = &[In(Process), In(ExtendProcess)];
const IN_MODEL: &[Place] = &[In(Model)];
const IN_TERM: &[Place] = &[In(Term), In(ReplaceTerm)];
const IN_CATALOG: &[Place] = &[In(Catalog), In(Clause)];
const IN_CROSSWALK: &[Place] = &[In(Crosswalk)];
const IN_EXTEND: &[Place] = &[In(ExtendProcess)];
const IN_ASSESSMENT: &[Place] = &[In(Assessment)];
const IN_RATE: &[Place] = &[In(Rate)];

const ID: Part = One(Role::Id, N::New, "ID");
const OWN_ID: Part = One(Role::Id, N::Own, "ID");
const ID_OF_BASE: Part = One(Role::Id, N::OfBase, "ID");
const TITLE: Part = One(Role::Title, N::Nothing, "\"Title\"");
const TEXT: Part = One(Role::Text, N::Nothing, "\"Text\"");
const NAME: Part = One(Role::Text, N::Nothing, "\"Name\"");
const TARGETS: Part = Many(Role::Target, N::Process, "PROCESS");
const REQUIREMENTS: Part = Many(Role::Ref, N::Requirement, "REF");

const BECAUSE: &[Part] = &[Word("because"), One(Role::Reason, N::Nothing, "\"Text\"")];
const TOGETHER: &[Part] = &[Word("together"), Word("with"), Many(Role::Partner, N::Outcome, "OUTCOME")];
const SATISFIES: &[Part] = &[Word("satisfies"), REQUIREMENTS, May(TOGETHER), May(BECAUSE)];
const PARTLY: &[Part] = &[Word("partly"), Word("satisfies"), REQUIREMENTS, May(BECAUSE)];
const ACHIEVES: &[Part] = &[Word("achieves"), Many(Role::Achieved, N::OwnOutcome, "N")];
const CONSUMES: &[Part] = &[Word("consumes"), Many(Role::Consumed, N::Item, "ITEM")];
const PRODUCES: &[Part] = &[Word("produces"), Many(Role::Produced, N::Item, "ITEM")];
const AMENDED: &[Part] = &[Word("amended"), Word("because"), One(Role::Amendment, N::Nothing, "\"Text\"")];
const RATED: &[Part] =
    &[Word("rated"), One(Role::Value, N::Rating, "RATING"), Unsaid(&[One(Role::Percent, N::Nothing, "%")])];
const BY: &[Part] = &[Word("by"), Many(Role::CitedExhibit, N::Exhibit, "EXHIBIT")];
const OF_SUBJECTS: &[Part] = &[Word("of"), Many(Role::OfSubject, N::Subject, "ID")];
const COUNT: Part = One(Role::Count, N::Count, "N");
const KIND: &[Part] = &[Word("kind"), One(Role::ItemKind, N::ItemKind, "WORD")];

pub(super) const RELATION: Part = OneOf(&[
    &[Word("equals")],
    &[Word("equivalent"), Word("to")],
    &[Word("subset"), Word("of")],
    &[Word("superset"), Word("of")],
    &[Word("intersects")],
]);

const LINES: Block = Block::Lines("…");

macro_rules! table {
    ($(
        $kind:ident $word:literal $places:expr,
        $parts:expr,
        $($column:ident: $value:expr,)* $meaning:literal;
    )*) => {
        /// Which statement a line is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        pub enum Kind {
            $($kind,)*
            /// A statement whose word a `field` declares.
            FieldValue,
            /// A line whose first word means nothing (yet: it may turn out to be a field).
            Other,
            /// A line that does not even begin with a word.
            Garbage,
        }

        /// Every statement, in the order of the manual.
        pub const ALL: &[Statement] = &[$(Statement {
            kind: $kind, word: $word, places: $places, parts: $parts, $($column: $value,)* meaning: $meaning,
            ..Statement::PLAIN
        }),*];
    };
}

table! {
    Use "use" &[File],
        &[One(Role::Id, N::Package, "PACKAGE"), May(&[Word("as"), One(Role::Alias, N::New, "ALIAS")])],
        "Makes the catalogs, frameworks, crosswalks and the model of another package visible.";
    Model "model" &[File],
        &[ID, TITLE, May(&[Word("extends"), Many(Role::Base, N::Model, "MODEL")])],
        block: LINES, symbol: Some(Symbol::Module), keeps_notes: true, "Says what this package describes.";
    Group "group" &[File, In(Group), In(ExtendGroup)],
        &[ID, TITLE, May(&[TEXT])],
        block: LINES, symbol: Some(Symbol::Namespace), keeps_notes: true, "A process group.";
    Process "process" &[File, In(Group), In(ExtendGroup)],
        &[ID, TITLE, May(&[Word("in"), One(Role::InGroup, N::Group, "GROUP")])],
        block: LINES, symbol: Some(Symbol::Class), keeps_notes: true, "A process of the model.";
    Purpose "purpose" &[In(Process), In(ExtendProcess), In(Assessment)],
        &[TEXT],
        once: true, column: true, "What the process, or the assessment, is for.";
    Context "context" &[In(Process), In(ExtendProcess), In(Model)],
        &[TEXT],
        once: true, column: true, "Where a process sits, or in which setting a model is used.";
    Note "note" &[AnyBlock], &[TEXT], "An explanation.";
    Outcome "outcome" IN_PROCESS,
        &[One(Role::Id, N::NewNumber, "N"), TEXT, May(SATISFIES), Unsaid(PARTLY), Unsaid(PRODUCES)],
        symbol: Some(Symbol::Property), keeps_notes: true, "A result that can be observed when the process works.";
    Practice "practice" &[In(Process), In(ExtendProcess), In(Attribute)],
        &[One(Role::Id, N::NewNumber, "ID"), Urged(&[NAME]), TEXT, May(ACHIEVES), May(CONSUMES), May(PRODUCES)],
        symbol: Some(Symbol::Method), keeps_notes: true, "What is done to achieve outcomes, or, in an attribute, its achievements.";
    Supports "supports" IN_PROCESS, &[TARGETS, May(&[TEXT])], keeps_notes: true, "This process helps others to work.";
    Informs "informs" IN_PROCESS, &[TARGETS, May(&[TEXT])], keeps_notes: true, "This process gives others what they need to know.";
    Follows "follows" IN_PROCESS, &[TARGETS, May(&[TEXT])], keeps_notes: true, "This process takes up where others end.";
    Formerly "formerly" &[In(Process), In(Group), In(ExtendProcess), In(ExtendGroup)],
        &[Many(Role::Former, N::Former, "ID")],
        "Ids that it had in earlier editions.";
    Item "item" &[File],
        &[ID, TITLE, Must(KIND)],
        block: LINES, symbol: Some(Symbol::File), keeps_notes: true, "An information item: a plan, a record, a report …";
    Characteristic "characteristic" &[In(Item), In(ExtendItem), In(ReplaceItem)],
        &[TEXT],
        "What to look for in an information item.";
    Term "term" &[File],
        &[One(Role::Title, N::New, "\"Term\""), One(Role::Text, N::Nothing, "\"Definition\"")],
        symbol: Some(Symbol::String), keeps_notes: true, "A term and its definition.";
    Also "also" IN_TERM, &[TEXT], "Another name that is admitted for the term.";
    Annex "annex" &[File],
        &[ID, TITLE, TEXT],
        symbol: Some(Symbol::File), keeps_notes: true, "An annex of the author's, behind those that are made.";
    Cited "reference" &[File],
        &[ID, One(Role::Title, N::Nothing, "\"Designation\""), May(&[One(Role::Text, N::Nothing, "\"Title\"")]),
            May(&[Word("normative")])],
        symbol: Some(Symbol::File), keeps_notes: true, "A document that is cited: in the bibliography, or, where it says so, normative.";
    Field "field" &[File],
        &[ID, TITLE, Must(&[Word("on"), One(Role::OnKind, N::FieldKind, "KIND")]), May(&[Word("required")])],
        symbol: Some(Symbol::Field), keeps_notes: true, "A further statement that blocks of a kind may carry.";
    Catalog "catalog" &[File],
        &[ID, TITLE],
        block: LINES, symbol: Some(Symbol::Package), keeps_notes: true, "A set of requirements: one edition of a standard.";
    Clause "clause" IN_CATALOG,
        &[ID, TITLE],
        block: LINES, symbol: Some(Symbol::Namespace), keeps_notes: true, "A heading; it requires nothing itself.";
    Requirement "requirement" &[In(Catalog), In(Clause), In(Requirement), In(Control)],
        &[ID, TITLE, May(&[TEXT])],
        block: Block::Inline, symbol: Some(Symbol::Constant), keeps_notes: true, "Something that must be covered.";
    Control "control" &[In(Catalog), In(Clause), In(Control)],
        &[ID, TITLE, May(&[TEXT])],
        block: Block::Inline, symbol: Some(Symbol::Constant),
        keeps_notes: true, "Something that must be covered, or excluded with a reason.";
    Label "label" &[In(Clause), In(Requirement), In(Control), In(Rating)],
        &[TEXT],
        once: true, "What documents print for the id.";
    Tailorable "tailorable" &[In(Catalog)],
        &[],
        once: true, "The requirements of this catalog may be excluded like controls.";
    ForModels "for" &[In(Catalog)],
        &[Word("models")],
        once: true, "The requirements of this catalog are made of models: `conforms` speaks to them, links do not.";
    Crosswalk "crosswalk" &[File],
        &[ID, TITLE, Must(&[Word("from"), One(Role::FromCatalog, N::Catalog, "CATALOG")]),
            Must(&[Word("to"), One(Role::ToCatalog, N::Catalog, "CATALOG")])],
        block: LINES, symbol: Some(Symbol::Interface), keeps_notes: true, "How two catalogs correspond.";
    Line "" IN_CROSSWALK,
        &[Many(Role::Left, N::Left, "REF"), RELATION, Many(Role::Right, N::Right, "REF"), May(BECAUSE)],
        keeps_notes: true, "What the left side is to the right side.";
    New "new" IN_CROSSWALK,
        &[REQUIREMENTS],
        "Requirements of the second catalog without a counterpart in the first.";
    Withdrawn "withdrawn" IN_CROSSWALK,
        &[REQUIREMENTS],
        "Requirements of the first catalog without a counterpart in the second.";
    Framework "framework" &[File],
        &[ID, TITLE],
        block: LINES, symbol: Some(Symbol::Enum), keeps_notes: true, "A process measurement framework.";
    Scale "scale" &[In(Framework)],
        &[],
        block: Block::Lines("rating …"), symbol: Some(Symbol::Enum), once: true, "The ratings of a framework.";
    Rating "rating" &[In(Scale)],
        &[OWN_ID, TITLE, One(Role::Number, N::Percentage, "FROM"), One(Role::Number, N::Percentage, "TO")],
        symbol: Some(Symbol::EnumMember), keeps_notes: true, "A rating, above the first and up to the second percentage.";
    Level "level" &[In(Framework)],
        &[One(Role::Id, N::Own, "N"), TITLE],
        block: LINES, symbol: Some(Symbol::Enum), keeps_notes: true, "A capability level.";
    Attribute "attribute" &[In(Level)],
        &[OWN_ID, TITLE],
        block: LINES, symbol: Some(Symbol::EnumMember), keeps_notes: true, "A process attribute.";
    Achievement "achievement" &[In(Attribute)],
        &[OWN_ID, TEXT],
        symbol: Some(Symbol::EnumMember), keeps_notes: true, "What is achieved where the attribute is.";
    Reached "reached" &[In(Framework)],
        &[One(Role::OwnLeast, N::Rating, "RATING"), Word("below"), One(Role::LowerLeast, N::Rating, "RATING")],
        once: true, "What the attributes of a level have to be rated at least, and what those of the levels below it.";
    Weight "weight" &[In(Rating)],
        &[One(Role::Amount, N::Nothing, "NUMBER")],
        once: true, "What the rating counts in a mean; its place in the scale, from 0, if left out.";
    Edition "edition" &[In(Model), In(Catalog), In(Framework)], &[TEXT], once: true, column: true, "The edition.";
    Source "source" &[In(Model), In(Catalog), In(Framework), In(Crosswalk), In(Term), In(ReplaceTerm)],
        &[TEXT],
        once: true, column: true, "The document that it follows, or is taken from.";
    Domain "domain" IN_MODEL, &[TEXT], once: true, column: true, "The domain for which the model is made.";
    Community "community" IN_MODEL,
        &[TEXT],
        once: true, column: true, "Whose model it is: the community of interest.";
    Consensus "consensus" IN_MODEL,
        &[TEXT],
        once: true, column: true, "How far consensus was sought in that community.";
    Covers "covers" IN_MODEL,
        &[One(Role::Ref, N::Covered, "CATALOG(:CLAUSE)"),
            May(&[Word("through"), Many(Role::Through, N::Crosswalk, "CROSSWALK")])],
        column: true, keeps_notes: true, "Completeness is checked against this catalog.";
    Measured "measured" IN_MODEL,
        &[Word("by"), One(Role::Ref, N::Framework, "FRAMEWORK")],
        once: true, "The framework of the capability dimension.";
    Conforms "conforms" IN_MODEL,
        &[One(Role::Ref, N::Requirement, "REF"), TEXT],
        keeps_notes: true, "The author's statement on a requirement that no check can decide.";
    Exclude "exclude" IN_MODEL,
        &[Many(Role::Ref, N::Excluded, "REF"), Must(BECAUSE)],
        keeps_notes: true, "Controls that do not apply.";
    Apply "apply" IN_MODEL,
        &[Many(Role::Ref, N::Excluded, "REF"), Must(BECAUSE)],
        block: Block::Inline, keeps_notes: true, "Controls that apply, and why.";
    State "state" &[In(Apply)],
        &[One(Role::Key, N::State, "implemented | partial | planned | none")],
        once: true, "How far a control that applies is put into practice.";
    Drops "drops" IN_MODEL,
        &[One(Role::Ref, N::Dropped, "CATALOG"), Must(BECAUSE)],
        column: true, keeps_notes: true, "Takes away what the bases say they cover of this catalog.";
    Order "order" IN_MODEL,
        &[Word("by"), One(Role::Key, N::OrderKey, "id | title | source")],
        once: true, "The order of processes in documents.";
    OrderGroups "order" IN_MODEL,
        &[Word("groups"), Many(Role::InGroup, N::Group, "GROUP")],
        once: true, "The order of the groups that share a parent; those that are not named follow.";
    Language "language" IN_MODEL,
        &[One(Role::Tag, N::Language, "WORD")],
        once: true, column: true, "The language of the package's texts, as in BCP 47; English if left out.";
    Notice "notice" &[In(Model), In(Catalog), In(Framework), In(Crosswalk)],
        &[TEXT],
        once: true, column: true, "What every reader must be told of the origin and the rights of these texts.";
    Foreword "foreword" IN_MODEL, &[TEXT], once: true, "The foreword of the document.";
    Introduction "introduction" IN_MODEL, &[TEXT], once: true, "The introduction of the document.";
    Scope "scope" IN_MODEL, &[TEXT], once: true, "The scope of the document, in the place of the one that is made.";
    Overview "overview" IN_MODEL, &[TEXT], once: true, "What the document says of its processes as a whole.";
    ExtendProcess "extend process" &[File],
        &[ID_OF_BASE],
        block: LINES, symbol: Some(Symbol::Class), keeps_notes: true, "Adds to a process of a base.";
    ExtendOutcome "extend outcome" IN_EXTEND,
        &[One(Role::Id, N::OfBase, "N"), May(SATISFIES), Unsaid(PARTLY), Unsaid(PRODUCES)],
        symbol: Some(Symbol::Property), keeps_notes: true, "Adds links, items, notes and fields to an outcome of a base.";
    ExtendGroup "extend group" &[File],
        &[ID_OF_BASE],
        block: LINES, symbol: Some(Symbol::Namespace), keeps_notes: true, "Adds to a group of a base.";
    ExtendItem "extend item" &[File],
        &[ID_OF_BASE],
        block: LINES, symbol: Some(Symbol::File), keeps_notes: true, "Adds to an information item of a base.";
    ReplaceOutcome "replace outcome" IN_EXTEND,
        &[One(Role::Id, N::OfBase, "N"), TEXT, Must(BECAUSE), May(SATISFIES), Unsaid(PARTLY), Unsaid(PRODUCES)],
        symbol: Some(Symbol::Property), keeps_notes: true, "States an outcome of a base anew.";
    ReplacePractice "replace practice" IN_EXTEND,
        &[ID_OF_BASE, Urged(&[NAME]), TEXT, Must(BECAUSE), May(ACHIEVES), Unsaid(CONSUMES), Unsaid(PRODUCES)],
        symbol: Some(Symbol::Method), keeps_notes: true, "States a practice of a base anew.";
    ReplacePurpose "replace purpose" IN_EXTEND, &[TEXT, Must(BECAUSE)], once: true, "States the purpose anew.";
    ReplaceContext "replace context" IN_EXTEND, &[TEXT, Must(BECAUSE)], once: true, "States the context anew.";
    ReplaceItem "replace item" &[File],
        &[ID_OF_BASE, TITLE, May(KIND), Must(BECAUSE)],
        block: LINES, symbol: Some(Symbol::File), keeps_notes: true, "States an information item of a base anew.";
    ReplaceTerm "replace term" &[File],
        &[One(Role::Title, N::OfBase, "\"Term\""), One(Role::Text, N::Nothing, "\"Definition\""), Must(BECAUSE)],
        symbol: Some(Symbol::String), keeps_notes: true, "States a term of a base anew.";
    Omit "omit" &[File],
        &[Many(Role::Omitted, N::Omitted, "ID"), Must(BECAUSE)],
        keeps_notes: true, "Leaves out an element of a base.";
    Allow "allow" &[AnyBlock],
        &[One(Role::Check, N::Check, "CODE"), Must(BECAUSE)],
        keeps_notes: true, "This check does not apply in this block.";
    Assessment "assessment" &[File],
        &[ID, TITLE, Must(&[Word("of"), One(Role::Assessed, N::Measured, "MODEL")])],
        block: LINES, symbol: Some(Symbol::Module), keeps_notes: true, "How far the processes of a model do what they should, as assessors judged it.";
    Sponsor "sponsor" IN_ASSESSMENT, &[TEXT, Unsaid(AMENDED)], once: true, column: true, "Who wants the assessment, and pays for it.";
    AmendedPurpose "purpose" IN_ASSESSMENT,
        &[TEXT, Must(AMENDED)],
        once: true, column: true, "What the assessment is for, changed since it was closed.";
    Unit "unit" IN_ASSESSMENT, &[TEXT, Unsaid(AMENDED)], once: true, column: true, "The part of the organization that is assessed.";
    Period "period" IN_ASSESSMENT, &[TEXT, Unsaid(AMENDED)], once: true, column: true, "When it was assessed.";
    Constraint "constraint" IN_ASSESSMENT, &[TEXT, Unsaid(AMENDED)], column: true, "What the assessors had to do without.";
    Documented "documented" IN_ASSESSMENT, &[TEXT, Unsaid(AMENDED)], once: true, column: true, "The documented assessment process that was followed.";
    Confidentiality "confidentiality" IN_ASSESSMENT, &[TEXT, Unsaid(AMENDED)], once: true, "Who may see what came of it.";
    Class "class" &[In(Assessment), In(Rules)],
        &[One(Role::ClassWord, N::Class, "WORD"), Unsaid(AMENDED)],
        block: Block::Inline, column: true, "The class of an assessment, or what one of this class has to have.";
    Independence "independence" &[In(Assessment), In(Rules)],
        &[One(Role::IndependenceWord, N::Independence, "WORD"), May(&[TEXT]), Unsaid(AMENDED)],
        column: true, "How independent the assessors are, or what such independence means.";
    Assessor "assessor" IN_ASSESSMENT,
        &[May(&[Word("lead")]), NAME, May(&[TEXT]), Unsaid(AMENDED)],
        column: true, "An assessor, by name or role, and what makes them competent.";
    Method "method" IN_ASSESSMENT,
        &[One(Role::MethodWord, N::Method, "R1 | R2 | R3"),
            May(&[One(Role::Joining, N::Joining, "mean | median | lowest")]), Unsaid(AMENDED)],
        once: true, column: true, "The rating method of the framework, and how several ratings become one.";
    Aim "target" IN_ASSESSMENT,
        &[Many(Role::Aimed, N::Aimed, "ID"), Word("level"), One(Role::Grade, N::Level, "N"), Unsaid(AMENDED)],
        column: true, "The highest level that is looked at, and wanted, of processes, or of all processes of groups.";
    Instances "instances" IN_ASSESSMENT,
        &[Many(Role::Instance, N::Instance, "WORD"), Word("of"), One(Role::Instanced, N::Assessed, "PROCESS"), Unsaid(AMENDED)],
        column: true, "The instances of a process that are looked at; without them there is one.";
    Takes "takes" IN_ASSESSMENT,
        &[Many(Role::Taken, N::Assessment, "ASSESSMENT"), Unsaid(AMENDED)],
        column: true, "Takes the profiles of other assessments, each as an instance.";
    Closed "closed" IN_ASSESSMENT, &[TEXT], once: true, column: true, "The assessment is a record: what is changed from now on has to say why.";
    Rules "rules" &[File],
        &[ID, TITLE],
        block: LINES, symbol: Some(Symbol::Namespace), keeps_notes: true, "What assessments of each class have to have.";
    ClassInstances "instances" &[In(Class)],
        &[COUNT, May(&[Word("kinds"), COUNT])],
        once: true, "How many instances of each process are looked at.";
    ClassKinds "kinds" &[In(Class)], &[COUNT], once: true, "How many kinds of evidence each rating rests on.";
    Exhibit "exhibit" &[File],
        &[ID, TITLE, Must(KIND)],
        block: Block::Inline, symbol: Some(Symbol::File), keeps_notes: true, "Objective evidence: what was seen or heard.";
    Shows "shows item" &[In(Exhibit)],
        &[Many(Role::Shown, N::Shown, "ITEM"), May(&[Word("at"), TEXT])],
        "The information items of the model that it is, or shows.";
    At "at" &[In(Exhibit)], &[TEXT], once: true, "Where it is kept.";
    Rate "rate" &[File],
        &[One(Role::Subject, N::Assessed, "PROCESS"), Must(&[Word("in"), One(Role::InAssessment, N::Assessment, "ASSESSMENT")]),
            May(&[Word("for"), One(Role::ForInstance, N::OfInstances, "INSTANCE")])],
        block: LINES, symbol: Some(Symbol::Class), keeps_notes: true, "The ratings of a process, or of one instance of it.";
    RateOutcome "outcome" IN_RATE,
        &[One(Role::Subject, N::Subject, "N"), Must(RATED), May(BY), May(BECAUSE), Unsaid(AMENDED)],
        keeps_notes: true, "How far an outcome is achieved.";
    RateAchievement "achievement" IN_RATE,
        &[One(Role::Subject, N::Subject, "ID"), Must(RATED), May(BY), May(BECAUSE), Unsaid(AMENDED)],
        keeps_notes: true, "How far an achievement of an attribute is reached.";
    RateAttribute "attribute" IN_RATE,
        &[One(Role::Subject, N::Subject, "ID"), Must(RATED), May(BY), May(BECAUSE), Unsaid(AMENDED)],
        keeps_notes: true, "How far an attribute is achieved, judged as a whole.";
    Strength "strength" IN_RATE, &[TEXT, May(OF_SUBJECTS), Unsaid(AMENDED)], keeps_notes: true, "What is good, and to be kept.";
    Weakness "weakness" IN_RATE, &[TEXT, May(OF_SUBJECTS), Unsaid(AMENDED)], keeps_notes: true, "What stands in the way.";
}

macro_rules! clause_words {
    (
        begins { $($begin:literal $($column:ident: $value:expr,)* $what:literal;)* }
        within { $($word:literal $shape:literal $meaning:literal;)* }
    ) => {
        /// Every word within statements; those that begin a clause first.
        pub const CLAUSE_WORDS: &[ClauseWord] = &[
            $(ClauseWord { word: $begin, begins: true, meaning: $what, $($column: $value,)* ..ClauseWord::PLAIN },)*
            $(ClauseWord { word: $word, as_in: $shape, meaning: $meaning, ..ClauseWord::PLAIN },)*
        ];
    };
}

clause_words! {
    begins {
        "satisfies" "The outcome meets each of these requirements in full.";
        "partly" "The outcome contributes to these requirements; such links never add up to covered.";
        "because" "The reason, for those who ask later.";
        "together" is_part: true, "The outcomes, by their full ids, that satisfy it jointly with this one.";
        "achieves" "The outcomes that the practice brings about, or, in an attribute, its achievements.";
        "consumes" "The information items that the practice needs.";
        "produces" "The information items that come of it, as evidence.";
        "in" is_part: true, "The group of a process that stands outside of it.";
        "from" "The catalog of the left side.";
        "to" is_part: true, "The catalog of the right side; in `equivalent to`, a part of the relation.";
        "through" "The crosswalks that carry coverage over from other catalogs.";
        "kind" is_part: true, "What kind of information it is: plan, policy, record, report, register …";
        "extends" "The models on which this one builds, and all of what they say.";
        "as" is_part: true, "The name by which the catalogs of the package are meant.";
        "on" is_part: true, "The kind of blocks that may carry it: process, outcome, model, group or item; or control, for blocks of `apply` and `exclude`.";
    }
    within {
        "with" "together with OUTCOME, …" "Goes with `together`.";
        "by" "measured by FRAMEWORK" "Goes with `measured` and `order`.";
        "groups" "order groups GROUP, …" "Goes with `order`.";
        "models" "for models" "Goes with `for`.";
        "normative" "reference ID \"Designation\" (\"Title\") normative" "The document has to be at hand for this one to be used.";
        "required" "field ID \"Title\" on KIND required" "Every such block has to carry the field.";
        "equals" "REF, … equals REF, …" "Both sides ask for the same, word for word; coverage is carried over in both directions.";
        "equivalent" "REF, … equivalent to REF, …" "Both sides ask for the same in other words; coverage is carried over in both directions.";
        "subset" "REF, … subset of REF, …" "The left side asks for less; coverage is carried over from right to left.";
        "superset" "REF, … superset of REF, …" "The left side asks for more; coverage is carried over from left to right.";
        "intersects" "REF, … intersects REF, …" "Both sides have something in common; a part is carried over.";
        "of" "REF, … subset of REF, …" "Goes with `subset` and `superset`, and names the model, the process or the outcomes that an assessment speaks of.";
        "rated" "outcome N rated RATING" "The rating: a word of the scale, or a percentage such as `63 %`.";
        "lead" "assessor lead \"Name\"" "The assessor leads the others.";
        "below" "reached RATING below RATING" "What the attributes of lower levels have to be rated at least.";
        "amended" "amended because \"Text\"" "The line was changed after the assessment was closed, and why.";
    }
}
