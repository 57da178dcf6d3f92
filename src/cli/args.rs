//! The command line. Of ours it knows the outputs, whose names are values of options.
#![allow(rustdoc::broken_intra_doc_links, reason = "the comments are what `--help` shows")]

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::words;
use crate::document::{self, Writer};
use crate::emit::output::{self, Output};
use crate::emit::{self, Schema};
use crate::render::MessageFormat;

/// A compiler for process reference models.
#[derive(Debug, Parser)]
#[command(name = "prm", version, about, long_about = LONG_ABOUT, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour; with `auto`, NO_COLOR in the environment switches it off
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

const LONG_ABOUT: &str = "A compiler for process reference models.\n\n\
    It reads .prm text, in which people describe processes by their purpose and outcomes and claim which requirements of \
    a standard these satisfy; follows the claims, shows what they cover and what they leave open, and writes documents, \
    data, and the skeleton of a process assessment model.";

const AFTER_HELP: &str = "Examples:\n  \
    prm new acme                                 a package to start from\n  \
    prm check acme                               its errors and warnings\n  \
    prm coverage acme --uncovered                what is still missing\n  \
    prm why A.5.24 acme                          the proof for one requirement\n  \
    prm build acme --format markdown -o acme.md  the document\n  \
    prm explain P301                             what a message means\n\n\
    Exit codes: 0 fine; 1 the model has errors, or warnings with --deny warnings; 2 it could not be done. \
    The help of `fmt`, `diff` and `lsp` says what 1 is there.";

#[cfg(feature = "lsp")]
const LSP_ABOUT: &str = "Serve an editor: the language server, on standard input and output.\n\n\
    It is started by the editor, not by hand, and speaks the Language Server Protocol: diagnostics as you type, hover, \
    completion, definitions and references, rename, quick fixes, coverage in the margin, formatting.";

