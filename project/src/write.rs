//! Writing files: whoever reads one meanwhile sees the old content or the new one, and what else a file is stays as it is.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file unless its content is there already. Returns whether it was written.
///
/// A new file, with the folders above it, is written beside its place and moved there in one step, and so is the new content of a
/// file that has no other name. A link stays a link, and all names of a file with several ones get the content; it keeps its
/// permissions and its owner. A pipe or a device is written to and never read.
///
/// # Errors
///
/// Returns an error if the path is that of a folder, if the file is read-only, or if the system refuses.
pub fn write_file(path: &Path, content: &[u8]) -> io::Result<bool> {
    write(path, content, false)
}

/// Writes a file as [`write_file`] does, and waits until it is on the disk: for texts that people wrote, which nothing can make
/// again.
///
/// # Errors
///
/// As [`write_file`].
pub fn write_source(path: &Path, content: &[u8]) -> io::Result<bool> {
    write(path, content, true)
}

fn write(path: &Path, content: &[u8], is_precious: bool) -> io::Result<bool> {
    let target = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return write_new(&end_of_links(path)?, content, is_precious);
        }
        metadata => metadata?,
    };
    if target.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !target.is_file() || is_of_system(path) {
        return write_into(path, content, false, false);
    }
    if has_content(path, &target, content)? {
        return Ok(false);
    }
    if target.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    if has_other_names(&target) {
        return write_into(path, content, true, is_precious);
    }
    replace(&fs::canonicalize(path)?, &target, content, is_precious)
}

/// Returns whether a path is that of a file with this content. Pipes and devices are never read.
///
/// # Errors
///
/// Returns an error if the file cannot be read.
pub fn is_written(path: &Path, content: &[u8]) -> io::Result<bool> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        metadata => has_content(path, &metadata?, content),
    }
}

fn has_content(path: &Path, metadata: &Metadata, content: &[u8]) -> io::Result<bool> {
    let is_as_long = metadata.is_file() && usize::try_from(metadata.len()) == Ok(content.len());
    Ok(is_as_long && fs::read(path)? == content)
}

/// The path that links lead to which lead to nothing yet.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links lead to each other"))
}

/// Returns whether a path is that of something that a process has open, behind which may be a file that somebody else writes to.
fn is_of_system(path: &Path) -> bool {
    const OPEN: [&str; 5] = ["/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/proc"];
    cfg!(unix) && OPEN.iter().any(|open| path.starts_with(open))
}

#[cfg(unix)]
fn has_other_names(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Returns whether a new file belongs to somebody else than the one that it would replace.
#[cfg(unix)]
fn has_other_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.uid(), one.gid()) != (other.uid(), other.gid())
}

#[cfg(not(unix))]
fn has_other_owner(_: &Metadata, _: &Metadata) -> bool {
    false
}

fn write_into(path: &Path, content: &[u8], truncate: bool, is_precious: bool) -> io::Result<bool> {
    let mut file = OpenOptions::new().write(true).truncate(truncate).open(path)?;
    file.write_all(content)?;
    file.flush()?;
    if is_precious {
        file.sync_all()?;
    }
    Ok(true)
}

fn write_new(path: &Path, content: &[u8], is_precious: bool) -> io::Result<bool> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let temporary = Temporary::new(path)?;
    temporary.write(content)?;
    if is_precious {
        temporary.file.sync_all()?;
    }
    temporary.move_to(path)?;
    Ok(true)
}

/// Writes beside a file and puts that in its place, with the same permissions. `path` is no link.
fn replace(path: &Path, target: &Metadata, content: &[u8], is_precious: bool) -> io::Result<bool> {
    let temporary = match Temporary::new(path) {
        Ok(temporary) => temporary,
        // In a folder where no file can be made, the file itself may still be written.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            return write_into(path, content, true, is_precious);
        }
        Err(error) => return Err(error),
    };
    if has_other_owner(&temporary.file.metadata()?, target) {
        return write_into(path, content, true, is_precious);
    }
    temporary.write(content)?;
    temporary.file.set_permissions(target.permissions())?;
    if is_precious {
        temporary.file.sync_all()?;
    }
    temporary.move_to(path)?;
    Ok(true)
}

/// A file beside another one, which is removed unless it is moved.
struct Temporary {
    path: PathBuf,
    file: File,
}

impl Temporary {
    fn new(beside: &Path) -> io::Result<Self> {
        // The longest name that there can be would be too long with anything added to it.
        const MOST_BYTES: usize = 100;
        let mut name = OsString::from(".");
        let whole = beside.file_name().unwrap_or_default().to_string_lossy();
        name.push(whole.char_indices().take_while(|(at, _)| *at < MOST_BYTES).map(|(_, c)| c).collect::<String>());
        name.push(format!(".{}.tmp", std::process::id()));
        let path = beside.with_file_name(name);
        let file = match File::create_new(&path) {
            // One of a process that had the same number, and ended early.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::remove_file(&path)?;
                File::create_new(&path)?
            }
            file => file?,
        };
        Ok(Self { path, file })
    }

    fn write(&self, content: &[u8]) -> io::Result<()> {
        (&self.file).write_all(content)
    }

    fn move_to(self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After it was moved there is nothing of this name.
        let _ = fs::remove_file(&self.path);
    }
}
