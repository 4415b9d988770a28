//! The syntax tree of a schema file, as written: nothing is resolved, nothing is left out.
//!
//! Every node carries the [`Span`] that it was read from. Equality of trees compares spans as well; use
//! [`File::without_spans`] to compare what two texts say.

use std::sync::Arc;

use crate::{ShortString, SourceId, Span};

/// One parsed schema file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// The text that the spans point into.
    pub source: SourceId,
    /// Declarations and section headers, in the order of the text.
    pub items: Vec<Item>,
    /// Every comment of the file, in the order of the text.
    pub comments: Vec<Comment>,
    /// The API layer that a `// LAYER n` comment states.
    pub layer: Option<Layer>,
    /// The lines that divide layers, `===8===`, in the order of the text.
    pub layer_markers: Vec<Layer>,
}

impl File {
    /// The layer of what is declared at an offset: that of the last marker before it.
    #[must_use]
    pub fn layer_at(&self, offset: u32) -> Option<u32> {
        let before = self.layer_markers.partition_point(|marker| marker.span.start <= offset);
        self.layer_markers.get(before.checked_sub(1)?).map(|marker| marker.number)
    }

    /// The constructors and functions, in the order of the text.
    pub fn combinators(&self) -> impl Iterator<Item = &Combinator> {
        self.items.iter().filter_map(|item| match item {
            Item::Combinator(combinator) => Some(combinator),
            _ => None,
        })
    }
}

/// The layer that a comment of the form `// LAYER 230` states, or a line of the form `===8===`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Where the number, or the line, stands.
    pub span: Span,
    /// The number.
    pub number: u32,
}

/// One comment, delimiters included in the span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the opening delimiter to the end of the comment, without the line end.
    pub span: Span,
    /// Text without delimiters, untrimmed.
    pub text: String,
    /// Whether it is `/* … */` rather than `// …`.
    pub block: bool,
}

/// One entry of a schema file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// `---functions---` or `---types---`.
    Section(SectionHeader),
    /// A constructor or a function.
    Combinator(Combinator),
    /// `Tuple int 3;`: an instance of a type that is asked for by name. No production schema uses it.
    PartialApplication(PartialApplication),
    /// `New Type;`, `Final Type;` or `Empty Type;`.
    Finality(Finality),
}

impl Item {
    /// The whole header or declaration.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Section(header) => header.span,
            Self::Combinator(combinator) => combinator.span,
            Self::PartialApplication(application) => application.span,
            Self::Finality(finality) => finality.span,
        }
    }
}

/// What the declarations of a section declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Constructors of types. Every file starts in this section.
    #[default]
    Types,
    /// Functions.
    Functions,
}

/// A `---types---` or `---functions---` line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionHeader {
    /// The whole header.
    pub span: Span,
    /// The section that begins.
    pub section: Section,
}

/// A declaration of a constructor or a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Combinator {
    /// From the first annotation or the name to the semicolon.
    pub span: Span,
    /// Whether this is a constructor or a function: the section, or [`Separator::FunctionArrow`].
    pub section: Section,
    /// `//@name text` comments before the declaration. Shared with what is made of the tree: in a documented schema it is
    /// most of the text.
    pub documentation: Option<Arc<Documentation>>,
    /// `@name` before the declaration (VK's dialect).
    pub annotations: Vec<Identifier>,
    /// The name; `_` stands for a default constructor.
    pub name: QualifiedName,
    /// `#hex` after the name.
    pub id: Option<DeclaredId>,
    /// `{…}` arguments, one entry a name.
    pub optional_arguments: Vec<OptionalArgument>,
    /// What stands between the optional arguments and the separator.
    pub body: Body,
    /// `=` or `=>`.
    pub separator: Separator,
    /// The type after the separator.
    pub result: Expression,
    /// Whether a fault, which is among the diagnostics, kept fields from being read.
    pub incomplete: bool,
}

/// The part of a combinator between its optional arguments and its separator.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Fields; none for a constructor without data.
    Fields(Vec<Field>),
    /// `?`: a built-in type, defined outside of the language. Holds the place of the question mark.
    Builtin(Span),
}

/// What separates fields and result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    /// `=`
    #[default]
    Equals,
    /// `=>`, which makes the combinator a function whatever the section.
    FunctionArrow,
}

/// `#1cb5c415` after a combinator's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclaredId {
    /// The number sign and the digits.
    pub span: Span,
    /// The id.
    pub value: u32,
}

/// One name without a namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// Where it stands.
    pub span: Span,
    /// The name as written.
    pub text: ShortString,
}

/// A name with any number of namespaces before it: `tonNode.blockIdExt`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// The whole name.
    pub span: Span,
    /// The namespaces, outermost first.
    pub namespace: Vec<ShortString>,
    /// The last part.
    pub name: ShortString,
}