#[cfg(feature = "lsp")]
const LSP_HELP: &str = "How editors start it:\n  \
    Neovim   vim.lsp.config('prm', { cmd = { 'prm', 'lsp' }, filetypes = { 'prm' }, root_markers = { '.git', 'prm.toml' } })\n           \
    vim.lsp.enable('prm')\n  \
    Helix    [language-server.prm]  command = \"prm\"  args = [\"lsp\"]\n  \
    Emacs    (add-to-list 'eglot-server-programs '(prm-mode . (\"prm\" \"lsp\")))\n\n\
    Options of initialization: pedantic (hints too), diagnostics = \"pull\", showReferences, acceptLink, lenses, hints.\n\
    Exit codes: 0 the editor said goodbye; 1 it went without.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a model and report its errors and warnings
    #[command(
        after_help = "Examples:\n  prm check\n  prm check acme --deny warnings\n  prm check acme --message-format sarif > acme.sarif\n  prm check acme --message-format json > known.json\n  prm check acme --baseline known.json     fails on what is new\n  prm check acme --baseline main:acme      fails on what main has not\n  prm check acme --statistics --exit-zero  how much of what there is, and no failure\n  prm check acme --watch"
    )]
    Check(CheckArguments),
    /// Write what is made of a model: documents, tables, data
    #[command(
        after_help = "Examples:\n  prm build acme --format markdown -o acme.md\n  prm build acme --format markdown --provenance -o acme.md\n  prm build acme --format json | jq .coverage\n  prm build acme --format pam --as prm -o acme-pam/model.prm\n      keeps what stands in that file, adds drafts for new outcomes, marks what is lost\n  prm build acme --format soa --as xlsx -o soa.xlsx\n  prm build acme            writes every [[output]] of acme/prm.toml\n  prm build acme --watch    writes them again whenever a file changes"
    )]
    Build(BuildArguments),
    /// Show how far a model covers its catalogs
    #[command(
        after_help = "Examples:\n  prm coverage acme\n  prm coverage acme --uncovered\n  prm coverage acme --catalog iso27001-2022\n  prm coverage acme --format csv -o coverage.csv"
    )]
    Coverage(CoverageArguments),
    /// Show why a requirement is covered, or what would have to be added; or what an element is and where it comes from
    #[command(
        after_help = "Examples:\n  prm why 7.4.a acme\n  prm why iso27001-2022:A.5.24 acme\n  prm why COM.01.1 acme       what an outcome satisfies, and which layer put it there\n  prm why TEC.08.7 acme       what a layer left out, and why\n  prm why TEC.04.PA.2.1 acme --assessment autumn-2026\n      how the attribute came to its rating"
    )]
    Why(WhyArguments),
    /// Show what differs between two models, and what that does to coverage
    #[command(
        after_help = "Examples:\n  prm diff v1/acme v2/acme\n  prm diff HEAD:acme acme               what is not committed yet\n  prm diff v1.0:./ .                    since the tag v1.0, in the current folder\n  prm diff main:acme acme --deny lost-coverage\n  prm diff HEAD~1:acme HEAD:acme --format markdown -o review.md\n  prm diff acme acme --assessment a25 a26   what rose and fell between two assessments\n\nExit codes: 0 whatever it finds, unless --exit-code or --deny asks otherwise; 1 then, or if a side has errors in\ntext, names or structure; 2 it could not be done."
    )]
    Diff(DiffArguments),
    /// Tell what changed from release to release, by the tags of a git repository
    History(HistoryArguments),
    /// Tie the comments of a ballot to the model, list them where they stand, and write their table back
    #[cfg(feature = "import")]
    #[command(
        after_help = "Examples:\n  prm comments ballot.docx acme\n  prm comments ballot.csv acme --format docx -o answered.docx\n  prm comments de.docx acme --merge fr.csv uk.xlsx --format csv -o collated.csv\n\nFILE is a table with the heads of ISO and IEC (MB/NC, Line number, Clause/Subclause, …) as csv, xlsx, ods or docx.\nExit codes: 0 fine; 1 the model cannot be shown, or --strict and a comment is tied to nothing; 2 it could not be done."
    )]
    Comments(CommentsArguments),
    /// Show which links rest on texts that have changed since they were judged, and judge them anew
    #[command(
        after_help = "Examples:\n  prm review acme\n  prm review acme --accept-all --because \"First review, with the process owners.\"\n  prm review acme --accept TEC.04.2/A.5.25 --because \"The new wording asks for no more.\"\n  prm review acme --accept A.5.25 TEC.04 --because \"Read again after the change of the base.\"\n  prm review acme --format json --deny warnings\n\nREF is an outcome, a process, a requirement, a crosswalk, or LEFT/RIGHT: the link between two of them.\nThe judgements stand in prm.lock beside prm.toml (of a file keys.prm alone, in keys.prm.lock): commit it.\nExit codes: as `prm check`; with `--deny warnings`, 1 as long as a link is new or suspect, or gone."
    )]
    Review(ReviewArguments),
    /// Explain a diagnostic by its code or name
    #[command(
        after_help = "Examples:\n  prm explain P301\n  prm explain uncovered-requirement\n  prm explain                 lists all"
    )]
    Explain(ExplainArguments),
    /// Draw the processes of a model, or what they satisfy
    #[command(
        after_help = "Examples:\n  prm graph acme --format svg -o map.svg\n  prm graph acme --clause A.5 -o clause-a5.svg             the trace to one clause\n  prm graph acme --view trace --process COM.01 --format dot | dot -Tpng > com-01.png"
    )]
    Graph(GraphArguments),
    /// Lay files out, each in the one canonical layout
    #[command(
        after_help = "Examples:\n  prm fmt                     every file of the package here\n  prm fmt acme house.prm\n  prm fmt --check             shows what would change, and changes nothing\n  prm fmt - < a.prm > b.prm   from standard input to standard output\n\nLines that are broken stay as they are. Exit codes: 0 fine; 1 --check found a difference; 2 it could not be done."
    )]
    Fmt(FmtArguments),
    /// Print the JSON Schema of an output, or of prm.toml
    #[command(
        after_help = "Examples:\n  prm schema > prm.schema.json\n  prm schema --format soa -o soa.schema.json\n  prm schema --format manifest -o prm.toml.schema.json"
    )]
    Schema(SchemaArguments),
    /// Show what is in force for a package, and where each comes from: packages, outputs, levels of checks
    #[command(after_help = "Examples:\n  prm config\n  prm config acme")]
    Config(ConfigArguments),
    /// Make a package to start from
    #[command(
        after_help = "Examples:\n  prm new acme && prm check acme\n  prm new acme --from iso33052    a layer over the model of a standard package\n  prm new berlin --from acme      a layer over a package of your own"
    )]
    New(NewArguments),
    /// Read tables and files of others into .prm, and tell what became of each value
    #[cfg(feature = "import")]
    #[command(
        after_help = "Examples:\n  prm import controls.csv --dry-run                      what is taken for what\n  prm import controls.csv --id house -o house.prm\n  prm import processes.csv --covers iso27001-2022 -o model.prm\n  prm import map.csv --from iso27001-2013 --to iso27001-2022 -o map.prm\n  prm import soa.xlsx --as soa --into acme              what was edited in a statement of applicability\n\nThe report goes to standard error. Exit codes: 0 something was taken; 1 --strict, and something was left out, or an edit met a changed source; 2 a file is not of its form, nothing could be taken, or the output is there already."
    )]
    Import(ImportArguments),
    /// Serve an editor: the language server, on standard input and output
    #[cfg(feature = "lsp")]
    #[command(long_about = LSP_ABOUT, after_help = LSP_HELP)]
    Lsp(LspArguments),
    /// Serve an assistant: models to be asked, over the Model Context Protocol on standard input and output
    #[command(
        after_help = "How assistants start it:\n  { \"mcpServers\": { \"prm\": { \"command\": \"prm\", \"args\": [\"mcp\", \"path/to/models\"] } } }\n\nIt reads models below the folder, and writes nothing. Exit codes: 0 the input ended; 2 it could not be read."
    )]
    Mcp(McpArguments),
    /// Print the completions for a shell
    #[command(after_help = "Example:\n  prm completions bash > ~/.local/share/bash-completion/completions/prm")]
    Completions(CompletionsArguments),
    /// Print the manual page
    #[command(after_help = "Example:\n  prm man > ~/.local/share/man/man1/prm.1")]
    Man,
}

