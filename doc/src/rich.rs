//! Text with links, which both formats can be written from.

use askama::filters::{Html, escape as escape_html};
use typelang_parser::visible;

/// A text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rich {
    pub(crate) pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) link: Option<Link>,
    pub(crate) mark: Mark,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// A page of the site, without the ending of its file name, and a place on it.
    Page { path: String, anchor: Option<String> },
    /// A page elsewhere.
    Web(String),
}

/// What a piece is, for the eye.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Text like any other.
    #[default]
    Plain,
    /// Words of code within text.
    Code,
    /// A word of a language.
    Keyword,
    /// The name that is declared.
    Name,
    /// The name of a field.
    Field,
    /// The name of a type.
    Type,
    /// A number or a text in code.
    Literal,
    /// What can be overlooked: ids, comments.
    Quiet,
}

impl Mark {
    /// The class of the style sheet.
    fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain | Self::Code => None,
            Self::Keyword => Some("k"),
            Self::Name => Some("n"),
            Self::Field => Some("f"),
            Self::Type => Some("t"),
            Self::Literal => Some("l"),
            Self::Quiet => Some("q"),
        }
    }
}

impl Link {
    pub(crate) fn page(path: impl Into<String>) -> Self {
        Self::Page { path: path.into(), anchor: None }
    }

    pub(crate) fn anchor(path: &str, anchor: impl Into<String>) -> Self {
        Self::Page { path: path.to_owned(), anchor: Some(anchor.into()) }
    }

    /// The address as seen from a page whose way to the root of the site is `root`.
    fn address(&self, root: &str, extension: &str) -> String {
        match self {
            Self::Page { path, anchor: None } => format!("{root}{path}.{extension}"),
            Self::Page { path, anchor: Some(anchor) } => format!("{root}{path}.{extension}#{anchor}"),
            Self::Web(url) => url.clone(),
        }
    }
}

impl Rich {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::default().with(text, Mark::Plain, None)
    }

    pub(crate) fn code(text: impl Into<String>) -> Self {
        Self::default().with(text, Mark::Code, None)
    }

    pub(crate) fn link(text: impl Into<String>, link: Link) -> Self {
        Self::default().with(text, Mark::Code, Some(link))
    }

    /// Adds a piece.
    pub(crate) fn with(mut self, text: impl Into<String>, mark: Mark, link: Option<Link>) -> Self {
        self.push(text, mark, link);
        self
    }

    /// Adds a piece.
    pub(crate) fn push(&mut self, text: impl Into<String>, mark: Mark, link: Option<Link>) {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push(Piece { text, link, mark });
        }
    }

    /// Adds another text behind this one.
    pub(crate) fn join(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The words alone.
    pub(crate) fn text(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// As HTML, for a page whose way to the root of the site is `root`.
    pub(crate) fn html(&self, root: &str) -> String {
        let runs = self.pieces.chunk_by(|a, b| a.mark == Mark::Code && b.mark == Mark::Code);
        let html = runs.map(|run| {
            let pieces: String = run.iter().map(|piece| piece.html(root)).collect();
            if run.iter().all(|piece| piece.mark == Mark::Code) { format!("<code>{pieces}</code>") } else { pieces }
        });
        html.collect()
    }

    /// As HTML inside of a block of code.
    pub(crate) fn html_code(&self, root: &str) -> String {
        self.pieces.iter().map(|piece| piece.html(root)).collect()
    }

    /// As Markdown, for a page whose way to the root of the site is `root`.
    pub(crate) fn markdown(&self, root: &str) -> String {
        let pieces = self.pieces.iter().map(|piece| {
            let text = escape_markdown(&piece.text);
            match &piece.link {
                Some(link) => format!("[{text}]({})", link.address(root, "md")),
                None => text,
            }
        });
        pieces.collect()
    }
}

impl Piece {
    fn html(&self, root: &str) -> String {
        let text = html_text(&self.text);
        let text = match self.mark.class() {
            Some(class) => format!("<span class=\"{class}\">{text}</span>"),
            None => text,
        };
        match &self.link {
            None => text,
            Some(link) => {
                let relation = if matches!(link, Link::Web(_)) { " rel=\"external\"" } else { "" };
                format!("<a href=\"{}\"{relation}>{text}</a>", html_text(&link.address(root, "html")))
            }
        }
    }
}

/// A text that HTML reads as nothing but text.
pub(crate) fn html_text(text: &str) -> String {
    escape_html(&visible(text), Html).map_or_else(|_| String::new(), |escaped| escaped.to_string())
}

/// A text that Markdown reads as nothing but text, also in the cell of a table.
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        // An underscore within a word is no markup, but one at its border is; escaping all is right in every renderer.
        if "\\`*_[]<>#|~&".contains(character) {
            escaped.push('\\');
        }
        escaped.push(if character.is_whitespace() { ' ' } else { character });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_texts_stands_for_itself() {
        let text = Rich::plain("<script>alert(1)</script> & \"a\" | *b*");
        assert!(!text.html("").contains('<') && text.html("").contains("script"), "{}", text.html(""));
        assert_eq!(text.markdown(""), "\\<script\\>alert(1)\\</script\\> \\& \"a\" \\| \\*b\\*");
        let link = Rich::link("a", Link::Web("https://example.org/?a=\"><b>&c".to_owned()));
        assert!(!link.html("").contains("\"><b>"), "{}", link.html(""));
    }

    #[test]
    fn links_lead_to_files_of_the_format() {
        let link = Rich::link("User", Link::anchor("type/User", "used"));
        assert_eq!(link.html("../"), "<code><a href=\"../type/User.html#used\">User</a></code>");
        assert_eq!(link.markdown("../"), "[User](../type/User.md#used)");
    }

    #[test]
    fn neighbours_in_code_are_one_piece_of_code() {
        let text = Rich::code("Vector<").join(Rich::link("User", Link::page("type/User"))).join(Rich::code(">"));
        assert_eq!(text.html(""), "<code>Vector&#60;<a href=\"type/User.html\">User</a>&#62;</code>");
    }
}
