//! What the `Debug` form of a value says about its fields.

/// The whole numbers that are fields, optional or not, with the names of the fields: `views: Some(5)` is `("views", "5")`.
///
/// Elements of vectors have no name and are left out, and so are numbers inside of texts.
#[must_use]
pub fn numbers(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(position) = rest.find([':', '"']) {
        let (before, after) = rest.split_at(position);
        if let Some(quoted) = after.strip_prefix('"') {
            rest = after_text(quoted);
            continue;
        }
        rest = &after[1..];
        let name = before.rsplit([' ', '{']).next().unwrap_or_default();
        let value = rest.trim_start().trim_start_matches("Some(");
        let end = value.find([',', ')', ' ']).unwrap_or(value.len());
        if value[..end].parse::<i64>().is_ok() {
            found.push((name, &value[..end]));
        }
    }
    found
}

/// What follows the closing quotation mark.
fn after_text(quoted: &str) -> &str {
    let mut characters = quoted.char_indices();
    while let Some((position, character)) = characters.next() {
        match character {
            '\\' => _ = characters.next(),
            '"' => return &quoted[position + 1..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn finds_named_numbers_alone() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "read by Debug")]
        struct Value {
            id: i64,
            r#type: Option<i32>,
            none: Option<i32>,
            text: &'static str,
            list: [u8; 2],
            ratio: f64,
            inner: Option<Box<Inner>>,
        }
        #[derive(Debug)]
        #[expect(dead_code, reason = "read by Debug")]
        struct Inner {
            last: i32,
        }
        let inner = Some(Box::new(Inner { last: 7 }));
        let text = r#"a "b: 4, \": 5"#;
        let value = Value { id: -1, r#type: Some(2), none: None, text, list: [8, 9], ratio: 1.5, inner };
        assert_eq!(numbers(&format!("{value:?}")), [("id", "-1"), ("type", "2"), ("last", "7")]);
    }
}
