//! The canonical layout of a layer.

use std::fmt::Write;

use typelang_parser::ast::{Combinator, File, Item, Section};
use typelang_parser::{order_of, sort};

use crate::model::Layer;

/// The order of declarations in a layer.
pub(crate) fn sort_key(combinator: &Combinator) -> impl Ord + use<> {
    (combinator.section, order_of(combinator, is_vector(combinator)))
}

/// The one built-in declaration of published layers.
fn is_vector(combinator: &Combinator) -> bool {
    combinator.section == Section::Types && combinator.name.to_string() == "vector"
}

impl Layer<'_> {
    /// The layer as a schema in canonical layout: a title with the name of the history, the layer, then all declarations in the order of
    /// [`typelang_parser::sort`].
    #[must_use]
    pub fn schema_text(&self) -> String {
        // Writing to a string never fails.
        let mut text = format!("// {}.\n// LAYER {}\n\n", self.history.name, self.number());
        let mut section = Section::Types;
        let mut declarations: Vec<_> = self.declarations().collect();
        declarations.sort_by_key(|it| it.section());
        for declaration in declarations {
            if declaration.section() != section {
                section = declaration.section();
                text.push_str("---functions---\n");
            }
            let _ = writeln!(text, "{}", declaration.text());
        }
        let parsed = typelang_parser::parse(Default::default(), &text);
        sort(&parsed, &text, is_vector).unwrap_or(text)
    }

    /// The layer as a syntax tree, whose places are those of the history. Constructors and functions are told by their own section, in the order of
    /// the file.
    #[must_use]
    pub fn file(&self) -> File {
        let mut file = File { source: self.history.source, ..File::default() };
        file.items = self.declarations().map(|it| Item::Combinator(it.combinator.clone())).collect();
        file.layer = Some(typelang_parser::ast::Layer { span: self.revision.span, number: self.number() });
        file
    }
}
