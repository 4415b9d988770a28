//! Texts about a schema, with links to what they name.

use crate::places::{Known, Places};
use crate::rich::{Link, Mark, Rich};

/// A text with links to pages elsewhere and to what it names, the page at the path `own` aside.
pub(crate) fn prose(text: &str, places: &Places, own: &str) -> Rich {
    let mut rich = Rich::default();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (token, link) = next(rest, first, places, own);
        let (token, after) = rest.split_at(token);
        match link {
            None => plain.push_str(token),
            Some(link) => {
                rich.push(std::mem::take(&mut plain), Mark::Plain, None);
                let mark = if matches!(link, Link::Web(_)) { Mark::Plain } else { Mark::Code };
                rich.push(token, mark, Some(link));
            }
        }
        rest = after;
    }
    rich.with(plain, Mark::Plain, None)
}

/// What texts name, in order, without repetition: the first of it.
pub(crate) fn named<'p, 't>(
    texts: impl Iterator<Item = &'t str>,
    places: &'p Places,
    own: &str,
    most: usize,
) -> Vec<&'p Known> {
    let mut found: Vec<&Known> = Vec::new();
    for text in texts {
        for word in text.split(|it: char| !is_word(it)) {
            if found.len() >= most {
                return found;
            }
            if let Some(known) = known(word.trim_end_matches('.'), places, own)
                && !found.contains(&known)
            {
                found.push(known);
            }
        }
    }
    found
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "._".contains(character)
}

/// The length of what comes next, and where it leads.
fn next(text: &str, first: char, places: &Places, own: &str) -> (usize, Option<Link>) {
    let behind_scheme = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    if behind_scheme.is_some_and(|host| host.starts_with(|it: char| it.is_alphanumeric())) {
        let end = text.find(|it: char| it.is_whitespace() || "()<>\"'".contains(it)).unwrap_or(text.len());
        let address = text.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':']);
        return (address.len(), Some(Link::Web(address.to_owned())));
    }
    if !is_word(first) {
        return (first.len_utf8(), None);
    }
    let end = text.find(|it: char| !is_word(it)).unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default();
    let name = word.trim_end_matches('.');
    match known(name, places, own) {
        Some(known) => (name.len(), Some(Link::page(known.path.as_str()))),
        None => (word.len(), None),
    }
}

/// What a word names, unless it may be a word like any other: only names with a dot or a capital letter within are taken.
fn known<'p>(word: &str, places: &'p Places, own: &str) -> Option<&'p Known> {
    let mut characters = word.chars();
    characters.next()?;
    let is_name = characters.any(|it| it == '.' || it.is_ascii_uppercase());
    if is_name { places.named(word).filter(|known| known.path != own) } else { None }
}

#[cfg(test)]
mod tests {
    use typelang_facts::Facts;
    use typelang_ir::ResolveOptions;
    use typelang_project::Project;

    use super::*;
    use crate::places::Taken;

    #[test]
    fn names_and_addresses_become_links() {
        let text = "user id:long = User;\nmessages.sent user:User = SentMessage;\n---functions---\nmessages.send = SentMessage;\n";
        let mut project = Project::new();
        project.add_schema("schema.tl", text.as_bytes().to_vec());
        let schema = project.as_one(ResolveOptions::default()).schema;
        let places = Places::new(&schema, &Facts::default(), "", &mut Taken::default());
        let links = |text: &str, own: &str| -> Vec<String> {
            let linked = prose(text, &places, own).pieces.into_iter().filter(|piece| piece.link.is_some());
            linked.map(|piece| piece.text).collect()
        };
        let text = "A User or user of messages.send, see messages.send. A SentMessage is no SentMessages; https://a.org/b. http:// is none.";
        assert_eq!(links(text, ""), ["messages.send", "messages.send", "SentMessage", "https://a.org/b"]);
        assert_eq!(links(text, "method/messages.send"), ["SentMessage", "https://a.org/b"]);
        assert_eq!(prose(text, &places, "").text(), text);
    }
}
