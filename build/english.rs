//! The table of English words: `src/english/words.txt` with all forms of its verbs.

#[path = "../src/english/forms.rs"]
mod forms;
#[path = "../src/english/key.rs"]
mod key;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use forms::{VOWELS, third};
use key::{Key, key};

/// The words in the making.
#[derive(Default)]
struct Table {
    /// The classes of each word, and the number of the verb that it is a form of.
    words: BTreeMap<Key, (Vec<String>, Option<usize>)>,
    /// The verbs: base and participle.
    verbs: Vec<(String, String)>,
    /// The verbs whose last letter is doubled before an ending.
    doubling: Vec<String>,
}

/// The table as source text.
pub fn table(path: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = lines(&text);
    let mut table = Table::default();
    for (_, words) in lines.iter().filter(|(head, _)| *head == "doubling") {
        table.doubling.extend(words.split_whitespace().map(str::to_owned));
    }
    for (head, words) in lines {
        let is_noun = head.ends_with(", nouns too");
        match head.trim_end_matches(", nouns too") {
            "doubling" => {}
            "irregular" => {
                let pairs = words.split(',').map(|pair| pair.split_whitespace().collect::<Vec<_>>());
                pairs.for_each(|pair| table.add_verb(pair[0], Some(pair[1]), is_noun));
            }
            "regular" => words.split_whitespace().for_each(|base| table.add_verb(base, None, is_noun)),
            classes => words.split_whitespace().for_each(|word| table.add(word, classes, None)),
        }
    }
    table.print()
}

/// The lines of the file: what stands before the first colon, and the words behind it.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.match_indices('\n').map(|(at, _)| at).find(|at| !rest[at + 1..].starts_with(' '));
        let (line, more) = rest.split_at(end.unwrap_or(rest.len()));
        rest = more.trim_start();
        if !line.starts_with('#') {
            lines.push(line.split_once(": ").unwrap_or_else(|| panic!("`{line}` has no colon")));
        }
    }
    lines
}

impl Table {
    fn add(&mut self, word: &str, classes: &str, verb: Option<usize>) {
        assert!(word.len() <= 16, "`{word}` is longer than a key");
        let entry = self.words.entry(key(word)).or_default();
        entry.0.extend(classes.split(' ').map(str::to_owned));
        entry.1 = entry.1.or(verb);
    }

    fn add_verb(&mut self, base: &str, past: Option<&str>, is_noun: bool) {
        let participle = past.map_or_else(|| self.regular(base, "ed"), str::to_owned);
        let number = Some(self.verbs.len());
        let with = |class: &str| if is_noun { class.to_owned() } else { format!("{class} PURE") };
        self.add(base, &with("BASE"), number);
        self.add(&third(base), &with("THIRD"), number);
        self.add(&self.regular(base, "ing"), &with("GERUND"), number);
        self.add(&participle, "PARTICIPLE", number);
        // Both spellings of `organize` and of `labelled` are right.
        if let Some(stem) = base.strip_suffix("ize") {
            self.add(&format!("{stem}ise"), &with("BASE"), number);
            self.add(&format!("{stem}ises"), &with("THIRD"), number);
            self.add(&format!("{stem}ising"), &with("GERUND"), number);
            self.add(&format!("{stem}ised"), "PARTICIPLE", number);
        }
        if base.ends_with('l') && past.is_none() {
            for double in ["", "l"] {
                self.add(&format!("{base}{double}ed"), "PARTICIPLE", number);
                self.add(&format!("{base}{double}ing"), &with("GERUND"), number);
            }
        }
        self.verbs.push((base.to_owned(), participle));
    }

    /// `plan` → `planned`, `carry` → `carried`, `agree` → `agreed`, `agreeing`.
    fn regular(&self, base: &str, ending: &str) -> String {
        let is_past = ending == "ed";
        if self.doubling.iter().any(|verb| verb == base) {
            let last = base.chars().next_back().map(String::from).unwrap_or_default();
            return format!("{base}{last}{ending}");
        }
        match (base.strip_suffix('e'), base.strip_suffix('y')) {
            (Some(stem), _) if is_past || !base.ends_with("ee") => match stem.strip_suffix('i') {
                // `lie` → `lying`
                Some(short) if !is_past => format!("{short}ying"),
                _ => format!("{stem}{ending}"),
            },
            (_, Some(stem)) if is_past && !stem.ends_with(VOWELS) => format!("{stem}ied"),
            _ => format!("{base}{ending}"),
        }
    }

    /// Where to look for each key: by a hash, and by the next places where several have one. At most half are taken.
    fn places(&self) -> String {
        let bits = (self.words.len() * 2).next_power_of_two().trailing_zeros();
        let mut places = vec![u16::MAX; 1 << bits];
        for (key, number) in self.words.keys().zip(0..) {
            let mut place = key::place(*key, bits);
            while places[place] != u16::MAX {
                place = (place + 1) % places.len();
            }
            places[place] = number;
        }
        format!("const BITS: u32 = {bits};\nstatic PLACES: [u16; {}] = {places:?};\n", places.len())
    }

    fn print(&self) -> String {
        let mut text = format!("static VERBS: [Verb; {}] = [\n", self.verbs.len());
        for (base, participle) in &self.verbs {
            writeln!(text, "    Verb {{ base: {base:?}, participle: {participle:?} }},").expect("no effect");
        }
        let (mut keys, mut entries) = (String::new(), String::new());
        for (key, (classes, verb)) in &self.words {
            let classes: String = classes.iter().map(|class| format!(".and(Classes::{class})")).collect();
            let verb = verb.map_or("None".to_owned(), |number| format!("Some(&VERBS[{number}])"));
            writeln!(keys, "    {key:#x},").expect("no effect");
            writeln!(entries, "    Entry {{ classes: Classes::NONE{classes}, verb: {verb} }},").expect("no effect");
        }
        let count = self.words.len();
        write!(text, "];\n\nstatic KEYS: [Key; {count}] = [\n{keys}];\n\n").expect("no effect");
        write!(text, "static ENTRIES: [Entry; {count}] = [\n{entries}];\n\n").expect("no effect");
        text + &self.places()
    }
}
