//! Holds JSON against a schema of draft 4, as far as the schemas in `tests/schemas` go.

use serde_json::Value;

/// Every keyword that says something about values; a schema with another one is not understood.
const UNDERSTOOD: [&str; 20] = [
    "$ref",
    "$schema",
    "additionalProperties",
    "anyOf",
    "default",
    "definitions",
    "description",
    "enum",
    "format",
    "id",
    "items",
    "maximum",
    "minItems",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
];

/// What is wrong with a value, with the path to it; nothing where it fits.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Check { root: schema }.value(schema, value, "$", &mut found);
    found
}

struct Check<'s> {
    root: &'s Value,
}

impl Check<'_> {
    fn value(&self, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
        for keyword in schema.as_object().unwrap().keys() {
            assert!(UNDERSTOOD.contains(&&keyword[..]) || keyword == "uniqueItems", "`{keyword}` is not understood");
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.root.pointer(reference.strip_prefix('#').unwrap()).unwrap();
            return self.value(target, value, path, found);
        }
        let mut expect = |fits: bool, what: String| {
            if !fits {
                found.push(format!("{path}: {what}"));
            }
        };
        if let Some(kind) = schema["type"].as_str() {
            expect(is_of(kind, value), format!("is no {kind}: {value}"));
        }
        if let Some(allowed) = schema["enum"].as_array() {
            expect(allowed.contains(value), format!("{value} is none of {allowed:?}"));
        }
        if let (Some(number), Some(least)) = (value.as_i64(), schema["minimum"].as_i64()) {
            expect(number >= least, format!("{number} is below {least}"));
        }
        if let (Some(number), Some(most)) = (value.as_i64(), schema["maximum"].as_i64()) {
            expect(number <= most, format!("{number} is above {most}"));
        }
        if let (Some(text), Some(pattern)) = (value.as_str(), schema["pattern"].as_str()) {
            expect(matches(pattern, text), format!("`{text}` does not match `{pattern}`"));
        }
        if let Some(items) = value.as_array() {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            expect(items.len() as u64 >= least, format!("has fewer than {least} items"));
            let is_unique = items.iter().enumerate().all(|(at, one)| !items[..at].contains(one));
            expect(is_unique || schema["uniqueItems"] != true, "has an item twice".to_owned());
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            expect(value.get(name.as_str().unwrap()).is_some(), format!("lacks {name}"));
        }
        for (keyword, one) in [("anyOf", false), ("oneOf", true)] {
            let Some(ways) = schema[keyword].as_array() else { continue };
            let fitting = ways.iter().filter(|way| {
                let mut wrong = Vec::new();
                self.value(way, value, path, &mut wrong);
                wrong.is_empty()
            });
            let fitting = fitting.count();
            expect(if one { fitting == 1 } else { fitting > 0 }, format!("fits {fitting} of `{keyword}`"));
        }
        self.inside(schema, value, path, found);
    }

    fn inside(&self, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
        for (at, item) in value.as_array().into_iter().flatten().enumerate() {
            if schema["items"].is_object() {
                self.value(&schema["items"], item, &format!("{path}[{at}]"), found);
            }
        }
        for (name, member) in value.as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(own), _) => self.value(own, member, &path, found),
                (None, Value::Bool(false)) => found.push(format!("{path}: is not allowed")),
                (None, further) if further.is_object() => self.value(further, member, &path, found),
                (None, _) => {}
            }
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("`{other}` is not understood"),
    }
}

/// The schemas' patterns: lengths of languages, GUIDs, versions.
fn matches(pattern: &str, text: &str) -> bool {
    regex::Regex::new(pattern).unwrap().is_match(text)
}