impl Command {
    /// The form in which it tells what is wrong.
    pub fn message_format(&self) -> MessageFormat {
        match self {
            Command::Check(CheckArguments { input, .. })
            | Command::Build(BuildArguments { input, .. })
            | Command::Coverage(CoverageArguments { input, .. })
            | Command::Why(WhyArguments { input, .. })
            | Command::Graph(GraphArguments { input, .. })
            | Command::Config(ConfigArguments { input, .. })
            | Command::Review(ReviewArguments { input, .. }) => input.diagnostics.message_format,
            #[cfg(feature = "import")]
            Command::Comments(CommentsArguments { input, .. }) => input.diagnostics.message_format,
            Command::Diff(DiffArguments { message_format, .. })
            | Command::History(HistoryArguments { message_format, .. })
            | Command::Import(ImportArguments { message_format, .. }) => *message_format,
            _ => MessageFormat::Human,
        }
    }
}

/// Which model, and how its diagnostics are shown.
#[derive(Debug, Args)]
pub struct Input {
    /// A .prm file, or a folder with a prm.toml
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: String,
    /// How diagnostics are shown, and which count
    #[command(flatten)]
    pub diagnostics: Diagnostics,
}

/// How diagnostics are shown, and which count.
#[derive(Debug, Args)]
pub struct Diagnostics {
    /// How diagnostics are shown: human and plain for people, the others for machines
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub message_format: MessageFormat,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT")]
    pub deny: Option<Deny>,
    /// Show hints too
    #[arg(long)]
    pub pedantic: bool,
}

/// What `prm check` is given.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// Pass what was found before: by a file that `--message-format json` wrote, or `REV:PATH` of a git repository
    #[arg(long, value_name = "FILE", conflicts_with = "watch")]
    pub baseline: Option<String>,
    /// Count the findings of each check instead of showing them
    #[arg(long, conflicts_with = "watch")]
    pub statistics: bool,
    /// End with 0 also where there are errors; what could not be done is 2 all the same
    #[arg(long)]
    pub exit_zero: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
}

/// What `prm config` is given.
#[derive(Debug, Args)]
pub struct ConfigArguments {
    /// Which package, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
}

/// What `prm build` is given.
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// What to write; without it, every [[output]] of prm.toml
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<&'static Output>,
    /// The form
    #[arg(long = "as", value_name = "FORM", requires = "format", help = about_forms(), value_parser = forms())]
    pub form: Option<String>,
    /// In documents, say of each element which layer added, replaced or left it out, where and why (JSON always does)
    #[arg(long, requires = "format")]
    pub provenance: bool,
    /// In documents, tell statuses, gaps and findings, for those who still work on the model
    #[arg(long, requires = "format")]
    pub draft: bool,
    /// Write JSON without blanks and line breaks between values, in about half of the bytes
    #[arg(long, requires = "format")]
    pub compact: bool,
    /// In a statement of applicability, tell of this catalog alone, one of those that the model covers
    #[arg(long, value_name = "ID", requires = "format")]
    pub catalog: Option<String>,
    /// Tell of this assessment; need not be named where the package has one
    #[arg(long, value_name = "ID", requires = "format")]
    pub assessment: Option<String>,
    /// Lay pages and AsciiDoc out by this template; for `docx`, take styles, pages, heads and feet of this document
    #[arg(long, value_name = "FILE", requires = "format")]
    pub template: Option<String>,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH", requires = "format")]
    pub output: Option<String>,
    /// Build again whenever a file changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
}

