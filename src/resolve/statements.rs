//! What each line is: fields told from slips, and statements that stand where they cannot.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{State, did_you_mean};
use crate::codes;
use crate::diagnostic::{Diagnostic, Edit, Findings, words};
use crate::model::{FieldKind, PackageId, Scope};
use crate::package::Loaded;
use crate::source::Sources;
use crate::span::{Span, narrow};
use crate::syntax::statements::{self, Kind};
use crate::syntax::tree::{NodeId, Role, Tree};
use crate::syntax::{recover, recover_as, recover_clause};

/// Goes through the statements of a package. Lines whose first word means nothing become fields, or, reported, what
/// was probably meant; misplaced statements are reported. Gives what the package sees of others.
///
/// What stands at the top of the files comes first: it says which fields may stand in the blocks.
pub fn settle(state: &mut State, loaded: &mut Loaded, own: PackageId, sources: &Sources) -> Scope {
    // The package's own fields are known by now; those of others are when it is known what it uses.
    let own_fields = fields(state, loaded, &Scope::default(), sources);
    let mut settler = Settler { fields: own_fields, slips: SLIPS, sources, diagnostics: Findings::default() };
    for tree in &mut loaded.trees {
        let top: Vec<NodeId> = tree.top().collect();
        top.into_iter().for_each(|node| settler.statement(tree, node));
        settler.extensions(tree);
    }
    let scope = super::scope::of_others(state, loaded, own, sources);
    settler.fields = fields(state, loaded, &scope, sources);
    for tree in &mut loaded.trees {
        for node in tree.ids() {
            if tree.node(node).parent.is_some() {
                settler.statement(tree, node);
            }
        }
        for node in tree.ids() {
            if tree.node(node).open.is_some() {
                settler.once(tree, node);
            }
        }
    }
    state.diagnostics.extend(settler.diagnostics.into_kept());
    scope
}

/// The words of the fields that the package knows, with the blocks that they stand in.
#[derive(Default)]
struct Fields {
    all: Vec<(String, FieldKind)>,
    /// Where each word stands among them.
    by_word: FxHashMap<String, Vec<usize>>,
}

impl Fields {
    fn add(&mut self, word: &str, on: FieldKind) {
        self.by_word.entry(word.to_owned()).or_default().push(self.all.len());
        self.all.push((word.to_owned(), on));
    }

    /// The blocks that a field of this word stands in.
    fn on(&self, word: &str) -> Vec<FieldKind> {
        self.by_word.get(word).into_iter().flatten().map(|at| self.all[*at].1).collect()
    }
}

/// How many names of fields are looked at for misspelt words, all together.
const SLIPS: usize = 1_000_000;

fn fields(state: &State, loaded: &Loaded, scope: &Scope, sources: &Sources) -> Fields {
    let mut fields = Fields::default();
    for tree in &loaded.trees {
        for node in tree.top().filter(|node| tree.node(*node).kind == Kind::Field) {
            if let (Some(id), Some(kind)) = (tree.arg(node, Role::Id), tree.arg(node, Role::OnKind)) {
                let kind = FieldKind::ALL.into_iter().find(|known| known.word() == sources.slice(kind));
                kind.into_iter().for_each(|kind| fields.add(sources.slice(id), kind));
            }
        }
    }
    // The package itself is not there yet.
    for other in scope.packages.iter().filter(|other| state.program.packages.len() > other.0 as usize) {
        let declared = state.program.package(*other).fields.iter().filter(|field| field.origin.package == *other);
        declared.for_each(|field| fields.add(state.program.name(field.id), field.on));
    }
    fields
}

/// The kind of field that a block may carry.
pub fn field_kind(block: Kind) -> Option<FieldKind> {
    Some(match block {
        Kind::Process | Kind::ExtendProcess => FieldKind::Process,
        Kind::Outcome | Kind::ExtendOutcome | Kind::ReplaceOutcome => FieldKind::Outcome,
        Kind::Model => FieldKind::Model,
        Kind::Group | Kind::ExtendGroup => FieldKind::Group,
        Kind::Item | Kind::ExtendItem | Kind::ReplaceItem => FieldKind::Item,
        Kind::Apply | Kind::Exclude => FieldKind::Control,
        _ => return None,
    })
}

