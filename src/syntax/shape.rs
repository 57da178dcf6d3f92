//! How statements are written: what an argument is for, the parts of a line, and what may stand there.
//!
//! Whoever has to know how a statement goes on asks here: messages, the recovery of broken lines, completion, help.

use std::ops::Range;

macro_rules! roles {
    ($($role:ident)*; $($mark:ident)*) => {
        /// What an argument is for; the names are those of the grammar.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Role { $($role,)* $($mark,)* }

        impl Role {
            /// Every role.
            pub const ALL: &[Role] = &[$(Role::$role,)* $(Role::$mark,)*];

            /// Whether it is no argument in earnest, but a mark: a word of the language that counts.
            pub fn is_mark(self) -> bool {
                matches!(self, $(Role::$mark)|*)
            }
        }
    };
}

roles! {
    Id Alias Base InGroup Ref Partner Achieved Consumed Produced Target Former ItemKind OnKind FromCatalog ToCatalog
    Left Right Number Through Key Tag Omitted Check Title Text Reason ExtraWord ExtraText
    Assessed ClassWord IndependenceWord MethodWord Joining Aimed Grade Instance Instanced Taken Count Shown Subject
    InAssessment ForInstance Value Percent CitedExhibit OfSubject OwnLeast LowerLeast Amount Amendment;
    Satisfies Partly Achieves Consumes Produces Required Normative Equals Equivalent Subset Superset Intersects Lead
}

impl Role {
    /// Whether it is a text, in which references may stand.
    pub fn is_text(self) -> bool {
        matches!(self, Role::Title | Role::Text | Role::Reason | Role::Amendment | Role::ExtraText)
    }

    /// The mark that a word of the language leaves.
    pub fn of_mark(word: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.is_mark() && format!("{role:?}").eq_ignore_ascii_case(word))
    }
}

