//! Explanations as Markdown.

use std::fmt::Write;

use typelang_parser::{Code, DefaultLevel};

use crate::{Group, all_codes, find_code};

/// The explanation of a code as Markdown, if there is such a code.
#[must_use]
pub fn explain(code: &str) -> Option<String> {
    Some(section("#", find_code(code)?))
}

fn section(heading: &str, code: &'static Code) -> String {
    let Code { name, level, summary, explanation, fix } = code;
    let fix = fix.map(|fix| format!("`tl check --fix` {fix}.\n\n")).unwrap_or_default();
    format!("{heading} `{name}`\n\n{summary}. {}\n\n{explanation}\n\n{fix}{}", by_default(*level), remedy(code))
}

fn by_default(level: DefaultLevel) -> &'static str {
    match level {
        DefaultLevel::Error => "This is an error.",
        DefaultLevel::Warning => "This is a warning by default.",
        DefaultLevel::Note => "This is a note by default.",
        DefaultLevel::Silence => "This is allowed by default.",
    }
}

/// How to change the level.
fn remedy(code: &'static Code) -> String {
    let name = code.name;
    match code.level {
        DefaultLevel::Error => "Such a schema has no meaning, so the level of this code cannot be chosen.\n".to_owned(),
        DefaultLevel::Silence => format!(
            "To be told: `--warn {name}` or `--deny {name}` on the command line, `// tl:warn({name})` before a declaration, \
             `// tl:warn-file({name})` for a file.\n"
        ),
        DefaultLevel::Warning | DefaultLevel::Note if Group::Facts.codes().contains(&code) => {
            format!("To allow it: `--allow {name}` on the command line. `--deny {name}` makes it an error.\n")
        }
        DefaultLevel::Warning | DefaultLevel::Note => format!(
            "To allow it: `// tl:allow({name})` before a declaration, `// tl:allow-file({name})` for a file, `--allow \
             {name}` on the command line. `deny` in place of `allow` makes it an error.\n"
        ),
    }
}

const INTRODUCTION: &str = "\
# Diagnostics

Every diagnostic of `tl` has a code: `error[unknown-type]`. This page explains them all; `tl explain CODE` prints one
explanation. It is written by `tl explain --markdown`.

## Levels

Errors are errors. The level of everything else can be chosen: `allow` (say nothing), `warn` or `deny` (an error).

- For a run: `tl check --deny shared-bit --allow id-mismatch schema.tl`. `all` stands for every code whose level can be
  chosen; of several choices for a code, the last one counts.
- For a declaration: a comment `// tl:allow(shared-bit, bit-gap)` before it, inside of it, or behind it on the same line.
- For a file: a comment `// tl:allow-file(id-mismatch)` anywhere in it.

`tl:warn`, `tl:deny`, `tl:warn-file` and `tl:deny-file` work alike. A declaration's comment is stronger than the file's, and
that one stronger than the command line. What follows the parenthesis is a remark:
`// tl:allow(id-mismatch): assigned by hand`.

## Fixes

`tl check --fix` changes the files so that findings whose remedy is clear are gone. The tables mark the codes of such findings,
and each explanation says what is written; a finding of such a code has no fix where the remedy is not clear. Lints that ask
for another name have none, because another name gives another id.
";

/// The explanations of all codes as one Markdown page.
#[must_use]
pub fn reference() -> String {
    let mut page = INTRODUCTION.to_owned();
    // Writing to a string never fails.
    for group in Group::ALL {
        let _ = write!(page, "\n## {}\n\n| code | default | fix | what is found |\n|---|---|---|---|\n", group.title());
        for Code { name, level, summary, fix, .. } in group.codes() {
            let fix = if fix.is_some() { "yes" } else { "" };
            let _ = writeln!(page, "| [`{name}`](#{name}) | {} | {fix} | {summary} |", level.word());
        }
    }
    for code in all_codes() {
        let _ = write!(page, "\n{}", section("##", code));
    }
    page
}
