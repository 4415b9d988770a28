//! Every rule of compatibility says what happens when the other schema reads.

use typelang_diff::{RULES, Verdict, compare, find_rule, judge};
use typelang_ir::{Schema, resolve};
use typelang_parser::{SourceId, parse};
use typelang_tests::compatibility::Account;
use typelang_tests::random::Random;

/// The rule, then the older and the newer declaration. Ids are pinned where the rule is about one id.
const CASES: &[(&str, &str, &str)] = &[
    ("constructor-added", "a#01 x:int = A;\nb#02 = A;", "a#01 x:int = A;\nb#02 = A;\nc#03 y:int = A;"),
    ("type-becomes-union", "a#01 x:int = A;", "a#01 x:int = A;\nc#03 y:int = A;"),
    ("constructor-removed", "a#01 x:int = A;\nb#02 y:int = A;\nc#03 = A;", "a#01 x:int = A;\nc#03 = A;"),
    ("constructor-renamed", "a#01 x:int = A;", "b#01 x:int = A;"),
    ("namespace-moved", "n.a#01 x:int = A;", "m.a#01 x:int = A;"),
    ("id-changed", "a#01 x:int = A;", "a#02 x:int = A;"),
    ("layout-changed", "a#01 x:int = A;", "a#02 x:int y:int = A;"),
    ("constructor-moved", "a#01 x:int = A;\nb#02 = A;\nc#03 = C;", "a#01 x:int = C;\nb#02 = A;\nc#03 = C;"),
    ("required-added", "a#01 x:int = A;", "a#01 x:int y:int = A;"),
    ("required-removed", "a#01 x:int y:int = A;", "a#01 x:int = A;"),
    ("reordered", "a#01 x:int y:int = A;", "a#01 y:int x:int = A;"),
    ("optional-added", "a#01 f:# x:f.0?int = A;", "a#01 f:# x:f.0?int y:f.1?int = A;"),
    ("optional-removed", "a#01 f:# x:f.0?int y:f.1?int = A;", "a#01 f:# x:f.0?int = A;"),
    ("true-added", "a#01 f:# x:f.0?int = A;", "a#01 f:# x:f.0?int y:f.1?true = A;"),
    ("true-removed", "a#01 f:# x:f.0?int y:f.1?true = A;", "a#01 f:# x:f.0?int = A;"),
    ("true-renamed", "a#01 f:# x:f.1?true = A;", "a#01 f:# y:f.1?true = A;"),
    ("true-moved", "a#01 f:# x:f.1?true = A;", "a#01 f:# x:f.2?true = A;"),
    ("bit-moved", "a#01 f:# x:f.1?int = A;", "a#01 f:# x:f.2?int = A;"),
    ("bit-shared", "a#01 f:# x:f.1?int = A;", "a#01 f:# x:f.1?int y:f.1?int = A;"),
    ("optional-to-required", "a#01 f:# x:f.1?int y:f.2?int = A;", "a#01 f:# x:int y:f.2?int = A;"),
    ("required-to-optional", "a#01 f:# x:int y:f.2?int = A;", "a#01 f:# x:f.1?int y:f.2?int = A;"),
    ("flags-added", "a#01 x:int = A;", "a#01 f:# x:int = A;"),
    ("flags-removed", "a#01 f:# g:# x:int y:f.0?int = A;", "a#01 f:# x:int y:f.0?int = A;"),
    ("type-reinterpreted", "a#01 x:long = A;", "a#01 x:double = A;"),
    ("type-changed", "a#01 x:int y:int = A;", "a#01 x:long y:int = A;"),
    ("boxing-changed", "b#02 x:int = B;\na#01 x:B = A;", "b#02 x:int = B;\na#01 x:b = A;"),
    ("field-renamed", "a#01 x:int = A;", "a#01 y:int = A;"),
    ("function-added", "a#01 = A;", "a#01 = A;\n---functions---\nf#02 x:int = A;"),
    ("function-removed", "a#01 = A;\n---functions---\nf#02 x:int = A;", "a#01 = A;"),
    ("documentation", "//@description One\na#01 x:int = A;", "//@description Two\na#01 x:int = A;"),
];

