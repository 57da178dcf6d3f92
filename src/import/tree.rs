//! Files that are trees of named values: what they hold is taken piece by piece, and what nobody takes is told.
//!
//! Files of others are seldom quite what their schema says. A tree has room for all of it, for names that stand twice
//! and values of the wrong kind as well, and a bound on how much that may be.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Refused;
use super::draft::Said;
use super::report::{Action, Line};

/// How many values and lists a file may have: a few times what the largest catalogs have.
const MOST: usize = 2_000_000;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`
    Blank,
    /// Words, a number, or one of two states.
    Word(String),
    /// Values in a row.
    List(Vec<Value>),
    /// Values with names.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Reads one. Under a name of which `is_word` says so, what looks like a number stays as it is written.
    ///
    /// # Errors
    /// Where the file is not of the form, or has more values than anybody writes.
    pub fn read<'de, D: Deserializer<'de>>(from: D, is_word: fn(&str) -> bool) -> Result<Value, D::Error> {
        let left = Cell::new(MOST);
        Seed { left: &left, is_word, name_is_word: false }.deserialize(from)
    }

    /// What stands under a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let Value::Object(fields) = self else { return None };
        fields.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// What stands in it in a row: one value alone is a row of one.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            Value::Blank => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// Its words; none for what holds others.
    pub fn word(&self) -> Option<&str> {
        match self {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Gives all words in it to somebody, each with the name it stands under.
    pub fn words<'a>(&'a self, name: &'a str, each: &mut dyn FnMut(&'a str, &'a str)) {
        match self {
            Value::Blank => {}
            Value::Word(word) => each(name, word),
            Value::List(items) => items.iter().for_each(|item| item.words(name, each)),
            Value::Object(fields) => fields.iter().for_each(|(name, value)| value.words(name, each)),
        }
    }
}

#[derive(Clone, Copy)]
struct Seed<'b> {
    left: &'b Cell<usize>,
    is_word: fn(&str) -> bool,
    name_is_word: bool,
}

impl Seed<'_> {
    fn count<E: Error>(self) -> Result<(), E> {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.ok_or_else(|| E::custom(format!("it has more than {MOST} values")))?);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        self.count()?;
        if self.name_is_word { from.deserialize_option(self) } else { from.deserialize_any(self) }
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.name_is_word { "words" } else { "a value" })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Word(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Word(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::Word(value))
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Blank)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Blank)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        if self.name_is_word { from.deserialize_str(self) } else { from.deserialize_any(self) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = from.next_key::<String>()? {
            let name_is_word = (self.is_word)(&name);
            let value = from.next_value_seed(Seed { name_is_word, ..self })?;
            fields.push((name, value));
        }
        Ok(Value::Object(fields))
    }
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// The way to it: `catalog.groups[0].title`.
    pub path: String,
    /// What is still to be taken of it.
    pub value: Value,
}

impl Node {
    /// The whole of a file.
    pub fn root(value: Value) -> Node {
        Node { path: String::new(), value }
    }

    /// Takes what stands under a name: the first, where it stands twice.
    pub fn take(&mut self, name: &str) -> Option<Node> {
        let Value::Object(fields) = &mut self.value else { return None };
        let at = fields.iter().position(|(other, _)| other == name)?;
        let (_, value) = fields.remove(at);
        Some(Node { path: below(&self.path, name), value })
    }

    /// Takes what stands under a name in a row.
    pub fn take_list(&mut self, name: &str) -> Vec<Node> {
        self.take(name).map(Node::items).unwrap_or_default()
    }

    /// Takes what has names of its own of what stands under a name in a row; all else there is told.
    pub fn take_all(&mut self, name: &str, lines: &mut Vec<Line>) -> Vec<Node> {
        let (kept, others): (Vec<Node>, Vec<Node>) =
            self.take_list(name).into_iter().partition(|node| matches!(node.value, Value::Object(_)));
        others.into_iter().for_each(|node| node.leave("something else should stand there", lines));
        kept
    }

    /// Takes the words under a name, if there are any; all else that stands there is told.
    pub fn said(&mut self, name: &str, lines: &mut Vec<Line>) -> Option<Said> {
        let node = self.take(name)?;
        match node.value {
            Value::Word(words) if !words.trim().is_empty() => Some(Said::new(words, node.path)),
            _ => {
                node.leave("it has no words there", lines);
                None
            }
        }
    }

    /// The words under a name, which are left where they are.
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.value.get(name)?.word()
    }

    /// What stands in it in a row.
    pub fn items(self) -> Vec<Node> {
        match self.value {
            Value::List(items) => {
                let place = |(at, value)| Node { path: format!("{}[{at}]", self.path), value };
                items.into_iter().enumerate().map(place).collect()
            }
            _ => vec![self],
        }
    }

    /// Takes the words under a name and tells what became of them.
    pub fn tell(&mut self, name: &str, action: Action, note: &str, lines: &mut Vec<Line>) {
        if let Some(node) = self.take(name) {
            node.all(action, note, lines);
        }
    }

    /// Tells that nothing of what is still there is taken.
    pub fn leave(self, note: &str, lines: &mut Vec<Line>) {
        self.all(Action::LeftOut, note, lines);
    }

    /// Tells what became of all that is still there.
    pub fn all(self, action: Action, note: &str, lines: &mut Vec<Line>) {
        match self.value {
            Value::Blank | Value::Word(_) => {
                let what = format!("“{}”", last(&self.path));
                let note = note.to_owned();
                lines.push(Line { action, what, id: String::new(), place: self.path, note });
            }
            Value::List(_) => self.items().into_iter().for_each(|item| item.all(action, note, lines)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    Node { path: below(&self.path, &name), value }.all(action, note, lines);
                }
            }
        }
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The name of the last step of a way and of the one before: what tells kinds of values apart.
fn last(path: &str) -> String {
    let steps: Vec<&str> = path.rsplit('.').take(2).collect();
    let bare = |step: &str| step.split('[').next().unwrap_or_default().to_owned();
    steps.iter().rev().map(|step| bare(step)).collect::<Vec<_>>().join(".")
}

/// The text of a file in UTF-8, without the mark that some programs write at its beginning.
///
/// # Errors
/// Where it is larger than such files are, or no UTF-8.
pub fn text(bytes: &[u8]) -> Result<&str, Refused> {
    if bytes.len() > MOST_BYTES {
        return Err(Refused::new("it is larger than 64 MiB", "split it into several files"));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let problem = format!("it is no UTF-8: byte {} begins no character", error.valid_up_to() + 1);
        Refused::new(problem, "save it again in UTF-8")
    })
}

/// How large a file may be, in bytes.
const MOST_BYTES: usize = 64 << 20;
