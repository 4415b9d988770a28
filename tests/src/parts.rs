//! Parts of values: what a path selects, read from a tree of the whole value.

use std::collections::BTreeSet;

use typelang::ReadOptions;
use typelang::reflect::{DecodeError, Event, Path, Scalar, Table, Type};

/// A value as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// A constructor or a call: its name and its fields, computed numbers among them.
    Object(String, Vec<(String, Tree)>),
    /// A vector or tuple.
    Vector(Vec<Tree>),
    /// A value without parts, in words.
    Scalar(String),
}

/// Puts the events of a walk together.
#[derive(Default)]
struct Builder {
    open: Vec<(Tree, String)>,
    root: Option<Tree>,
}

impl Builder {
    fn event(&mut self, event: &Event<'_, '_>) {
        match event {
            Event::Object(combinator) => {
                let name = combinator.name().unwrap_or_default().to_owned();
                self.open.push((Tree::Object(name, Vec::new()), String::new()));
            }
            Event::Vector(_) => self.open.push((Tree::Vector(Vec::new()), String::new())),
            Event::End => {
                let (tree, _) = self.open.pop().expect("something that began");
                self.add(tree);
            }
            Event::Field(name) => self.open.last_mut().expect("an object").1 = (*name).to_owned(),
            Event::Flags(name, number) => {
                self.open.last_mut().expect("an object").1 = (*name).to_owned();
                self.add(Tree::Scalar(format!("{:?}", Scalar::Nat(*number))));
            }
            Event::Scalar(scalar) => self.add(Tree::Scalar(format!("{scalar:?}"))),
        }
    }

    fn add(&mut self, tree: Tree) {
        match self.open.last_mut() {
            Some((Tree::Object(_, fields), name)) => fields.push((std::mem::take(name), tree)),
            Some((Tree::Vector(elements), _)) => elements.push(tree),
            _ => self.root = Some(tree),
        }
    }
}

/// The tree of a value.
///
/// # Errors
///
/// Those of the walk.
///
/// # Panics
///
/// The events of the walk do not fit together.
pub fn tree(table: &Table<'_>, ty: Type<'_>, bytes: &[u8], options: ReadOptions) -> Result<Tree, DecodeError> {
    let mut builder = Builder::default();
    let table = Table::generated(table.as_bytes());
    let mut visitor = |_: usize, event: Event<'_, '_>| {
        builder.event(&event);
        Ok(())
    };
    table.walk(ty, bytes, options, &mut visitor)?;
    Ok(builder.root.expect("a value"))
}

impl Tree {
    /// Paths to its parts: every element of vectors, and the first and the last one, constructors named and not.
    #[must_use]
    pub fn paths(&self, limit: usize) -> Vec<String> {
        let mut paths = BTreeSet::from([String::new()]);
        self.add_paths("", limit, &mut paths);
        paths.into_iter().collect()
    }

    fn add_paths(&self, path: &str, limit: usize, paths: &mut BTreeSet<String>) {
        if paths.len() >= limit {
            return;
        }
        let dot = if path.is_empty() { "" } else { "." };
        match self {
            Self::Object(name, fields) => {
                if !name.is_empty() {
                    paths.insert(format!("{path}{dot}({name})"));
                }
                for (position, (field, value)) in fields.iter().enumerate() {
                    let named = position % 3 == 2 && !name.is_empty();
                    let step =
                        if named { format!("{path}{dot}({name}).{field}") } else { format!("{path}{dot}{field}") };
                    if paths.insert(step.clone()) {
                        value.add_paths(&step, limit, paths);
                    }
                }
            }
            Self::Vector(elements) => {
                for (position, element) in elements.iter().enumerate().take(3) {
                    let indexes = [format!("[{position}]"), format!("[-{}]", elements.len() - position)];
                    paths.extend(indexes.map(|index| format!("{path}{index}")));
                    element.add_paths(&format!("{path}[*]"), limit, paths);
                }
                paths.extend(["[*]", "[1000]", "[-1000]"].map(|index| format!("{path}{index}")));
            }
            Self::Scalar(_) => {}
        }
    }

    /// The parts that a path selects; the text must be one of a path.
    #[must_use]
    pub fn selected(&self, path: &str) -> Vec<&Self> {
        if path.is_empty() {
            return vec![self];
        }
        if let Some(rest) = path.strip_prefix('[') {
            let (index, rest) = rest.split_once(']').expect("a path");
            let Self::Vector(elements) = self else { return Vec::new() };
            let range = match (index, index.parse::<i64>()) {
                ("*", _) => 0..elements.len(),
                (_, Ok(number)) => {
                    let number = if number < 0 { number + elements.len() as i64 } else { number };
                    let number = usize::try_from(number).unwrap_or(usize::MAX);
                    number..number.saturating_add(1)
                }
                _ => return Vec::new(),
            };
            return elements.get(range).into_iter().flatten().flat_map(|it| it.selected(rest)).collect();
        }
        let path = path.strip_prefix('.').unwrap_or(path);
        let Self::Object(name, fields) = self else { return Vec::new() };
        if let Some(rest) = path.strip_prefix('(') {
            let (wanted, rest) = rest.split_once(')').expect("a path");
            return if wanted == name { self.selected(rest) } else { Vec::new() };
        }
        let (wanted, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        let field = fields.iter().find(|(field, _)| field == wanted);
        field.map_or_else(Vec::new, |(_, value)| value.selected(rest))
    }
}

/// The parts that a path selects, as the walk finds them: by events, and as they are.
///
/// # Errors
///
/// Those of the walk.
///
/// # Panics
///
/// The two ways do not agree.
pub fn selected(path: &Path<'_>, bytes: &[u8], options: ReadOptions) -> Result<Vec<Tree>, DecodeError> {
    let mut found = Vec::new();
    let mut selection = path.select(bytes, options);
    loop {
        let mut builder = Builder::default();
        let mut visitor = |_: usize, event: Event<'_, '_>| {
            builder.event(&event);
            Ok(())
        };
        match selection.next_with(&mut visitor) {
            Some(Ok(())) => found.push(builder.root.expect("a value")),
            Some(Err(error)) => return Err(error),
            None => break,
        }
    }
    let mut count = 0;
    for (part, tree) in path.select(bytes, options).zip(&found) {
        let part = part?;
        let scalar = part.scalar().map(|it| Tree::Scalar(format!("{it:?}")));
        let is_scalar = matches!(tree, Tree::Scalar(_));
        assert!(!is_scalar || scalar.as_ref() == Some(tree), "{path}: {part:?}, {tree:?}");
        assert_eq!(part.bytes(), &bytes[part.offset()..part.offset() + part.bytes().len()], "{path}");
        count += 1;
    }
    assert_eq!(count, found.len(), "{path}");
    assert_eq!(path.first(bytes, options)?.is_some(), !found.is_empty(), "{path}");
    Ok(found)
}

/// Checks that paths through a value select what they select in its tree.
///
/// # Panics
///
/// They do not.
pub fn assert_parts(table: &Table<'_>, ty: Type<'_>, bytes: &[u8], options: ReadOptions) {
    /// Paths that are tried of each value.
    const PATHS: usize = 12;
    let tree = tree(table, ty, bytes, options).expect("a value");
    for text in tree.paths(PATHS) {
        let path = Path::parse(table, ty, &text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let found = selected(&path, bytes, options).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(found.iter().collect::<Vec<_>>(), tree.selected(&text), "{text}");
    }
}
