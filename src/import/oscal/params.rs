//! Parameters: what stands in a text where a value is to be set.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::draft::Said;
use crate::import::report::{Action, Line};
use crate::import::tree::{Node, Value};

/// What is written for each parameter, and which of them texts insert.
#[derive(Default)]
pub struct Params {
    words: FxHashMap<String, String>,
    inserted: FxHashSet<String>,
}

/// How deep choices may insert others, and how long a text may grow, in bytes.
const DEPTH: usize = 4;
const LENGTH: usize = 100_000;

/// What stands before and behind the id of a parameter.
const OPEN: &str = "{{";
const CLOSE: &str = "}}";

impl Params {
    /// Those of a document.
    pub fn of(document: &Value) -> Params {
        let mut params = Params::default();
        params.gather(document);
        document.words("", &mut |_, words| {
            for (_, id) in inserts(words) {
                if !params.inserted.contains(id) {
                    params.inserted.insert(id.to_owned());
                }
            }
        });
        params
    }

    fn gather(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if name == "params" {
                        for param in value.items() {
                            if let Some(id) = param.get("id").and_then(Value::word) {
                                self.words.entry(id.to_owned()).or_insert_with(|| shown(param));
                            }
                        }
                    }
                    self.gather(value);
                }
            }
            Value::List(items) => items.iter().for_each(|item| self.gather(item)),
            _ => {}
        }
    }

    /// A text with what is written for the parameters that it inserts.
    pub fn filled(&self, said: Said) -> Said {
        if !said.words.contains(OPEN) {
            return said;
        }
        let words = self.fill(&said.words, DEPTH);
        if words == said.words {
            return said;
        }
        Said { words, doubt: Some("parameters are written out by their labels".to_owned()), ..said }
    }

    fn fill(&self, words: &str, depth: usize) -> String {
        let (mut out, mut from) = (String::new(), 0);
        for (place, id) in inserts(words) {
            let Some(written) = self.words.get(id).filter(|_| depth > 0 && out.len() < LENGTH) else { continue };
            out.push_str(&words[from..place.start]);
            out.push_str(&self.fill(written, depth - 1));
            from = place.end;
        }
        out.push_str(&words[from..]);
        out
    }

    /// Tells what became of the parameters that stand somewhere.
    pub fn tell(&self, of: &mut Node, lines: &mut Vec<Line>) {
        for mut param in of.take_all("params", lines) {
            let id = param.peek("id").unwrap_or_default();
            let is_inserted = self.inserted.contains(id);
            let kept = match param.value.get("values") {
                Some(_) => "values",
                None if param.value.get("select").is_some() => "select",
                None => "label",
            };
            if is_inserted {
                param.tell("id", Action::Merged, "it says where the parameter is inserted", lines);
                param.tell(kept, Action::Merged, "it stands in the texts that insert it", lines);
            }
            let note = if is_inserted { "the language has no parameters" } else { "no text inserts this parameter" };
            param.leave(note, lines);
        }
    }
}

/// What is written for a parameter: its values, else the choice that it leaves, else its label.
fn shown(param: &Value) -> String {
    fn words(value: &Value) -> Vec<&str> {
        value.items().iter().filter_map(Value::word).map(str::trim).collect()
    }
    if let Some(values) = param.get("values").map(words).filter(|values| !values.is_empty()) {
        return values.join(", ");
    }
    if let Some(select) = param.get("select") {
        let choices = select.get("choice").map(words).unwrap_or_default().join("; ");
        let is_any = select.get("how-many").and_then(Value::word) == Some("one-or-more");
        return format!("[Selection{}: {choices}]", if is_any { " (one or more)" } else { "" });
    }
    let label = param.get("label").and_then(Value::word).or_else(|| param.get("id").and_then(Value::word));
    format!("[Assignment: {}]", label.unwrap_or_default().trim())
}

/// The places of a text where parameters are inserted, and their ids.
fn inserts(words: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + words.get(from..)?.find(OPEN)?;
            let end = start + words[start..].find(CLOSE)?;
            from = start + OPEN.len();
            let mut inner = words[from..end].splitn(2, ',');
            let (kind, id) = (inner.next()?.trim(), inner.next().map(str::trim));
            let Some(id) =
                id.filter(|_| kind.split([' ', ':']).filter(|word| !word.is_empty()).eq(["insert", "param"]))
            else {
                continue;
            };
            from = end + CLOSE.len();
            return Some((start..from, id));
        }
    })
}
