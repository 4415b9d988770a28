//! Parts of messages, by paths.

use typelang::ReadOptions;
use typelang::reflect::{JsonOptions, Path, Selection};

use super::place::Place;
use super::shown::{Format, ShowError};
use super::sink::Sink;
use crate::schemas::TypeIn;

/// Shows parts of each object that a schema can read. The messages of the envelope have none.
pub(super) struct PartSink<'p> {
    paths: Vec<Selected<'p>>,
    format: Format,
    text: String,
}

/// A path, and what became of it.
struct Selected<'p> {
    path: &'p str,
    /// `true` if an object can have parts there.
    fits: bool,
    /// `true` if an object had some.
    has_parts: bool,
    /// Why the path does not fit the first object that it does not fit.
    fault: Option<String>,
}

impl<'p> PartSink<'p> {
    pub(super) fn new(paths: &'p [String], format: Format) -> Self {
        let paths = paths.iter().map(|path| Selected { path, fits: false, has_parts: false, fault: None }).collect();
        Self { paths, format, text: String::new() }
    }

    /// The text, and the paths that fit no object. Notes tell about those that select nothing.
    pub(super) fn finish(self, notes: &mut Vec<String>) -> (String, Option<ShowError>) {
        let mut error = None;
        for Selected { path, fits, has_parts, fault } in self.paths {
            match fault {
                Some(fault) if !fits => {
                    error.get_or_insert(ShowError { message: format!("`{path}`: {fault}"), help: Vec::new() });
                }
                _ if fits && !has_parts => notes.push(format!("`{path}`: the input has no such part")),
                _ => {}
            }
        }
        (self.text, error)
    }

    fn show(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions) {
        for position in 0..self.paths.len() {
            let Some(selected) = self.paths.get_mut(position) else { break };
            match Path::parse(&ty.table, ty.ty, selected.path) {
                Err(error) => {
                    selected.fault.get_or_insert_with(|| error.to_string());
                }
                Ok(path) => {
                    let mut selection = path.select(bytes, options);
                    let mut has_parts = false;
                    while let Some(part) = next(&mut selection, place, self.format) {
                        has_parts = true;
                        if !self.text.is_empty() {
                            self.text.push('\n');
                        }
                        self.text.push_str(&part);
                    }
                    selected.fits = true;
                    selected.has_parts |= has_parts;
                }
            }
        }
    }
}

/// The text of the next part. An error is an end: that of the whole object is told.
fn next(selection: &mut Selection<'_, '_, '_>, place: Place, format: Format) -> Option<String> {
    match format {
        Format::Json(layout) => selection.next_json(JsonOptions::new().layout(layout))?.ok(),
        Format::Dump => {
            let dump = selection.next_dump()?.ok()?;
            Some(with_path(&dump, &selection.path(), place))
        }
    }
}

/// A dump with the way to the part in its first line, and with the offsets of the input.
fn with_path(dump: &str, path: &str, place: Place) -> String {
    let lines = dump.lines().filter_map(|line| line.split_once("  ")).enumerate().map(|(index, (offset, line))| {
        let offset = place.after(usize::from_str_radix(offset, 16).unwrap_or_default()).offset;
        match index {
            0 => format!("{offset:06x}  {path}: {line}"),
            _ => format!("{offset:06x}  {line}"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

impl Sink for PartSink<'_> {
    fn begin(&mut self, _place: Place, _name: &str, _id: u32) {}

    fn begin_vector(&mut self, _place: Place, _count: usize) {}

    fn end(&mut self) {}

    fn field(&mut self, _name: &'static str) {}

    fn int(&mut self, _place: Place, _value: i32) {}

    fn long(&mut self, _place: Place, _value: i64) {}

    fn value(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions) {
        self.show(place, ty, bytes, options);
    }

    fn broken(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions) {
        self.show(place, ty, bytes, options);
    }

    fn raw(&mut self, _place: Place, _bytes: &[u8]) {}

    fn text(self: Box<Self>) -> String {
        self.text
    }
}
