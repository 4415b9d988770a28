//! All pages of some schemas.

use std::collections::BTreeMap;

use typelang_facts::Facts;

use crate::Part;
use crate::context::Context;
use crate::page::Page;
use crate::places::Item;
use crate::{combinators, overview, render, search, types};

/// The form of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Pages for a browser, with search and a style sheet. They can be opened from a disk.
    #[default]
    Html,
    /// Text files with the same content, for repositories and for other generators.
    Markdown,
}

/// What the pages say beside the schemas.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The form of the pages.
    pub format: Format,
    /// The title of the first page, and a part of the title of all others.
    pub title: String,
    /// Errors of methods, who can call them, and texts. Those in comments of a schema come with it.
    pub facts: Facts,
}

/// The files of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The content of each file, by its path with forward slashes.
    pub files: BTreeMap<String, String>,
}

/// Makes all pages of some schemas, which need not go together: texts in one can name what another has. The pages of the first
/// stand at the root of the site, those of each other in a folder. `progress` is told now and then how many pages are done, and how many there will be.
///
/// The same input gives the same files. Takes about a millisecond for each method in a release build.
///
/// ```
/// # let mut project = typelang_project::Project::new();
/// # project.add_schema("a.tl", b"user id:long = User;\n---functions---\ngetUser id:long = User;\n".to_vec());
/// # let schema = project.as_one(typelang_ir::ResolveOptions::default()).schema;
/// let part = typelang_doc::Part {
///     name: "users".to_owned(),
///     schema: &schema,
///     module: "crate::tl".to_owned(),
///     documentation_url: None,
/// };
/// let site = typelang_doc::site(&[part], &typelang_doc::Options::default(), |_, _| {});
/// assert!(site.files["method/getUser.html"].contains("../type/User.html"));
/// ```
#[must_use]
pub fn site(parts: &[Part<'_>], options: &Options, mut progress: impl FnMut(usize, usize)) -> Site {
    // Examples need the names of groups of fields.
    let code = typelang_build::Options { facts: options.facts.clone(), ..typelang_build::Options::default() };
    let contexts = Context::all(parts, &code, &options.facts);
    let all = contexts.iter().map(|context| context.items().len()).sum();
    let mut done = 0;
    let mut writer = Writer { options, files: BTreeMap::new() };
    for context in &contexts {
        for item in context.items() {
            progress(done, all);
            done += 1;
            writer.add(&match item {
                Item::Method(id) => combinators::method(context, id),
                Item::Constructor(id) => combinators::constructor(context, id),
                Item::Type(id) => types::page(context, id),
            });
        }
        overview::namespaces(context).iter().for_each(|page| writer.add(page));
    }
    writer.add(&overview::index(&contexts, &options.title));
    writer.add(&overview::builtins());
    overview::errors(&contexts, &options.facts).iter().for_each(|page| writer.add(page));
    if options.format == Format::Html {
        let assets = [
            ("assets/style.css", include_str!("../assets/style.css").to_owned()),
            ("assets/theme.js", include_str!("../assets/theme.js").to_owned()),
            ("assets/search.js", include_str!("../assets/search.js").to_owned()),
            ("assets/names.js", search::data(&contexts)),
        ];
        writer.files.extend(assets.map(|(path, text)| (path.to_owned(), text)));
    }
    progress(all, all);
    Site { files: writer.files }
}

/// Collects pages as files.
struct Writer<'a> {
    options: &'a Options,
    files: BTreeMap<String, String>,
}

impl Writer<'_> {
    fn add(&mut self, page: &Page) {
        let (extension, text) = match self.options.format {
            Format::Html => ("html", render::html(page, &self.options.title, !self.options.facts.errors.is_empty())),
            Format::Markdown => ("md", render::markdown(page)),
        };
        self.files.insert(format!("{}.{extension}", page.path), text);
    }
}

#[cfg(test)]
mod tests {
    use typelang_ir::ResolveOptions;
    use typelang_project::Project;

    use super::*;

    #[test]
    fn long_texts_are_whole_on_their_own_page_alone() {
        let long = "word ".repeat(1000);
        let text = format!(
            "//@class User @description {long}\nuser x:int = User;\nbot x:int = User;\n\
             //@description {long}\nlongOne x:int = LongOne;\n\
             //@description see longOne\nother x:int = Other;\n---functions---\nget = LongOne;\n"
        );
        let mut project = Project::new();
        project.add_schema("schema.tl", text.into_bytes());
        let facts = format!(
            "format = 1\nerrors.BAD = {{ codes = 400, text = \"{long}\" }}\nfunctions.get.errors = [\"BAD\"]\n"
        );
        project.add_facts("facts.toml", facts.into_bytes());
        let checked = project.as_one(ResolveOptions::default());
        assert_eq!(checked.diagnostics, []);
        let part = Part {
            name: "users".to_owned(),
            schema: &checked.schema,
            module: "crate::tl".to_owned(),
            documentation_url: None,
        };
        let site = site(&[part], &Options { facts: checked.facts, ..Options::default() }, |_, _| {});
        let words = |path: &str| site.files[path].matches("word").count();
        for path in ["type/User.html", "constructor/longOne.html", "errors.html"] {
            assert!(words(path) >= 1000, "{path}: {}", words(path));
        }
        for path in ["constructor/user.html", "constructor/other.html", "method/get.html", "type/LongOne.html"] {
            assert!((50..=400).contains(&words(path)), "{path}: {}", words(path));
        }
    }
}
