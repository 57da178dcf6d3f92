//! What the files say, by the ids that they give.

use rustc_hash::FxHashMap;

use super::tree::Element;

/// What the files say, by the ids that they give.
#[derive(Default)]
pub struct Source<'a> {
    /// Names of types of objects and relations, of definitions of attributes, of values of enumerations.
    names: FxHashMap<&'a str, &'a str>,
    /// The objects, each id once.
    pub objects: Vec<&'a Element>,
    /// Objects whose id another has.
    pub doubled: Vec<&'a Element>,
    /// Where the object of an id stands among them.
    pub at: FxHashMap<&'a str, usize>,
    /// The specifications.
    pub specifications: Vec<&'a Element>,
    /// The relations.
    pub relations: Vec<&'a Element>,
    /// Groups of relations.
    pub groups: Vec<&'a Element>,
    /// What the headers say: titles and comments.
    pub heads: Vec<&'a Element>,
    /// The values that objects of a type have where they say none.
    pub defaults: FxHashMap<&'a str, Vec<Default<'a>>>,
    /// Whether tools have added something of their own.
    pub is_extended: bool,
}

/// A value that objects have where they say none.
#[derive(Clone, Copy)]
pub struct Default<'a> {
    /// The definition of the attribute.
    pub definition: &'a str,
    /// The value.
    pub value: &'a Element,
}

impl<'a> Source<'a> {
    /// What the elements say.
    pub fn of(roots: &'a [Element]) -> Source<'a> {
        let mut source = Source::default();
        roots.iter().for_each(|root| source.gather(root));
        source
    }

    fn gather(&mut self, element: &'a Element) {
        match element.name.as_str() {
            "SPEC-OBJECT" => return self.object(element),
            "SPECIFICATION" => return self.specifications.push(element),
            "SPEC-RELATION" => return self.relations.push(element),
            "RELATION-GROUP" => return self.groups.push(element),
            "TOOL-EXTENSIONS" => {
                self.is_extended |= !element.children.is_empty();
                return;
            }
            "REQ-IF-HEADER" => {
                self.heads.extend(element.children.iter().filter(|child| matches!(&*child.name, "TITLE" | "COMMENT")));
            }
            "SPEC-OBJECT-TYPE" => {
                let of_type = element.all("SPEC-ATTRIBUTES").iter().filter_map(default_of);
                self.defaults.entry(&element.id).or_default().extend(of_type);
            }
            _ => {}
        }
        if !element.id.is_empty() && !element.long.is_empty() {
            self.names.entry(&element.id).or_insert(&element.long);
        }
        element.children.iter().for_each(|child| self.gather(child));
    }

    fn object(&mut self, element: &'a Element) {
        if self.at.contains_key(element.id.as_str()) {
            self.doubled.push(element);
            return;
        }
        self.at.insert(&element.id, self.objects.len());
        self.objects.push(element);
    }

    /// The name of a type, a definition or a value of an enumeration; its id where it has none.
    pub fn name(&self, id: &'a str) -> &'a str {
        self.names.get(id).copied().unwrap_or(id)
    }

    /// The words of a value.
    pub fn words(&self, value: &'a Element) -> String {
        if let Some(words) = &value.value {
            return words.clone();
        }
        let chosen = value.all("VALUES").iter().map(|chosen| self.name(&chosen.text));
        chosen.collect::<Vec<_>>().join(", ")
    }
}

fn default_of(definition: &Element) -> Option<Default<'_>> {
    let value = definition.all("DEFAULT-VALUE").first()?;
    Some(Default { definition: &definition.id, value })
}
