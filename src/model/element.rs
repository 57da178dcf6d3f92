//! A model: its elements, which are all that has a full id, and what layers did to those of their bases.

use rustc_hash::{FxHashMap, FxHashSet};

use super::process::{
    Annex, Group, Item, Link, Member, Origin, Outcome, Practice, Process, Reference, Relation, Remarks, Strength,
    Target, Term,
};
use super::{Head, Name, RequirementId, Text, What};
use crate::index::{Idx, Shared, each, get, get_mut};
use crate::span::Span;

/// What every element has.
pub trait AnyElement {
    /// Its full id.
    fn id(&self) -> Name;
    /// The place of its own id.
    fn id_span(&self) -> Span;
    /// What it is called; of an outcome, and of a practice without a name, what it says.
    fn title(&self) -> Text;
    /// Where it comes from.
    fn origin(&self) -> Origin;
    /// What its block says beside it.
    fn remarks(&self) -> &Remarks;
    /// The same, to be added to.
    fn remarks_mut(&mut self) -> &mut Remarks;
}

macro_rules! any_element {
    ($kind:ident, $own_id:ident, |$one:ident| $title:expr) => {
        impl AnyElement for $kind {
            fn id(&self) -> Name {
                self.id
            }
            fn id_span(&self) -> Span {
                self.$own_id
            }
            fn title(&self) -> Text {
                let $one = self;
                $title
            }
            fn origin(&self) -> Origin {
                self.origin
            }
            fn remarks(&self) -> &Remarks {
                &self.remarks
            }
            fn remarks_mut(&mut self) -> &mut Remarks {
                &mut self.remarks
            }
        }
    };
}

/// A row for each kind of element: the list of the model that it stands in, the name by which it is asked for, whether a
/// layer may leave it out, the place of its own id, and what it is called. What stands in another has its row there.
macro_rules! elements {
    ($(
        $kind:ident $list:ident $by_id:ident $may_go:literal $own_id:ident |$one:ident| $title:expr
        $(, in it { $($inner:ident $inner_list:ident $inner_id:ident |$inner_one:ident| $inner_title:expr;)* })?;
    )*) => {
        /// An element of a model, by its position.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Element {
            $($kind(Idx<$kind>), $($($inner(Idx<$kind>, Idx<$inner>),)*)?)*
        }

        impl Element {
            /// What it is.
            pub fn what(self) -> What {
                match self {
                    $(Element::$kind(_) => What::$kind, $($(Element::$inner(..) => What::$inner,)*)?)*
                }
            }

            /// Whether it is of a kind, or of any that a layer may leave out: what a base cites stays cited, and its
            /// annexes are its own.
            pub fn may_be(self, what: Option<What>) -> bool {
                match (what, self) {
                    (Some(what), _) => self.what() == what,
                    $((None, Element::$kind(_)) => $may_go, $($((None, Element::$inner(..)) => true,)*)?)*
                }
            }

            /// Where it stands once the lists of its model are put behind those of another.
            pub fn behind(self, other: &Model) -> Element {
                match self {
                    $(
                        Element::$kind(at) => Element::$kind(at.behind(other.$list.len())),
                        $($(Element::$inner(at, own) => Element::$inner(at.behind(other.$list.len()), own),)*)?
                    )*
                }
            }
        }

        impl What {
            /// The kind of elements with a word.
            pub fn of_element(word: &str) -> Option<What> {
                [$(What::$kind, $($(What::$inner,)*)?)*].into_iter().find(|what| what.word() == word)
            }
        }

        $(
            any_element!($kind, $own_id, |$one| $title);
            $($(any_element!($inner, $inner_id, |$inner_one| $inner_title);)*)?
        )*

        impl Model {
            $(
                #[doc = concat!("The ", stringify!($by_id), " with an id.")]
                pub fn $by_id(&self, id: Name) -> Option<&$kind> {
                    match self.index.get(&id)? {
                        Element::$kind(at) => self.$list.get(at.at()),
                        _ => None,
                    }
                }
            )*

            /// The element at a position.
            pub fn at(&self, element: Element) -> Option<&dyn AnyElement> {
                Some(match element {
                    $(
                        Element::$kind(at) => self.$list.get(at.at())?,
                        $($(Element::$inner(at, own) => get(&self.$list.get(at.at())?.$inner_list, own)?,)*)?
                    )*
                })
            }

            /// The element at a position, to be changed.
            pub fn at_mut(&mut self, element: Element) -> Option<&mut dyn AnyElement> {
                Some(match element {
                    $(
                        Element::$kind(at) => self.$list.get_mut(at.at())?,
                        $($(
                            Element::$inner(at, own) => {
                                get_mut(&mut self.$list.get_mut(at.at())?.$inner_list, own)?
                            }
                        )*)?
                    )*
                })
            }

            /// All elements with their ids, in the order of the kinds; behind each what stands in it.
            pub fn elements(&self) -> impl Iterator<Item = (Element, Name)> + '_ {
                std::iter::empty()$(.chain(each(&self.$list).flat_map(|(at, one)| {
                    std::iter::once((Element::$kind(at), one.id))
                        $($(.chain(
                            each(&one.$inner_list).map(move |(own, inner)| (Element::$inner(at, own), inner.id)),
                        ))*)?
                })))*
            }

            /// Keeps, of all that a layer may leave out, what is meant to stay.
            pub fn retain(&mut self, stays: impl Fn(Name, Origin) -> bool) {
                $(
                    if $may_go {
                        self.$list.retain(|one| stays(one.id, one.origin));
                    }
                    $(for holder in &mut self.$list {
                        $(holder.$inner_list.retain(|one| stays(one.id, one.origin));)*
                    })?
                )*
            }

            /// Puts the elements of another model behind its own.
            pub fn append(&mut self, other: &mut Model) {
                $(self.$list.append(&mut other.$list);)*
            }
        }
    };
}

