//! What the JSON of a model says of its elements, in the words of the second opinion.

use serde_json::Value;

use super::stack::{FIELD, Link};

/// All facts, in order of the words.
pub fn facts(json: &Value) -> Vec<String> {
    let mut told = Vec::new();
    for kind in ["groups", "processes", "items"] {
        for element in list(json, kind) {
            self::element(element, &mut told);
            for inner in list(element, "outcomes").iter().chain(list(element, "practices")) {
                self::element(inner, &mut told);
            }
        }
    }
    let ids = |kind: &str, word: &str| {
        let ids: Vec<String> = list(json, kind).iter().map(|row| format!("{word} {}", text(row, "id"))).collect();
        ids
    };
    told.extend(list(json, "terms").iter().map(|row| format!("{}: {}", text(row, "term"), text(row, "definition"))));
    told.extend(ids("catalogs", "catalog"));
    told.extend(ids("crosswalks", "crosswalk"));
    told.sort();
    told
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn element(element: &Value, told: &mut Vec<String>) {
    let id = text(element, "id");
    let mut facts = vec![format!("put there by {}", text(&element["origin"], "layer"))];
    for key in ["parent", "group"] {
        facts.extend(element[key].as_str().map(|group| format!("in {group}")));
    }
    let has_words_of_its_own = id.contains('.') || id.starts_with('i');
    for key in ["text", "title"].iter().filter(|_| has_words_of_its_own) {
        facts.extend(element[key].as_str().map(str::to_owned));
    }
    facts.extend(element["kind"].as_str().map(|kind| format!("kind {kind}")));
    for key in ["purpose", "context"] {
        let by = text(&element[format!("{key}_origin")], "layer");
        facts.extend(element[key].as_str().map(|text| format!("{key} {text} ({by})")));
    }
    for (key, word) in [
        ("produces", "produces"),
        ("consumes", "consumes"),
        ("achieves", "achieves"),
        ("notes", "note"),
        ("characteristics", "characteristic"),
    ] {
        facts.extend(list(element, key).iter().map(|value| format!("{word} {}", value.as_str().unwrap())));
    }
    facts.extend(list(element, "relations").iter().map(|row| format!("{} {}", text(row, "kind"), text(row, "target"))));
    for value in list(element, "fields") {
        facts.push(format!("{FIELD} {} ({})", text(value, "text"), text(&value["origin"], "layer")));
    }
    facts.extend(list(element, "satisfies").iter().map(|value| {
        let together = list(value, "together").iter().map(|id| id.as_str().unwrap().to_owned());
        let control = text(value, "requirement")[1..].parse().unwrap();
        Link { control, partly: text(value, "strength") == "partial", together: together.collect() }.fact()
    }));
    // Who put it there at first is told by its origin, or by what was replaced.
    let is_change = |change: &&Value| !["added", "stated"].contains(&text(change, "action"));
    facts.extend(list(element, "history").iter().filter(is_change).map(|change| {
        let what = change["what"].as_str().map(|what| format!("{what} ")).unwrap_or_default();
        let because = change["because"].as_str().map(|reason| format!(" because {reason}")).unwrap_or_default();
        format!("{what}{} by {}{because}", text(change, "action"), text(change, "layer"))
    }));
    told.extend(facts.into_iter().map(|fact| format!("{id}: {fact}")));
}
