//! The one order of declarations.

use std::ops::Range;

use super::document::{Document, Entry, Note};
use crate::ast::{Combinator, Expression, ExpressionKind, FinalityKind, Item, QualifiedName, Section};
use crate::parse;

/// Sorts the declarations of a schema. `None` where [`Document::read`] gives none.
///
/// `is_builtin` tells the declarations of built-in types: `int ? = Int`, `vector {t:Type} # [ t ] = Vector t`.
///
/// The result declares the same, with the same documentation, and has every comment; sorting it again changes nothing, and so does
/// [`format`](super::format). The layout, beside that of `format`:
///
/// - Comments about the file come first, with the layer that a comment states, wherever it was.
/// - Built-in declarations come next, in the order of the text.
/// - Constructors follow by the namespaces of their types, those without one first; in a namespace by type; in a type by name. All
///   in byte order. `// namespace account` opens a namespace, an empty line separates types.
/// - `---functions---` opens the functions: by namespace and name, with the same comments.
/// - Comments go with the declaration that follows them. One about a type (`//@class`) goes before its first constructor.
#[must_use]
pub fn sort(parsed: &crate::Parsed, text: &str, is_builtin: impl Fn(&Combinator) -> bool) -> Option<String> {
    Some(Document::read(parsed, text)?.sorted(is_builtin))
}

/// The place of a declaration in that order, beside others.
#[must_use]
pub fn order_of(combinator: &Combinator, is_builtin: bool) -> impl Ord + use<> {
    Place::of_combinator(combinator, is_builtin)
}

impl Document {
    /// Writes the declarations in order, as [`sort`] does.
    #[must_use]
    pub fn sorted(&self, is_builtin: impl Fn(&Combinator) -> bool) -> String {
        let mut placed: Vec<Placed<'_>> = self.entries.iter().map(|entry| Placed::new(entry, &is_builtin)).collect();
        placed.sort_by(|one, other| one.place.cmp(&other.place));
        let as_they_are = placed.clone();
        if move_classes(&mut placed) {
            let text = Writer { document: self, text: String::new() }.write(&placed);
            if self.means_the_same(&text) {
                return text;
            }
        }
        Writer { document: self, text: String::new() }.write(&as_they_are)
    }

    /// Returns whether everything has its documentation in a sorted text, where the comments about types were moved.
    fn means_the_same(&self, sorted: &str) -> bool {
        let file = parse(Default::default(), sorted).file;
        texts(self.entries.iter().filter_map(Entry::combinator)) == texts(file.combinators())
    }
}

/// The texts of declarations and of their fields, and those about types, without an order.
fn texts<'c>(combinators: impl Iterator<Item = &'c Combinator>) -> Vec<(String, &'c str)> {
    let mut texts = Vec::new();
    for combinator in combinators {
        let Some(documentation) = &combinator.documentation else { continue };
        let name = combinator.name.to_string();
        texts.extend(documentation.class.iter().map(|class| (format!("class {}", class.name), &*class.description)));
        texts.extend(documentation.fields.iter().map(|field| (format!("{name} {}", field.name), &*field.text)));
        texts.extend(documentation.description.iter().map(|text| (name.clone(), &**text)));
    }
    texts.sort_unstable();
    texts
}

/// Where a declaration belongs. Those that are equal stay in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Builtin,
    Type {
        namespace: String,
        name: String,
        rank: Rank,
        constructor: String,
    },
    /// `Tuple int 3;`, which belongs to no type.
    Application,
    Function {
        namespace: String,
        name: String,
    },
}

/// The order in a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// `New Type;`, which has to precede the constructors.
    Before,
    Constructor,
    /// `Final Type;`, which has to follow them.
    After,
}

impl Place {
    fn of(entry: &Entry, is_builtin: &impl Fn(&Combinator) -> bool) -> Self {
        match &entry.item {
            Item::Combinator(combinator) => Self::of_combinator(combinator, is_builtin(combinator)),
            Item::Finality(finality) => {
                let is_last = finality.kind == FinalityKind::Final;
                Self::of_type(&finality.name, if is_last { Rank::After } else { Rank::Before }, String::new())
            }
            Item::PartialApplication(_) | Item::Section(_) => Self::Application,
        }
    }

    fn of_combinator(combinator: &Combinator, is_builtin: bool) -> Self {
        match combinator.section {
            Section::Functions => Self::Function {
                namespace: combinator.name.namespace.join("."),
                name: combinator.name.name.to_string(),
            },
            Section::Types if is_builtin => Self::Builtin,
            Section::Types => {
                let name = head(&combinator.result).unwrap_or(&combinator.name);
                Self::of_type(name, Rank::Constructor, combinator.name.to_string())
            }
        }
    }

    fn of_type(name: &QualifiedName, rank: Rank, constructor: String) -> Self {
        Self::Type { namespace: name.namespace.join("."), name: name.name.to_string(), rank, constructor }
    }

    /// The namespace that a comment opens.
    fn namespace(&self) -> &str {
        match self {
            Self::Type { namespace, .. } | Self::Function { namespace, .. } => namespace,
            Self::Builtin | Self::Application => "",
        }
    }