elements! {
    Group groups group true id_span |group| group.title;
    Process processes process true id_span |process| process.title, in it {
        Outcome outcomes number |outcome| outcome.text;
        Practice practices own_id |practice| practice.name.unwrap_or(practice.text);
    };
    Item items item true id_span |item| item.title;
    Annex annexes annex false id_span |annex| annex.title;
    Reference references reference false id_span |cited| cited.designation;
}

/// The processes of a package and of the bases of its model.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The model statement; `None` for a package without a model.
    pub head: Option<Head>,
    /// The process groups, in source order.
    pub groups: Vec<Group>,
    /// The processes, in source order. A copy shares them, for there may be thousands of which one is changed.
    pub processes: Shared<Process>,
    /// The information items, in source order.
    pub items: Vec<Item>,
    /// The terms, in source order.
    pub terms: Vec<Term>,
    /// The annexes of its own, in source order; those of bases are theirs.
    pub annexes: Vec<Annex>,
    /// The documents that are cited, in source order.
    pub references: Vec<Reference>,
    /// The element of each full id.
    pub index: FxHashMap<Name, Element>,
    /// What layers left out.
    pub omissions: Vec<Omission>,
    /// Links that went with an outcome which a layer replaced or left out.
    pub lost: Vec<Lost>,
    /// What a base says of an element that a layer left out.
    pub dropped: Vec<Dropped>,
    /// What elements said that a layer stated anew.
    pub replaced: Vec<Replaced>,
}

/// An element that a layer left out.
#[derive(Clone, Debug)]
pub struct Omission {
    /// Its full id.
    pub id: Name,
    /// The place of its id in the `omit` statement.
    pub span: Span,
    /// Why.
    pub because: Option<Text>,
    /// The statement.
    pub origin: Origin,
}

/// A link that went with an outcome, or that lost a member of its joint set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The requirement, control or clause.
    pub requirement: RequirementId,
    /// The outcome that was replaced or left out.
    pub outcome: Name,
    /// The outcome that states the link: the same, or, where a member of a joint set is gone, the one that is left.
    pub stated_by: Name,
    /// How far the link went.
    pub strength: Strength,
    /// Where the link stood.
    pub link: Span,
    /// The statement that lost it.
    pub by: Span,
}

/// What an element said before a layer stated it anew, of all that it does not keep.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// Its full id; of a term its words as they are compared.
    pub id: Name,
    /// The statement that took its place.
    pub by: Span,
    /// What it satisfied.
    pub links: Vec<Link>,
    /// The elements that it achieved, consumed or produced, each with the word for it.
    pub said: Vec<(&'static str, Target)>,
    /// Texts of other statements in its block, each with the word for it.
    pub texts: Vec<(&'static str, Text)>,
}

/// A reference to an element that a layer left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The element.
    pub id: Name,
    /// Where the reference stood.
    pub reference: Span,
    /// The statement that left the element out.
    pub by: Span,
    /// What referred to it, and how.
    pub was: Was,
}

/// How an element was referred to, and by the full id of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Was {
    /// An outcome or a practice produces an item.
    Produced(Name),
    /// A practice consumes an item.
    Consumed(Name),
    /// A practice achieves an outcome.
    Achieved(Name),
    /// A process has a relation to another.
    Related(Name, Box<Relation>),
}

impl Model {
    /// The process at a position.
    pub fn process_at(&self, at: Idx<Process>) -> Option<&Process> {
        self.processes.get(at.at())
    }

    /// The outcome at a position in the process at another.
    pub fn outcome_at(&self, process: Idx<Process>, at: Idx<Outcome>) -> Option<&Outcome> {
        get(&self.process_at(process)?.outcomes, at)
    }

    /// The practice at a position in the process at another.
    pub fn practice_at(&self, process: Idx<Process>, at: Idx<Practice>) -> Option<&Practice> {
        get(&self.process_at(process)?.practices, at)
    }

    /// The outcome with a full id.
    pub fn outcome(&self, id: Name) -> Option<&Outcome> {
        match self.index.get(&id)? {
            Element::Outcome(process, outcome) => self.outcome_at(*process, *outcome),
            _ => None,
        }
    }

    /// The outcome that a member of a joint set means, if it is there.
    pub fn member(&self, member: &Target) -> Option<&Outcome> {
        self.outcome(member.id).filter(|_| !member.gone)
    }

    /// The other members of the joint set that a link of an outcome belongs to.
    pub fn partners<'a>(&'a self, outcome: &'a Outcome, link: &Link) -> impl Iterator<Item = Member> + use<'a> {
        let targets = outcome.partners(link).iter();
        targets.map(|target| Member { id: target.id, is_there: self.member(target).is_some() })
    }

    /// The outcome that a member is, if it is there.
    pub fn outcome_of(&self, member: Member) -> Option<&Outcome> {
        self.outcome(member.id).filter(|_| member.is_there)
    }

    /// A group and all groups in it.
    pub fn groups_from(&self, id: Name) -> FxHashSet<Name> {
        let mut found: FxHashSet<Name> = [id].into_iter().collect();
        // Groups nest a few levels deep; going round until nothing is new is quick.
        loop {
            let count = found.len();
            let inner = self.groups.iter().filter(|group| group.parent.is_some_and(|parent| found.contains(&parent)));
            found.extend(inner.map(|group| group.id).collect::<Vec<_>>());
            if found.len() == count {
                return found;
            }
        }
    }

    /// The element with a full id.
    pub fn element(&self, id: Name) -> Option<&dyn AnyElement> {
        self.at(*self.index.get(&id)?)
    }
}
