//! What a source says, before it has a form: elements with their values, each with its place in the source.

/// A value of a source, and where it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub words: String,
    /// Where: sheet and cell, path, or line.
    pub place: String,
    /// Whether it is no longer what was typed, and why: "Excel holds the number 5.1 here".
    pub doubt: Option<String>,
    /// What may have been typed, where a program has made one thing of several; empty where it is sure.
    pub readings: Vec<String>,
    /// Whether it is told elsewhere what became of it: a part of a value, or one that a merged cell repeats.
    pub is_told: bool,
}

impl Said {
    /// A value at a place.
    pub fn new(words: impl Into<String>, place: impl Into<String>) -> Said {
        Said { words: words.into(), place: place.into(), ..Said::default() }
    }

    /// Other words at the same place, of which it is told already what became.
    pub fn part(&self, words: impl Into<String>) -> Said {
        Said { words: words.into(), is_told: true, ..self.clone() }
    }

    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.words.trim().is_empty()
    }
}

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A set of requirements.
    Catalog,
    /// A heading of a catalog.
    Clause,
    /// A requirement.
    Requirement,
    /// A control.
    Control,
    /// A process reference model.
    Model,
    /// A process group.
    Group,
    /// A process.
    Process,
    /// An outcome of a process.
    Outcome,
    /// A practice of a process.
    Practice,
    /// An information item.
    Item,
    /// A term.
    Term,
    /// How two catalogs correspond.
    Crosswalk,
    /// A line of a crosswalk.
    Correspondence,
    /// What a model covers.
    Cover,
    /// What a model excludes of it, for a reason.
    Exclusion,
}

impl What {
    /// Its word with an article.
    pub fn one(self) -> String {
        let word = self.word();
        format!("{} {word}", if word.starts_with(['o', 'i']) { "an" } else { "a" })
    }

    /// Its word, as it stands in reports.
    pub fn word(self) -> &'static str {
        match self {
            What::Catalog => "catalog",
            What::Clause => "clause",
            What::Requirement => "requirement",
            What::Control => "control",
            What::Model => "model",
            What::Group => "group",
            What::Process => "process",
            What::Outcome => "outcome",
            What::Practice => "practice",
            What::Item => "item",
            What::Term => "term",
            What::Crosswalk => "crosswalk",
            What::Correspondence => "line of a crosswalk",
            What::Cover => "catalog covered",
            What::Exclusion => "exclusion",
        }
    }
}

/// What an element says of itself besides its id, its title and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The purpose of a process.
    Purpose,
    /// Where a process sits, or in which setting a model is used.
    Context,
    /// The edition of a model or a catalog.
    Edition,
    /// The document that it follows.
    Source,
    /// What every reader must be told of its origin and its rights.
    Notice,
    /// What documents print for its id.
    Label,
    /// The kind of an information item.
    Kind,
    /// A characteristic of an information item.
    Characteristic,
    /// Another name of a term.
    Also,
    /// The language of its texts.
    Language,
    /// Why a line of a crosswalk is so.
    Reason,
    /// An explanation.
    Note,
    /// That requirements may be excluded like controls.
    Tailorable,
    /// That requirements are made of models.
    ForModels,
}

impl Fact {
    /// Its word, as it stands in reports.
    pub fn word(self) -> &'static str {
        match self {
            Fact::Purpose => "purpose",
            Fact::Context => "context",
            Fact::Edition => "edition",
            Fact::Source => "source",
            Fact::Notice => "notice",
            Fact::Label => "label",
            Fact::Kind => "kind",
            Fact::Characteristic => "characteristic",
            Fact::Also => "other name",
            Fact::Language => "language",
            Fact::Reason => "reason",
            Fact::Note => "note",
            Fact::Tailorable => "“tailorable”",
            Fact::ForModels => "“for models”",
        }
    }
}

/// How an element is tied to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tie {
    /// An outcome satisfies requirements.
    Satisfies,
    /// An outcome contributes to requirements.
    Partly,
    /// A practice achieves outcomes of its process.
    Achieves,
    /// A practice needs information items.
    Consumes,
    /// A practice or an outcome makes information items.
    Produces,
    /// The left side of a line of a crosswalk.
    Left,
    /// The right side of a line of a crosswalk.
    Right,
    /// The catalog that is covered.
    Covers,
    /// Controls that are kept of it, and no others.
    Keeps,
    /// The same, with what adds to them.
    KeepsAll,
    /// What is excluded of it.
    Excludes,
}

impl Tie {
    /// Its words, as they stand in reports.
    pub fn words(self) -> &'static str {
        match self {
            Tie::Satisfies | Tie::Partly => "requirements",
            Tie::Achieves => "outcomes achieved",
            Tie::Consumes => "items consumed",
            Tie::Produces => "items produced",
            Tie::Left => "left side",
            Tie::Right => "right side",
            Tie::Covers => "catalog",
            Tie::Keeps | Tie::KeepsAll => "controls kept",
            Tie::Excludes => "controls excluded",
        }
    }
}

/// What the left side of a line of a crosswalk is to the right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Both say the same in the same words.
    Equals,
    /// Both say the same.
    Equivalent,
    /// The left side asks for less.
    Subset,
    /// The left side asks for more.
    Superset,
    /// They have something in common.
    Intersects,
    /// The left side has no counterpart.
    Withdrawn,
    /// The right side has no counterpart.
    New,
}

/// One value that names others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refs {
    /// How they are tied.
    pub tie: Tie,
    /// The value.
    pub said: Said,
    /// The ids that it names, as the source has them.
    pub ids: Vec<String>,
}

/// An element of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is.
    pub what: What,
    /// Its id, as the source has it.
    pub id: Option<Said>,
    /// Its title, or its name.
    pub title: Option<Said>,
    /// Its text.
    pub text: Option<Said>,
    /// What else it says of itself.
    pub facts: Vec<(Fact, Said)>,
    /// What it says under heads that mean nothing here: name and value.
    pub fields: Vec<(String, Said)>,
    /// What it names.
    pub refs: Vec<Refs>,
    /// Of a line of a crosswalk: what its sides are to each other.
    pub relation: Option<(Relation, Option<Said>)>,
    /// What stands in it.
    pub inner: Vec<Draft>,
}

impl Draft {
    /// An element of which nothing is said yet.
    pub fn new(what: What) -> Draft {
        Draft {
            what,
            id: None,
            title: None,
            text: None,
            facts: Vec::new(),
            fields: Vec::new(),
            refs: Vec::new(),
            relation: None,
            inner: Vec::new(),
        }
    }

    /// Itself, with an id.
    #[must_use]
    pub fn with_id(mut self, id: Said) -> Draft {
        self.id = Some(id);
        self
    }

    /// Itself, with a title.
    #[must_use]
    pub fn with_title(mut self, title: Said) -> Draft {
        self.title = Some(title);
        self
    }

    /// Itself, with a text.
    #[must_use]
    pub fn with_text(mut self, text: Said) -> Draft {
        self.text = Some(text);
        self
    }

    /// Where it stands in the source: at the first of its values.
    pub fn place(&self) -> &str {
        let own = [&self.id, &self.title, &self.text].into_iter().flatten();
        let others = self.facts.iter().map(|(_, said)| said).chain(self.refs.iter().map(|refs| &refs.said));
        let place = own.chain(others).map(|said| said.place.as_str()).find(|place| !place.is_empty());
        place.or_else(|| self.inner.first().map(Draft::place)).unwrap_or_default()
    }
}