    fn is_function(&self) -> bool {
        matches!(self, Self::Function { .. })
    }

    /// The type of a constructor, with its namespace.
    fn ty(&self) -> Option<(&str, &str)> {
        match self {
            Self::Type { namespace, name, .. } => Some((namespace, name)),
            _ => None,
        }
    }

    /// Returns whether two declarations are in one group, between whose lines no empty line is needed.
    fn goes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Type { .. }, Self::Type { .. }) => self.ty() == other.ty(),
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// The name of a type without its arguments.
fn head(result: &Expression) -> Option<&QualifiedName> {
    match &result.kind {
        ExpressionKind::Name(name) => Some(name),
        ExpressionKind::Application { function, .. } | ExpressionKind::Bare(function) => head(function),
        _ => None,
    }
}

/// A declaration in its place.
#[derive(Clone)]
struct Placed<'d> {
    place: Place,
    entry: &'d Entry,
    /// The comments about its type that go before it.
    class: Vec<&'d Note>,
    /// Its own comments, without the one that opens its namespace.
    notes: Vec<&'d Note>,
}

impl<'d> Placed<'d> {
    fn new(entry: &'d Entry, is_builtin: &impl Fn(&Combinator) -> bool) -> Self {
        let place = Place::of(entry, is_builtin);
        let mut notes: Vec<&Note> = entry.notes.iter().collect();
        let title = title(place.namespace());
        if let Some(found) = notes.iter().position(|note| note.text == title) {
            notes.remove(found);
        }
        Self { place, entry, class: Vec::new(), notes }
    }

    /// Returns whether it is a line and nothing else.
    fn is_flat(&self) -> bool {
        self.notes.is_empty() && self.class.is_empty() && !self.entry.text.contains('\n')
    }
}

fn title(namespace: &str) -> String {
    format!("// namespace {namespace}")
}

/// The comment about a type among those of one of its constructors: `//@class …` and the lines that continue it.
fn class_lines(notes: &[&Note]) -> Option<Range<usize>> {
    let start = notes.iter().position(|note| note.text.starts_with("//@class "))?;
    let rest = notes.get(start + 1..)?;
    let continued = rest.iter().take_while(|note| note.text.starts_with("//-") && !note.after_empty_line).count();
    Some(start..start + 1 + continued)
}

/// Moves the comment about a type to the first declaration of the type, where there is only one. Returns whether there are any.
fn move_classes(placed: &mut [Placed<'_>]) -> bool {
    let mut is_any = false;
    for of_type in placed.chunk_by_mut(|one, other| one.place.ty().is_some() && one.place.ty() == other.place.ty()) {
        let mut with_class = of_type.iter_mut().filter_map(|it| Some((class_lines(&it.notes)?, it)));
        let Some((lines, owner)) = with_class.next() else { continue };
        if with_class.next().is_some() || owner.place.ty().is_none() {
            continue;
        }
        let class = owner.notes.drain(lines).collect();
        if let Some(first) = of_type.iter_mut().find(|it| it.entry.combinator().is_some()) {
            first.class = class;
            is_any = true;
        }
    }
    is_any
}

struct Writer<'d> {
    document: &'d Document,
    text: String,
}

impl Writer<'_> {
    fn write(mut self, placed: &[Placed<'_>]) -> String {
        let document = self.document;
        self.notes(document.header.iter());
        let mut last = None;
        for it in placed {
            self.declaration(it, last);
            last = Some(it);
        }
        if !last.is_some_and(|last| last.place.is_function()) {
            self.separate(true);
            self.notes(document.before_functions.iter());
        }
        self.separate(true);
        self.notes(document.footer.iter());
        if self.text.ends_with("\n\n") {
            self.text.pop();
        }
        self.text
    }

    fn declaration(&mut self, it: &Placed<'_>, last: Option<&Placed<'_>>) {
        let is_new_section = last.is_none_or(|last| last.place.is_function() != it.place.is_function());
        if is_new_section && it.place.is_function() {
            self.separate(true);
            self.notes(self.document.before_functions.iter());
            self.line("---functions---");
        }
        let has_namespace = !it.place.namespace().is_empty();
        let is_new_namespace = has_namespace
            && (is_new_section || last.is_some_and(|last| last.place.namespace() != it.place.namespace()));
        let is_close = last.is_some_and(|last| it.place.goes_with(&last.place) && last.is_flat() && it.is_flat());
        self.separate(is_new_section || is_new_namespace || !is_close);
        if is_new_namespace {
            self.line(&title(it.place.namespace()));
        }
        self.notes(it.class.iter().copied());
        self.separate(!it.class.is_empty());
        self.notes(it.notes.iter().copied());
        self.separate(!it.notes.is_empty() && it.entry.after_empty_line);
        self.line(&it.entry.text);
    }

    fn notes<'n>(&mut self, notes: impl Iterator<Item = &'n Note>) {
        for (index, note) in notes.enumerate() {
            self.separate(index > 0 && note.after_empty_line);
            self.line(&note.text);
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Ends a paragraph, if there is one.
    fn separate(&mut self, wanted: bool) {
        if wanted && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}
