//! Texts that name the layer of a schema.

use typelang_diff::{Changes, Counts, compare, with_entry};
use typelang_ir::resolve;

const OLD: Counts = Counts { layer: Some(230), constructors: 1704, functions: 850 };
const NEW: Counts = Counts { layer: Some(232), constructors: 1720, functions: 1 };

#[test]
fn layers_and_counts_are_replaced_where_they_are_whole() {
    for (text, expected) in [
        ("the API (layer 230), 1,704 constructors", "the API (layer 232), 1,720 constructors"),
        ("1704 constructors and 850 functions", "1720 constructors and 1 function"),
        ("| `api.tl` | layers | 230 | 230 ms |", "| `api.tl` | layers | 232 | 230 ms |"),
        ("| `other.tl` | 230 |", "| `other.tl` | 230 |"),
        ("layer 2301, sublayer 230, 21,704 constructors", "layer 2301, sublayer 230, 21,704 constructors"),
        ("LAYER 230\nLayer 230.", "LAYER 232\nLayer 232."),
        ("", ""),
    ] {
        assert_eq!(NEW.replaced_in(text, OLD, "api.tl"), expected);
    }
    assert_eq!(OLD.replaced_in("layer 230", OLD, "api.tl"), "layer 230");
}

fn changes() -> Changes {
    let schema = |text: &str| {
        let file = typelang_parser::parse(Default::default(), text).file;
        resolve(&[file], Default::default()).schema
    };
    let old = schema("// LAYER 7\na = A;\nb = A;\n---functions---\nget = A;");
    let new = schema("// LAYER 8\na = A;\nb = A;\nc = A;\n---functions---\nget x:int = A;");
    compare(&old, &new)
}

/// An entry is added once, wherever the changelog has its lists.
#[test]
fn an_entry_goes_under_what_is_not_released() {
    let entry = "- Layer 8 of `api.tl`, after 7: constructors: 1 new, 0 changed, 0 gone; functions: 0 new, 1 changed, 0 gone. \
                 Types with\n  other constructors: `A`. Calls with other arguments or results: `get`.\n";
    let changes = changes();
    for (text, expected) in [
        (String::new(), format!("### Changed\n\n{entry}")),
        ("# C\n\n## 2\n".to_owned(), format!("# C\n\n## 2\n\n### Changed\n\n{entry}")),
        ("## 2\n\n### Changed\n\n- x\n\n## 1\n".to_owned(), format!("## 2\n\n### Changed\n\n- x\n{entry}\n## 1\n")),
        ("## 2\n\n### Changed\n".to_owned(), format!("## 2\n\n### Changed\n\n{entry}")),
        (
            "## 2\n\n### Changed\n- x\n\n### Fixed\n- y\n\n## 1\n### Changed\n- z\n".to_owned(),
            format!("## 2\n\n### Changed\n- x\n{entry}\n### Fixed\n- y\n\n## 1\n### Changed\n- z\n"),
        ),
        (
            "## 2\n\n### Added\n\n- y\n\n## 1\n".to_owned(),
            format!("## 2\n\n### Added\n\n- y\n\n### Changed\n\n{entry}\n## 1\n"),
        ),
    ] {
        let once = with_entry(&text, &changes, "api.tl");
        assert_eq!(once, expected, "{text:?}");
        assert_eq!(with_entry(&once, &changes, "api.tl"), once);
    }
}
