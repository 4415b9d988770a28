//! What a page consists of, whatever the format.

use crate::rich::Rich;

/// A page of the site.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The path without the ending of the file name: `method/messages.sendEncrypted`.
    pub(crate) path: String,
    /// What the page is about: `Method`. Empty for pages about several things.
    pub(crate) kind: &'static str,
    /// The name of what it is about.
    pub(crate) title: String,
    /// Small facts beside the kind: the namespace, the id.
    pub(crate) details: Vec<Rich>,
    /// What it is or does.
    pub(crate) description: Rich,
    /// The rest.
    pub(crate) sections: Vec<Section>,
}

/// A part of a page with a heading.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// The anchor.
    pub(crate) id: String,
    /// The heading.
    pub(crate) heading: String,
    /// The content.
    pub(crate) blocks: Vec<Block>,
}

/// A piece of content.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Text(Rich),
    /// A paragraph set apart.
    Note(Rich),
    /// Lines of code.
    Code {
        /// The language as Markdown names it: `rust`, `text`.
        language: &'static str,
        /// The lines.
        lines: Vec<Rich>,
    },
    /// Rows with the same columns.
    Table(Table),
    /// Several short things.
    List(Vec<Rich>),
}

/// Rows with the same columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// The headings.
    pub(crate) columns: Vec<&'static str>,
    /// The rows.
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The anchor, if something leads here.
    pub(crate) id: Option<String>,
    /// As many cells as there are columns.
    pub(crate) cells: Vec<Rich>,
}

impl Section {
    pub(crate) fn new(id: impl Into<String>, heading: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: id.into(), heading: heading.into(), blocks }
    }

    /// A section that is there only if there is something in it.
    pub(crate) fn list(id: impl Into<String>, heading: impl Into<String>, items: Vec<Rich>) -> Option<Self> {
        (!items.is_empty()).then(|| Self::new(id, heading, vec![Block::List(items)]))
    }
}

impl Block {
    /// Names of one kind and what is said about them; a list, if nothing is said about any.
    pub(crate) fn entries(kind: &'static str, rows: Vec<Vec<Rich>>) -> Self {
        let table = Table::new(&[kind, "Description"], rows);
        match table.columns.len() {
            1 => Self::List(table.rows.into_iter().flat_map(|row| row.cells).collect()),
            _ => Self::Table(table),
        }
    }
}

impl Table {
    /// A table of rows that nothing leads to. A column without content is left out, but the first.
    pub(crate) fn new(columns: &[&'static str], rows: Vec<Vec<Rich>>) -> Self {
        let rows = rows.into_iter().map(|cells| Row { id: None, cells }).collect();
        Self { columns: columns.to_vec(), rows }.without_empty_columns()
    }

    /// Leaves out the columns, but the first, in which all cells are empty.
    pub(crate) fn without_empty_columns(mut self) -> Self {
        let has_content =
            |column: usize| self.rows.iter().any(|row| row.cells.get(column).is_some_and(|it| !it.is_empty()));
        let kept: Vec<bool> = (0..self.columns.len()).map(|column| column == 0 || has_content(column)).collect();
        let mut keep = kept.iter();
        self.columns.retain(|_| keep.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut keep = kept.iter();
            row.cells.retain(|_| keep.next().copied().unwrap_or(true));
        }
        self
    }
}