/// What `prm coverage` is given.
#[derive(Debug, Args)]
pub struct CoverageArguments {
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CoverageFormat,
    /// Tell of this catalog alone, one of those that the model covers
    #[arg(long, value_name = "ID")]
    pub catalog: Option<String>,
    /// Write JSON without blanks and line breaks between values
    #[arg(long)]
    pub compact: bool,
    /// List only what is uncovered
    #[arg(long)]
    pub uncovered: bool,
    /// List only what is covered in part (with --uncovered: both)
    #[arg(long)]
    pub partial: bool,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
}

/// What `prm why` is given.
#[derive(Debug, Args)]
pub struct WhyArguments {
    /// A requirement, with its catalog before a colon where several have it; or a group, process, outcome, practice or
    /// item
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// How it came to its rating in this assessment: of a process, an attribute (TEC.04.PA.2.1), an outcome
    #[arg(long, value_name = "ID")]
    pub assessment: Option<String>,
}

/// What `prm diff` is given.
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// The model as it was: a file, a folder, or `REV:PATH` of a git repository
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The model as it is: a file, a folder, or `REV:PATH`
    #[arg(value_name = "NEW")]
    pub new: String,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
    /// Compare assessments instead: the one of OLD, and that of NEW; one id stands for both sides
    #[arg(long, value_name = "ID", num_args = 1..=2, conflicts_with = "deny")]
    pub assessment: Vec<String>,
    /// Exit with 1 if there is a difference
    #[arg(long)]
    pub exit_code: bool,
    /// Exit with 1 if a requirement lost coverage, or is excluded and was not; may be given for each
    #[arg(long, value_name = "WHAT")]
    pub deny: Vec<DiffDeny>,
    /// How errors of a side are shown: human and plain for people, the others for machines
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub message_format: MessageFormat,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
}

/// What `prm history` is given.
#[derive(Debug, Args)]
pub struct HistoryArguments {
    /// The releases: two tags or other revisions
    #[arg(value_name = "FROM..TO")]
    pub releases: String,
    /// The model: its path in the repository; the folder from which it is asked if left out
    #[arg(value_name = "PATH", default_value = "./")]
    pub path: String,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub format: HistoryFormat,
    /// How errors are shown: human and plain for people, the others for machines
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub message_format: MessageFormat,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
}

/// What `prm comments` is given.
#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub struct CommentsArguments {
    /// The table of comments: csv, xlsx, ods or docx
    #[arg(value_name = "FILE")]
    pub file: String,
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// Further tables: of other bodies, or the same one with observations
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub merge: Vec<String>,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CommentsFormat,
    /// End with 1 where a comment is tied to nothing
    #[arg(long)]
    pub strict: bool,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
}

/// What `prm review` is given.
#[derive(Debug, Args)]
pub struct ReviewArguments {
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// Accept the open links that have to do with these as they are now
    #[arg(long, value_name = "REF", num_args = 1.., requires = "because", conflicts_with = "accept_all")]
    pub accept: Vec<String>,
    /// Accept all open links as they are now, and forget the judgements of those that are gone
    #[arg(long, requires = "because")]
    pub accept_all: bool,
    /// Record these closed assessments as they are now; what differs from then on has to say why
    #[arg(long, value_name = "ID", num_args = 1.., conflicts_with_all = ["accept", "accept_all", "because"])]
    pub close: Vec<String>,
    /// Why they hold; it is kept with each judgement
    #[arg(long, value_name = "TEXT")]
    pub because: Option<String>,
    /// How to show what is open
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReviewFormat,
}