/// What a line looks like whose first word means nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A word and a text.
    Field,
    /// Words alone.
    Sentence,
    /// Something else.
    Other,
}

struct Settler<'a> {
    fields: Fields,
    /// How many names of fields may still be looked at for misspelt words.
    slips: usize,
    sources: &'a Sources,
    diagnostics: Findings,
}

/// Words with which an outcome or a practice goes on.
const CLAUSES: &[&str] = &["satisfies", "partly", "achieves", "consumes", "produces", "because"];

impl Settler<'_> {
    fn statement(&mut self, tree: &mut Arc<Tree>, node: NodeId) {
        let kind = tree.node(node).kind;
        let parent = tree.node(node).parent.map(|parent| tree.node(parent).kind);
        match kind {
            Kind::Garbage => nameless_block(tree, node, parent),
            Kind::Other if parent == Some(Kind::Crosswalk) => self.lineless(tree, node),
            Kind::Other => self.unknown(tree, node, parent),
            Kind::Line if parent != Some(Kind::Crosswalk) => self.unknown(tree, node, parent),
            _ if kind.may_stand_in(parent) || matches!(parent, Some(Kind::Other | Kind::Garbage)) => {}
            // What is broken was told; of statements with one word it is the one that may stand here.
            _ if let Some(meant) = kind.namesake_in(parent).filter(|_| tree.node(node).broken) => {
                let text = &self.sources.file(tree.file).text;
                recover_as(Arc::make_mut(tree), node, text, meant);
            }
            _ => self.misplaced(tree, node, kind, parent),
        }
    }

    /// A line of a crosswalk without a relation.
    fn lineless(&mut self, tree: &mut Arc<Tree>, node: NodeId) {
        let first = self.first_word(tree, node);
        let head = tree.head(node);
        let diagnostic = match self.slip(first, Some(Kind::Crosswalk)) {
            Some(near)
                if tree.args(node).len() == 2 || near.eq_ignore_ascii_case(self.sources.slice(first)) => {
                self.unknown_word(first, Some(Kind::Crosswalk), Some(near), Shape::Other)
            }
            _ => self.relation_of_others(tree, node).unwrap_or_else(|| {
                Diagnostic::new(&codes::MISSING_RELATION, head, "this line does not say how its two sides relate")
                    .label("expected a relation between the ids")
                    .help(
                        "write `equals`, `equivalent to`, `subset of`, `superset of` or `intersects` between the two sides",
                    )
            }),
        };
        self.diagnostics.push(diagnostic);
        if let Some(statement) = Arc::make_mut(tree).nodes.get_mut(node as usize) {
            statement.broken = true;
        }
    }

    /// A word that says how two sides relate, as others write it.
    fn relation_of_others(&self, tree: &Tree, node: NodeId) -> Option<Diagnostic> {
        let head = tree.head(node);
        let line = self.sources.as_written(head);
        let line = line.split('"').next().unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        let at = words.iter().skip(1).position(|word| relation(word).is_some())? + 1;
        let is_part =
            |word: &&&str| matches!(word.to_lowercase().as_str(), "to" | "of" | "with" | "as" | "equal" | "the");
        // `subset fo`, `equivalent too`: before what is on the other side.
        let is_misspelt = |word: &&&str| word.len() < 4 && word.chars().all(|letter| "tof:".contains(letter));
        let behind = words.get(at + 1..words.len().max(at + 2) - 1).unwrap_or_default();
        let last = match behind.first().filter(|word| is_misspelt(word) && !is_part(word)) {
            Some(_) => at + 1,
            None => at + words[at + 1..].iter().take_while(is_part).count(),
        };
        let (meant, is_certain) = words[at..=last].iter().filter_map(|word| relation(word)).next_back()?;
        let offset = |word: &str| narrow(word.as_ptr() as usize - line.as_ptr() as usize);
        let (start, end) =
            (head.start + offset(words[at]), head.start + offset(words[last]) + narrow(words[last].len()));
        let place = Span { start, end, ..head };
        let written = self.sources.as_written(place);
        if written == meant {
            return None;
        }
        let diagnostic = Diagnostic::new(&codes::MISSING_RELATION, place, format!("`{written}` is no relation"))
            .label("expected a relation")
            .help(format!(
                "write `{meant}`; there are `equals`, `equivalent to`, `subset of`, `superset of` and `intersects`"
            ));
        Some(if is_certain { diagnostic.replace_with(meant) } else { diagnostic.perhaps(meant) })
    }

    fn unknown(&mut self, tree: &mut Arc<Tree>, node: NodeId, parent: Option<Kind>) {
        let first = self.first_word(tree, node);
        let word = self.sources.slice(first).to_owned();
        let on: Vec<FieldKind> = self.fields.on(&word);
        let here = parent.and_then(field_kind).is_some_and(|kind| on.contains(&kind));
        if here {
            return self.field(tree, node, &word);
        }
        let is_unknown_block = matches!(parent, Some(Kind::Other | Kind::Garbage));
        if let Some(&kind) = on.first().filter(|_| !is_unknown_block) {
            let message = format!("`{word}` cannot stand {}", place(parent));
            self.diagnostics.push(
                Diagnostic::new(&codes::MISPLACED_STATEMENT, first, message)
                    .label(format!("a field of {}", words::plural(kind.word())))
                    .help(home_of_field(kind)),
            );
            return;
        }
        if is_unknown_block {
            return;
        }
        let near = self.slip_of_two(tree, node, parent).or_else(|| self.slip(first, parent));
        if let Some(kind) = of_block(tree, node, parent).filter(|_| near.is_none()) {
            return self.without_word(tree, node, first, kind);
        }
        let shape = match tree.args(node) {
            [_, text] if text.role == Role::ExtraText => Shape::Field,
            [_, rest @ ..] if rest.len() > 1 && rest.iter().all(|arg| arg.role != Role::ExtraText) => Shape::Sentence,
            _ => Shape::Other,
        };
        let diagnostic = self.unknown_word(first, parent, near.as_deref().map(String::from), shape);
        self.diagnostics.push(diagnostic);
        // What was meant is read as that, so that its absence causes no second message.
        let meant = near.as_deref().and_then(Kind::of_word).filter(|kind| kind.may_stand_in(parent));
        if let Some(kind) = meant {
            let text = &self.sources.file(tree.file).text;
            recover(Arc::make_mut(tree), node, text, kind);
        } else if let (Some(near), Some(above)) = (&near, tree.sibling_before(node))
            && CLAUSES.contains(&near.as_str())
            && takes_clauses(tree, above)
        {
            let text = &self.sources.file(tree.file).text;
            recover_clause(Arc::make_mut(tree), above, node, text, near);
        }
        if let (None, Some(near)) = (meant, near) {
            self.fields.by_word.contains_key(&near).then(|| self.make_field(tree, node));
        }
    }

    /// A line of which the block tells what it is: its word is missing.
    fn without_word(&mut self, tree: &mut Arc<Tree>, node: NodeId, first: Span, kind: Kind) {
        let (word, place) = (kind.word(), Span { end: first.start, ..first });
        let message = format!("the word `{word}` is missing before `{}`", self.sources.slice(first));
        let found =
            Diagnostic::new(&codes::UNKNOWN_STATEMENT, first, message).label("expected the word of a statement");
        let found =
            found.help(format!("write `{word}` before it: what stands in its block stands in a `{word}` alone"));
        let edit = Some(Edit { span: place, text: format!("{word} "), is_certain: false });
        self.diagnostics.push(Diagnostic { edit, ..found });
        let text = &self.sources.file(tree.file).text;
        recover_as(Arc::make_mut(tree), node, text, kind);
    }

    fn first_word(&self, tree: &Tree, node: NodeId) -> Span {
        let word = tree.arg(node, Role::Id).or_else(|| tree.arg(node, Role::Left));
        word.unwrap_or_else(|| tree.head(node))
    }

    /// The word that was probably meant.
    fn slip(&mut self, first: Span, parent: Option<Kind>) -> Option<String> {
        let kind = parent.and_then(field_kind);
        self.slips = self.slips.saturating_sub(self.fields.all.len());
        let fields = if self.slips > 0 { self.fields.all.as_slice() } else { &[] };
        let fields = fields.iter().filter(|(_, on)| Some(*on) == kind).map(|(id, _)| id.as_str());
        let known = statements::standing_in(parent).map(|row| row.word).filter(|word| !word.is_empty());
        // A line whose word is no clause word does not go on the line above; its word may be one misspelt.
        let clauses = if kind == field_kind(Kind::Process) { CLAUSES } else { &[] };
        // One slip is likelier than its letters show.
        let word = match self.sources.slice(first) {
            "satisfy" => "satisfie",
            word => word,
        };
        let all: Vec<&str> = known.chain(fields).chain(clauses.iter().copied()).collect();
        let meant = of_others(&word.to_lowercase()).iter().find(|meant| all.contains(meant)).copied();
        meant.or_else(|| words::nearest(word, all.iter().copied())).map(str::to_owned)
    }

    /// The statement of two words whose second stands there, and whose first is nearly there.
    fn slip_of_two(&self, tree: &Tree, node: NodeId, parent: Option<Kind>) -> Option<String> {
        let mut words = self.sources.slice(tree.head(node)).split_whitespace();
        let (first, second) = (words.next()?.to_lowercase(), words.next()?);
        let mut rows = statements::standing_in(parent).map(|row| row.word);
        let near = |row: &&str| {
            let Some((action, object)) = row.split_once(' ') else { return false };
            let is_same = of_others(&first).contains(&action) || first.starts_with(action);
            object == second && (is_same || words::nearest(&first, [action]).is_some())
        };
        rows.find(near).map(str::to_owned)
    }

    /// Processes whose block changes what a base says: they are extended, and not declared.
    fn extensions(&mut self, tree: &mut Arc<Tree>) {
        let changes = |kind: Kind| kind == Kind::ExtendOutcome || kind.word().starts_with("replace ");
        let is_meant = |id: &NodeId| {
            let kinds = || tree.children(*id).map(|child| tree.node(child).kind);
            tree.node(*id).kind == Kind::Process && kinds().any(changes) && !kinds().any(|kind| kind == Kind::Purpose)
        };
        let found: Vec<NodeId> = tree.ids().filter(is_meant).collect();
        for node in found {
            let head = tree.head(node);
            let Some(id) = tree.arg(node, Role::Id) else { continue };
            let place = Span { end: head.start + narrow(Kind::Process.word().len()), ..head };
            self.diagnostics.push(
                Diagnostic::new(
                    &codes::MISPLACED_STATEMENT,
                    place,
                    "`process` declares a new process, and this block changes one of a base",
                )
                .label("expected `extend process`")
                .help(format!("write `extend process {}`, without a title", self.sources.slice(id)))
                .with_edit(head, format!("extend process {}", self.sources.slice(id))),
            );
            if let Some(statement) = Arc::make_mut(tree).nodes.get_mut(node as usize) {
                statement.kind = Kind::ExtendProcess;
                statement.broken = true;
            }
        }
    }

    fn unknown_word(&self, first: Span, parent: Option<Kind>, near: Option<String>, shape: Shape) -> Diagnostic {
        let word = self.sources.slice(first);
        let diagnostic = Diagnostic::new(
            &codes::UNKNOWN_STATEMENT,
            first,
            format!("`{word}` begins no statement {}", place(parent)),
        );
        match near {
            Some(near) if near.contains(' ') => {
                let action = near.split(' ').next().unwrap_or_default();
                diagnostic.label("unknown word").help(format!("did you mean `{near}`?")).replace_with(action)
            }
            Some(near) => match word.strip_prefix(near.as_str()).filter(|rest| rest.parse::<u32>().is_ok()) {
                // No blank stands before the number.
                Some(number) => did_you_mean(diagnostic.label("unknown word"), word, &format!("{near} {number}")),
                None => did_you_mean(diagnostic.label("unknown word"), word, &near),
            },
            None if statements::clause_word(word).is_some_and(|row| row.begins) => diagnostic
                .label("not at the start of a line here")
                .help(format!("a clause stands behind the text of its statement, before its block: `{}`", statements::clause_word(word).map_or("", |row| row.shape()))),
            None if shape == Shape::Sentence => diagnostic.label("unknown word").help(
                "a sentence stands in quotes behind a word, as in `note \"…\"`; what only authors need begins with `//`",
            ),
            None if word.bytes().any(|byte| byte.is_ascii_digit()) => {
                let declares = |row: &&statements::Statement| row.first_role().is_some_and(|role| row.declares(role));
                let known: Vec<&str> = statements::standing_in(parent).filter(declares).map(|row| row.word).collect();
                let help = match known.is_empty() {
                    true => "begin the line with the word of a statement".to_owned(),
                    false => format!("write before it what it is: {}", words::list(&known, "or", 8)),
                };
                diagnostic.label("unknown word").help(help)
            }
            None => {
                let known: Vec<&str> =
                    statements::standing_in(parent).map(|row| row.word).filter(|word| !word.is_empty()).collect();
                let is_id = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
                let kind = parent.and_then(field_kind).filter(|_| is_id && shape == Shape::Field);
                let field = kind.map(|kind| format!("; or declare it: `field {word} \"…\" on {}`", kind.word()));
                let known = words::list(&known, "or", 8);
                diagnostic.label("unknown word").help(format!("here may stand {known}{}", field.unwrap_or_default()))
            }
        }
    }

    fn field(&mut self, tree: &mut Arc<Tree>, node: NodeId, word: &str) {
        let args = tree.args(node);
        if args.len() != 2 || args[1].role != Role::ExtraText {
            let message = format!("the field `{word}` takes one text");
            let is_said = args.get(1).is_some_and(|arg| arg.role == Role::ExtraText);
            let help = match is_said {
                true => "give what follows its text a line of its own, or make it part of the text",
                false => "put what it says between quotes",
            };
            let found = Diagnostic::new(&codes::MALFORMED_STATEMENT, tree.head(node), message);
            self.diagnostics.push(found.label(format!("expected `{word} \"…\"`")).help(help));
        }
        self.make_field(tree, node);
    }

    fn make_field(&self, tree: &mut Arc<Tree>, node: NodeId) {
        if let Some(statement) = Arc::make_mut(tree).nodes.get_mut(node as usize) {
            statement.kind = Kind::FieldValue;
        }
    }

    fn misplaced(&mut self, tree: &Tree, node: NodeId, kind: Kind, parent: Option<Kind>) {
        let word = kind.word();
        let start = tree.node(node).start;
        let span = Span { file: tree.file, start, end: start + narrow(word.len()) };
        let mut diagnostic =
            Diagnostic::new(&codes::MISPLACED_STATEMENT, span, format!("`{word}` cannot stand {}", place(parent)))
                .label(format!("not {}", place(parent)))
                .help(match kind.namesake_in(parent).and_then(Kind::row) {
                    Some(row) => format!("here it is written `{}`", row.shape()),
                    None => home(kind),
                });
        if let Some(parent) = tree.node(node).parent {
            diagnostic = diagnostic.also(tree.head(parent), "in this block");
        }
        self.diagnostics.push(diagnostic);
    }

    /// Statements that a block takes once.
    fn once(&mut self, tree: &Tree, block: NodeId) {
        let mut seen: FxHashMap<(Kind, &str), Span> = FxHashMap::default();
        for node in tree.children(block) {
            let kind = tree.node(node).kind;
            if kind != Kind::FieldValue && !kind.row().is_some_and(|row| row.once) {
                continue;
            }
            let head = tree.head(node);
            let word = tree.arg(node, Role::Id).map_or("", |id| self.sources.slice(id));
            match seen.get(&(kind, word)) {
                None => {
                    seen.insert((kind, word), head);
                }
                Some(first) => {
                    let word = if kind == Kind::FieldValue { word } else { kind.word() };
                    let message = format!("`{word}` stands twice in one block");
                    let diagnostic = Diagnostic::new(&codes::REPEATED_STATEMENT, head, message)
                        .label("the second time")
                        .also(*first, "the first time")
                        .help("keep one of the two");
                    // Which one is right, the author knows; what stands in a block of its own is not thrown away.
                    let is_bare = tree.node(node).open.is_none();
                    self.diagnostics.push(if is_bare { diagnostic.perhaps("") } else { diagnostic });
                }
            }
        }
    }
}

