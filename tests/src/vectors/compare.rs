//! Whether two JSON values mean the same.

use serde_json::{Number, Value};

/// Whether a value of ours is the one of the other software. Numbers are compared as numbers, so that `1` is `1.0`; a `float`
/// may have been written with the digits of a `double`; and a whole number of theirs may be a text of ours, as TDLib's `int53`
/// is a number to some and a `long` to others.
#[must_use]
pub fn is_same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) => is_same_number(ours, theirs),
        (Value::String(ours), Value::Number(theirs)) => !theirs.is_f64() && *ours == theirs.to_string(),
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_same(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            let is_there =
                |(name, ours): (&String, &Value)| theirs.get(name).is_some_and(|theirs| is_same(ours, theirs));
            ours.len() == theirs.len() && ours.iter().all(is_there)
        }
        _ => ours == theirs,
    }
}

fn is_same_number(ours: &Number, theirs: &Number) -> bool {
    if !ours.is_f64() && !theirs.is_f64() {
        return ours == theirs;
    }
    let (Some(ours), Some(theirs)) = (ours.as_f64(), theirs.as_f64()) else { return false };
    let is_float = |number: f64| f64::from(number as f32) == number;
    let is_same_float = (is_float(ours) || is_float(theirs)) && (ours as f32).to_bits() == (theirs as f32).to_bits();
    ours.to_bits() == theirs.to_bits() || is_same_float
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_same;

    #[test]
    fn what_means_the_same() {
        assert!(is_same(&json!({"a": 1.0, "b": [true]}), &json!({"b": [true], "a": 1})));
        assert!(is_same(&json!("-5"), &json!(-5)));
        assert!(is_same(&json!(0.1), &json!(0.1_f32)));
    }

    #[test]
    fn what_does_not() {
        assert!(!is_same(&json!({"a": 1}), &json!({"a": 1, "b": 2})));
        assert!(!is_same(&json!({"a": 1, "b": 2}), &json!({"a": 1})));
        assert!(!is_same(&json!([1]), &json!([1, 2])));
        assert!(!is_same(&json!(-0.0), &json!(0.0)));
        assert!(!is_same(&json!(0.1), &json!(0.100_000_1)));
        assert!(!is_same(&json!(5), &json!("5")));
        assert!(!is_same(&json!("05"), &json!(5)));
    }
}
