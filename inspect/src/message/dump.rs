//! Messages as a text for people, with offsets.

use std::fmt::Write;

use typelang::ReadOptions;

use super::place::Place;
use super::sink::Sink;
use crate::digits::digits;
use crate::schemas::TypeIn;

/// Bytes that are shown before the dump only says how many there are.
const SHOWN_BYTES: usize = 64;

/// Writes the lines of `Table::dump`, with those of the envelope around them.
#[derive(Default)]
pub(super) struct DumpSink {
    text: String,
    /// What has begun: for vectors the number of the next element.
    open: Vec<Option<usize>>,
    label: Option<&'static str>,
}

impl DumpSink {
    /// The start of a line, up to the value.
    fn start(&mut self, place: Place) -> String {
        let mut start = "  ".repeat(self.open.len());
        match (self.label.take(), self.open.last_mut()) {
            (Some(label), _) => start.extend([label, ": "]),
            (None, Some(Some(next))) => {
                // Writing to a string never fails.
                let _ = write!(start, "[{next}] ");
                *next += 1;
            }
            (None, _) => {}
        }
        format!("{:06x}  {start}", place.offset)
    }

    fn line(&mut self, place: Place, value: &str) {
        let start = self.start(place);
        self.text.extend([&start, value, "\n"]);
    }
}

impl Sink for DumpSink {
    fn begin(&mut self, place: Place, name: &str, id: u32) {
        self.line(place, &format!("{name}#{id:08x}"));
        self.open.push(None);
    }

    fn begin_vector(&mut self, place: Place, count: usize) {
        self.line(place, &format!("[{count}]"));
        self.open.push(Some(0));
    }

    fn end(&mut self) {
        self.open.pop();
    }

    fn field(&mut self, name: &'static str) {
        self.label = Some(name);
    }

    fn int(&mut self, place: Place, value: i32) {
        self.line(place, &value.to_string());
    }

    fn long(&mut self, place: Place, value: i64) {
        self.line(place, &value.to_string());
    }

    fn value(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions) {
        let (dump, _) = ty.table.dump(ty.ty, bytes, options);
        let indent = "  ".repeat(self.open.len());
        let mut lines = dump.lines().filter_map(|line| line.split_once("  "));
        if let Some((_, first)) = lines.next() {
            self.line(place, first);
        }
        for (offset, line) in lines {
            let offset = place.after(usize::from_str_radix(offset, 16).unwrap_or_default()).offset;
            // Writing to a string never fails.
            let _ = writeln!(self.text, "{offset:06x}  {indent}{line}");
        }
    }

    fn broken(&mut self, place: Place, ty: TypeIn<'_>, bytes: &[u8], options: ReadOptions) {
        self.value(place, ty, bytes, options);
    }

    fn raw(&mut self, place: Place, bytes: &[u8]) {
        let shown = bytes.get(..SHOWN_BYTES).unwrap_or(bytes);
        let more = if shown.len() < bytes.len() { "…" } else { "" };
        self.line(place, &format!("{}{more} ({} bytes)", digits(shown), bytes.len()));
    }

    fn text(self: Box<Self>) -> String {
        self.text
    }
}