/// What `prm explain` is given.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A code such as P301, a name such as uncovered-requirement, or a word of the language such as outcome
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// What `prm graph` is given.
#[derive(Debug, Args)]
pub struct GraphArguments {
    /// Which model, and how its diagnostics are shown
    #[command(flatten)]
    pub input: Input,
    /// The language of the drawing
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    pub format: GraphForm,
    /// What to draw: the map of the processes, or the trace from processes to requirements
    #[arg(long, value_name = "VIEW", default_value = "map")]
    pub view: GraphView,
    /// Draw only this process and what it touches
    #[arg(long, value_name = "ID")]
    pub process: Option<String>,
    /// Draw only the trace to this clause or requirement, and to what stands below it
    #[arg(long, value_name = "ID", conflicts_with = "process")]
    pub clause: Option<String>,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
}

/// What `prm fmt` is given.
#[derive(Debug, Args)]
pub struct FmtArguments {
    /// .prm files, folders with a prm.toml, or `-` for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<String>,
    /// Change nothing; print the differences, and fail where there are any
    #[arg(long)]
    pub check: bool,
}

/// What `prm schema` is given.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Of what
    #[arg(long, value_name = "FORMAT", default_value = "json", value_parser = schemas())]
    pub format: String,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
}

/// What `prm new` is given.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The folder to make; its last part becomes the name of the package
    #[arg(value_name = "PATH")]
    pub path: String,
    /// A package whose model the new one extends: one of the standard library, or a folder
    #[arg(long, value_name = "PACKAGE")]
    pub from: Option<String>,
}

/// What `prm import` is given.
#[cfg(feature = "import")]
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The files to read, all of one form; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<String>,
    /// Their form, where their names do not show it
    #[arg(long = "as", value_name = "FORM", value_parser = importers())]
    pub form: Option<String>,
    /// Where to write; standard output if left out
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<String>,
    /// Show what is taken for what, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Fail where something is left out
    #[arg(long)]
    pub strict: bool,
    /// What a column holds, by its head: outcome="Result"
    #[arg(long, value_name = "NAME=HEAD")]
    pub map: Vec<String>,
    /// The id of the catalog or the model that is made; by the name of the file if left out
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Its title
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The catalog that the requirements of outcomes are of
    #[arg(long, value_name = "CATALOG")]
    pub covers: Option<String>,
    /// The catalog of the left side of a crosswalk
    #[arg(long, value_name = "CATALOG")]
    pub from: Option<String>,
    /// The catalog of the right side of a crosswalk
    #[arg(long, value_name = "CATALOG")]
    pub to: Option<String>,
    /// The relation of all lines of a crosswalk that has no column for it
    #[arg(long, value_name = "RELATION")]
    pub relation: Option<String>,
    /// The package that it is for, whose catalogs are known then
    #[arg(long, value_name = "PATH")]
    pub with: Option<String>,
    /// The package that a table of ours is read back into
    #[arg(long, value_name = "PATH")]
    pub into: Option<String>,
    /// The table of ours as it was before it was edited, so that what the source has changed since is known
    #[arg(long, value_name = "FILE")]
    pub base: Option<String>,
    /// The encoding of texts that do not say theirs
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// How failures are shown; with json the report is an object a line, else it is for people
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub message_format: MessageFormat,
}

/// What `prm lsp` is given.
#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
pub struct LspArguments {
    /// Speak over standard input and output; the only way there is, named as some editors do
    #[arg(long)]
    pub stdio: bool,
}

/// What `prm mcp` is given.
#[derive(Debug, Args)]
pub struct McpArguments {
    /// The folder whose models may be read
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: String,
}

/// What `prm completions` is given.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// The values of `build --format`.
fn formats() -> impl TypedValueParser<Value = &'static Output> {
    let values = emit::ALL.iter().map(|output| PossibleValue::new(output.format).help(output.about));
    PossibleValuesParser::new(values).try_map(|name| output::find(&name).ok_or("there is no such format"))
}

/// The values of `build --as`, each with what the first format that has it says of it.
fn forms() -> PossibleValuesParser {
    let mut values: Vec<PossibleValue> = Vec::new();
    for form in emit::ALL.iter().filter(|output| output.has_forms()).flat_map(|output| output.forms) {
        if values.iter().all(|value| value.get_name() != form.name) {
            values.push(PossibleValue::new(form.name).help(form.about));
        }
    }
    values.into()
}

/// The values of `import --as`.
#[cfg(feature = "import")]
fn importers() -> PossibleValuesParser {
    let forms = crate::import::ALL.iter().map(|form| (form.name, form.about));
    let back = crate::import::into::ALL.iter().map(|back| (back.name, back.about));
    forms.chain(back).map(|(name, about)| PossibleValue::new(name).help(about)).collect::<Vec<_>>().into()
}

