//! Models of any size: the same one as `.prm` text, and as JSON for the comparison with serde_json.
//!
//! A model of `n` processes has `n` purposes, six outcomes and twelve links each, and a catalog of three requirements
//! for each process; it has no fault. With gaps, every tenth process leaves its requirements open or words an outcome
//! badly; a draft words everything so that checks have ten things to say of each process.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

/// How well a model is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// Without a fault.
    Clean,
    /// With about one finding for a process.
    Gaps,
    /// With about ten findings for a process.
    Draft,
}

/// What a model says, without places: the baseline reads this from JSON.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Model {
    pub id: String,
    pub title: String,
    pub domain: String,
    pub context: String,
    pub community: String,
    pub consensus: String,
    pub covers: Vec<String>,
    pub groups: Vec<Group>,
    pub processes: Vec<Process>,
    pub items: Vec<Item>,
    pub catalogs: Vec<Catalog>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Group {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Process {
    pub id: String,
    pub title: String,
    pub purpose: String,
    pub context: String,
    pub outcomes: Vec<Outcome>,
    pub practices: Vec<Practice>,
    pub relations: Vec<Relation>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Outcome {
    pub number: String,
    pub text: String,
    pub links: Vec<Link>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Link {
    pub strength: String,
    pub requirements: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Practice {
    pub id: String,
    pub name: String,
    pub text: String,
    pub achieves: Vec<String>,
    pub produces: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Relation {
    pub kind: String,
    pub targets: Vec<String>,
    pub text: String,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Item {
    pub id: String,
    pub title: String,
    pub kind: String,
    pub characteristics: Vec<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Catalog {
    pub id: String,
    pub title: String,
    pub clauses: Vec<Clause>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Clause {
    pub id: String,
    pub title: String,
    pub requirements: Vec<Requirement>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Requirement {
    pub id: String,
    pub title: String,
    pub text: String,
}

const FIRST: [&str; 40] = [
    "archive", "badge", "budget", "cable", "canteen", "carrier", "cellar", "contract", "courier", "desk", "device",
    "door", "energy", "engine", "fleet", "floor", "freight", "garden", "gate", "harbour", "kitchen", "ladder", "lamp",
    "ledger", "library", "locker", "market", "mirror", "office", "parcel", "payroll", "pump", "roof", "stage", "store",
    "supplier", "tenant", "ticket", "tower", "vehicle",
];
const SECOND: [&str; 50] = [
    "access", "account", "address", "alarm", "area", "asset", "balance", "batch", "booking", "card", "circuit",
    "colour", "counter", "custody", "customer", "damage", "delivery", "document", "event", "failure", "folder",
    "guest", "heating", "holder", "image", "incident", "index", "journey", "key", "label", "lease", "letter", "loan",
    "material", "member", "message", "meter", "notice", "number", "order", "owner", "partner", "payment", "permit",
    "picture", "quota", "receipt", "season", "signal", "visitor",
];
const THIRD: [&str; 50] = [
    "allocation",
    "analysis",
    "approval",
    "assignment",
    "calibration",
    "care",
    "clearance",
    "closure",
    "collection",
    "comparison",
    "configuration",
    "continuity",
    "coordination",
    "correction",
    "creation",
    "definition",
    "disposal",
    "distribution",
    "evaluation",
    "exchange",
    "forecast",
    "handling",
    "inspection",
    "installation",
    "inventory",
    "maintenance",
    "measurement",
    "negotiation",
    "observation",
    "operation",
    "planning",
    "prevention",
    "procurement",
    "protection",
    "qualification",
    "reception",
    "reconciliation",
    "recovery",
    "registration",
    "renewal",
    "repair",
    "resolution",
    "retention",
    "retrieval",
    "selection",
    "settlement",
    "supervision",
    "treatment",
    "validation",
    "verification",
];
const OUTCOMES: [(&str, &str); 6] = [
    ("The needs of those who depend on", "are known to everybody who has a part in it, and agreed with them."),
    ("Rules for", "are agreed with the people who follow them, and kept in one place."),
    ("Persons who answer for", "are named, and have the time and the means that they need."),
    ("Records of", "are kept where those who need them find them, for as long as agreed."),
    ("Deviations in", "are detected in time, and brought to those who can correct them."),
    ("Lessons from", "are drawn at regular intervals, and lead to better ways of working."),
];

/// The words of a process: no two processes below a hundred thousand have the same.
fn words(number: usize) -> (&'static str, &'static str, &'static str) {
    // 40 and 50 and 50, mixed so that neighbours differ in all three.
    let mixed = (number * 7919) % 100_000;
    (FIRST[mixed % 40], SECOND[mixed / 40 % 50], THIRD[mixed / 2000 % 50])
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn process_id(number: usize) -> String {
    format!("G{}.P{}", number / 100, number)
}

fn requirement_id(process: usize, number: usize) -> String {
    format!("{}.{}.{}", 1 + process / 100, 1 + process % 100, number)
}

impl Model {
    /// A model of some processes.
    pub fn new(processes: usize, wording: Wording) -> Model {
        let catalog = "house-rules";
        Model {
            id: "house".to_owned(),
            title: "Process model of the house".to_owned(),
            domain: "Running a house that many people work in.".to_owned(),
            context: "Made for measuring how fast a compiler is.".to_owned(),
            community: "Those who keep the house.".to_owned(),
            consensus: "None was sought: nobody lives here.".to_owned(),
            covers: vec![catalog.to_owned()],
            groups: (0..processes.div_ceil(100)).map(group).collect(),
            processes: (0..processes).map(|number| process(number, processes, wording)).collect(),
            items: (0..processes.div_ceil(10)).map(item).collect(),
            catalogs: vec![Catalog {
                id: catalog.to_owned(),
                title: "Rules of the house".to_owned(),
                clauses: (0..processes.div_ceil(100)).map(|number| clause(number, processes)).collect(),
            }],
        }
    }

    /// Words two processes in a hundred otherwise.
    pub fn reword(&mut self) {
        for process in self.processes.iter_mut().step_by(50) {
            process.context.push_str(" It was looked at again.");
        }
    }

    /// A model in another package that extends this one, and adds a note to each process.
    pub fn layer(&self) -> String {
        let mut text = format!("use house\n\nmodel branch \"Process model of the branch\" extends {} {{ }}\n", self.id);
        for process in &self.processes {
            text += &format!("\nextend process {} {{\n  note \"The branch keeps to it.\"\n}}\n", process.id);
        }
        text
    }

    /// The model as JSON.
    pub fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a model has nothing that JSON cannot say")
    }

    /// The model as `.prm`.
    pub fn prm(&self) -> String {
        let mut text = String::new();
        self.print(&mut text).expect("a string takes anything");
        text
    }

    fn print(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "model {} \"{}\" {{", self.id, self.title)?;
        for (word, value) in [
            ("domain", &self.domain),
            ("context", &self.context),
            ("community", &self.community),
            ("consensus", &self.consensus),
        ] {
            writeln!(out, "  {word} \"{value}\"")?;
        }
        self.covers.iter().try_for_each(|catalog| writeln!(out, "  covers {catalog}"))?;
        writeln!(out, "}}\n")?;
        self.groups.iter().try_for_each(|group| writeln!(out, "group {} \"{}\"", group.id, group.title))?;
        self.processes.iter().try_for_each(|process| process.print(out))?;
        for item in &self.items {
            writeln!(out, "\nitem {} \"{}\" kind {} {{", item.id, item.title, item.kind)?;
            item.characteristics.iter().try_for_each(|text| writeln!(out, "  characteristic \"{text}\""))?;
            writeln!(out, "}}")?;
        }
        for catalog in &self.catalogs {
            writeln!(out, "\ncatalog {} \"{}\" {{", catalog.id, catalog.title)?;
            for clause in &catalog.clauses {
                writeln!(out, "  clause {} \"{}\" {{", clause.id, clause.title)?;
                for row in &clause.requirements {
                    writeln!(out, "    requirement {} \"{}\" \"{}\"", row.id, row.title, row.text)?;
                }
                writeln!(out, "  }}")?;
            }
            writeln!(out, "}}")?;
        }
        Ok(())
    }
}

impl Process {
    fn print(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nprocess {} \"{}\" {{", self.id, self.title)?;
        writeln!(out, "  purpose \"{}\"", self.purpose)?;
        writeln!(out, "  context \"{}\"", self.context)?;
        for outcome in &self.outcomes {
            writeln!(out, "  outcome {} \"{}\"", outcome.number, outcome.text)?;
            for link in &outcome.links {
                let word = if link.strength == "full" { "satisfies" } else { "partly satisfies" };
                write!(out, "    {word} {}", link.requirements.join(", "))?;
                if !link.together.is_empty() {
                    write!(out, " together with {}", link.together.join(", "))?;
                }
                if let Some(because) = &link.because {
                    write!(out, " because \"{because}\"")?;
                }
                writeln!(out)?;
            }
        }
        for practice in &self.practices {
            writeln!(out, "  practice {} \"{}\" \"{}\"", practice.id, practice.name, practice.text)?;
            let (achieves, produces) = (practice.achieves.join(", "), practice.produces.join(", "));
            writeln!(out, "    achieves {achieves}\n    produces {produces}")?;
        }
        for relation in &self.relations {
            writeln!(out, "  {} {} \"{}\"", relation.kind, relation.targets.join(", "), relation.text)?;
        }
        writeln!(out, "}}")
    }
}

fn group(number: usize) -> Group {
    Group { id: format!("G{number}"), title: format!("Work of the {} team", ordinal(number)) }
}

fn ordinal(number: usize) -> String {
    format!("{} {}", FIRST[number % 40], SECOND[number / 40 % 50])
}

fn item(number: usize) -> Item {
    let (first, second, third) = words(number);
    Item {
        id: format!("register-{number}"),
        title: format!("Register of {first} {second} {third}"),
        kind: "register".to_owned(),
        characteristics: vec!["States who entered each line, and when.".to_owned()],
    }
}

fn clause(number: usize, processes: usize) -> Clause {
    let rows =
        (number * 100..processes.min(number * 100 + 100)).flat_map(|process| (1..=3).map(move |row| (process, row)));
    Clause {
        id: format!("{}", number + 1),
        title: format!("Rules for the {} team", ordinal(number)),
        requirements: rows
            .map(|(process, row)| {
                let (first, second, third) = words(process);
                Requirement {
                    id: requirement_id(process, row),
                    title: format!("{} of {first} {second} {third}", ["Needs", "Rules", "Records"][row - 1]),
                    text: format!("Whoever is concerned with {first} {second} {third} knows what it takes."),
                }
            })
            .collect(),
    }
}

fn process(number: usize, processes: usize, wording: Wording) -> Process {
    let (first, second, third) = words(number);
    let title = format!("{first} {second} {third}");
    let wording = if number.is_multiple_of(10) || wording == Wording::Draft { wording } else { Wording::Clean };
    let practices = [("Settle", "1, 2, 3"), ("Watch", "4, 5, 6")];
    Process {
        id: process_id(number),
        title: capitalized(&title),
        purpose: format!(
            "The purpose of the {title} process is to give those who depend on the {first} what they need from {second} {third}."
        ),
        context: format!("Serves the whole house; whoever is concerned with {second} {third} takes part."),
        outcomes: (0..6).map(|outcome| self::outcome(number, outcome, processes, &title, wording)).collect(),
        practices: practices
            .iter()
            .enumerate()
            .map(|(at, (verb, achieves))| {
                // Those of a draft do not begin with what to do.
                let begin = |rest: &str| match wording {
                    Wording::Draft => format!("The {second} and {rest}"),
                    _ => format!("{verb} {rest}"),
                };
                Practice {
                    id: format!("BP{}", at + 1),
                    name: begin(&format!("the {second} {third}")),
                    text: begin(&format!("what belongs to the {second} {third} with all who are concerned by it.")),
                    achieves: achieves.split(", ").map(str::to_owned).collect(),
                    produces: vec![format!("register-{}", number / 10)],
                }
            })
            .collect(),
        relations: vec![Relation {
            kind: "supports".to_owned(),
            targets: vec![process_id((number + 1) % processes)],
            text: "Reports on what happens in the house.".to_owned(),
        }],
    }
}

fn outcome(process: usize, number: usize, processes: usize, title: &str, wording: Wording) -> Outcome {
    let (subject, predicate) = OUTCOMES[number];
    let own = |row: usize| requirement_id(process, row);
    let other = (process * 31 + number * 17) % processes;
    let other = if other == process { (process + 1) % processes } else { other };
    let link = |strength: &str, requirements: Vec<String>| Link {
        strength: strength.to_owned(),
        requirements,
        ..Link::default()
    };
    let contributes = Link {
        because: Some("What is done there rests on this.".to_owned()),
        ..link("partial", vec![requirement_id(other, 1 + number % 3)])
    };
    let main = match (number, wording != Wording::Clean) {
        (0 | 1, false) => link("full", vec![own(number + 1)]),
        (2 | 3, false) => {
            let partner = format!("{}.{}", process_id(process), if number == 2 { 4 } else { 3 });
            Link { together: vec![partner], ..link("full", vec![own(3)]) }
        }
        _ => link("partial", vec![own(1 + number % 3)]),
    };
    let is_bad = wording == Wording::Draft || (wording == Wording::Gaps && number == 5);
    let predicate = if is_bad { predicate.replacen("are ", "shall be ", 1) } else { predicate.to_owned() };
    Outcome {
        number: (number + 1).to_string(),
        text: format!("{subject} {title} {predicate}"),
        links: vec![main, contributes],
    }
}