/// Takes a block that belongs to no statement for that of the one that needs no more than its word, if it holds what
/// stands in that alone.
fn nameless_block(tree: &mut Arc<Tree>, node: NodeId, parent: Option<Kind>) {
    let is_bare = tree.node(node).open.is_some() && tree.args(node).is_empty();
    let kinds = || tree.children(node).map(|child| tree.node(child).kind).filter(|kind| kind.row().is_some());
    let holds = |row: &&'static statements::Statement| {
        row.first_role().is_none() && kinds().all(|kind| kind.may_stand_in(Some(row.kind)))
    };
    let row = statements::standing_in(parent).filter(|_| is_bare && kinds().next().is_some()).find(holds);
    let Some(row) = row else { return };
    if let Some(statement) = Arc::make_mut(tree).nodes.get_mut(node as usize) {
        (statement.kind, statement.broken) = (row.kind, true);
    }
}

/// The one statement with an id and a title in whose block all may stand that stands in the block of a line.
fn of_block(tree: &Tree, node: NodeId, parent: Option<Kind>) -> Option<Kind> {
    let (id, title) = match tree.args(node) {
        [id, title, ..] => (id.role, title.role),
        _ => return None,
    };
    let kinds = || tree.children(node).map(|child| tree.node(child).kind).filter(|kind| kind.row().is_some());
    let holds = |row: &&'static statements::Statement| {
        let declares = row.first_role().is_some_and(|role| row.declares(role)) && row.part(Role::Title).is_some();
        declares && kinds().all(|kind| kind.may_stand_in(Some(row.kind)))
    };
    let is_line = title == Role::ExtraText && id != Role::ExtraText && kinds().next().is_some();
    let mut rows = statements::standing_in(parent).filter(|_| is_line).filter(holds);
    rows.next().filter(|_| rows.next().is_none()).map(|row| row.kind)
}

