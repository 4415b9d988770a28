//! Documentation sites for tests, and a check of their links.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use typelang_doc::{Format, Options, Part, Site};
use typelang_ir::Schema;

use crate::schemas;

/// The names of the fact files of this repository, which begin with those of their schemas.
fn fact_files() -> Vec<String> {
    let entries = fs::read_dir(schemas::path("")).expect("the folder of the schemas");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"));
    let is_fact_file =
        |name: &String| (name.starts_with("api-") || name.starts_with("secret-")) && name.ends_with(".toml");
    let mut names: Vec<String> = names.filter(is_fact_file).collect();
    names.sort();
    names
}

/// The site of the API and, beside it, secret chats.
///
/// # Panics
///
/// A schema or a fact file is not there or is not right.
#[must_use]
pub fn telegram(format: Format) -> Site {
    let facts = fact_files();
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    let (loaded, facts) = schemas::load_with_facts(&["api.tl", "secret.tl"], &facts);
    let options = Options { format, title: "Telegram API".to_owned(), facts };
    let part = |name: &str, url: Option<&str>, schema| Part {
        name: name.to_owned(),
        schema,
        module: format!("typelang_telegram::{name}"),
        documentation_url: url.map(str::to_owned),
    };
    let parts = [part("api", Some("https://core.telegram.org"), &loaded[0]), part("secret", None, &loaded[1])];
    typelang_doc::site(&parts, &options, |_, _| {})
}

/// The site of one schema that nothing is known about beside what its comments say.
#[must_use]
pub fn plain(schema: &Schema, format: Format) -> Site {
    let part = Part { name: "schema".to_owned(), schema, module: "crate::tl".to_owned(), documentation_url: None };
    typelang_doc::site(&[part], &Options { format, title: "Schema".to_owned(), ..Options::default() }, |_, _| {})
}

/// Pages of both formats are whole: every link leads somewhere, and every method has a page.
///
/// # Panics
///
/// They are not.
pub fn assert_whole(schema: &Schema, name: &str) {
    for format in [Format::Html, Format::Markdown] {
        let site = plain(schema, format);
        let (faults, count) = faults(&site);
        assert!(faults.is_empty() && count > 20, "{name}, {count} links: {faults:#?}");
        let methods = site.files.keys().filter(|path| path.starts_with("method/")).count();
        assert_eq!(methods, schema.functions.len(), "{name}");
    }
}

/// What a page leads to, and where it can be led to.
#[derive(Debug, Default)]
struct Links {
    /// Addresses within the site.
    own: Vec<String>,
    /// Addresses that only a reader follows.
    followed: Vec<String>,
    /// Addresses that a browser loads.
    loaded: Vec<String>,
    anchors: Vec<String>,
}

/// What is wrong with the links of a site: those that lead nowhere, places with one name, pages that nothing leads to, and
/// references to other hosts that a browser would follow by itself. Also counts the links that were checked.
#[must_use]
pub fn faults(site: &Site) -> (Vec<String>, usize) {
    let links: BTreeMap<&str, Links> =
        site.files.iter().filter_map(|(path, text)| Some((path.as_str(), links_of(path, text)?))).collect();
    let mut faults = Vec::new();
    let mut reached = BTreeSet::from([links.keys().copied().find(|it| it.starts_with("index.")).unwrap_or("index")]);
    let mut count = 0;
    for (page, found) in &links {
        let mut anchors = BTreeSet::new();
        faults.extend(
            found.anchors.iter().filter(|it| !anchors.insert(*it)).map(|it| format!("{page}: two places {it}")),
        );
        for address in found.own.iter().chain(&found.loaded) {
            count += 1;
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if file.is_empty() { Some((*page).to_owned()) } else { resolve(page, file) };
            let known = target.as_deref().and_then(|target| site.files.get_key_value(target));
            let Some((target, _)) = known else {
                faults.push(format!("{page}: {address} leads nowhere"));
                continue;
            };
            reached.insert(target.as_str());
            let has_anchor = links.get(target.as_str()).is_some_and(|it| it.anchors.iter().any(|it| it == anchor));
            if !anchor.is_empty() && !has_anchor {
                faults.push(format!("{page}: {address} leads to no place on its page"));
            }
        }
        count += found.followed.len();
        let foreign = found.loaded.iter().filter(|it| it.contains("//"));
        faults.extend(foreign.map(|it| format!("{page}: {it} is loaded from elsewhere")));
    }
    faults.extend(links.keys().filter(|page| !reached.contains(*page)).map(|page| format!("nothing leads to {page}")));
    // The list of names has texts of the schema, where addresses are nothing but text.
    let assets = site.files.iter().filter(|(path, _)| path.starts_with("assets/") && *path != "assets/names.js");
    for (path, text) in assets {
        let words = ["http:", "https:", "url(", "@import", "fetch(", "import("].iter().filter(|it| text.contains(**it));
        faults.extend(words.map(|word| format!("{path} has {word}")));
    }
    (faults, count)
}

/// The links of a page; nothing for other files.
fn links_of(path: &str, text: &str) -> Option<Links> {
    if path.ends_with(".html") {
        return Some(html_links(text));
    }
    path.ends_with(".md").then(|| markdown_links(text))
}

/// Every value of `href`, `src` and `id`. What is no attribute has no quotes as they are, since texts are escaped.
fn html_links(text: &str) -> Links {
    let mut links = Links::default();
    for tag in text.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if let Some(id) = attribute(tag, "id") {
            links.anchors.push(id);
        }
        let address = attribute(tag, "href").or_else(|| attribute(tag, "src"));
        match address {
            Some(address) if address.starts_with("data:,") => {}
            Some(address) if !tag.starts_with("a ") => links.loaded.push(address),
            Some(address) if attribute(tag, "rel").is_some_and(|it| it == "external") => links.followed.push(address),
            Some(address) => links.own.push(address),
            None => {}
        }
    }
    links
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split('"').next()?.replace("&#38;", "&"))
}

/// Every `](address)` and `<a id="…">` outside of blocks of code.
fn markdown_links(text: &str) -> Links {
    let mut links = Links::default();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        if in_code {
            continue;
        }
        // What is escaped is text.
        let line = line.replace("\\\\", "").replace("\\]", "");
        for address in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let list = if address.starts_with("https://") || address.starts_with("http://") {
                &mut links.followed
            } else {
                &mut links.own
            };
            list.push(address.to_owned());
        }
        links
            .anchors
            .extend(line.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    links
}

/// The path that a relative address on a page means, if it stays within the site.
fn resolve(page: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