impl QualifiedName {
    /// Returns whether the last part begins with an upper-case letter, as type names do.
    #[must_use]
    pub fn is_upper(&self) -> bool {
        self.name.starts_with(|c: char| c.is_ascii_uppercase())
    }
}

impl std::fmt::Display for QualifiedName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in &self.namespace {
            write!(f, "{part}.")?;
        }
        f.write_str(&self.name)
    }
}

/// `{name:Type}` or `{name:#}`; `{a b:Type}` gives two.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionalArgument {
    /// From the opening to the closing brace.
    pub span: Span,
    /// The name of the variable.
    pub name: Identifier,
    /// Whether `!` stands before the kind.
    pub exclamation: bool,
    /// `Type` or `#`.
    pub kind: Expression,
}

/// One field of a combinator or of a repetition.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// From the name to the end of the type.
    pub span: Span,
    /// The name; `None` for an anonymous field. `_` is a name.
    pub name: Option<Identifier>,
    /// `flags.3?`
    pub condition: Option<Condition>,
    /// Whether `!` stands before the type: the field is a function call whose result has this type.
    pub exclamation: bool,
    /// Type or repetition.
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// A value of a type.
    Type(Expression),
    /// `n*[ … ]`
    Repetition(Box<Repetition>),
}

/// `n*[ field … ]`: as many groups of fields as the multiplicity says, with no count on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Repetition {
    /// From the multiplicity to the closing bracket.
    pub span: Span,
    /// How often; `None` means the nearest natural number before it.
    pub multiplicity: Option<Expression>,
    /// The fields of one group.
    pub fields: Vec<Field>,
}

/// `flags.3?` before a type: the field is there only if the bit is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// From the name to the question mark.
    pub span: Span,
    /// The `#` field or argument that is tested.
    pub field: Identifier,
    /// The bit, not checked for range; `None` tests the whole number for being non-zero.
    pub bit: Option<Number>,
}

/// A natural number with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The digits.
    pub span: Span,
    /// The value; what does not fit is a diagnostic and reads as the greatest value.
    pub value: u32,
}

/// A type expression or a natural-number expression; TL does not tell them apart by form.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The whole expression, parentheses included.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
}

/// The forms of [`Expression`]. Parentheses leave no trace but in the shape of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// A type, a constructor or a variable, by name.
    Name(QualifiedName),
    /// `#`, the type of natural numbers.
    Nat,
    /// A constant.
    Number(u32),
    /// `Vector<int>`, `Vector int`: a type and its arguments (at least one).
    Application {
        /// What is applied.
        function: Box<Expression>,
        /// The arguments in order.
        arguments: Vec<Expression>,
        /// How it was written.
        style: ApplicationStyle,
    },
    /// `%T`: bare.
    Bare(Box<Expression>),
    /// `a + b + …`, at least two.
    Sum(Vec<Expression>),
}

/// The two ways of writing a type application; they mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationStyle {
    /// `Vector<int>`
    Angle,
    /// `Vector int`
    Juxtaposition,
}

/// `Tuple int 3;`
#[derive(Clone, Debug, PartialEq)]
pub struct PartialApplication {
    /// The whole declaration.
    pub span: Span,
    /// The application.
    pub expression: Expression,
}

/// `Final Type;` and its kin.
#[derive(Clone, Debug, PartialEq)]
pub struct Finality {
    /// The whole declaration.
    pub span: Span,
    /// Which of the three.
    pub kind: FinalityKind,
    /// The type that it speaks of.
    pub name: QualifiedName,
}

/// The keyword of a [`Finality`] declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinalityKind {
    /// The type has no constructors before this point.
    New,
    /// The type has no constructors after this point.
    Final,
    /// The type has no constructors at all.
    Empty,
}

/// Documentation that `//@tag text` comments attach to a declaration (TDLib's custom).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documentation {
    /// From the first to the last comment that belongs to it.
    pub span: Span,
    /// Text of `@description`.
    pub description: Option<String>,
    /// Text by field name, in the order of the text. A leading `param_` of the tag is removed where TDLib's custom
    /// puts it (a field that is itself named `description`).
    pub fields: Vec<FieldDocumentation>,
    /// `@class Name @description …` that stands before the first constructor of a type.
    pub class: Option<ClassDocumentation>,
}

/// Text for one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDocumentation {
    /// The tag.
    pub span: Span,
    /// Name of the field that the tag speaks of.
    pub name: String,
    /// The text.
    pub text: String,
}

/// Text for a type of several constructors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassDocumentation {
    /// The tag.
    pub span: Span,
    /// Name of the type.
    pub name: String,
    /// The text.
    pub description: String,
}
