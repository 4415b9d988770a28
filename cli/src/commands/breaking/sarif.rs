//! Findings as a log in the Static Analysis Results Interchange Format, version 2.1.0.

use serde_json::{Value, json};
use typelang_diff::RULES;

use super::Broken;
use super::report::Place;

pub(super) fn log(broken: &[Broken]) -> Value {
    let rules = RULES.iter().map(|rule| {
        json!({
            "id": rule.code.name,
            "shortDescription": { "text": rule.code.summary },
            "fullDescription": { "text": rule.code.explanation },
        })
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tl breaking",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            } },
            "results": broken.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn result(broken: &Broken) -> Value {
    json!({
        "ruleId": broken.code.name,
        "level": "error",
        "message": { "text": broken.message },
        "locations": broken.place.iter().map(location).collect::<Vec<_>>(),
    })
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": place.file.replace('\\', "/") },
        "region": { "startLine": place.line, "startColumn": place.column },
    } })
}