/// A part of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// A word of the language.
    Word(&'static str),
    /// One argument, and how it is called where the shape is shown.
    One(Role, Names, &'static str),
    /// The same, one or several with commas between.
    Many(Role, Names, &'static str),
    /// Parts that belong together, and have to be there.
    Must(&'static [Part]),
    /// Parts that may be left out.
    May(&'static [Part]),
    /// Parts that may be left out, which nobody has to be told.
    Urged(&'static [Part]),
    /// Parts that may be there, too many to be shown with the rest.
    Unsaid(&'static [Part]),
    /// One of these.
    OneOf(&'static [&'static [Part]]),
}

/// What an argument names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Nothing: it is a text.
    Nothing,
    /// What the statement declares; its author makes it up.
    New,
    /// The same, of a statement that is counted.
    NewNumber,
    /// What its block alone knows.
    Own,
    /// What nobody declares any more.
    Former,
    /// An element of a base, of the kind that the statement speaks of.
    OfBase,
    /// Any element of a base.
    Omitted,
    /// An outcome of the same process.
    OwnOutcome,
    /// A requirement that may be excluded.
    Excluded,
    /// A catalog, or a clause of it.
    Covered,
    /// A requirement of the catalog on the left side of a crosswalk.
    Left,
    /// A requirement of the catalog on the right side.
    Right,
    /// A catalog that a base covers.
    Dropped,
    /// A percentage.
    Percentage,
    /// What documents are ordered by.
    OrderKey,
    /// A language, as in BCP 47.
    Language,
    /// How far a control is put into practice.
    State,
    /// A kind of information item.
    ItemKind,
    /// A kind of block that fields are for.
    FieldKind,
    /// The code or the name of a check.
    Check,
    /// A package.
    Package,
    /// A model.
    Model,
    /// A catalog.
    Catalog,
    /// A requirement.
    Requirement,
    /// A crosswalk.
    Crosswalk,
    /// A framework.
    Framework,
    /// A group.
    Group,
    /// A process.
    Process,
    /// An outcome, by its full id.
    Outcome,
    /// An information item.
    Item,
    /// A model that is measured by a framework.
    Measured,
    /// An assessment.
    Assessment,
    /// A process or a group of the model that is assessed.
    Aimed,
    /// A process of it.
    Assessed,
    /// An item of a model that is assessed.
    Shown,
    /// A level of its framework.
    Level,
    /// An instance of a process, made up by the assessor.
    Instance,
    /// An instance of the process that is rated.
    OfInstances,
    /// What a `rate` speaks of: an outcome of its process, an achievement, an attribute.
    Subject,
    /// A rating of the scale, or a percentage.
    Rating,
    /// An exhibit.
    Exhibit,
    /// A class of assessments.
    Class,
    /// A kind of independence.
    Independence,
    /// A method of rating.
    Method,
    /// A way in which several ratings become one.
    Joining,
    /// A whole number.
    Count,
}

impl Part {
    /// What is looked for in this part and those in it, the first that is found.
    fn find<T>(&'static self, look: &mut dyn FnMut(&'static Part) -> Option<T>) -> Option<T> {
        look(self).or_else(|| match self {
            Part::Word(_) | Part::One(..) | Part::Many(..) => None,
            Part::Must(parts) | Part::May(parts) | Part::Urged(parts) | Part::Unsaid(parts) => find(parts, look),
            Part::OneOf(ways) => ways.iter().find_map(|parts| find(parts, look)),
        })
    }

    /// The role of an argument.
    pub fn role(&self) -> Option<Role> {
        match self {
            Part::One(role, ..) | Part::Many(role, ..) => Some(*role),
            _ => None,
        }
    }

    /// What an argument names.
    pub fn names(&self) -> Option<Names> {
        match self {
            Part::One(_, names, _) | Part::Many(_, names, _) => Some(*names),
            _ => None,
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self, Part::Word(found) if *found == word)
    }

    /// What it is, in an author's words.
    pub fn noun(&self) -> &'static str {
        let (Part::One(role, names, sign) | Part::Many(role, names, sign)) = self else { return "" };
        match (role, names) {
            (Role::Title, _) => "its title in quotes",
            (Role::Text, _) => "its text in quotes",
            (Role::Reason | Role::Amendment, _) => "its reason in quotes",
            (Role::Percent, _) => "`%`",
            (Role::Amount, _) => "a number",
            (Role::Alias, _) => "an alias",
            (Role::Id, _) if *sign == "N" => "its number",
            (Role::Id, _) => "its id",
            (_, Names::Requirement | Names::Excluded | Names::Left | Names::Right) => "the id of a requirement",
            (_, Names::Catalog | Names::Covered | Names::Dropped) => "the id of a catalog",
            (_, Names::Outcome | Names::OwnOutcome) => "the id of an outcome",
            (_, Names::Framework) => "the id of a framework",
            (_, Names::Item | Names::Shown) => "the id of an item",
            (_, Names::Process | Names::Assessed) => "the id of a process",
            (_, Names::Aimed) => "the id of a process or a group",
            (_, Names::Assessment) => "the id of an assessment",
            (_, Names::Exhibit) => "the id of an exhibit",
            (_, Names::Level) => "the number of a level",
            (_, Names::Subject) => "the id of what is rated",
            (_, Names::Rating) => "a rating, such as `F`",
            (_, Names::Instance | Names::OfInstances) => "the name of an instance",
            (_, Names::Class) => "a class",
            (_, Names::Independence) => "a kind of independence",
            (_, Names::Method) => "`R1`, `R2` or `R3`",
            (_, Names::Joining) => "`mean`, `median` or `lowest`",
            (_, Names::Count) => "a whole number",
            (_, Names::Model | Names::Measured) => "the id of a model",
            (_, Names::Group) => "the id of a group",
            (_, Names::Crosswalk) => "the id of a crosswalk",
            (_, Names::Package) => "the id of a package",
            (_, Names::Former) => "a former id",
            (_, Names::Percentage) => "a percentage",
            (_, Names::OrderKey) => "`id`, `title` or `source`",
            (_, Names::Language) => "a language, such as `en`",
            (_, Names::State) => "`implemented`, `partial`, `planned` or `none`",
            (_, Names::ItemKind) => "the kind of the item, such as `plan`",
            (_, Names::FieldKind) => "a kind of element, such as `process`",
            (_, Names::Check) => "the code or name of a check",
            (_, Names::Omitted | Names::OfBase) => "the id of an element",
            (_, Names::Nothing | Names::New | Names::NewNumber | Names::Own) => "a name",
        }
    }
}

/// What is looked for in some parts and those in them, the first that is found.
pub fn find<T>(parts: &'static [Part], look: &mut dyn FnMut(&'static Part) -> Option<T>) -> Option<T> {
    parts.iter().find_map(|part| part.find(look))
}

/// The parts that begin with a word, such as those of a clause.
pub fn headed_by(parts: &'static [Part], word: &str) -> Option<&'static [Part]> {
    let is_headed = |inner: &&'static [Part]| inner.first().is_some_and(|first| first.is_word(word));
    find(parts, &mut |part| match part {
        Part::Must(inner) | Part::May(inner) | Part::Urged(inner) | Part::Unsaid(inner) => {
            Some(*inner).filter(is_headed)
        }
        Part::OneOf(ways) => ways.iter().copied().find(is_headed),
        _ => None,
    })
}

/// Whether a word stands somewhere among the parts.
pub fn holds(parts: &'static [Part], word: &str) -> bool {
    find(parts, &mut |part| part.is_word(word).then_some(())).is_some()
}

/// What has to follow a word.
pub fn behind(parts: &'static [Part], word: &str) -> Option<&'static Part> {
    parts.iter().enumerate().find_map(|(at, part)| {
        let next = parts.get(at + 1);
        match part {
            Part::Word(_) if part.is_word(word) => next,
            Part::Must(inner) | Part::May(inner) | Part::Urged(inner) | Part::Unsaid(inner) => behind(inner, word),
            Part::OneOf(ways) => ways.iter().find_map(|way| match way.last() {
                Some(last) if last.is_word(word) => next,
                _ => behind(way, word),
            }),
            _ => None,
        }
    })
}

/// The argument of a role, with the words right before it.
pub fn with_lead(parts: &'static [Part], role: Role) -> Option<(&'static [Part], &'static Part)> {
    parts.iter().enumerate().find_map(|(at, part)| match part {
        Part::Must(inner) | Part::May(inner) | Part::Urged(inner) | Part::Unsaid(inner) => with_lead(inner, role),
        Part::OneOf(ways) => ways.iter().find_map(|way| with_lead(way, role)),
        _ if part.role() == Some(role) => {
            let words = parts[..at].iter().rev().take_while(|before| matches!(before, Part::Word(_))).count();
            Some((&parts[at - words..at], part))
        }
        _ => None,
    })
}

/// Parts in the order in which they are written: those that have to be there stand in one row.
pub fn in_a_row(parts: &'static [Part]) -> Vec<&'static Part> {
    let inner = |part: &'static Part| match part {
        Part::Must(inner) | Part::Urged(inner) => in_a_row(inner),
        Part::Unsaid(_) => Vec::new(),
        _ => vec![part],
    };
    parts.iter().flat_map(inner).collect()
}

/// Parts as they are shown to people.
#[derive(Debug, Default)]
pub struct Shown {
    /// The line.
    pub text: String,
    /// The places of the arguments in it, and of what may be left out.
    pub places: Vec<(Range<usize>, &'static Part)>,
}

/// Parts as they are shown to people; those of a clause with what may be left out of it.
pub fn shown(parts: &'static [Part]) -> Shown {
    let mut shown = Shown::default();
    shown.add(parts, true);
    shown
}

impl Shown {
    /// Adds parts; of those within others, what may be left out is.
    fn add(&mut self, parts: &'static [Part], whole: bool) {
        for part in parts {
            if matches!(part, Part::Unsaid(_)) || !whole && matches!(part, Part::May(_)) {
                continue;
            }
            if !self.text.is_empty() && !self.text.ends_with(['(', ' ']) {
                self.text.push(' ');
            }
            let from = self.text.len();
            match part {
                Part::Word(word) => self.text.push_str(word),
                Part::One(_, _, sign) => self.text.push_str(sign),
                Part::Many(_, _, sign) => self.text.extend([sign, ", …"]),
                Part::Must(parts) | Part::Urged(parts) => self.add(parts, false),
                Part::May(parts) => {
                    self.text.push('(');
                    self.add(parts, false);
                    self.text.push(')');
                }
                Part::OneOf(ways) => {
                    for (number, way) in ways.iter().enumerate() {
                        self.text.push_str(if number == 0 { "" } else { " | " });
                        self.add(way, true);
                    }
                }
                Part::Unsaid(_) => {}
            }
            if matches!(part, Part::One(..) | Part::Many(..) | Part::May(_)) {
                self.places.push((from..self.text.len(), part));
            }
        }
    }
}
