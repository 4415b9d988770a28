//! Dumps: lines of an offset, groups of digits, and often the same bytes as characters.
//!
//! | program | line |
//! |---|---|
//! | `xxd` | `00000010: 87d6 1200 8877 6655  .....wfU` |
//! | `hexdump -C` | `00000010  87 d6 12 00 88 77 66 55  \|.....wfU\|` |
//! | `hexdump`, `od -x` | `0000020 d687 0012 7788 5566`: words of two bytes, the lower one first |
//! | `od` | `0000020 153207 000022 073610 052546`: such words in octal digits |
//! | `od -t x1`, `od -b` | `0000020 87 d6 12 00`, `0000020 207 326 022 000` |
//! | `tcpdump -X` | `0x0010:  87d6 1200 8877 6655  .....wfU` |
//! | Wireshark | `0010   87 d6 12 00 88 77 66 55   .....wfU` |
//! | debuggers | `0x7ffc0010:  0x87  0xd6  0x12  0x00` |
//!
//! Offsets are checked against the bytes. A line `*` repeats the one before it up to the next offset.

mod line;

use line::{Line, Radix, Shape};

/// Bytes that repeated lines may add.
const MAX_REPEATED: u64 = 1 << 24;

/// The bytes of a dump, or what contradicts itself in it; nothing if the text is not a dump.
pub(super) fn read(text: &str) -> Option<Result<Vec<u8>, String>> {
    let lines: Vec<(usize, &str)> =
        (1..).zip(text.lines().map(str::trim_end)).filter(|(_, line)| !line.trim().is_empty()).collect();
    let (first, rest) = lines.split_first()?;
    let parsed: Vec<(usize, Option<Line<'_>>)> = std::iter::once(first)
        .chain(rest)
        .map(
            |(number, line)| {
                if line.trim() == "*" { Some((*number, None)) } else { Some((*number, Some(Line::read(line)?))) }
            },
        )
        .collect::<Option<_>>()?;
    let content: Vec<Line<'_>> = parsed.iter().filter_map(|(_, line)| *line).collect();
    let last = *content.last()?;
    let is_dump = match content.as_slice() {
        [only] => only.is_dump_by_itself(),
        _ => content.is_sorted_by(|a, b| a.offset(Radix::Hexadecimal) < b.offset(Radix::Hexadecimal)),
    };
    if !is_dump {
        return None;
    }
    let shapes = Shape::possible(&content);
    let mut results = shapes.into_iter().map(|shape| joined(&parsed, last, shape));
    let first = results.next()?;
    let result = if first.is_ok() { first } else { results.find(Result::is_ok).unwrap_or(first) };
    // Groups of digits alone can look like lines with offsets.
    let begins_a_dump = || content.first().is_some_and(Line::begins_a_dump);
    if result.is_ok() || begins_a_dump() { Some(result) } else { None }
}

/// The bytes of all lines in one shape.
fn joined(lines: &[(usize, Option<Line<'_>>)], last: Line<'_>, shape: Shape) -> Result<Vec<u8>, String> {
    let start = lines.iter().find_map(|(_, line)| *line).and_then(|line| line.offset(shape.radix)).unwrap_or_default();
    let mut bytes: Vec<u8> = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    let mut repeats = false;
    for (number, line) in lines {
        let Some(line) = line else {
            repeats = true;
            continue;
        };
        let offset = line.offset(shape.radix).and_then(|offset| offset.checked_sub(start));
        let offset = offset.ok_or_else(|| format!("line {number}: `{}` is not an offset", line.label))?;
        if repeats {
            repeat(&mut bytes, &before, offset, *number)?;
        }
        repeats = false;
        let is_end = line.label == last.label && line.groups.trim().is_empty();
        let found = bytes.len() as u64;
        // Words of two bytes: the last one can have a byte too many.
        if is_end && found == offset + 1 && shape.word > 1 {
            bytes.pop();
        } else if found != offset {
            return Err(format!("line {number}: the offset is {offset:#x}, after {found:#x} bytes"));
        }
        before = line.bytes(shape).ok_or_else(|| format!("line {number}: not {} digits", shape.radix_of_groups))?;
        bytes.extend(&before);
    }
    Ok(bytes)
}

/// Repeats a line up to an offset.
fn repeat(bytes: &mut Vec<u8>, line: &[u8], offset: u64, number: usize) -> Result<(), String> {
    let missing = offset.saturating_sub(bytes.len() as u64);
    if missing > MAX_REPEATED || line.is_empty() {
        return Err(format!("line {number}: {missing} bytes are missing before it"));
    }
    let missing = usize::try_from(missing).unwrap_or_default();
    bytes.extend(line.iter().copied().cycle().take(missing));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: &[u8] = b"\x15z\xfaD\x01\0\0\0 beef  face\x87\xd6\x12\0";

    #[track_caller]
    fn check(text: &str) {
        assert_eq!(read(text), Some(Ok(BYTES.to_vec())), "{text}");
    }

    #[test]
    fn dumps_of_many_programs_are_read() {
        check(
            "00000000: 157a fa44 0100 0000 2062 6565 6620 2066  .z.D.... beef  f\n00000010: 6163 6587 d612 00                        ace....",
        );
        check(
            "00000000  15 7a fa 44 01 00 00 00  20 62 65 65 66 20 20 66  |.z.D.... beef  f|\n00000010  61 63 65 87 d6 12 00                              |ace....|\n00000017",
        );
        check("0000000 7a15 44fa 0001 0000 6220 6565 2066 6620\n0000010 6361 8765 12d6 0000\n0000017");
        check(
            "0000000 075025 042372 000001 000000 061040 062545 020146 063040\n0000020 061541 103545 011326 000000\n0000027",
        );
        check("0000000 15 7a fa 44 01 00 00 00 20 62 65 65 66 20 20 66\n0000020 61 63 65 87 d6 12 00\n0000027");
        check(
            "0000000 025 172 372 104 001 000 000 000 040 142 145 145 146 040 040 146\n0000020 141 143 145 207 326 022 000\n0000027",
        );
        check(
            "\t0x0000:  157a fa44 0100 0000 2062 6565 6620 2066  .z.D.....beef..f\n\t0x0010:  6163 6587 d612 00                        ace....",
        );
        check(
            "0000   15 7a fa 44 01 00 00 00 20 62 65 65 66 20 20 66   .z.D.... beef  f\n0010   61 63 65 87 d6 12 00                              ace....",
        );
        check(
            "0x7ffc0000:\t0x15\t0x7a\t0xfa\t0x44\t0x01\t0x00\t0x00\t0x00\n0x7ffc0008:\t0x20\t0x62\t0x65\t0x65\t0x66\t0x20\t0x20\t0x66\n0x7ffc0010:\t0x61\t0x63\t0x65\t0x87\t0xd6\t0x12\t0x00",
        );
        check(
            "00000000: 44fa7a15 00000001 65656220 66202066  .z.D.... beef  f\n00000010: 87656361   0012d6                    ace....",
        );
        check("00000000: 157afa44010000002062656566202066\n00000010: 61636587d61200");
    }

    #[test]
    fn single_lines_and_repetitions_are_read() {
        let bytes = |text: &str| read(text).map(|it| it.map_err(drop));
        assert_eq!(bytes("00000000: 6265 6566                                beef"), Some(Ok(b"beef".to_vec())));
        assert_eq!(bytes("00000000: 2020 6265 6566                             beef"), Some(Ok(b"  beef".to_vec())));
        assert_eq!(bytes("00000000  15 7a fa 44  |.z.D|"), Some(Ok(b"\x15z\xfaD".to_vec())));
        assert_eq!(bytes("0000   15 7a fa 44"), Some(Ok(b"\x15z\xfaD".to_vec())));
        let zeros = "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n00000040  01  |.|\n00000041";
        assert_eq!(bytes(zeros), Some(Ok([vec![0; 64], vec![1]].concat())));
        // Digits that are no dump.
        for text in [
            "157afa44",
            "157afa44 01000000",
            "00000000 157afa44",
            "15: 7a",
            "157afa44\n01000000",
            "157afa44\nf1000000",
            "157afa44 01\ne1b541f1 02",
            "",
            "*",
            "zz",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn contradictions_are_errors() {
        for (text, fault) in [
            ("00000000: 157a\n00000004: 157a", "line 2: the offset is 0x4, after 0x2 bytes"),
            ("00000000: 157a\n\n00000001: 157a", "line 3: the offset is 0x1, after 0x2 bytes"),
            ("00000000: 157a\n*\nf0000000: 157a", "line 3: 4026531838 bytes are missing before it"),
            ("0000000 15 7a\n0000002 1", "line 2: not hexadecimal digits"),
        ] {
            assert_eq!(read(text), Some(Err(fault.to_owned())), "{text}");
        }
    }
}