/// The words of the language that people mean who write another word, the likeliest first.
fn of_others(word: &str) -> &'static [&'static str] {
    match word {
        "description" | "scope" | "background" | "kontext" => &["context", "purpose"],
        "goal" | "aim" | "objective" | "intent" | "zweck" | "ziel" | "but" | "objectif" => &["purpose"],
        "result" | "results" | "ergebnis" | "ergebnisse" | "resultat" | "resultado" => &["outcome"],
        "meets" | "fulfils" | "fulfills" | "implements" | "addresses" | "covers" | "erfuellt" | "fully" => {
            &["satisfies"]
        }
        "teilweise" | "partially" | "partiellement" => &["partly"],
        "activity" | "task" | "base" | "generic" | "praktik" | "step" => &["practice"],
        "import" | "include" | "require" | "requires" | "uses" | "using" => &["use"],
        "definition" | "define" | "glossary" | "begriff" => &["term"],
        "prozess" | "processus" | "proceso" => &["process"],
        "gruppe" | "category" | "area" => &["group"],
        "deliverable" | "artefact" | "artifact" | "document" | "workproduct" => &["item"],
        "inputs" | "input" => &["consumes"],
        "outputs" | "output" | "creates" => &["produces"],
        "remark" | "comment" | "anmerkung" | "hint" => &["note"],
        "anforderung" | "exigence" | "shall" => &["requirement"],
        "evidence" | "proof" | "nachweis" | "artifacts" => &["exhibit"],
        "assess" | "rates" | "bewertung" => &["rate"],
        "audit" | "appraisal" | "evaluation" => &["assessment"],
        "measure" | "safeguard" | "massnahme" | "mesure" => &["control"],
        "change" | "modify" | "amend" | "adapt" | "alter" | "update" | "override" | "overwrite" => {
            &["extend", "replace"]
        }
        "remove" | "delete" | "drop" | "without" | "skip" => &["omit", "drops"],
        "chapter" | "section" | "kapitel" => &["clause"],
        "mapping" | "map" => &["crosswalk"],
        "standard" | "norm" => &["catalog"],
        "author" | "owner" => &["community"],
        _ => &[],
    }
}