fn schema(text: &str) -> Schema {
    let text = format!("// tl:profile(telegram)\n{}", text.replace("#0", "#0000000"));
    let parsed = parse(SourceId::default(), &text);
    let resolution = resolve(&[parsed.file], Default::default());
    assert_eq!(
        resolution.diagnostics.iter().find(|it| it.severity == typelang_parser::Severity::Error),
        None,
        "{text}"
    );
    resolution.schema
}

#[test]
fn verdicts_are_what_happens() {
    let mut random = Random::new(1);
    for (name, old, new) in CASES {
        let mut account = Account::new(12);
        account.step(&schema(old), &schema(new), &mut random);
        let rule = find_rule(name).unwrap_or_else(|| panic!("{name}"));
        let seen = account.rules.get(name).unwrap_or_else(|| panic!("{name} is not found: {account:?}"));
        assert_eq!(seen.findings, 1, "{name}");
        assert!(seen.values > 0, "{name}");
        for (worst, verdict) in seen.worst.iter().zip([rule.verdicts.new_reads_old, rule.verdicts.old_reads_new]) {
            // What is refused may be so because it was misread; values that nobody could write are not seen at all.
            let is_bad = |it: Verdict| it >= Verdict::Refuses;
            assert!(worst.is_none_or(|worst| is_bad(worst) == is_bad(verdict)), "{name}: {worst:?}, not {verdict:?}");
        }
    }
}

/// Every rule holds as well where the change is behind other fields: 60 variants of each case, none of which is worse than its verdict.
#[test]
fn verdicts_are_what_happens_behind_other_fields() {
    const VARIANTS: usize = 60;
    const TYPES: &[&str] = &["int", "long", "double", "string", "bytes", "Vector<int>", "Vector<string>", "int128"];
    let (mut account, mut random) = (Account::new(3), Random::new(11));
    for _ in 0..VARIANTS {
        let count = random.below(4);
        let fields: String = (0..count).map(|index| format!(" p{index}:{}", random.pick(TYPES))).collect();
        for (_, old, new) in CASES {
            account.step(&schema(&behind(old, &fields)), &schema(&behind(new, &fields)), &mut random);
        }
    }
    for (name, ..) in CASES {
        let seen = account.rules.get(name).unwrap_or_else(|| panic!("{name} is not found"));
        assert!(seen.findings >= 50 && seen.values >= 50, "{name}: {seen:?}");
    }
}

/// Declarations with other fields before their own.
fn behind(text: &str, fields: &str) -> String {
    let line = |line: &str| match line.split_once(' ') {
        Some((name, rest)) if name.contains('#') => format!("{name}{fields} {rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// The older schema reads a `true` from a bit that the newer one sets for another field: no worse than the verdict.
#[test]
fn a_flag_that_shared_its_bit_is_misread() {
    let (old, new) = (schema("a#01 f:# x:f.0?true y:f.0?int = A;"), schema("a#01 f:# y:f.0?int = A;"));
    let changes = compare(&old, &new);
    let found = judge(&changes, &old, &new);
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert_eq!(finding.rule.code.name, "true-removed");
    assert_eq!(finding.verdicts.old_reads_new, Verdict::Misreads);
    assert_eq!(finding.verdicts.new_reads_old, Verdict::Reads);
    Account::new(20).step(&old, &new, &mut Random::new(3));
}

#[test]
fn every_rule_about_bytes_has_a_case() {
    // Types, results and what others contain have no bytes of their own; masks and parameters are given from outside.
    const OTHERS: &[&str] = &[
        "type-added",
        "type-removed",
        "type-renamed",
        "result-changed",
        "bare-layout-changed",
        "optional-added-masked",
        "parameters-changed",
    ];
    let missing: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.code.name)
        .filter(|name| !OTHERS.contains(name) && CASES.iter().all(|(case, ..)| case != name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