fn about_forms() -> String {
    let forms = emit::ALL.iter().filter(|output| output.has_forms()).map(|output| {
        let forms: Vec<&str> = output.forms.iter().map(|form| form.name).collect();
        format!("of {} {}", output.format, words::list(&forms, "or", 9).replace('`', ""))
    });
    format!("The form: {}", forms.collect::<Vec<_>>().join("; "))
}

/// The values of `schema --format`.
fn schemas() -> PossibleValuesParser {
    let about = |schema: Schema| PossibleValue::new(schema.name).help(schema.about);
    emit::schemas().into_iter().map(about).collect::<Vec<_>>().into()
}

/// Where output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// In pipes and files too
    Always,
    /// Nowhere
    Never,
}

impl ValueEnum for MessageFormat {
    fn value_variants<'a>() -> &'a [MessageFormat] {
        MessageFormat::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.about()))
    }
}

/// What counts as an error besides errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Every warning
    Warnings,
}

/// The form of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people, with the words that changed
    Text,
    /// Data, described by a schema
    Json,
    /// For a review
    Markdown,
    /// A redline for Word, with changes to accept or reject
    #[cfg(feature = "docx")]
    Docx,
    /// A redline as a page for browsers
    Html,
    /// A redline in AsciiDoc
    Adoc,
}

impl DiffFormat {
    /// Who writes it as a document, if it is a redline.
    pub fn writer(self) -> Option<&'static Writer> {
        match self {
            DiffFormat::Text | DiffFormat::Json | DiffFormat::Markdown => None,
            #[cfg(feature = "docx")]
            DiffFormat::Docx => Some(&document::DOCX),
            DiffFormat::Html => Some(&document::HTML),
            DiffFormat::Adoc => Some(&document::ADOC),
        }
    }
}

/// The form of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// A document
    Markdown,
    /// A document for Word, with changes to accept or reject
    #[cfg(feature = "docx")]
    Docx,
    /// A page for browsers
    Html,
    /// A document in AsciiDoc
    Adoc,
}

impl HistoryFormat {
    /// Who writes it.
    pub fn writer(self) -> &'static Writer {
        match self {
            HistoryFormat::Markdown => &document::MARKDOWN,
            #[cfg(feature = "docx")]
            HistoryFormat::Docx => &document::DOCX,
            HistoryFormat::Html => &document::HTML,
            HistoryFormat::Adoc => &document::ADOC,
        }
    }
}

/// The form of the comments of a ballot.
#[cfg(feature = "import")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CommentsFormat {
    /// A list below the places that they are on
    Text,
    /// The table as separated values
    Csv,
    /// A document
    Markdown,
    /// A document for Word
    #[cfg(feature = "docx")]
    Docx,
    /// A page for browsers
    Html,
    /// A document in AsciiDoc
    Adoc,
}

#[cfg(feature = "import")]
impl CommentsFormat {
    /// Who writes it, where it is a document.
    pub fn writer(self) -> Option<&'static Writer> {
        match self {
            CommentsFormat::Text | CommentsFormat::Csv => None,
            CommentsFormat::Markdown => Some(&document::MARKDOWN),
            #[cfg(feature = "docx")]
            CommentsFormat::Docx => Some(&document::DOCX),
            CommentsFormat::Html => Some(&document::HTML),
            CommentsFormat::Adoc => Some(&document::ADOC),
        }
    }
}

/// What a difference may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffDeny {
    /// A requirement that is less settled than before
    LostCoverage,
    /// A requirement that is excluded, and was not before
    NewExclusion,
}

/// The form of a report on coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CoverageFormat {
    /// A bar and a list for each catalog
    Text,
    /// The list `coverage` of `build --format json`
    Json,
    /// A row for each requirement, for a spreadsheet
    Csv,
}

/// The form of a list of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReviewFormat {
    /// A list to read
    Text,
    /// The same for programs
    Json,
}

/// The language of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphForm {
    /// Graphviz
    Dot,
    /// Mermaid, as GitHub shows it
    Mermaid,
    /// A picture
    Svg,
}

/// What a drawing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphView {
    /// Groups, processes and how they relate
    Map,
    /// Processes, outcomes and the requirements that they satisfy
    Trace,
}