/// The relation that a word of other vocabularies stands for, and whether nothing else can be meant by it.
fn relation(word: &str) -> Option<(&'static str, bool)> {
    Some(match word.to_lowercase().replace(['-', '_'], "").as_str() {
        "equal" | "equals" | "equalto" | "equalsto" | "=" | "==" | "eq" => ("equals", true),
        "same" | "sameas" | "identical" | "identicalto" | "exact" | "exactmatch" | "is" => ("equals", false),
        "equivalent" | "equivalentto" | "equiv" => ("equivalent to", true),
        "\u{2261}" | "\u{2248}" | "\u{21d4}" | "\u{2245}" | "entspricht" | "corresponds" | "correspond" | "matches" => {
            ("equivalent to", false)
        }
        "subset" | "subsetof" | "subsets" => ("subset of", true),
        "part" | "partof" | "within" | "narrower" | "narrowmatch" | "isa" | "\u{2282}" | "\u{2286}" => {
            ("subset of", false)
        }
        "superset" | "supersetof" | "supersets" => ("superset of", true),
        "contains" | "includes" | "covers" | "broader" | "broadmatch" | "\u{2283}" | "\u{2287}" => {
            ("superset of", false)
        }
        "intersect" | "intersects" | "intersectswith" | "intersectwith" | "intersecting" => ("intersects", true),
        "overlaps" | "overlap" | "related" | "relatedto" | "relates" | "relatesto" | "relatedmatch" | "partial"
        | "partially" | "maps" | "mapsto" | ">" | "<>" | "=>" | "\u{2194}" | "\u{2192}" | "\u{2229}" | "~" => {
            ("intersects", false)
        }
        _ => return None,
    })
}

fn takes_clauses(tree: &Tree, node: NodeId) -> bool {
    let node = tree.node(node);
    let kinds = [Kind::Outcome, Kind::ExtendOutcome, Kind::ReplaceOutcome, Kind::Practice, Kind::ReplacePractice];
    node.open.is_none() && kinds.contains(&node.kind)
}

fn place(parent: Option<Kind>) -> String {
    match parent {
        None => "at the top of a file".to_owned(),
        Some(kind) if kind.word().is_empty() => "in this block".to_owned(),
        Some(kind) => format!("in {}", words::article(kind.word())),
    }
}

/// Where a field may stand, as advice: what is said of a control stands where the model applies it.
fn home_of_field(on: FieldKind) -> String {
    let blocks = statements::ALL.iter().filter(|row| field_kind(row.kind) == Some(on));
    let names: Vec<&str> = blocks.map(|row| row.word).collect();
    format!("its place is a block of {}", words::list(&names, "or", 6))
}

/// Where a statement may stand, as advice.
fn home(kind: Kind) -> String {
    let places = kind.row().map_or(&[][..], |row| row.places);
    let names: Vec<&str> = places
        .iter()
        .map(|place| match place {
            statements::Place::File => "the top of a file",
            statements::Place::In(kind) => kind.word(),
            statements::Place::AnyBlock => "any block",
        })
        .collect();
    match names.as_slice() {
        ["the top of a file"] => "move it to the top of the file, outside of every block".to_owned(),
        ["any block"] => "move it into the block that it speaks of".to_owned(),
        _ => format!("its place is {}", words::list(&names, "or", 6)),
    }
}
